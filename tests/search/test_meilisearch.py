"""What only the Meilisearch engine must do: tasks, settings, keys, and a server that is away. A real server throughout."""

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from meilisearch.models.task import TaskInfo

from app.errors import SearchUnavailableError
from app.search import Appearance, SearchDocument, SearchIndex, SearchQuery, open_index
from app.search.meilisearch.breaker import Breaker
from app.search.meilisearch.encoding import original, value
from app.search.meilisearch.engine import MeilisearchIndex
from app.search.meilisearch.settings import FINGERPRINT
from app.search.meilisearch.transport import Limits, Transport
from app.search.meilisearch.writing import Writer
from tests import meilisearch_server
from tests.meilisearch_server import Server

HARD_NAMES = [
    'a"b',
    "a\\",
    'x" OR tag = "y',
    "x'] OR paper_id > 0",
    "NeRF",
    "nerf",
    " é",
    "e",
    "３",
    "高斯",
    "\U00020000",
    "^a_b~+",
]
IMPATIENT = Limits(reading=0.3, writing=0.3, task=1.0)


@pytest.fixture
def index(server: Server, uid: str) -> SearchIndex:
    return open_index(Path(), name=uid, **server.keys)


def found(index: SearchIndex, text: str = "", **asked: Any) -> list[int]:
    return sorted(hit.paper_id for hit in index.search(SearchQuery(text, **asked)).hits)


def pretend_it_was_set_up_by(fingerprint: str, server: Server, uid: str) -> None:
    """As another version of this program left it: another name, and a field that it did not search."""
    settings = server.client().index(uid).get_settings()
    displayed = [fingerprint if name == FINGERPRINT else name for name in settings["displayedAttributes"]]
    searched = [name for name in settings["searchableAttributes"] if name != "abstract"]
    task = (
        server.client().index(uid).update_settings({"displayedAttributes": displayed, "searchableAttributes": searched})
    )
    server.client().wait_for_task(task.task_uid, 20_000)


def names_of(server: Server, uid: str) -> list[str]:
    return [index.uid for index in server.client().get_indexes({"limit": 1000})["results"] if index.uid.startswith(uid)]


def test_other_settings_are_swapped_in_with_all_documents(index: SearchIndex, server: Server, uid: str) -> None:
    index.put(SearchDocument(i, "title", abstract="radiance") for i in range(450))
    pretend_it_was_set_up_by(FINGERPRINT[:-12] + "0" * 12, server, uid)
    index.put([SearchDocument(1000, "", abstract="radiance")])
    assert index.search(SearchQuery("radiance")).total == 451
    assert names_of(server, uid) == [uid]


def test_documents_that_were_written_otherwise_are_left_behind(index: SearchIndex, server: Server, uid: str) -> None:
    index.put([SearchDocument(1, "old")])
    pretend_it_was_set_up_by("papershelf-0-" + "0" * 12, server, uid)
    assert index.held().whole == set()


def test_an_attempt_that_was_cut_short_is_no_hindrance(index: SearchIndex, server: Server, uid: str) -> None:
    index.put([SearchDocument(1, "kept")])
    server.client().wait_for_task(server.client().create_index(f"{uid}-next").task_uid, 20_000)
    pretend_it_was_set_up_by(FINGERPRINT[:-12] + "0" * 12, server, uid)
    assert index.held().whole == {1}
    assert names_of(server, uid) == [uid]


def test_two_that_make_the_index_anew_at_once_leave_one_that_is_whole(
    index: SearchIndex, server: Server, uid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second begins when the first has copied a page, and is done before it goes on."""
    index.put(SearchDocument(i, "title", tags=("x",)) for i in range(450))
    pretend_it_was_set_up_by(FINGERPRINT[:-12] + "0" * 12, server, uid)
    send, sent = Writer._send, []

    def overtaken(self: Writer, where: str, batch: bytes) -> TaskInfo:
        sent.append(where)
        if len(sent) == 2:
            open_index(Path(), name=uid, **server.keys).remove([0])
        return send(self, where, batch)

    monkeypatch.setattr(Writer, "_send", overtaken)
    assert index.held().whole == set(range(1, 450))
    assert len(sent) == 6
    assert found(index, "title", tags=("x",), limit=500) != []
    assert names_of(server, uid) == [uid]


def test_a_task_that_fails_says_why(index: SearchIndex) -> None:
    with pytest.raises(SearchUnavailableError, match=r"identifier.*not an id.*invalid"):
        index.put([SearchDocument("not an id", "title")])  # type: ignore[arg-type]


def test_a_task_that_takes_too_long_is_an_error(server: Server, uid: str) -> None:
    index = MeilisearchIndex(Transport(**server.keys, limits=Limits(task=0.001)), uid)
    with pytest.raises(SearchUnavailableError, match="does not answer"):
        index.put(SearchDocument(i, "title") for i in range(2000))


def test_an_index_that_was_deleted_is_made_again(index: SearchIndex, server: Server, uid: str) -> None:
    index.put([SearchDocument(1, "title")])
    server.client().wait_for_task(server.client().delete_index(uid).task_uid, 20_000)
    assert (index.held().whole, found(index, "title")) == (set(), [])
    index.put([SearchDocument(2, "title")])
    assert found(index, "title") == [2]


def test_a_key_that_is_unknown_is_named_as_the_reason(server: Server, uid: str) -> None:
    index = open_index(Path(), name=uid, url=server.url, key="unknown")
    with pytest.raises(SearchUnavailableError, match="search_key"):
        index.search(SearchQuery("title"))


def test_the_key_to_search_with_cannot_write(index: SearchIndex, server: Server, uid: str) -> None:
    index.put([SearchDocument(1, "title")])
    reading = open_index(Path(), name=uid, url=server.url, key=server.key)
    assert found(reading, "title") == [1]
    with pytest.raises(SearchUnavailableError, match="search_admin_key"):
        reading.remove([1])


def test_without_the_right_to_make_an_index_readers_hear_that_there_is_none(server: Server, uid: str) -> None:
    with pytest.raises(SearchUnavailableError, match="no index yet"):
        open_index(Path(), name=uid, url=server.url, key=server.key).search(SearchQuery("title"))


@pytest.mark.parametrize("name", HARD_NAMES)
def test_names_are_exact_and_cannot_break_out_of_a_filter(index: SearchIndex, name: str) -> None:
    index.put(SearchDocument(i, "title", tags=(one,), authors=(one,)) for i, one in enumerate(HARD_NAMES))
    number = HARD_NAMES.index(name)
    assert found(index, tags=(name,)) == [number]
    assert found(index, authors=(name,)) == [number]
    assert index.search(SearchQuery(tags=(name,))).facets["tag"] == {name: 1}


@pytest.mark.parametrize("text", ['quality:"a\\" OR paper_id > 0"', "id:a'b\\", 'quality:x\\"', "-quality:]["])
def test_no_question_breaks_out_of_a_filter(index: SearchIndex, text: str) -> None:
    index.put([SearchDocument(1, "title")])
    assert found(index, text) == ([1] if text.startswith("-") else [])


@pytest.mark.parametrize("name", [*HARD_NAMES, "A B", "", "ÀÉ", "\x00\x7f"])
def test_values_are_read_as_they_were_written(name: str) -> None:
    assert original(value(name)) == name
    assert value(name) == value(name).lower().strip()
    assert value(name).isascii()


def test_long_names_are_cut_between_characters() -> None:
    assert original(value("高" * 500)) == "高" * 94


def test_more_words_than_the_server_reads_still_all_hold(index: SearchIndex) -> None:
    words = [f"word{number}" for number in range(24)]
    index.put(
        [
            SearchDocument(1, " ".join(words)),
            *(SearchDocument(n + 2, " ".join(words[:n] + words[n + 1 :])) for n in range(24)),
        ]
    )
    assert found(index, " ".join(words) + " ") == [1]
    assert found(index, " ".join(words)) == [1]


def test_words_of_several_fields_in_one_question(index: SearchIndex) -> None:
    index.put(
        [
            SearchDocument(1, "nerf", abstract="heads", authors=("Ann",)),
            SearchDocument(2, "nerf heads", abstract="nerf", authors=("Ann",)),
            SearchDocument(3, "heads", abstract="nerf", authors=("Bo",)),
        ]
    )
    assert found(index, "title:nerf abstract:heads ") == [1]
    assert found(index, "nerf -title:heads ") == [1]
    assert found(index, "author:ann -title:heads abstract:hea") == [1]
    assert found(index, "heads -abstract:heads -author:bo ") == [2]


def test_a_phrase_in_a_field_stands_there_in_a_row(index: SearchIndex) -> None:
    index.put(
        [SearchDocument(1, "radiance of fields", abstract="radiance fields"), SearchDocument(2, "radiance fields")]
    )
    assert found(index, 'title:"radiance fields"') == [2]
    assert found(index, '-title:"radiance fields"') == [1]


@pytest.mark.parametrize("text", ['"one two three four five"', "一二三四五六"])
def test_all_stretches_of_a_phrase_are_not_the_phrase(index: SearchIndex, text: str) -> None:
    index.put(
        [
            SearchDocument(1, "one two three four, two three four five", abstract="一二三四五，二三四五六"),
            SearchDocument(2, "one two three four five", abstract="一二三四五六"),
        ]
    )
    assert found(index, text) == [2]
    assert found(index, f"-{text}") == [1]
    assert found(index, f"{text} OR nothing ") == [2]


def test_more_alternatives_than_are_asked_make_the_total_at_least(index: SearchIndex) -> None:
    index.put(SearchDocument(i, f"word{i}") for i in range(20))
    few, many = (index.search(SearchQuery(" OR ".join(f'"word{i}"' for i in range(n)))) for n in (16, 20))
    assert (few.total, few.is_exact) == (16, True)
    assert (many.total, many.is_exact) == (16, False)


@pytest.mark.parametrize("order", ["", " sort:oldest"])
def test_many_ways_to_say_it_find_all_and_the_best_first(index: SearchIndex, order: str) -> None:
    pairs = [(one, other) for one in "abcdef" for other in "uvwxyz"]
    index.put(
        SearchDocument(i, f"first{one} second{other}", appearances=(Appearance(date(2024, 1, 1 + i % 28)),))
        for i, (one, other) in enumerate(pairs)
    )
    index.put([SearchDocument(99, "firsta"), SearchDocument(98, "secondu")])
    asked = [
        " OR ".join(f'"{start}{end}"' for end in ends) for start, ends in (("first", "abcde"), ("second", "uvwxy"))
    ]
    results = index.search(SearchQuery(" ".join(f"({one})" for one in asked) + order, limit=50))
    assert (results.total, results.is_exact) == (25, True)
    assert {hit.paper_id for hit in results.hits} == {i for i, (a, b) in enumerate(pairs) if a != "f" and b != "z"}
    assert sum(results.facets["month"].values()) == 25


def test_alternatives_count_each_paper_once_and_have_facets(index: SearchIndex) -> None:
    day = Appearance(date(2024, 12, 7), "NeRF")
    index.put(
        [SearchDocument(1, "a b", appearances=(day,)), SearchDocument(2, "b"), SearchDocument(3, "c", tags=("x",))]
    )
    results = index.search(SearchQuery('"a" OR "b" OR tag:x', limit=2))
    assert (len(results.hits), results.total, results.facets["topic"]) == (2, 3, {"NeRF": 1})


def test_words_like_a_seldom_one_are_found_too_and_told(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "gaussian avatars") for i in range(4))
    index.put([SearchDocument(9, "gausian heads")])
    results = index.search(SearchQuery("gausian "))
    assert [results.hits[0].paper_id, results.total] == [9, 5]
    assert results.corrections == {"gausian": ("gaussian",)}
    assert index.search(SearchQuery("gaussain avatars ")).corrections == {"gaussain": ("gaussian",)}
    assert found(index, "gausss") == [0, 1, 2, 3]
    assert found(index, '"gausssian"') == []


def test_words_like_one_that_is_found_often_are_not(index: SearchIndex) -> None:
    index.put(SearchDocument(i, "gaussian" if i % 2 else "gausian") for i in range(8))
    results = index.search(SearchQuery("gausian "))
    assert (results.total, results.corrections) == (4, {})


def test_after_failures_nobody_is_let_through_and_after_a_pause_one() -> None:
    now = 0.0
    breaker = Breaker(failures=2, pause_seconds=10, clock=lambda: now)
    breaker.failed()
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    now = 10.0
    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.succeeded()
    assert breaker.lets_through()


def test_who_does_not_listen_is_left_alone_after_a_while() -> None:
    index = open_index(Path(), url="http://127.0.0.1:9", key="x", name="x")
    told = []
    for _ in range(4):
        with pytest.raises(SearchUnavailableError) as raised:
            index.search(SearchQuery("title"))
        told.append(str(raised.value))
    assert told[:3] == ["The search server does not answer."] * 3
    assert "asked again soon" in told[3]


def test_who_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = Transport(f"http://127.0.0.1:{silent.getsockname()[1]}", "x", limits=IMPATIENT)
        begun = time.monotonic()
        with pytest.raises(SearchUnavailableError, match="does not answer"):
            MeilisearchIndex(transport, "x").search(SearchQuery("title"))
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>Welcome</html>"),
        (200, b'{"hits": 1}'),
        (200, b"[]"),
        (200, b"null"),
        (500, b"<html>Sorry</html>"),
        (503, b'{"message": "busy", "code": "too_many_search_requests"}'),
        (404, b"not found"),
        (429, b""),
    ],
)
def test_answers_that_are_none_are_an_error_of_ours(status: int, body: bytes) -> None:
    with answering(status, body) as url:
        index = MeilisearchIndex(Transport(url, "x", limits=IMPATIENT), "x")
        with pytest.raises(SearchUnavailableError):
            index.search(SearchQuery("title"))
        with pytest.raises(SearchUnavailableError):
            index.put([SearchDocument(1, "title")])


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A server that says the same to everyone."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PATCH = do_DELETE = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_server_that_went_and_came_back_is_found_again(tmp_path: Path) -> None:
    program = shutil.which("meilisearch") or pytest.skip("no meilisearch is on the PATH")
    with meilisearch_server.started(program, tmp_path) as server:
        index = open_index(Path(), name="test-gone", **server.keys)
        index.put([SearchDocument(1, "title")])
        port = int(server.url.rpartition(":")[2])
    with pytest.raises(SearchUnavailableError):
        index.search(SearchQuery("title"))
    with meilisearch_server.started(program, tmp_path, port, server.master_key):
        assert eventually(lambda: found(index, "title")) == [1]


def eventually(ask: Callable[[], list[int]]) -> list[int]:
    latest = time.monotonic() + 20
    while True:
        try:
            return ask()
        except SearchUnavailableError:
            if time.monotonic() > latest:
                raise
            time.sleep(0.2)


def test_the_spare_answers_while_the_server_is_away(tmp_path: Path) -> None:
    index = open_index(tmp_path, url="http://127.0.0.1:9", key="x", name="x", has_spare=True)
    with pytest.raises(SearchUnavailableError):
        index.put([SearchDocument(1, "title")])
    assert found(index, "title") == [1]


def test_the_spare_is_kept_in_step(server: Server, uid: str, tmp_path: Path) -> None:
    index = open_index(tmp_path, name=uid, has_spare=True, **server.keys)
    index.put(SearchDocument(i, "title") for i in (1, 2, 3))
    index.remove([2])
    open_index(Path(), name=uid, **server.keys).remove([1])
    assert (index.held().whole, index.held().part) == ({3}, {1})


def test_a_server_that_lost_everything_does_not_empty_the_spare(server: Server, uid: str, tmp_path: Path) -> None:
    index = open_index(tmp_path, name=uid, has_spare=True, **server.keys)
    index.put(SearchDocument(i, "title") for i in (1, 2, 3))
    server.drop(uid)
    assert (index.held().whole, index.held().part) == (set(), {1, 2, 3})
    assert open_index(tmp_path).held().whole == {1, 2, 3}
