"""Searches that a reader keeps: saved beside a list, with what is new in them."""

import re

import pytest
from fastapi.testclient import TestClient

from app import catalog
from app.main import create_app
from tests.conftest import BOTH_STORES, entry
from tests.web.html import page, parse

SHELVES = "/papers?q=shelves"


@pytest.fixture
def shelf(library):
    library.digest(entry("Shelves of wood", tags=("furniture",)), entry("Lanterns"))
    return library


def save(client, address, **data):
    """Press the button beside a list, as a browser without JavaScript does."""
    button = page(client, address).one("button", id="save-search")
    answer = client.post(button["formaction"], data={button["name"]: button["value"], "next": address, **data})
    assert (answer.status_code, answer.headers["location"]) == (303, address)


def rows(client):
    """Of each saved search its name, and what is said of it."""
    listed = [row for row in page(client, "/searches").all("li") if (row.get("id") or "").startswith("search-")]
    return {row.one("h2").text: row.one("p", class_="found").text for row in listed}


@pytest.mark.usefixtures("shelf")
def test_a_search_is_saved_beside_its_list_without_javascript(reader):
    save(reader, SHELVES)
    assert not page(reader, SHELVES).all("button", id="save-search")
    assert page(reader, SHELVES).one("a", id="save-search").text == "Saved: shelves"
    assert rows(reader) == {"shelves": "1 paper Feed"}
    assert page(reader, "/searches").links()["shelves"] == SHELVES


@pytest.mark.usefixtures("shelf")
def test_with_javascript_the_button_says_where_the_search_is_kept(reader):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = reader.post("/searches", data={"query": "?q=shelves", "next": SHELVES}, headers=headers)
    assert parse(answer.text).one("a", id="save-search")["href"] == f"/searches#search-{1}"
    assert "<html" not in answer.text


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("address", "name", "query"),
    [
        ("/topics/3dgs", "3DGS", "?topic=3DGS"),
        ("/topics/3dgs?q=shelves&page=2&size=50", "shelves · 3DGS", "?q=shelves&topic=3DGS"),
        ("/papers?not_topic=NeRF&sort=oldest", "−NeRF", "?not_topic=NeRF&sort=oldest"),
        ("/papers?read=no", "unread", "?read=no"),
        ("/papers?tag=furniture&date=2024-12", "furniture · December 2024", "?tag=furniture&date=2024-12"),
        ("/papers?q=shelves&after=0", "shelves", "?q=shelves"),
    ],
)
def test_what_is_saved_is_the_list_and_not_the_page_of_it(reader, address, name, query):
    save(reader, address)
    assert page(reader, "/searches").links()[name] == f"/papers{query}"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("address", ["/papers", "/papers?sort=oldest", "/", "/2024-12-07?q=shelves", "/2024-12"])
def test_what_asks_for_nothing_or_for_a_time_is_not_offered(reader, address):
    assert not page(reader, address).all("button", id="save-search")


@pytest.mark.usefixtures("shelf")
def test_visitors_are_not_offered_it_and_sign_in_to_see_theirs(client):
    assert not page(client, SHELVES).all("button", id="save-search")
    assert client.get("/searches").status_code == 401
    assert client.post("/searches", data={"query": "?q=shelves"}).status_code == 401


@pytest.mark.parametrize("query", ["", "?page=2", "nonsense", "?" + "&".join(["tag=a"] * 200)])
def test_what_is_no_search_is_not_saved(reader, query):
    answer = reader.post("/searches", data={"query": query})
    assert answer.status_code == 422
    assert "no search that could be saved" in answer.text
    assert rows(reader) == {}


@BOTH_STORES
def test_what_came_in_since_one_looked_is_new(reader, shelf):
    save(reader, SHELVES)
    save(reader, "/papers?tag=furniture")
    shelf.digest(
        entry("More shelves", arxiv_id="2412.90001"), entry("Another lantern", arxiv_id="2412.90002"), day="2024-12-08"
    )
    assert rows(reader) == {"shelves": "2 papers 1 new Feed", "furniture": "1 paper Feed"}
    found = page(reader, "/searches")
    new = found.one("a", class_="new")["href"]
    assert [card.one("h2").text for card in page(reader, new).all("article")] == ["More shelves"]
    assert [card.text for card in found.one("ul", class_="new-papers").all("li")] == ["More shelves"]
    assert "new since you looked" in page(reader, new).one("ul", class_="chips").text
    paper = found.one("ul", class_="new-papers").one("a")["href"]
    assert reader.get(paper).status_code == 200


@BOTH_STORES
def test_a_paper_that_comes_back_is_not_new(reader, shelf):
    save(reader, SHELVES)
    shelf.digest(entry("Shelves of wood", tags=("furniture",)), day="2024-12-09", topic="NeRF")
    assert rows(reader) == {"shelves": "1 paper Feed"}


def see(client, address):
    """Press the first button that says so."""
    form = next(one for one in page(client, address).all("form") if (one.get("action") or "").endswith("/seen"))
    data: dict[str, list[str]] = {}
    for field in form.all("input"):
        data.setdefault(field["name"], []).append(field["value"])
    return lambda: client.post(form["action"], data=data)


def test_what_was_seen_is_not_new_any_more(reader, shelf):
    save(reader, SHELVES)
    save(reader, "/papers?q=more")
    shelf.digest(entry("More shelves"), day="2024-12-08")
    press = see(reader, "/searches")
    shelf.digest(entry("Still more shelves"), day="2024-12-09")
    assert (press().status_code, press().headers["location"]) == (303, "/searches")
    said = {"shelves": "3 papers 1 new Feed", "more": "2 papers 1 new Feed"}
    assert rows(reader) == said  # all at once, but for what came in after the page was made
    reader.post("/searches/seen", data={"upto": "99", "search": ["1"]})
    assert rows(reader) == said | {"shelves": "3 papers Feed"}


def test_home_tells_what_is_new_until_it_is_seen(reader, shelf):
    save(reader, SHELVES)
    save(reader, "/papers?tag=furniture")
    assert not page(reader, "/").all("section", class_="news")
    shelf.digest(entry("More shelves"), day="2024-12-08")
    news = page(reader, "/").one("section", class_="news")
    assert [item.text for item in news.all("li")] == ["shelves 1"]
    assert see(reader, "/")().headers["location"] == "/"
    assert not page(reader, "/").all("section", class_="news")


@pytest.mark.usefixtures("shelf")
def test_a_search_can_be_renamed_and_removed(reader):
    save(reader, SHELVES)
    row = page(reader, "/searches")
    rename = next(one for one in row.all("form") if (one.get("action") or "").endswith("/name"))
    assert reader.post(rename["action"], data={"name": "  My\nshelves "}).status_code == 303
    assert page(reader, "/searches").links()["My shelves"] == SHELVES
    assert "shelves" in page(reader, "/searches").one("p", class_="asks").text
    assert reader.post(rename["action"], data={"name": " "}).status_code == 422
    remove = next(one for one in row.all("form") if (one.get("action") or "").endswith("/remove"))
    for _ in range(2):
        assert reader.post(remove["action"]).status_code == 303
    assert rows(reader) == {}


@pytest.mark.usefixtures("shelf")
def test_a_filter_by_what_one_has_read_is_that_of_its_reader(reader, shelf):
    save(reader, "/papers?q=shelves+OR+lanterns&read=no")
    assert list(rows(reader).values()) == ["2 papers Feed"]
    button = page(reader, SHELVES).one("button", name="read")
    reader.post(button["formaction"], data={"read": "true"})
    assert list(rows(reader).values()) == ["1 paper Feed"]
    assert "read" not in page(reader, "/searches").links()["Feed"]


@pytest.mark.parametrize("read", ["read=no", "read=yes"])
def test_new_and_read_hold_both(reader, shelf, read):
    shelf.digest(entry("More shelves", arxiv_id="2412.90001"), day="2024-12-08")
    newest = re.search(r"/papers/(\d+)/read", reader.get("/papers/2412.90001").text)[1]
    reader.post(f"/papers/{newest}/read", data={"read": "true"})
    after = int(newest) - 1
    for query in (f"q=shelves&after={after}&{read}", f"after={after}&{read}"):
        titles = [card.one("h2").text for card in page(reader, f"/papers?{query}").all("article")]
        assert titles == (["More shelves"] if read == "read=yes" else []), query


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5", "١"])
def test_a_number_that_cannot_be_read_is_not_asked_for(client, shelf, after):
    assert len(page(client, f"/papers?after={after}").all("article")) == 2


@BOTH_STORES
@pytest.mark.parametrize("after", [10**6, 2**31 - 1, 2**31, 10**17, 10**40])
def test_a_number_beyond_all_papers_finds_none(client, shelf, after):
    for query in ("", "q=shelves&"):
        assert page(client, f"/papers?{query}after={after}").all("article") == []


def test_while_search_is_away_the_page_says_so_and_what_the_store_knows(shelf, settings):
    away = settings.model_copy(update={"search_url": "http://127.0.0.1:9", "search_key": "none"})
    with TestClient(create_app(away, database=shelf.database), follow_redirects=False) as reader:
        reader.post("/sign-up", data={"name": "Ada", "password": "correct horse"})
        reader.post("/searches", data={"query": "?q=shelves"})
        reader.post("/searches", data={"query": "?topic=3DGS"})
        said = rows(reader)
        assert said["3DGS"] == "2 papers Feed"
        assert "Search is away" in said["shelves"]
        assert reader.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/searches"])
def test_what_nobody_could_be_shown_stays_new(reader, shelf, settings, address):
    save(reader, SHELVES)
    save(reader, "/papers?topic=3DGS")
    shelf.digest(entry("More shelves"), day="2024-12-08")
    shelf.index_all()
    away = settings.model_copy(update={"search_url": "http://127.0.0.1:9", "search_key": "none"})
    with TestClient(create_app(away, database=shelf.database), follow_redirects=False) as same:
        same.cookies = reader.cookies
        see(same, address)()
    assert rows(reader) == {"shelves": "2 papers 1 new Feed", "3DGS": "3 papers Feed"}


def test_what_is_not_in_the_index_yet_stays_new(reader, shelf):
    save(reader, SHELVES)
    shelf.digest(entry("More shelves"), day="2024-12-08")
    shelf.index_all()
    shelf.digest(entry("Still more shelves"), day="2024-12-09", is_indexed=False)
    assert rows(reader) == {"shelves": "2 papers 1 new Feed"}
    see(reader, "/searches")()
    catalog.sync_index(shelf.database, shelf.index)
    assert rows(reader) == {"shelves": "3 papers 1 new Feed"}


@pytest.mark.parametrize("data", [{}, {"upto": "1"}, {"upto": "-1", "search": "1"}, {"upto": "1", "search": "9" * 30}])
def test_what_is_seen_must_be_said_in_numbers(reader, data):
    assert reader.post("/searches/seen", data=data).status_code == 422


def test_a_number_of_thousands_of_digits_leads_nowhere(reader):
    digits = "9" * 5000
    assert reader.post(f"/searches/{digits}/name", data={"name": "None"}).status_code == 404
    assert reader.post(f"/papers/{digits}/read", data={"read": "true"}).status_code == 404
    for address in ("digests", "imports"):
        assert reader.get(f"/{address}/{digits}").status_code == 404
    assert reader.get(f"/digests/{digits}/changes").status_code == 404


@pytest.mark.usefixtures("shelf")
def test_other_readers_see_nothing_of_it(reader, library, settings):
    save(reader, SHELVES)
    with TestClient(
        create_app(settings, database=library.database, index=library.index), follow_redirects=False
    ) as bob:
        bob.post("/sign-up", data={"name": "Bob", "password": "correct horse"})
        assert rows(bob) == {}
        assert bob.post("/searches/1/name", data={"name": "Bob's"}).status_code == 404
        assert bob.post("/searches/seen", data={"upto": "9", "search": "1"}).status_code == 303
        assert bob.post("/searches/1/remove").status_code == 303
        assert page(bob, SHELVES).all("button", id="save-search")
    assert list(rows(reader)) == ["shelves"]
