from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.models import Reading
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://testserver/papers?q=x"}


@pytest.fixture
def papers(library):
    """Five papers of one day and one of another."""
    library.digest(*(entry(f"Paper number {number}") for number in range(1, 6)))
    library.paper("Paper of the day before", day="2024-12-06")


def mark(client, *numbers, read=True):
    for number in numbers:
        assert client.post(f"/papers/{number}/read", data={"read": str(read).lower()}).status_code == 303


def titles(client, address):
    return parse(client.get(address).text).texts("h2", within="results")


def facet(client, address):
    """What the list can be narrowed to by what was read: label, number and address."""
    found = parse(client.get(address).text).one("aside")
    links = [link for link in found.all("a") if "read=" in (link.get("href") or "")]
    return [(link.children[0].text, int(link.one(class_="count").text), link["href"]) for link in links]


def button(answer):
    return parse(answer.text).one("button", name="read")


def test_a_paper_is_marked_without_javascript(reader, papers):
    answer = reader.post("/papers/1/read", data={"read": "true", "next": "/papers?topic=3DGS&page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/papers?topic=3DGS&page=2#read-1")
    assert button(reader.get("/papers/paper-number-1"))["aria-pressed"] == "true"


def test_with_htmx_the_button_comes_back_alone_and_tells_the_page(reader, papers):
    answer = reader.post("/papers/1/read", data={"read": "true"}, headers=PARTIAL)
    assert (answer.status_code, parse(answer.text).all("main")) == (200, [])
    assert (button(answer)["value"], button(answer)["aria-pressed"]) == ("false", "true")
    assert answer.headers["HX-Trigger"] == "papershelf-read"


@BOTH_STORES
@pytest.mark.parametrize("wanted", [True, False])
def test_pressing_twice_is_as_pressing_once(reader, papers, database, wanted):
    mark(reader, 1, 1, read=wanted)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Reading)) == wanted


@BOTH_STORES
def test_a_list_can_be_narrowed_to_either_and_each_number_is_what_a_click_gives(reader, papers):
    mark(reader, 2, 4, 6)
    for place in ("/papers", "/2024-12-07", "/topics/3dgs", "/papers?date=2024-12-06..2024-12-07"):
        offered = facet(reader, place)
        assert [label for label, _, _ in offered] == ["Unread", "Read"]
        assert [len(titles(reader, address)) for _, _, address in offered] == [number for _, number, _ in offered]
    assert titles(reader, "/papers?read=no&date=2024-12-07") == [f"Paper number {number}" for number in (1, 3, 5)]
    assert set(titles(reader, "/papers?read=yes")) == {"Paper number 2", "Paper number 4", "Paper of the day before"}


def test_where_nothing_is_read_there_is_nothing_to_choose_from(reader, papers):
    assert facet(reader, "/papers") == []


def test_what_is_chosen_is_a_chip_that_can_be_taken_away_and_other_filters_keep_it(reader, papers):
    mark(reader, 6)
    found = parse(reader.get("/papers?read=no&topic=3DGS").text)
    assert found.one(class_="chips").links()["read state unread ×"] == "/papers?topic=3DGS"
    months = [link["href"] for link in found.one("aside").all("a") if "date=" in link["href"]]
    assert all("read=no" in address for address in months)


@pytest.mark.parametrize("address", ["/papers?read=no", "/papers?read=yes", "/2024-12-07?read=yes"])
def test_visitors_have_read_nothing_and_see_everything(client, papers, address):
    everything = titles(client, address.partition("?")[0])
    assert everything
    assert titles(client, address) == everything
    assert parse(client.get(address).text).all("button", name="read") == []


def test_visitors_search_as_if_they_had_said_nothing_of_reading(client, papers):
    assert len(titles(client, "/papers?q=number&read=yes")) == 5


def test_nonsense_narrows_nothing(reader, papers):
    mark(reader, 1)
    assert len(titles(reader, "/papers?read=perhaps")) == 6


@BOTH_STORES
def test_a_search_can_be_narrowed_to_either_and_each_number_is_what_a_click_gives(reader, papers):
    mark(reader, 2, 4, 6)
    for place in ("/papers?q=number", "/papers?q=paper+-before", "/topics/3dgs?q=number"):
        offered = facet(reader, place)
        assert [(label, number) for label, number, _ in offered] == [("Unread", 3), ("Read", 2)]
        assert [len(titles(reader, address)) for _, _, address in offered] == [3, 2]
    assert set(titles(reader, "/papers?q=number&read=no")) == {f"Paper number {number}" for number in (1, 3, 5)}
    assert set(titles(reader, "/papers?q=paper&read=yes")) == {
        "Paper number 2",
        "Paper number 4",
        "Paper of the day before",
    }
    assert "Read state" in reader.get("/papers?q=number").text
    assert "Read state" not in reader.get("/papers?q=number&read=no").text  # chosen, and a chip


def test_a_search_for_what_nobody_has_read_offers_nothing_to_choose(reader, papers):
    assert facet(reader, "/papers?q=number") == []
    mark(reader, 6)
    assert facet(reader, "/papers?q=number") == []  # all that was found is unread
    assert titles(reader, "/papers?q=number&read=yes") == []


class AtLeast:
    """An index that does not know how many papers it found."""

    def __init__(self, index):
        self._index = index

    def search(self, query):
        return replace(self._index.search(query), is_exact=False)

    def __getattr__(self, name):
        return getattr(self._index, name)


def test_where_only_so_many_are_known_no_number_of_read_ones_is_made_up(reader, papers):
    mark(reader, 2)
    exact = reader.app.state.index
    assert [number for _, number, _ in facet(reader, "/papers?q=number")] == [4, 1]
    reader.app.state.index = AtLeast(exact)
    found = reader.get("/papers?q=paper")
    assert "at least" in found.text
    assert "Read state" not in found.text
    reader.app.state.index = exact


def test_what_emptied_a_search_is_said_of_papers_that_are_left(reader, papers):
    mark(reader, 1, 2)
    found = " ".join(parse(reader.get("/papers?q=number+dodo+&read=yes").text).text.split())
    assert "Without “dodo” : 2 papers" in found.replace("”:", "” :")


def test_one_reader_does_not_see_what_another_has_read(reader, papers):
    mark(reader, 1)
    other = TestClient(reader.app, follow_redirects=False)
    other.post("/sign-up", data={"name": "Bob", "password": "battery staple"})
    assert len(titles(other, "/papers?read=no")) == 6
    assert len(titles(reader, "/papers?read=no")) == 5
    mark(reader, 1, read=False)
    assert len(titles(reader, "/papers?read=no")) == 6


@pytest.mark.parametrize("address", ["/papers", "/", "/papers/paper-number-1", "/digests/1", "/library"])
def test_every_page_with_a_paper_tells_whether_it_is_read(reader, papers, address):
    reader.post("/papers/1/bookmark", data={"bookmarked": "true"})

    def pressed():
        buttons = parse(reader.get(address).text).all("button", name="read")
        return {found["aria-pressed"] for found in buttons if found["id"] == "read-1"}

    assert pressed() == {"false"}
    mark(reader, 1)
    assert pressed() == {"true"}


def test_progress_is_told_for_a_day_and_follows_what_is_marked(reader, papers):
    mark(reader, 1, 6)
    found = parse(reader.get("/progress?date=2024-12-07", headers=PARTIAL).text)
    assert (found.one("progress")["value"], found.one("progress")["max"]) == ("1", "5")
    assert found.one(class_="progress").text == "1 of 5 read Unread only"
    assert found.links() == {"Unread only": "/2024-12-07?read=no"}


def test_whose_session_ended_while_a_page_looked_after_itself_comes_back_to_the_page(client, papers):
    answer = client.get("/progress?date=2024-12-07", headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=%2Fpapers%3Fq%3Dx")


def test_progress_is_a_readers_own_and_of_a_date(client, papers):
    assert client.get("/progress?date=2024-12-07").status_code == 401
    client.post("/sign-up", data={"name": "Ada", "password": "correct horse"})
    assert [client.get(f"/progress{query}").status_code for query in ("", "?date=2024-13-07")] == [422, 404]


def test_signed_out_nothing_is_marked_and_one_comes_back_to_the_button(client, papers, database):
    answer = client.post("/papers/1/read", data={"read": "true"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=%2Fpapers%3Fq%3Dx%23read-1")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Reading)) == 0


@BOTH_STORES
@pytest.mark.parametrize("number", ["999", "0", "9" * 30])
def test_a_paper_that_is_not_there_is_a_page_that_says_so(reader, number):
    answer = reader.post(f"/papers/{number}/read", data={"read": "true"})
    assert (answer.status_code, parse(answer.text).one("h1").text) == (404, "Not found")


@pytest.mark.parametrize("data", [{}, {"read": "perhaps"}])
def test_a_form_that_does_not_say_what_is_wanted_is_refused(reader, papers, data):
    assert reader.post("/papers/1/read", data=data).status_code == 422
