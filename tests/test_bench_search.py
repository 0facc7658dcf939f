"""The arithmetic of the measurements of search, and that they can be repeated."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from app.search import Appearance, SearchDocument, SearchOrder, SearchQuery, open_index
from bench.places import ROOT
from bench.search import counts, judged
from bench.search.bare import BareEngine
from bench.search.corpus import Corpus, folded
from bench.search.edits import mistyped
from bench.search.fts5 import Fts5Index
from bench.search.generator import Generator
from bench.search.invention import invent_han, invent_word
from bench.search.judged import MOST_HOLDERS, Judged, Kind
from bench.search.library import read_documents
from bench.search.questions import draw, kinds
from bench.search.relevance import rank, recall, reciprocal_rank
from bench.search.timings import percentile

TOY = [
    SearchDocument(
        1,
        "Neural Fields",
        authors=("Ann Lee",),
        summaries=("用3D高斯泼溅重建场景",),
        tags=("x", "y"),
        appearances=(Appearance(date(2024, 12, 7), "NeRF"),),
        has_code=True,
    ),
    SearchDocument(
        2,
        "Neural Rendering",
        abstract="Fields of light, text-to-image",
        analyses=("实时高斯，泼溅",),
        tags=("y",),
        appearances=(Appearance(date(2024, 12, 8), "3DGS"),),
    ),
    SearchDocument(3, "Diffusion", summaries=("扩散模型的高",)),
]


@pytest.fixture(scope="module")
def papers() -> list[SearchDocument]:
    return read_documents([ROOT / "samples"])


def test_the_same_seed_judges_the_same(papers: list[SearchDocument]) -> None:
    assert judged.draw(papers, seed=1, per_kind=5) == judged.draw(papers, seed=1, per_kind=5)
    assert judged.draw(papers, seed=1, per_kind=5) != judged.draw(papers, seed=2, per_kind=5)


def test_what_is_drawn_is_held_by_the_wanted_paper_and_few_others(papers: list[SearchDocument]) -> None:
    texts = dict(zip((paper.paper_id for paper in papers), Corpus(papers).texts, strict=True))
    plain = {Kind.TITLE, Kind.HAN_2, Kind.HAN_4, Kind.HAN_8}
    drawn = [query for query in judged.draw(papers, per_kind=5) if query.kind in plain]
    assert {query.kind for query in drawn} == plain
    for query in drawn:
        assert folded(query.text) in texts[query.paper_id]
        assert 1 <= query.holders <= MOST_HOLDERS


def test_a_term_of_the_other_language_is_not_in_the_paper() -> None:
    told = ("用神经辐射场（Neural Radiance Field）", "以神经辐射场（Neural Radiance Fields）")
    others = [SearchDocument(number, f"Paper {number}", summaries=(text,)) for number, text in enumerate(told, 1)]
    english = SearchDocument(3, "Neural Radiance Fields of trees", summaries=("树",))
    chinese = SearchDocument(4, "Trees", summaries=("神经辐射场",))
    rest = [SearchDocument(number, "Else") for number in range(5, 15)]
    drawn = judged.draw([*others, english, chinese, *rest])
    assert Judged(Kind.CHINESE_FOR_ENGLISH, "神经辐射场", 3, 1) in drawn
    assert Judged(Kind.ENGLISH_FOR_CHINESE, "neural radiance field", 4, 3) in drawn


@pytest.mark.parametrize("seed", range(20))
def test_a_typing_error_is_one_edit(seed: int) -> None:
    word, source = "gaussian", Random(seed)  # noqa: S311
    assert mistyped(word, source) in _one_edit_from(word)


def _one_edit_from(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {before + after[1:] for before, after in cuts if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    changed = {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    put_in = {before + letter + after for before, after in cuts for letter in letters}
    return (left_out | swapped | changed | put_in) - {word}


def test_ranks_become_measures() -> None:
    assert reciprocal_rank([1, 2, None, 4]) == pytest.approx(0.4375)
    assert recall([1, 2, None, 4]) == pytest.approx(0.75)


def test_the_rank_is_the_place_of_the_wanted_paper(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.put(TOY)
    assert [rank(index, Judged(Kind.TITLE, "neural fields", number, 1)) for number in (1, 2, 3)] == [1, 2, None]
    index.close()


def test_counts_are_compared_with_the_substring(tmp_path: Path) -> None:
    corpus, index = Corpus(TOY), open_index(tmp_path)
    index.put(TOY)
    truth = counts.pairs(corpus)
    assert (truth["高斯"], truth["泼溅"], truth["斯泼"]) == (2, 2, 1)
    assert counts.differing(index, truth) == {}
    assert counts.differing(index, truth | {"高斯": 7}) == {"高斯": (2, 7)}
    index.close()


def test_generated_papers_can_be_made_again(papers: list[SearchDocument]) -> None:
    made = list(Generator(papers, seed=1).documents(50))
    assert [document.paper_id for document in made] == list(range(1, 51))
    assert made[30] == Generator(papers, seed=1).document(31)
    assert made[30] != Generator(papers, seed=2).document(31)


def test_more_papers_have_more_words(papers: list[SearchDocument]) -> None:
    made = Corpus(list(Generator(papers).documents(400))).texts
    known = {word for text in Corpus(papers).texts for word in text.split()}
    new = [len({word for text in made[:number] for word in text.split()} - known) for number in (100, 200, 400)]
    assert new[0] < new[1] < new[2]
    assert new[2] - new[1] < 2 * (new[1] - new[0])  # they come ever more slowly


def test_no_two_made_up_words_are_the_same() -> None:
    assert len({invent_word(place) for place in range(100_000)}) == 100_000
    assert len({invent_han(place, "高斯泼溅场景") for place in range(36)}) == 36


def test_questions_are_of_every_kind(papers: list[SearchDocument]) -> None:
    asked = draw(Generator(papers), documents=100, number=39, seed=1)
    assert asked == draw(Generator(papers), documents=100, number=39, seed=1)
    assert {one.kind for one in asked} == set(kinds())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SearchQuery("高斯"), {1, 2}),
        (SearchQuery("高斯泼溅"), {1}),
        (SearchQuery("高"), {1, 2, 3}),
        (SearchQuery("neural fie"), {1, 2}),
        (SearchQuery("neural fie "), set()),
        (SearchQuery('"neural fields"'), {1}),
        (SearchQuery("text-to-image "), {2}),
        (SearchQuery("neural", tags=("x",)), {1}),
        (SearchQuery("neural", topics=("3DGS",), since=date(2024, 12, 8)), {2}),
        (SearchQuery(""), {1, 2, 3}),
    ],
)
def test_fts5_finds_what_the_embedded_engine_does(tmp_path: Path, query: SearchQuery, expected: set[int]) -> None:
    index, embedded = Fts5Index(tmp_path / "fts5"), open_index(tmp_path / "embedded")
    for one in (index, embedded):
        one.put(TOY)
        results = one.search(query)
        assert ({hit.paper_id for hit in results.hits}, results.total) == (expected, len(expected))
    found = {name: counted for name, counted in embedded.search(query).facets.items() if counted}
    assert index.search(query).facets == found
    index.close()
    embedded.close()


def test_fts5_orders_by_day(tmp_path: Path) -> None:
    index = Fts5Index(tmp_path)
    index.put(TOY)
    assert [hit.paper_id for hit in index.search(SearchQuery(order=SearchOrder.NEWEST)).hits] == [2, 1, 3]
    index.close()


def test_fts5_is_written_in_several_transactions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.search.fts5.TOGETHER", 1)
    index = Fts5Index(tmp_path)
    index.put(TOY)
    assert index.search(SearchQuery("高")).total == 3
    index.close()


def test_the_bare_engine_is_asked_what_the_embedded_one_asks(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.put(TOY)
    bare = BareEngine(tmp_path)
    calls = bare.calls_of(SearchQuery("neural"))
    assert len(calls) >= 2  # a page and its counts
    assert all(call() is not None for call in calls)
    bare.close()
    index.close()


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(200, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [100, 190, 198, 200]
    assert percentile([3.0], 0.5) == 3
