"""Against a real index, written by the engine and opened beside it."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA
from tantivy import Index, Searcher

from app.search import SearchDocument, SearchIndex, open_index
from app.search.embedded.spelling import Near, Spelling
from app.search.marking import folder


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    index = open_index(tmp_path / "search")
    yield index
    index.close()


@pytest.fixture
def searcher(index: SearchIndex, tmp_path: Path) -> Callable[[], Searcher]:
    """The index as it is when asked for."""
    opened = Index.open(str(folder(tmp_path / "search")))

    def current() -> Searcher:
        opened.reload()
        return opened.searcher()

    return current


def put(index: SearchIndex, *titles: str) -> None:
    index.put([SearchDocument(number, title) for number, title in enumerate(titles, 1)])


def words(near: tuple[Near, ...]) -> list[str]:
    return [found.word for found in near]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("surfce", ["surface"], id="one too few"),
        pytest.param("surfaace", ["surface"], id="one too many"),
        pytest.param("surfake", ["surface"], id="another"),
        pytest.param("sruface", ["surface"], id="swapped"),
        pytest.param("surfac", ["surface"], id="at the end"),
        pytest.param("surfcae", ["surface"], id="swapped further on"),
        pytest.param("surcfe", [], id="two edits in a short word"),
        pytest.param("segmentatoin", ["segmentation"], id="swapped in a long word"),
        pytest.param("segmantatoin", ["segmentation"], id="two edits in a long word"),
        pytest.param("sgmantatoin", [], id="three edits"),
        pytest.param("zurface", ["surface"], id="first letter"),
        pytest.param("zegmantation", [], id="first letter and another"),
        pytest.param("nefr", [], id="four letters"),
        pytest.param("surface", [], id="nothing but the word itself"),
        pytest.param("gpt4x", [], id="digits are exact"),
        pytest.param("点云点云点", [], id="han"),
        pytest.param("", [], id="nothing"),
        pytest.param("s" * 10_000, [], id="endless"),
    ],
)
def test_near_is_what_is_a_typing_error_away(
    index: SearchIndex, searcher: Callable[[], Searcher], typed: str, expected: list[str]
) -> None:
    put(index, "Surface segmentation, NeRF, GPT4o, 点云点云点云")
    assert words(Spelling(searcher).near(typed)) == expected


def test_the_nearest_come_first_then_the_most_frequent(index: SearchIndex, searcher: Callable[[], Searcher]) -> None:
    put(index, "reconstructions", "reconstruction", "reconstruction deconstruction", "reconstructor", "reconstructor")
    near = Spelling(searcher).near("reconstructio")
    assert near == (Near("reconstruction", 1, 2), Near("reconstructor", 2, 2), Near("reconstructions", 2, 1))
    assert Spelling(searcher).near("reconstructio", most=1) == near[:1]


def test_joined_compounds_are_words_too(index: SearchIndex, searcher: Callable[[], Searcher]) -> None:
    put(index, "A text-to-image model")
    assert words(Spelling(searcher).near("textoimage")) == ["texttoimage"]


def test_new_words_are_soon_near_and_removed_ones_are_not(
    index: SearchIndex, searcher: Callable[[], Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.embedded.spelling.REST", 0)
    spelling = Spelling(searcher)
    assert spelling.near("segmantatoin") == ()
    put(index, "segmentation")
    assert words(spelling.near("segmantatoin")) == ["segmentation"]
    index.clear()
    assert spelling.near("segmantatoin") == ()


def test_a_dictionary_serves_for_a_while_but_one_edit_is_always_true(
    index: SearchIndex, searcher: Callable[[], Searcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.embedded.spelling.REST", 1_000_000)
    put(index, "surface")
    spelling = Spelling(searcher)
    assert spelling.near("segmantatoin") == ()
    put(index, "segmentation")
    assert spelling.near("segmantatoin") == ()
    assert words(spelling.near("segmantation")) == ["segmentation"]


def test_near_is_what_comparing_with_every_word_finds(index: SearchIndex, searcher: Callable[[], Searcher]) -> None:
    source = random.Random(20241207)  # noqa: S311
    vocabulary = {"".join(source.choices("ab", k=source.randrange(3, 14))) for _ in range(400)}
    put(index, *vocabulary)
    spelling = Spelling(searcher)
    for _ in range(100):
        typed = "".join(source.choices("ab", k=source.randrange(1, 14)))
        most = 0 if len(typed) < 5 else 1 if len(typed) < 9 else 2
        edits = {word: OSA.distance(word, typed) for word in vocabulary}
        near = {word for word, n in edits.items() if 0 < n <= (most if word[0] == typed[0] else min(most, 1))}
        assert set(words(spelling.near(typed, most=1000))) == near
