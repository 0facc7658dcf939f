"""Pages are kept for visitors; never longer than they are true, never for those who are signed in."""

import pytest

from app import catalog
from app.web.caching import MOST_PAGES
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse


@pytest.fixture
def looked_up(monkeypatch):
    """How often papers were looked up: a kept page looks nothing up."""
    calls = []
    browse = catalog.browse

    def counted(*arguments):
        calls.append(arguments)
        return browse(*arguments)

    monkeypatch.setattr(catalog, "browse", counted)
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
    assert "Bookmarked" in client.get("/papers").text
    client.cookies.clear()
    page = client.get("/papers").text
    assert "Ada" not in page
    assert "Bookmarked" not in page


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


def test_only_so_many_pages_are_kept(client, library, looked_up):
    library.paper()
    for number in range(MOST_PAGES + 1):
        client.get(f"/papers?page={number + 2}")
    made = len(looked_up)
    client.get(f"/papers?page={MOST_PAGES + 2}")
    assert len(looked_up) == made
    client.get("/papers?page=2")
    assert len(looked_up) == made + 1
