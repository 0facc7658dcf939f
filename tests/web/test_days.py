import pytest

from tests.conftest import entry
from tests.web.html import parse


@pytest.fixture
def _shelf(library):
    library.digest(entry("One"), topic="3DGS", day="2024-11-30")
    library.digest(entry("Two"), entry("Three"), topic="3DGS", day="2024-12-06")
    library.digest(entry("Four"), topic="NeRF", day="2024-12-06")
    library.digest(entry("Five"), topic="元宇宙/虚拟人", day="2024-12-09")


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.text)


def titles(found):
    return {heading.text for card in found.all("article", class_="card") for heading in card.all("h2")}


def test_an_empty_library_says_how_to_fill_it(client):
    found = page(client, "/")
    assert found.one("h1").text == "The shelf is empty"
    assert found.one("code").text.startswith("papershelf import")


@pytest.mark.usefixtures("_shelf")
def test_home_is_the_newest_day(client):
    found = page(client, "/")
    assert found.one("h1").text == "2024-12-09"
    assert titles(found) == {"Five"}


@pytest.mark.usefixtures("_shelf")
def test_a_day_shows_its_papers_and_its_digests(client):
    found = page(client, "/2024-12-06")
    assert titles(found) == {"Two", "Three", "Four"}
    assert found.one("ul", class_="digests").texts("li") == ["3DGS 2", "NeRF 1", "All of 2024-12"]


@pytest.mark.usefixtures("_shelf")
def test_a_day_leads_to_the_days_before_and_after_that_have_digests(client):
    assert page(client, "/2024-12-06").one("nav", class_="neighbours").links() == {
        "← 2024-11-30": "/2024-11-30",
        "2024-12-09 →": "/2024-12-09",
    }
    assert page(client, "/2024-12-09").one("nav", class_="neighbours").links() == {"← 2024-12-06": "/2024-12-06"}


@pytest.mark.usefixtures("_shelf")
def test_a_day_without_a_digest_names_its_neighbours(client):
    empty = page(client, "/2024-12-07").one(class_="empty")
    assert empty.links() == {
        "2024-12-06": "/2024-12-06",
        "2024-12-09": "/2024-12-09",
        "coverage of 2024-12": "/coverage?month=2024-12",
    }


@pytest.mark.usefixtures("_shelf")
def test_a_month_shows_its_days_and_papers(client):
    found = page(client, "/2024-12")
    assert titles(found) == {"Two", "Three", "Four", "Five"}
    assert found.one("ul", class_="digests").texts("li") == ["2024-12-09 1", "2024-12-06 3"]
    assert found.one("nav", class_="neighbours").links() == {"← 2024-11": "/2024-11"}


@pytest.mark.usefixtures("_shelf")
def test_a_month_without_a_digest_names_its_neighbours(client):
    links = page(client, "/2025-01").one(class_="empty").links()
    assert links == {"2024-12": "/2024-12", "coverage of 2025-01": "/coverage?month=2025-01"}


@pytest.mark.parametrize(
    "when", ["2024-02-30", "2023-02-29", "2024-13", "2024-00-01", "0000-01", "2024", "20241207", "today", "2024-12-07x"]
)
@pytest.mark.usefixtures("_shelf")
def test_what_is_no_day_and_no_month_is_no_page(client, when):
    assert client.get(f"/{when}").status_code == 404


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "9999-12"])
@pytest.mark.usefixtures("_shelf")
def test_the_ends_of_time_are_days_too(client, when):
    assert page(client, f"/{when}").one(class_="empty")


@pytest.mark.usefixtures("_shelf")
def test_a_day_can_be_narrowed_at_its_own_address(client):
    found = page(client, "/2024-12-06?topic=3DGS")
    assert titles(found) == {"Two", "Three"}
    assert found.one("ul", class_="chips").links() == {"topic 3DGS ×": "/2024-12-06"}


@pytest.mark.usefixtures("_shelf")
def test_the_day_of_the_address_cannot_be_chosen_away(client):
    assert titles(page(client, "/2024-12-06?date=2024-11-30")) == {"Two", "Three", "Four"}
