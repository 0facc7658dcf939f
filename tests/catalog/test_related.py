from typing import Any

import pytest

from app import catalog
from app.catalog.related import MOST, RARE, Tie, related_papers
from app.errors import SearchUnavailableError
from tests.conftest import BOTH_STORES, Library, entry

TITLE = "Talking avatars from monocular video"


def related(library: Library, paper_id: int, index: Any = None) -> list[tuple[str, dict[str, list[str]]]]:
    """Titles in order, each with what is shared."""
    with library.database.read() as session:
        paper = catalog.find_paper(session, library.key(paper_id))
        found = related_papers(session, index or library.index, paper)
        return [(one.paper.shown.title, {tie.value: list(names) for tie, names in one.ties.items()}) for one in found]


@BOTH_STORES
def test_papers_are_related_by_authors_rare_tags_and_words_of_the_title(library: Library) -> None:
    mine = library.paper(TITLE, authors=("Wei Wang", "Ada Ito"), tags=("avatar",))
    library.paper("On shelves", authors=("Ada Ito", "Wei Wang"))
    library.paper("On books", tags=("avatar",))
    library.paper("Monocular avatars in the wild")
    library.paper("A video of the sea")
    found = dict(related(library, mine))
    assert sorted(found["On shelves"].pop("authors")) == ["Ada Ito", "Wei Wang"]
    assert found == {
        "On shelves": {},
        "On books": {"tags": ["avatar"]},
        "Monocular avatars in the wild": {"terms": ["avatars", "monocular"]},
    }


def test_who_shares_most_comes_first(library: Library) -> None:
    mine = library.paper(TITLE, authors=("Wei Wang", "Ada Ito"))
    library.paper("On shelves", authors=("Wei Wang",))
    library.paper("Avatars from monocular cameras", authors=("Wei Wang", "Ada Ito"))
    assert [title for title, _ in related(library, mine)] == ["Avatars from monocular cameras", "On shelves"]


def test_one_word_is_chance_but_a_name_is_a_tie(library: Library) -> None:
    mine = library.paper("NeRF and the monocular sea")
    library.paper("Monocular shelves")
    library.paper("NeRF in the library")
    assert related(library, mine) == [("NeRF in the library", {"terms": ["NeRF"]})]


def test_small_words_tie_nothing(library: Library) -> None:
    mine = library.paper("A model for learning with the new")
    library.paper("A new model for learning with the old")
    assert related(library, mine) == []


def test_chinese_titles_are_related_too(library: Library) -> None:
    mine = library.paper("扩散模型 图像编辑")
    library.paper("图像编辑 扩散模型 综述")
    library.paper("三维重建")
    assert [title for title, _ in related(library, mine)] == ["图像编辑 扩散模型 综述"]


def test_a_common_tag_ties_nothing(library: Library) -> None:
    mine = library.paper("Of shelves", tags=("common",))
    library.digest(*(entry(f"{number} ships", tags=("common",)) for number in range(RARE)), topic="Sea")
    assert related(library, mine) == []


def test_no_more_than_a_few_are_told(library: Library) -> None:
    mine = library.paper("Of shelves", authors=("Ada Ito",))
    library.digest(*(entry(f"{number} ships", authors=("Ada Ito",)) for number in range(MOST + 3)), topic="Sea")
    found = related(library, mine)
    assert len(found) == MOST
    assert all(ties == {"authors": ["Ada Ito"]} for _, ties in found)


def test_a_paper_that_no_digest_lists_any_more_is_not_told(library: Library) -> None:
    mine = library.paper("Of shelves", authors=("Ada Ito",))
    first = library.digest(entry("Of ships", authors=("Ada Ito",)), topic="Sea", note_id="n")
    again = library.digest(entry("Of boats", authors=("Ada Ito",)), topic="Sea", note_id="n")
    assert first.digest_id == again.digest_id
    assert [title for title, _ in related(library, mine)] == ["Of boats"]


class Away:
    """A search engine that does not answer."""

    def search(self, query: object) -> object:
        raise SearchUnavailableError("away")


def test_while_search_is_away_authors_and_tags_are_told(library: Library) -> None:
    mine = library.paper(TITLE, authors=("Ada Ito",))
    library.paper("Monocular avatars", authors=("Ada Ito",))
    assert related(library, mine, Away()) == [("Monocular avatars", {Tie.AUTHORS.value: ["Ada Ito"]})]


@pytest.mark.parametrize("title", ["!!!", "a", "of the", "  "])
def test_a_title_without_telling_words_is_no_error(library: Library, title: str) -> None:
    assert related(library, library.paper(title)) == []
