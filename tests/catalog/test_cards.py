"""What a card says, and what opens beneath it."""

import pytest

from app import catalog
from app.catalog import PaperFilter
from app.errors import NotFoundError
from tests.conftest import BOTH_STORES, entry

CODE = "Accepted by CVPR 2024. Project: https://example.org/x, code: https://github.com/a/b."


@pytest.fixture
def card(database):
    """The card of a paper, in a list of everything."""

    def load(paper_id, **wanted):
        with database.read() as session:
            (found,) = catalog.load_cards(session, [paper_id], PaperFilter(**wanted))
            return found

    return load


@BOTH_STORES
def test_a_card_says_what_its_paper_and_its_entry_say(card, library):
    paper_id = library.paper(
        "Alpha",
        arxiv_id="2412.00001",
        version=2,
        authors=("Ada", "张三", "Bob", "Eve"),
        tags=("_3D",),
        summary="一句话",
        abstract="Much.",
        comment=CODE,
        topic="3DGS",
        day="2024-12-07",
    )
    found = card(paper_id)
    paper, shown = found.paper, found.entry
    assert (paper.key, paper.version, paper.title, paper.abstract) == ("2412.00001", 2, "Alpha", "Much.")
    assert [author.name for author in paper.authors] == ["Ada", "张三", "Bob", "Eve"]
    assert (paper.venues, paper.code_url) == (("CVPR 2024",), "https://github.com/a/b")
    assert (shown.summary, shown.topic.name, str(shown.day)) == ("一句话", "3DGS", "2024-12-07")
    assert [tag.label for tag in found.tags] == ["3D"]


def test_a_paper_without_digest_has_a_card_without_entry(card, library, database):
    paper_id = library.digest(entry("Alpha"), path="/in/a.md") and library.paper("Beta")
    assert card(paper_id).entry is not None
    with database.read() as session:
        assert catalog.load_cards(session, [paper_id, 999_999], PaperFilter())[0].paper.id == paper_id
        assert catalog.load_cards(session, [], PaperFilter()) == []


def test_what_opens_beneath_a_card_is_of_the_entry_that_it_shows(database, library):
    library.digest(entry("Alpha", arxiv_id="2412.00001", key_points=("old",), abstract="Much."), day="2024-12-06")
    library.digest(entry("Alpha", arxiv_id="2412.00001", key_points=("new",)), day="2024-12-07", topic="NeRF")
    with database.read() as session:
        index_id = catalog.find_paper(session, "2412.00001").id
        entries = {str(e.digest.day): e.id for e in catalog.find_paper(session, "2412.00001").entries}
        points = [catalog.find_inside(session, index_id, entries[day]).entry.key_points for day in sorted(entries)]
        assert points == [["old"], ["new"]]
        assert catalog.find_inside(session, index_id, 999_999).entry.key_points == ["new"]
        assert catalog.find_inside(session, index_id, 0).paper.abstract == "Much."
        for nothing in (999_999, 2**40):
            with pytest.raises(NotFoundError):
                catalog.find_inside(session, nothing, 0)
