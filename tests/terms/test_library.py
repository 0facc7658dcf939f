"""From digests in the store to what search asks for."""

from app import terms
from app.terms import KnownTerms
from app.terms.reading import text_pairs
from tests.conftest import BOTH_STORES, entry
from tests.terms.shelves import library as shelves

pytestmark = BOTH_STORES


def fill(library, papers):
    entries = [
        entry(f"Paper {number} of the shelf", abstract=pair.english, summary=pair.chinese)
        for number, pair in enumerate(shelves(papers))
    ]
    library.digest(*entries, is_indexed=False)


def test_a_library_tells_its_terms(database, library):
    fill(library, 240)
    result = terms.mine_library(database)
    assert (result.papers, result.accepted) == (240, 18)
    with database.read() as session:
        assert {"灯笼"} <= {text for group in terms.accepted_groups(session) for text in group}


def test_summaries_and_key_points_of_all_entries_of_a_paper_are_read_once(database, library):
    library.paper("On silk and its weavers", abstract="Silk.", summary="丝绸。", key_points=("很好",), day="2024-12-07")
    library.paper("On silk and its weavers", abstract="Silk.", summary="绸。", day="2024-12-08", topic="NeRF")
    library.paper("On nothing at all", abstract="Nothing.", summary="")
    with database.read() as session:
        (pair,) = text_pairs(session)
    assert pair.english == "On silk and its weavers.\nSilk."
    assert sorted(pair.chinese.split("\n")) == sorted(["丝绸。", "很好", "绸。"])


def test_what_search_knows_is_asked_once_for_each_state_of_the_library(database):
    known = KnownTerms()
    with database.read() as session:
        none = known.equivalents(session)
        assert known.equivalents(session) is none
    with database.write() as session:
        terms.add(session, ["NeRF", "神经辐射场"])
    with database.read() as session:
        some = known.equivalents(session)
        assert known.equivalents(session) is some
    assert (none.others("nerf"), some.others("nerf")) == ((), ("神经辐射场",))
