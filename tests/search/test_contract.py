"""What every engine must do. Another engine is another param of the fixture."""

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.search import (
    FACETS,
    MAX_HITS,
    Appearance,
    Question,
    SearchDocument,
    SearchIndex,
    SearchOrder,
    SearchQuery,
    open_index,
)
from app.search.folding import fold
from app.search.question import Also, HanRun, Phrase, Word
from tests.conftest import REAL_DIGESTS
from tests.meilisearch_server import Server

HAN = re.compile("[\u4e00-\u9fff]{2,}")


@pytest.fixture(params=["embedded", "meilisearch"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    if request.param == "embedded":
        index = open_index(tmp_path / "search")
    else:
        server: Server = request.getfixturevalue("server")
        index = open_index(tmp_path, name=request.getfixturevalue("uid"), **server.keys)
    yield index
    index.close()


def found(index: SearchIndex, text: str = "", **asked: Any) -> list[int]:
    return [hit.paper_id for hit in index.search(SearchQuery(text, **asked)).hits]


def on(day: str, topic: str | None = None) -> Appearance:
    return Appearance(date.fromisoformat(day), topic)


FULL = SearchDocument(
    1,
    "A Neural Title",
    ids=("2412.04471", "neural-title"),
    authors=("Matthias Nießner", "Yu-Xiong Wang"),
    abstract="We render text-to-image splats",
    summaries=("用3D高斯泼溅重建场景",),
    key_points=("实时渲染",),
    analyses=("研究背景是光场",),
    tags=("Avatars",),
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("neural", id="title"),
        pytest.param("NEU", id="prefix"),
        pytest.param("niessner ", id="author without accents"),
        pytest.param("nießner ", id="author as written"),
        pytest.param("yu-xiong ", id="compound author"),
        pytest.param("yuxiong ", id="joined author"),
        pytest.param("2412.04471", id="arxiv id"),
        pytest.param("2412.04", id="arxiv id being typed"),
        pytest.param("texttoimage", id="joined"),
        pytest.param("text-to-image ", id="compound"),
        pytest.param("text-to-im", id="compound being typed"),
        pytest.param("text to image", id="parts"),
        pytest.param('"text to image"', id="parts as a phrase"),
        pytest.param("高", id="one han character"),
        pytest.param("泼溅", id="two han characters"),
        pytest.param("高斯泼溅", id="four han characters"),
        pytest.param("3D高斯", id="mixed"),
        pytest.param('"3D高斯"', id="mixed phrase"),
        pytest.param('"用3D"', id="han before latin"),
        pytest.param('"3D 高"', id="phrase ending in one han character"),
        pytest.param("实时渲染 光场 avatars splats", id="words from anywhere"),
        pytest.param("ＮＥＵＲＡＬ", id="full width"),
        pytest.param('neural "title', id="quote never closed"),
    ],
)
def test_a_paper_is_found_by(index: SearchIndex, text: str) -> None:
    index.put([FULL, SearchDocument(2, "Other")])
    assert found(index, text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("neu ", id="half a word"),
        pytest.param('"neu"', id="half a word in quotes"),
        pytest.param("neural missing", id="one word of two"),
        pytest.param('"title neural"', id="phrase the other way round"),
        pytest.param('"wang avatars"', id="phrase over two fields"),
        pytest.param('"niessner yu"', id="phrase over two values"),
        pytest.param("image-to-text ", id="compound the other way round"),
        pytest.param("高泼", id="han characters apart"),
        pytest.param("斯高", id="han characters the other way round"),
        pytest.param("高斯重建", id="han pairs apart"),
    ],
)
def test_a_paper_is_not_found_by(index: SearchIndex, text: str) -> None:
    index.put([FULL])
    assert found(index, text) == []


def test_of_what_is_not_wanted_nothing_like_it_is_missed(index: SearchIndex) -> None:
    index.put(SearchDocument(i, f"Gaussian lidar paper {i}") for i in range(1, 6))
    for text in ("paper -gausian ", "paper -lidars ", "paper -title:gausian ", "paper -(gausian OR lidars) "):
        answer = index.search(SearchQuery(text))
        assert (answer.total, dict(answer.corrections)) == (5, {})
    assert found(index, "paper -gaussian ") == []


def test_what_is_left_out_is_left_out_by_its_exact_name(index: SearchIndex) -> None:
    index.put(
        [
            SearchDocument(1, "A", tags=("C++", "x"), authors=("Wei Li",), venues=("CVPR",), qualities=("clean",)),
            SearchDocument(2, "B", tags=("C",), authors=("Jun Wei Li", "李明华"), venues=("CVPR 2024",)),
            SearchDocument(
                3, "C", tags=("🔥",), authors=("李明",), qualities=("chat",), appearances=(on("2024-12-07", "X"),)
            ),
            SearchDocument(4, "D", appearances=(on("2024-12-07", "X/Y"),)),
        ]
    )
    assert sorted(found(index, not_tags=("C++",))) == [2, 3, 4]
    assert sorted(found(index, not_tags=("🔥", "x"))) == [2, 4]
    assert sorted(found(index, not_authors=("Wei Li",))) == [2, 3, 4]
    assert sorted(found(index, not_authors=("李明",))) == [1, 2, 4]
    assert sorted(found(index, not_venues=("CVPR",))) == [2, 3, 4]
    assert sorted(found(index, not_qualities=("clean", "chat"))) == [2, 4]
    assert sorted(found(index, not_topics=("X",))) == [1, 2, 4]
    assert found(index, "b ", not_topics=("X",), not_tags=("C",)) == []


def test_han_pairs_that_only_look_like_a_row_are_none(index: SearchIndex) -> None:
    index.put([SearchDocument(1, "高斯，斯泼，泼溅"), SearchDocument(2, "高斯泼溅")])
    assert found(index, "高斯泼溅") == [2]


def test_chinese_counts_are_those_of_the_plain_substring(index: SearchIndex) -> None:
    source = random.Random(20241207)  # noqa: S311
    texts = ["".join(source.choices("高斯泼溅场，3 D。a\u200b", k=12)) for _ in range(400)]
    assert_counts_as_substrings(index, texts, {"".join(source.choices("高斯泼溅场", k=n % 5 + 1)) for n in range(200)})


def test_chinese_counts_in_real_digests_are_those_of_the_plain_substring(index: SearchIndex) -> None:
    texts = [text for file in sorted(REAL_DIGESTS.rglob("*.md")) for text in file.read_text("utf-8").split("\n## ")]
    if not texts:
        pytest.skip("the shared digests are not here")
    source = random.Random(20241207)  # noqa: S311
    runs = HAN.findall("\n".join(texts))
    cut = {
        run[start : start + source.randrange(2, 7)] for run in source.sample(runs, 200) for start in (0, len(run) // 2)
    }
    asked = {text for text in cut if len(text) > 1} | {"高斯", "扩散", "动态场景", "实时渲染", "神经辐射场"}
    assert_counts_as_substrings(index, texts, asked)


def assert_counts_as_substrings(index: SearchIndex, texts: list[str], asked: set[str]) -> None:
    index.put(SearchDocument(i, "", analyses=(text,)) for i, text in enumerate(texts))
    plain = [
        fold(text).replace("\u200b", "") for text in texts
    ]  # traditional characters are as good as simplified ones
    truth = {text: sum(fold(text) in one for one in plain) for text in asked}
    assert {text: index.search(SearchQuery(text, limit=1)).total for text in asked} == truth


def test_better_fields_come_first(index: SearchIndex) -> None:
    fields = ["analyses", "abstract", "key_points", "summaries", "tags", "authors", "title"]
    index.put(SearchDocument(i, **filled(fields, {name: "avatars here"})) for i, name in enumerate(fields))
    index.put([SearchDocument(7, **filled(fields, {"title": "avatars"})), SearchDocument(8, **filled(fields, {}))])
    assert found(index, "avatars") == [7, 6, 5, 4, 3, 2, 1, 0]


def filled(fields: list[str], values: dict[str, str]) -> dict[str, Any]:
    """Every field says something, so that only what is asked for makes the difference."""
    texts = {name: values.get(name, "some words") for name in fields}
    return {name: text if name in ("title", "abstract") else (text,) for name, text in texts.items()}


def test_of_equal_papers_the_newest_comes_first(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf", appearances=(on(f"2024-12-0{i}"),)) for i in (2, 3, 1))
    assert found(index, "nerf") == [3, 2, 1]


@pytest.mark.parametrize("text", ["rend", "rendering", "渲", "渲染", "实时渲染"])
def test_of_papers_found_by_little_the_newest_comes_first_too(index: SearchIndex, text: str) -> None:
    index.put(
        SearchDocument(i, "a", summaries=("rendering 实时渲染",), appearances=(on(f"2024-12-0{i}"),)) for i in (2, 3, 1)
    )
    assert found(index, text) == [3, 2, 1]


def test_without_words_the_newest_comes_first(index: SearchIndex) -> None:
    index.put(
        [
            SearchDocument(1, "", appearances=(on("2024-12-01"),)),
            SearchDocument(2, ""),
            SearchDocument(3, "", appearances=(on("2024-12-02"),)),
        ]
    )
    assert found(index) == [3, 1, 2]


def test_order_by_day_keeps_papers_without_one_last(index: SearchIndex) -> None:
    index.put(
        [
            SearchDocument(1, "a"),
            *(SearchDocument(i, "a", appearances=(on(f"2024-12-0{i}"), on("2020-01-01"))) for i in (2, 4, 3)),
        ]
    )
    assert found(index, "a", order=SearchOrder.NEWEST) == [4, 3, 2, 1]
    assert found(index, "a", order=SearchOrder.OLDEST) == [2, 3, 4, 1]


def test_papers_of_one_day_go_by_their_ids(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "a", appearances=(on("2024-12-01"),)) for i in (5, 1, 9))
    assert found(index, order=SearchOrder.NEWEST) == [1, 5, 9]
    assert found(index, order=SearchOrder.OLDEST) == [1, 5, 9]


@pytest.fixture
def shelf(index: SearchIndex) -> SearchIndex:
    index.put(
        [
            SearchDocument(
                1,
                "a",
                authors=("Ann Lee",),
                tags=("x", "y"),
                appearances=(on("2024-12-07", "NeRF"), on("2024-12-08", "NeRF")),
                has_figures=True,
            ),
            SearchDocument(
                2,
                "a",
                authors=("Bo Wu",),
                tags=("y",),
                appearances=(on("2024-12-07", "3DGS"), on("2025-01-01", "NeRF")),
            ),
            SearchDocument(3, "b", authors=("ann lee",), appearances=(on("2023-02-28"),)),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({}, {1, 2, 3}, id="nothing"),
        pytest.param({"topics": ("NeRF",)}, {1, 2}, id="topic"),
        pytest.param({"topics": ("nerf",)}, set(), id="topics are exact"),
        pytest.param({"topics": ("NeRF", "3DGS")}, {1, 2}, id="either topic"),
        pytest.param({"tags": ("x",)}, {1}, id="tag"),
        pytest.param({"tags": ("y",), "topics": ("3DGS",)}, {2}, id="tag and topic"),
        pytest.param({"authors": ("Ann Lee",)}, {1}, id="author"),
        pytest.param({"authors": ("Ann Lee", "ann lee")}, {1, 3}, id="either author"),
        pytest.param({"has_figures": True}, {1}, id="with figures"),
        pytest.param({"has_figures": False}, {2, 3}, id="without figures"),
        pytest.param({"since": date(2024, 12, 8)}, {1, 2}, id="since"),
        pytest.param({"until": date(2024, 12, 7)}, {1, 2, 3}, id="until"),
        pytest.param({"since": date(2023, 2, 28), "until": date(2023, 2, 28)}, {3}, id="one day"),
        pytest.param({"since": date(2023, 3, 1), "until": date(2024, 12, 6)}, set(), id="a gap"),
        pytest.param({"since": date(2025, 1, 1), "until": date(2024, 1, 1)}, set(), id="backwards"),
        pytest.param({"since": date.min, "until": date.max}, {1, 2, 3}, id="all days"),
        pytest.param(
            {"topics": ("NeRF",), "since": date(2024, 12, 7), "until": date(2024, 12, 7)}, {1}, id="same appearance"
        ),
        pytest.param({"topics": ("NeRF",), "since": date(2024, 12, 1)}, {1, 2}, id="topic since"),
        pytest.param({"text": "a ", "until": date(2024, 1, 1)}, set(), id="words and days"),
        pytest.param({"among": frozenset({1, 3, 99})}, {1, 3}, id="among some papers"),
        pytest.param({"among": frozenset()}, set(), id="among none"),
        pytest.param({"beside": frozenset({1, 99})}, {2, 3}, id="beside some papers"),
        pytest.param({"among": frozenset({1, 2}), "beside": frozenset({2})}, {1}, id="among and beside"),
        pytest.param({"text": "a ", "beside": frozenset({1})}, {2}, id="words and papers"),
        pytest.param({"text": "-b", "among": frozenset({1, 3})}, {1}, id="left out and papers"),
        pytest.param({"text": '"a" OR b', "beside": frozenset({2})}, {1, 3}, id="alternatives and papers"),
    ],
)
def test_filters_all_hold(shelf: SearchIndex, asked: dict[str, Any], expected: set[int]) -> None:
    results = shelf.search(SearchQuery(**asked))
    assert {hit.paper_id for hit in results.hits} == expected
    assert results.total == len(expected)


def test_ranges_of_days_hold_just_their_days(index: SearchIndex) -> None:
    source = random.Random(20241207)  # noqa: S311
    days = {i: date.fromordinal(source.randrange(738000, 739500)) for i in range(300)}
    index.put(SearchDocument(i, "", appearances=(Appearance(day, "NeRF"),)) for i, day in days.items())
    for _ in range(50):
        since, until = sorted(date.fromordinal(source.randrange(738000, 739500)) for _ in range(2))
        truth = sum(since <= day <= until for day in days.values())
        assert index.search(SearchQuery(topics=("NeRF",), since=since, until=until)).total == truth


def test_facets_count_papers_and_not_appearances(shelf: SearchIndex) -> None:
    facets = shelf.search(SearchQuery()).facets
    assert set(facets) == set(FACETS)
    assert {name: counts for name, counts in facets.items() if name not in ("author", "has")} == {
        "topic": {"NeRF": 2, "3DGS": 1},
        "tag": {"x": 1, "y": 2},
        "month": {"2024-12": 2, "2025-01": 1, "2023-02": 1},
        "quality": {},
        "venue": {},
    }


def test_facets_are_of_what_was_found(shelf: SearchIndex) -> None:
    facets = shelf.search(SearchQuery("b ")).facets
    assert (facets["topic"], facets["tag"], facets["month"]) == ({}, {}, {"2023-02": 1})


@pytest.mark.parametrize("asked", [{"among": frozenset({1, 3})}, {"beside": frozenset({2})}])
def test_facets_are_of_the_papers_among_which_is_searched(shelf: SearchIndex, asked: dict[str, Any]) -> None:
    facets = shelf.search(SearchQuery(**asked)).facets
    assert (facets["topic"], facets["tag"]) == ({"NeRF": 1}, {"x": 1, "y": 1})
    assert facets["month"] == {"2024-12": 1, "2023-02": 1}


def test_a_reader_may_have_read_thousands_of_papers(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf") for i in range(300))
    read = frozenset(range(0, 10_000, 2))
    assert index.search(SearchQuery("nerf", among=read)).total == 150
    assert set(found(index, "nerf", beside=read, limit=300)) == set(range(1, 300, 2))


def test_pages_follow_each_other_without_gap_or_repetition(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf " * (i % 7 + 1)) for i in range(60))
    pages = [found(index, "nerf", limit=7, offset=offset) for offset in range(0, 70, 7)]
    assert sorted(paper_id for page in pages for paper_id in page) == list(range(60))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, 0), (10, MAX_HITS), (10, 10**12), (10, 50)])
def test_an_empty_page_still_has_its_total(index: SearchIndex, limit: int, offset: int) -> None:
    index.put(SearchDocument(i, "nerf") for i in range(3))
    results = index.search(SearchQuery("nerf", limit=limit, offset=offset))
    assert (list(results.hits), results.total) == ([], 3)


def test_no_one_pages_deeper_than_the_most_hits(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "") for i in range(MAX_HITS + 20))
    assert len(found(index, limit=50, offset=MAX_HITS - 10)) == 10
    assert len(found(index, limit=10**9)) == MAX_HITS


def test_putting_a_paper_again_replaces_it(index: SearchIndex) -> None:
    index.put([SearchDocument(1, "old"), SearchDocument(2, "old"), SearchDocument(1, "new")])
    index.put([SearchDocument(2, "new")])
    assert (index.count(), found(index, "old"), sorted(found(index, "new"))) == (2, [], [1, 2])


def test_removed_papers_are_gone_and_unknown_ones_ignored(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf") for i in range(3))
    index.remove([0, 2, 99, -1, 2**70])
    assert (index.count(), found(index, "nerf")) == (1, [1])


def test_clearing_forgets_everything(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf") for i in range(3))
    index.clear()
    assert (index.count(), found(index)) == (0, [])


def test_doing_nothing_is_fine(index: SearchIndex) -> None:
    index.put([])
    index.remove([])
    assert index.count() == 0
    assert index.search(SearchQuery("nerf")).total == 0


def test_the_index_tells_which_papers_it_holds(index: SearchIndex) -> None:
    assert index.held().whole == set()
    index.put(SearchDocument(number, "A title") for number in (3, 1, 7))
    index.remove([1])
    assert index.held().whole == {3, 7}


def test_quality_is_a_filter_and_a_facet(index: SearchIndex) -> None:
    index.put([SearchDocument(1, "A title", qualities=("clean",)), SearchDocument(2, "A title", qualities=("a", "b"))])
    assert index.search(SearchQuery("title")).facets["quality"] == {"clean": 1, "a": 1, "b": 1}
    found = index.search(SearchQuery("title", qualities=("b", "c")))
    assert [hit.paper_id for hit in found.hits] == [2]


GRAMMAR = [
    SearchDocument(
        1,
        "Gaussian splatting for avatars",
        ids=("2412.04471",),
        authors=("Yu-Xiong Wang",),
        abstract="We render heads in real time",
        summaries=("用高斯泼溅渲染头像",),
        tags=("3D GS",),
        venues=("CVPR 2024",),
        has_code=True,
        appearances=(on("2024-12-07", "3DGS"),),
        qualities=("clean",),
    ),
    SearchDocument(
        2,
        "Neural radiance fields of heads",
        ids=("10.1000/abc",),
        authors=("Xiong Yu",),
        analyses=("高斯泼溅是另一种方法",),
        tags=("NeRF",),
        has_figures=True,
        appearances=(on("2024-11-30", "NeRF"),),
        qualities=("fake-url",),
    ),
    SearchDocument(3, "Diffusion", summaries=("扩散模型",), appearances=(on("2023-01-01"),), qualities=("clean",)),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("heads -neural ", {1}, id="minus"),
        pytest.param("-heads", {3}, id="only minus"),
        pytest.param('heads -"radiance fields"', {1}, id="minus phrase"),
        pytest.param("-高斯泼溅", {3}, id="minus chinese"),
        pytest.param("gaussian OR diffusion ", {1, 3}, id="or"),
        pytest.param("(gaussian OR neural) heads ", {1, 2}, id="or in brackets"),
        pytest.param("(gaussian heads) OR 扩散", {1, 3}, id="and within or"),
        pytest.param("-(gaussian OR diffusion) ", {2}, id="not any of"),
        pytest.param("title:heads ", {2}, id="title"),
        pytest.param("abstract:heads ", {1}, id="abstract"),
        pytest.param("title:hea", {2}, id="title being typed"),
        pytest.param("summary:高斯", {1}, id="summary"),
        pytest.param("note:高斯泼溅", {2}, id="analysis"),
        pytest.param("summary:扩", {3}, id="one character of a field"),
        pytest.param('author:"yu-xiong wang"', {1}, id="author phrase"),
        pytest.param("author:xiong ", {1, 2}, id="author word"),
        pytest.param("title:(gaussian OR neural) ", {1, 2}, id="named brackets"),
        pytest.param('tag:"3d gs"', {1}, id="tag"),
        pytest.param("topic:nerf", {2}, id="topic"),
        pytest.param('venue:"cvpr 2024"', {1}, id="venue"),
        pytest.param("id:2412.04471v3", {1}, id="arxiv id"),
        pytest.param("id:10.1000/ABC", {2}, id="doi"),
        pytest.param("date:2024-12-07", {1}, id="day"),
        pytest.param("date:2024", {1, 2}, id="year"),
        pytest.param("-date:2024", {3}, id="not that year"),
        pytest.param("date:..2024-11", {2, 3}, id="until"),
        pytest.param("has:code", {1}, id="code"),
        pytest.param("has:figures OR has:code", {1, 2}, id="figures or code"),
        pytest.param("has:analysis", {2}, id="analysis there"),
        pytest.param("quality:clean -has:code", {3}, id="quality and not"),
        pytest.param("date:nonsense", set(), id="no date, so words"),
        pytest.param("(heads ", {1, 2}, id="an open bracket is nothing"),
    ],
)
def test_the_grammar_asks_what_it_says(index: SearchIndex, text: str, expected: set[int]) -> None:
    index.put(GRAMMAR)
    results = index.search(SearchQuery(text))
    assert {hit.paper_id for hit in results.hits} == expected
    assert results.total == len(expected)


def test_facets_are_of_what_the_grammar_asks_for(index: SearchIndex) -> None:
    index.put(GRAMMAR)
    facets = index.search(SearchQuery("gaussian OR diffusion ")).facets
    assert facets["has"] == {"code": 1}
    assert facets["venue"] == {"CVPR 2024": 1}
    assert facets["author"] == {"Yu-Xiong Wang": 1}
    assert facets["quality"] == {"clean": 2}


def test_the_question_says_the_order(index: SearchIndex) -> None:
    index.put(GRAMMAR)
    assert found(index, "heads sort:oldest") == [2, 1]
    assert found(index, "heads sort:newest") == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("gausian ", {1}, id="a letter missing"),
        pytest.param("guassian ", {1}, id="two letters swapped"),
        pytest.param("gaussiian", {1}, id="one too many, being typed"),
        pytest.param("radience ", {2}, id="another letter"),
        pytest.param("splatering ", {1}, id="two edits of a long word"),
        pytest.param("haeds ", {1, 2}, id="five letters"),
        pytest.param("reql ", set(), id="short words are exact"),
        pytest.param('"gausian"', set(), id="quoted words are exact"),
    ],
)
def test_latin_words_may_be_mistyped(index: SearchIndex, text: str, expected: set[int]) -> None:
    index.put(GRAMMAR)
    assert set(found(index, text)) == expected


def test_what_was_spelled_so_comes_before_what_is_only_like_it(index: SearchIndex) -> None:
    index.put([SearchDocument(i, "gaussian things") for i in range(2, 9)] + [SearchDocument(1, "gausian things")])
    assert found(index, "gausian ")[0] == 1


def test_equivalents_are_found_and_count_for_less(index: SearchIndex) -> None:
    index.put(GRAMMAR)
    also = Also(HanRun("高斯泼溅"), (Phrase(("neural", "radiance")), Word("diffusion")))
    hits = index.search(SearchQuery(question=Question((also,)))).hits
    assert hits[0].paper_id == 1
    assert {hit.paper_id for hit in hits} == {1, 2, 3}
