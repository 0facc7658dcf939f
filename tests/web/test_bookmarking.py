import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.models import Bookmark
from tests.conftest import BOTH_STORES
from tests.web.html import parse

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://testserver/papers?q=x"}


@pytest.fixture
def paper(library):
    library.paper("Shelving", summary="shelf")
    return "/papers/1/bookmark"


def kept(client):
    found = parse(client.get("/library").text)
    return [card.one("h2").text for card in found.all("article", class_="card")]


def button(answer):
    return parse(answer.text).one("button", name="bookmarked")


def test_a_bookmark_is_kept_without_javascript(reader, paper):
    answer = reader.post(paper, data={"bookmarked": "true", "next": "/papers?q=shelf&page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/papers?q=shelf&page=2#bookmark-1")
    assert kept(reader) == ["Shelving"]


def test_with_htmx_a_bookmark_answers_with_its_button_alone(reader, paper):
    answer = reader.post(paper, data={"bookmarked": "true"}, headers=PARTIAL)
    assert (answer.status_code, parse(answer.text).all("main")) == (200, [])
    assert (button(answer)["value"], button(answer)["aria-pressed"]) == ("false", "true")


@BOTH_STORES
@pytest.mark.parametrize("wanted", ["true", "false"])
def test_pressing_twice_is_as_pressing_once(reader, paper, database, wanted):
    for _ in range(2):
        assert reader.post(paper, data={"bookmarked": wanted}).status_code == 303
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Bookmark)) == (wanted == "true")


def test_what_is_let_go_is_in_the_library_no_more(reader, paper):
    reader.post(paper, data={"bookmarked": "true"})
    reader.post(paper, data={"bookmarked": "false"})
    assert kept(reader) == []


@pytest.mark.parametrize(
    "address", ["/papers", "/", "/papers/shelving", "/digests/1", "/topics/3dgs", "/papers?q=shelf"]
)
def test_every_page_with_a_paper_tells_whether_it_is_kept(reader, paper, address):
    assert button(reader.get(address))["aria-pressed"] == "false"
    reader.post(paper, data={"bookmarked": "true"})
    found = parse(reader.get(address).text)
    assert button(reader.get(address))["aria-pressed"] == "true"
    assert found.one("form", id="marks").one("input", name="next")["value"] == address


def test_signed_out_nothing_is_kept_and_the_page_leads_to_the_sign_in(client, paper, database):
    answer = client.post(paper, data={"bookmarked": "true"}, headers={"Referer": "http://testserver/papers?q=x"})
    assert answer.status_code == 401
    assert parse(answer.text).one("main").links() == {"Sign in": "/sign-in?next=%2Fpapers%3Fq%3Dx%23bookmark-1"}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Bookmark)) == 0


def test_signed_out_htmx_is_led_to_the_sign_in_and_back_to_the_button_it_pressed(client, paper):
    answer = client.post(paper, data={"bookmarked": "true"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=%2Fpapers%3Fq%3Dx%23bookmark-1")


@pytest.mark.parametrize(
    "came_from", ["https://evil.example//evil.example", "http://[", "javascript:alert(1)", "//x", ""]
)
def test_wherever_a_visitor_claims_to_come_from_they_are_led_back_to_us(client, paper, came_from):
    answer = client.post(paper, data={"bookmarked": "true"}, headers={**PARTIAL, "HX-Current-URL": came_from})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=%2F%23bookmark-1")


def test_the_library_of_a_visitor_is_the_sign_in_and_then_the_library(client):
    answer = client.get("/library?page=2")
    assert answer.status_code == 401
    assert parse(answer.text).one("main").links() == {"Sign in": "/sign-in?next=%2Flibrary%3Fpage%3D2"}


def test_one_reader_does_not_see_what_another_keeps(reader, paper, database):
    reader.post(paper, data={"bookmarked": "true"})
    other = TestClient(reader.app, follow_redirects=False)
    other.post("/sign-up", data={"name": "Bob", "password": "battery staple"})
    assert (kept(other), kept(reader)) == ([], ["Shelving"])
    assert button(other.get("/papers"))["aria-pressed"] == "false"
    other.post(paper, data={"bookmarked": "false"})
    assert kept(reader) == ["Shelving"]


def test_looking_at_the_address_of_a_bookmark_keeps_nothing(reader, paper):
    assert reader.get(f"{paper}?bookmarked=true").status_code == 404
    assert kept(reader) == []


@BOTH_STORES
@pytest.mark.parametrize("headers", [{}, PARTIAL], ids=["page", "htmx"])
@pytest.mark.parametrize("number", ["999", "0", "9" * 30])
def test_a_paper_that_is_not_there_is_a_page_that_says_so(reader, headers, number):
    answer = reader.post(f"/papers/{number}/bookmark", data={"bookmarked": "true"}, headers=headers)
    assert answer.status_code == 404
    assert parse(answer.text).one("h1").text == "Not found"


@pytest.mark.parametrize("data", [{}, {"bookmarked": "perhaps"}])
def test_a_form_that_does_not_say_what_is_wanted_is_refused_with_a_page(reader, paper, data):
    answer = reader.post(paper, data=data)
    assert (answer.status_code, parse(answer.text).one("h1").text) == (422, "That did not work")


def test_the_library_is_turned_page_by_page(reader, library):
    for number in range(27):
        library.paper(f"Paper number {number}")
        reader.post(f"/papers/{number + 1}/bookmark", data={"bookmarked": "true"})
    found = parse(reader.get("/library?page=2").text)
    assert len(found.all("article", class_="card")) == 2
    assert found.one("nav", class_="pager").links() == {"← Previous": "/library"}
    behind = parse(reader.get("/library?page=9").text).one(class_="empty")
    assert "behind the last one" in behind.text
    assert behind.links() == {"Go to the last page": "/library?page=2"}


@pytest.mark.parametrize(
    ("came_from", "next"),
    [
        pytest.param("http://testserver/papers?q=shelving", "/papers?q=shelving#bookmark-1", id="a list"),
        pytest.param("", "/papers/1/inside#bookmark-1", id="a browser that does not tell: the paper"),
        pytest.param("https://example.org//evil", "/papers/1/inside#bookmark-1", id="another site"),
    ],
)
def test_a_visitor_comes_back_to_the_button_they_pressed(client, library, came_from, next):
    library.paper("Shelving")
    address = parse(client.get("/papers").text).one("a", class_="bookmark")["href"]
    sign_in = client.get(address, headers={"Referer": came_from}).headers["Location"]
    for before in (address, sign_in):  # also when the form is asked for again, as by who changes the language there
        form = parse(client.get(sign_in, headers={"Referer": f"http://testserver{before}"}).text)
        assert form.one("input", name="next")["value"] == next
    answer = client.post("/sign-up", data={"name": "Ada", "password": "correct horse", "next": next})
    assert (answer.status_code, answer.headers["Location"]) == (303, next)
    assert client.get(sign_in, headers={"Referer": f"http://testserver{sign_in}"}).headers["Location"] == next
    assert client.get("/papers/1/inside").headers["Location"].startswith("/papers/")
