"""What only the embedded engine promises: files, processes, threads, and any text at all."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from app.errors import SearchUnavailableError
from app.search import Appearance, Question, SearchDocument, SearchIndex, SearchQuery, SearchResults, open_index
from app.search.clauses import plain
from app.search.embedded import authors, counting, engine
from app.search.folding import fold
from app.search.marking import folder
from app.search.words import read_words

ROOT = Path(__file__).parents[2]


@pytest.fixture
def location(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def index(location: Path) -> Iterator[SearchIndex]:
    index = open_index(location)
    yield index
    index.close()


def papers(count: int, title: str = "nerf") -> list[SearchDocument]:
    return [SearchDocument(i, title, appearances=(Appearance(date(2024, 12, 7), "NeRF"),)) for i in range(count)]


def total(index: SearchIndex, text: str = "nerf") -> int:
    return index.search(SearchQuery(text)).total


def run_beside(location: Path, code: str) -> subprocess.Popen[str]:
    """Another process with an index of its own on the same folder."""
    start = "import sys; from pathlib import Path; from app.search import *; index = open_index(Path(sys.argv[1]))\n"
    command = [sys.executable, "-c", start + code, str(location)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_what_was_put_is_there_when_opened_again(index: SearchIndex, location: Path) -> None:
    index.put(papers(3))
    index.close()
    assert open_index(location).count() == 3


def test_a_closed_index_says_so(index: SearchIndex) -> None:
    index.close()
    with pytest.raises(SearchUnavailableError, match="closed"):
        index.search(SearchQuery("nerf"))
    with pytest.raises(SearchUnavailableError, match="closed"):
        index.put(papers(1))


def test_another_version_is_thrown_away_and_nothing_else(index: SearchIndex, location: Path) -> None:
    index.put(papers(3))
    index.close()
    folder(location).rename(location / "v0")
    (location / "notes").mkdir()
    again = open_index(location)
    assert again.count() == 0
    assert sorted(path.name for path in location.iterdir() if path.is_dir()) == ["notes", folder(location).name]


def test_the_index_of_a_newer_version_is_left_alone_and_said_so(index: SearchIndex, location: Path) -> None:
    index.put(papers(3))
    newer = location / "v999"
    folder(location).rename(newer)
    for act in (lambda: open_index(location), index.count, lambda: index.put(papers(1))):
        with pytest.raises(SearchUnavailableError, match="newer version"):
            act()
    assert [path.name for path in location.iterdir() if path.is_dir()] == ["v999"]


@pytest.mark.parametrize("suffix", ["meta.json", ".term", ".idx", ".fast", ".pos", ".fieldnorm"])
@pytest.mark.parametrize("content", [b"", b"no index at all" * 10])
def test_a_damaged_index_is_made_anew(index: SearchIndex, location: Path, suffix: str, content: bytes) -> None:
    index.put(papers(3))
    index.close()
    for file in folder(location).glob(f"*{suffix}"):
        file.write_bytes(content)
    again = open_index(location)
    assert again.count() == 0
    again.put(papers(2))
    assert total(again) == 2


def test_a_lost_file_makes_the_index_anew(index: SearchIndex, location: Path) -> None:
    index.put(papers(3))
    index.close()
    next(folder(location).glob("*.idx")).unlink()
    assert open_index(location).count() == 0


def test_a_foreign_index_is_made_anew(location: Path) -> None:
    import tantivy

    folder(location).mkdir(parents=True)
    tantivy.Index(tantivy.SchemaBuilder().build(), path=str(folder(location)))
    index = open_index(location)
    index.put(papers(1))
    assert total(index) == 1


def test_a_folder_deleted_while_open_is_an_empty_index(index: SearchIndex, location: Path) -> None:
    index.put(papers(3))
    for file in folder(location).iterdir():
        file.unlink()
    folder(location).rmdir()
    assert index.count() == 0
    index.put(papers(1))
    assert total(index) == 1


def test_a_place_that_cannot_be_a_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchUnavailableError, match="cannot be opened"):
        open_index(tmp_path / "file")


def test_other_processes_follow_within_a_second(index: SearchIndex, location: Path) -> None:
    with run_beside(location, "for line in sys.stdin: print(index.count(), flush=True)") as other:
        assert other.stdin
        assert other.stdout
        for count in (3, 5):
            index.put(papers(count))
            other.stdin.write("count\n")
            other.stdin.flush()
            assert int(other.stdout.readline()) == count
        other.stdin.close()


def test_one_process_searches_while_another_writes(index: SearchIndex, location: Path) -> None:
    code = "for n in range(20): index.put(SearchDocument(n * 50 + i, 'nerf') for i in range(50))"
    with run_beside(location, code) as other:
        seen = []
        while other.poll() is None:
            seen.append(total(index))
    assert other.returncode == 0
    assert seen == sorted(seen)
    assert all(count % 50 == 0 for count in seen)
    assert total(index) == index.count() == 1000


def test_killing_a_writer_loses_nothing_that_a_put_returned(index: SearchIndex, location: Path) -> None:
    code = """
index.put(SearchDocument(i, "nerf") for i in range(30))
def endless():
    yield SearchDocument(100, "nerf")
    print("put and writing", flush=True)
    sys.stdin.read()
    yield SearchDocument(101, "nerf")
index.put(endless())
"""
    with run_beside(location, code) as other:
        assert other.stdout
        other.stdout.readline()
        os.kill(other.pid, signal.SIGKILL)
    assert total(index) == 30
    index.put([SearchDocument(200, "nerf")])
    assert total(index) == total(open_index(location)) == 31


def test_a_writer_waits_for_another_process(index: SearchIndex, location: Path) -> None:
    with run_beside(location, HOLDING) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        with ThreadPoolExecutor(1) as threads:
            putting = threads.submit(index.put, papers(3))
            time.sleep(0.3)
            assert not putting.done()
            other.stdin.close()
            putting.result(timeout=20)
    assert index.count() == 4


def test_a_writer_does_not_wait_for_ever(index: SearchIndex, location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_WAIT_SECONDS", 0.2)
    with run_beside(location, HOLDING) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(SearchUnavailableError, match="another process"):
            index.put(papers(3))
        assert total(index) == 0
        other.stdin.close()


HOLDING = """
def slow():
    yield from (SearchDocument(i, "other") for i in range(0))
    yield SearchDocument(1000, "other")
    for i in range(2000): yield SearchDocument(1000, "other")
    print("writing", flush=True)
    sys.stdin.read()
index.put(slow())
"""


def test_a_put_that_breaks_off_leaves_the_index_writable(index: SearchIndex) -> None:
    def broken() -> Iterator[SearchDocument]:
        yield from papers(engine.BATCH + 1)
        raise LookupError

    with pytest.raises(LookupError):
        index.put(broken())
    assert index.count() == engine.BATCH
    index.put(papers(engine.BATCH + 2))
    assert index.count() == engine.BATCH + 2


def test_many_threads_may_search_and_write_at_once(index: SearchIndex) -> None:
    def work(number: int) -> int:
        index.put([SearchDocument(number, "nerf")])
        return total(index)

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(work, range(48)))
    assert index.count() == total(index) == 48


def hostile_texts() -> list[str]:
    source = random.Random(20241207)  # noqa: S311
    letters = "aZ09 \"'*?()[]{}^~:\\/|.+-&!_<>=高斯泼が\u0301\u200b\u3000\0\ud800\udfff\U0001f600\n\t“”ßİ"
    table = [
        "\0",
        "\ud800",
        '"',
        '"""',
        "(" * 600,
        "a" * 100_000,
        "高" * 100_000,
        "-" * 600,
        "a-" * 300,
        "a.*",
        "[",
        "\\",
    ]
    table += ["AND OR NOT", "title:x", "a~2", "*", '"a', '"高"', '"高 a 高"', '"a 高"', "\u200b", "\U0010ffff" * 600]
    return table + ["".join(source.choices(letters, k=source.randrange(1, 60))) for _ in range(500)]


def test_no_text_is_an_error(index: SearchIndex) -> None:
    index.put(papers(3, title="高斯 nerf a-b"))
    for text in hostile_texts():
        results = index.search(SearchQuery(text, topics=("NeRF",)))
        assert results.total >= len(results.hits)


def test_no_filter_is_an_error(index: SearchIndex) -> None:
    index.put(papers(3))
    for text in hostile_texts():
        asked = SearchQuery(topics=(text,), tags=(text,), authors=(text,), since=date.min, until=date.max)
        assert index.search(asked).total == 0


def test_any_text_can_be_put_and_is_found_by_its_own_words(index: SearchIndex) -> None:
    texts = hostile_texts()
    index.put(SearchDocument(i, text, (text,), (text,), text, tags=(text,)) for i, text in enumerate(texts))
    assert index.count() == len(texts)
    for i, text in enumerate(texts):
        if len(text) < 100:
            question = Question(tuple(plain(text)))  # as words: in the grammar, a minus or a bracket may mean more
            assert i in [hit.paper_id for hit in index.search(SearchQuery(question=question, limit=1000)).hits]


def test_authors_are_counted_exactly_however_many_there_are(index: SearchIndex) -> None:
    """More than are counted one by one; the frequent ones are rare in some segments. Chance decides only at the edge."""
    truth: Counter[str] = Counter()
    for segment in range(3):
        names = [f"Common {i * (segment + 1) % 60}" for i in range(1500)]
        truth.update(names)
        index.put(
            SearchDocument(segment * 2000 + i, "nerf", authors=(f"Rare {segment} {i}", f"Seldom {segment} {i}", name))
            for i, name in enumerate(names)
        )
    assert truth.total() > authors.FEW
    shown = index.search(SearchQuery("nerf ")).facets["author"]
    assert len(shown) == authors.MOST
    assert {name: truth[name] for name in shown} == shown
    assert min(shown.values()) >= sorted(truth.values(), reverse=True)[authors.MOST - 1]


def test_many_papers_without_an_author_have_none_to_count(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "nerf", tags=("a",)) for i in range(authors.FEW + 1))
    facets = index.search(SearchQuery("nerf ")).facets
    assert (facets["author"], facets["tag"]) == ({}, {"a": authors.FEW + 1})


def test_counts_are_exact_where_a_facet_has_more_values_than_are_counted(index: SearchIndex) -> None:
    tags = [f"tag {i:05}" for i in range(counting.MOST_VALUES + 100)]
    index.put([SearchDocument(0, "mesh", tags=tuple(tags))])
    index.put(SearchDocument(i, "nerf", tags=(*tags[:200], *tags[-200:])) for i in range(1, 4))
    assert index.search(SearchQuery("nerf ")).facets["tag"] == dict.fromkeys((*tags[:200], *tags[-200:]), 3)


def test_authors_of_few_papers_are_all_counted(index: SearchIndex) -> None:
    names = [f"Author {i % 30}" for i in range(authors.FEW)]
    index.put(SearchDocument(i, "nerf", authors=(name, name)) for i, name in enumerate(names))
    assert index.search(SearchQuery("nerf ")).facets["author"] == Counter(names)


def test_names_that_are_nearly_the_same_stay_apart(index: SearchIndex) -> None:
    names = ["Ada", "ada", "Ada ", "Ádá", "a" * 2000, "a" * 2000 + "b", "\ud800", "^", "|"]
    index.put(SearchDocument(i, "nerf", authors=(name,)) for i, name in enumerate(names, 1))
    counted = index.search(SearchQuery("nerf ")).facets["author"]
    assert counted == {"Ada": 1, "ada": 1, "Ada ": 1, "Ádá": 1, "a" * 984: 2, "?": 1, "^": 1, "|": 1}
    assert [index.search(SearchQuery(authors=(name,))).total for name in names] == [1, 1, 1, 1, 2, 2, 1, 1, 1]


@pytest.mark.parametrize("beginning", ["g", "ga", "gau", "gaus", "3", "n", "ß"])
def test_beginnings_of_every_length_are_found_in_every_field(index: SearchIndex, beginning: str) -> None:
    texts = ["Gaussian", "gabor", "splat of a gauge", "3D-GS", "Nießner", "text-to-image", "高斯gap", "ssim"]
    fields: list[Callable[[int, str], SearchDocument]] = [
        lambda i, text: SearchDocument(i, text),
        lambda i, text: SearchDocument(i, "", abstract=text),
        lambda i, text: SearchDocument(i, "", authors=(text,)),
        lambda i, text: SearchDocument(i, "", analyses=(text,)),
    ]
    papers = [make(i * 10 + j, text) for i, text in enumerate(texts) for j, make in enumerate(fields)]
    index.put(papers)
    folded = fold(beginning)
    found = {hit.paper_id for hit in index.search(SearchQuery(beginning, limit=1000)).hits}
    words = {i: {*read_words(text).in_a_row, *read_words(text).joined} for i, text in enumerate(texts)}
    assert found == {
        i * 10 + j for i in words for j in range(len(fields)) if any(word.startswith(folded) for word in words[i])
    }


def test_facets_are_counted_only_if_they_are_wanted(index: SearchIndex) -> None:
    index.put([SearchDocument(1, "nerf", tags=("a",), authors=("Ada",))])
    assert index.search(SearchQuery("nerf ", with_facets=False)) == SearchResults(
        index.search(SearchQuery("nerf ")).hits, 1
    )


def test_facets_are_exact_for_few_papers_for_nearly_all_and_for_words_in_a_row(index: SearchIndex) -> None:
    """Where most are found the others are counted; what was put again or removed counts no more."""
    source = random.Random(7)  # noqa: S311
    shelf: dict[int, SearchDocument] = {}
    for _ in range(3):
        some = [
            SearchDocument(
                number,
                " ".join(source.sample(["nerf", "splat", "avatar", "motion"], source.randrange(1, 5))),
                authors=tuple(source.sample(["Ada", "Bob", "张三"], source.randrange(3))),
                tags=tuple(source.sample(["a", "b", "c", "d"], source.randrange(4))),
                appearances=(Appearance(date(2024, source.randrange(1, 13), 7), source.choice(["x", "y", None])),),
                has_code=source.random() < 0.3,
            )
            for number in source.sample(range(300), 150)
        ]
        index.put(some)
        shelf |= {paper.paper_id: paper for paper in some}
        gone = source.sample(sorted(shelf), 10)
        index.remove(gone)
        for number in gone:
            del shelf[number]
        for text in ("nerf ", "-nerf", "nerf OR splat", "nerf splat avatar motion ", "", '"splat avatar"'):
            wanted, without = set(text.replace(" OR ", " ").strip('"').split()) - {"-nerf"}, text == "-nerf"
            test = any if " OR " in text else all
            found = [
                paper
                for paper in shelf.values()
                if test(word in paper.title.split() for word in wanted or {paper.title.split()[0]})
                and not (without and "nerf" in paper.title.split())
                and text.strip('"') in (paper.title if '"' in text else text)
            ]
            facets = index.search(SearchQuery(text)).facets
            assert facets["tag"] == Counter(tag for paper in found for tag in paper.tags)
            assert facets["author"] == Counter(name for paper in found for name in paper.authors)
            assert facets["topic"] == Counter(a.topic for paper in found for a in paper.appearances if a.topic)
            assert facets["month"] == Counter(a.day.isoformat()[:7] for paper in found for a in paper.appearances)
            assert facets["has"].get("code", 0) == sum(paper.has_code for paper in found)
