"""Pages are kept, never longer than they are true, and those of one reader for no other."""

import pytest

from app import catalog
from app.models import note_change
from app.search import open_index
from app.search.sparing import SparedIndex
from app.web import caching
from app.web.caching import MOST_PAGES
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse


@pytest.fixture
def looked_up(monkeypatch):
    """How often papers were looked up: a kept page looks nothing up."""
    calls = []
    list_papers = catalog.list_papers

    def counted(*arguments, **options):
        calls.append(arguments)
        return list_papers(*arguments, **options)

    monkeypatch.setattr(catalog, "list_papers", counted)
    return calls


def titles(client, address="/papers", **headers):
    return parse(client.get(address, headers=headers).text).texts("article")


@BOTH_STORES
def test_a_page_is_made_once_and_kept(client, library, looked_up):
    library.paper("A paper about shelves")
    first, second = client.get("/papers"), client.get("/papers")
    assert first.text == second.text
    assert dict(first.headers) == dict(second.headers)
    assert len(looked_up) == 1


@BOTH_STORES
def test_what_is_imported_is_seen_at_once(client, library):
    library.paper("A paper about shelves")
    before = titles(client), titles(client, "/papers?q=paper")
    library.paper("Another paper about shelves", topic="NeRF")
    after = titles(client), titles(client, "/papers?q=paper")
    assert [len(found) for found in before + after] == [1, 1, 2, 2]


def test_a_changed_digest_is_seen_at_once(client, library):
    library.digest(entry("The first title of it"), path="/in/a.md")
    assert "The first title" in client.get("/papers").text
    library.digest(entry("The second title of it"), path="/in/a.md")
    assert "The second title" in client.get("/papers").text


def test_who_signs_in_sees_their_own_page_and_leaves_nothing_behind(client, library):
    paper_id = library.paper()
    client.get("/papers")
    client.post("/sign-up", data={"name": "Ada", "password": "correct horse"})
    client.post(f"/papers/{paper_id}/bookmark", data={"bookmarked": "true"})
    assert parse(client.get("/papers").text).one(class_="who").text == "Ada"
    assert parse(client.get("/papers").text).one(id=f"bookmark-{paper_id}").text == "Bookmarked"
    client.cookies.clear()
    page = client.get("/papers").text
    assert "Ada" not in page
    assert [link.text for link in parse(page).all(class_="bookmark")] == ["Bookmark"]


def test_a_page_and_its_block_are_kept_apart(client, library):
    library.paper()
    for _ in range(2):
        assert "<html" in client.get("/papers").text
        assert "<html" not in client.get("/papers", headers={"HX-Request-Type": "partial"}).text


def test_a_kept_page_is_guarded_like_any_other(client, library):
    paper_id = library.paper()
    address = f"/papers/{library.key(paper_id)}?figures=shown"
    policies = [client.get(address).headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] == policies[1]
    assert "img-src 'self' https: http:" in policies[0]
    assert client.get(f"/papers/{library.key(paper_id)}").headers["Content-Security-Policy"] != policies[0]


def test_an_error_is_not_kept(client, library):
    library.paper()
    assert client.get("/topics/nerf").status_code == 404
    library.paper(topic="NeRF")
    assert client.get("/topics/nerf").status_code == 200


@pytest.fixture
def gone(tmp_path):
    """An engine that does not answer."""
    index = open_index(tmp_path / "gone")
    index.close()
    return index


@pytest.mark.parametrize("address", ["/papers", "/related/2412.90001", "/papers/2412.90001?list=/papers?q=shelving"])
def test_what_was_made_without_the_engine_is_not_kept(client, library, index, gone, address):
    library.digest(entry("Shelving NeRF", arxiv_id="2412.90001", authors=("Ada",)), topic="3DGS")
    library.digest(entry("NeRF, and shelving", arxiv_id="2412.90002", authors=("Bob",)), topic="NeRF")
    client.app.state.index = gone
    without = client.get(address)
    assert (without.status_code, client.get(address).text) == (200, without.text)
    client.app.state.index = index
    whole = client.get(address)
    assert len(whole.text) > len(without.text)
    client.app.state.index = gone
    assert client.get(address).text == whole.text


def test_what_the_spare_said_is_not_kept(client, library, index, gone, looked_up, tmp_path):
    library.digest(entry("Of one", authors=("Ada",)), entry("Of another", authors=("Bob",)))
    empty = open_index(tmp_path / "spare")
    client.app.state.index = SparedIndex(gone, empty)
    assert "Ada" not in parse(client.get("/papers").text).one("aside").text
    client.app.state.index = SparedIndex(index, empty)
    for _ in range(2):
        assert "Ada" in parse(client.get("/papers").text).one("aside").text
    assert len(looked_up) == 2
    empty.close()


def test_only_so_many_pages_are_kept(client, library, looked_up):
    library.paper()
    for number in range(MOST_PAGES + 1):
        client.get(f"/papers?page={number + 2}")
    made = len(looked_up)
    client.get(f"/papers?page={MOST_PAGES + 2}")
    assert len(looked_up) == made
    client.get("/papers?page=2")
    assert len(looked_up) == made + 1


@BOTH_STORES
def test_a_browser_that_has_the_page_is_told_so(client, library, looked_up):
    library.paper("A paper about shelves")
    first = client.get("/papers")
    again = client.get("/papers", headers={"If-None-Match": f'"another", {first.headers["ETag"]}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Vary"] == first.headers["Vary"]
    assert len(looked_up) == 1
    library.paper("Another paper about shelves")
    assert client.get("/papers", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_page_that_was_made_anew_and_is_the_same_need_not_be_sent_again(client, library):
    library.paper("A paper about shelves", topic="3DGS")
    etag = client.get("/topics/3dgs").headers["ETag"]
    library.paper("About something else", topic="NeRF")
    assert client.get("/topics/3dgs", headers={"If-None-Match": etag}).status_code == 304


@BOTH_STORES
def test_a_readers_page_is_kept_until_anything_is_written(reader, library, looked_up):
    paper_id = library.paper("A paper about shelves")
    pages = [reader.get("/papers") for _ in range(2)]
    assert pages[0].text == pages[1].text
    assert len(looked_up) == 1
    reader.post(f"/papers/{paper_id}/bookmark", data={"bookmarked": "true"})
    assert "Bookmarked" in reader.get("/papers", headers={"If-None-Match": pages[0].headers["ETag"]}).text


def test_a_readers_page_is_nobody_elses(reader, library):
    library.paper()
    mine = reader.get("/papers").text
    token = reader.cookies["papershelf_session"]
    reader.cookies.clear()
    assert reader.get("/papers", headers={"Cookie": "papershelf_session=another"}).text != mine
    assert reader.get("/papers", headers={"Cookie": f"papershelf_session={token}"}).text == mine


def test_who_signed_out_is_greeted_no_more(reader, library):
    library.paper()
    token = reader.cookies["papershelf_session"]
    assert "Ada" in reader.get("/papers").text
    reader.post("/sign-out")
    assert "Ada" not in reader.get("/papers", headers={"Cookie": f"papershelf_session={token}"}).text


def test_a_readers_page_is_not_kept_for_long(reader, library, looked_up, monkeypatch):
    library.paper()
    reader.get("/papers")
    now = caching.time.monotonic()
    monkeypatch.setattr(caching.time, "monotonic", lambda: now + caching.READERS_SECONDS + 1)
    reader.get("/papers")
    assert len(looked_up) == 2


def test_pages_are_kept_as_they_are_sent_compressed_or_not(client, library, looked_up):
    library.paper()
    compressed = [client.get("/papers", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    plain = [client.get("/papers", headers={"Accept-Encoding": "identity"}) for _ in range(2)]
    assert {answer.text for answer in compressed + plain} == {plain[0].text}
    assert [answer.headers.get("Content-Encoding") for answer in compressed + plain] == ["gzip", "gzip", None, None]
    assert len(looked_up) == 2


def test_languages_and_looks_are_kept_apart(client, library):
    library.paper()
    english, chinese = (client.get("/papers", headers={"Accept-Language": tag}).text for tag in ("en", "zh"))
    dark = client.get("/papers", headers={"Cookie": "papershelf_preferences=theme:dark"}).text
    assert len({english, chinese, dark}) == 3
    assert client.get("/papers", headers={"Accept-Language": "en-GB"}).text == english


def test_a_page_that_means_today_is_made_anew_tomorrow(client, library, looked_up, monkeypatch):
    library.paper()
    client.get("/papers?q=date:7d")
    tomorrow = caching.time.time() + 86_400
    monkeypatch.setattr(caching.time, "time", lambda: tomorrow)
    client.get("/papers?q=date:7d")
    assert len(looked_up) == 2


def test_what_somebody_else_wrote_is_seen(client, library, database, looked_up):
    """Another process has a connection of its own, and so has the library of these tests."""
    library.paper()
    for _ in range(2):
        client.get("/papers")
    with database.write() as session:
        note_change(session)
    client.get("/papers")
    assert len(looked_up) == 2
