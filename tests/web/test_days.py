from datetime import UTC, datetime

import pytest

from tests.conftest import entry
from tests.web.html import page, parse


@pytest.fixture
def _shelf(library):
    library.digest(entry("One"), topic="3DGS", day="2024-11-30")
    library.digest(entry("Two"), entry("Three"), topic="3DGS", day="2024-12-06")
    library.digest(entry("Four"), topic="NeRF", day="2024-12-06")
    library.digest(entry("Five"), topic="元宇宙/虚拟人", day="2024-12-09")


def titles(found):
    return {heading.text for card in found.all("article", class_="card") for heading in card.all("h2")}


def test_an_empty_library_says_how_to_fill_it(client):
    found = page(client, "/")
    assert found.one("h1").text == "The shelf is empty"
    assert found.one("code").text.startswith("papershelf import")


@pytest.mark.usefixtures("_shelf")
def test_home_is_the_newest_day(client):
    found = page(client, "/")
    assert found.one("h1").text == "Monday, 9 December 2024"
    assert titles(found) == {"Five"}


@pytest.mark.usefixtures("_shelf")
def test_a_day_shows_its_papers_and_its_topics(client):
    found = page(client, "/2024-12-06")
    assert titles(found) == {"Two", "Three", "Four"}
    assert found.one("ul", class_="parts").texts("li") == ["3DGS 2 digest", "NeRF 1 digest"]


@pytest.mark.usefixtures("_shelf")
def test_each_topic_of_a_day_leads_to_its_first_paper_to_its_papers_alone_and_to_its_digest(client):
    for part in page(client, "/2024-12-06").one("ul", class_="parts").all("li"):
        jump, only, digest = part.all("a")
        path, _, anchor = jump["href"].partition("#")
        first = page(client, path).one(id=anchor).text
        assert first in titles(page(client, only["href"]))
        assert len(titles(page(client, only["href"]))) == int(only.text)
        assert first in page(client, digest["href"]).text


def test_a_topic_further_down_the_day_is_jumped_to_on_its_page(client, library):
    library.digest(*(entry(f"Paper {number}") for number in range(30)), topic="3DGS")
    library.digest(entry("After all of these"), topic="NeRF")
    jump = page(client, "/2024-12-07").one("ul", class_="parts").links()["NeRF"]
    path, _, anchor = jump.partition("#")
    assert path == "/2024-12-07?page=2"
    assert page(client, path).one(id=anchor).text == "After all of these"


@pytest.mark.usefixtures("_shelf")
def test_a_day_leads_to_the_days_before_and_after_that_have_digests_and_says_what_is_skipped(client):
    around = page(client, "/2024-12-06").one("nav", class_="neighbours")
    assert around.links() == {"← 30 Nov 2024": "/2024-11-30", "9 Dec 2024 →": "/2024-12-09"}
    assert around.texts(class_="skipped") == [
        "skips 5 days without a digest",
        "skips 2 days without a digest",
    ]
    assert page(client, "/2024-12-09").one("nav", class_="neighbours").links() == {"← 6 Dec 2024": "/2024-12-06"}


@pytest.mark.usefixtures("_shelf")
def test_a_day_leads_up_to_its_week_month_and_year(client):
    assert page(client, "/2024-12-06").one("nav", class_="upward").links() == {
        "Week 49 of 2024": "/2024-W49",
        "December 2024": "/2024-12",
        "2024": "/2024",
    }


@pytest.mark.usefixtures("_shelf")
def test_a_day_without_a_digest_names_its_neighbours(client):
    empty = page(client, "/2024-12-07").one(class_="empty")
    assert empty.links() == {
        "6 Dec 2024": "/2024-12-06",
        "9 Dec 2024": "/2024-12-09",
        "Coverage of December 2024": "/coverage?month=2024-12",
    }


@pytest.mark.usefixtures("_shelf")
def test_a_month_is_a_calendar_with_the_papers_of_each_day(client):
    found = page(client, "/2024-12")
    assert titles(found) == {"Two", "Three", "Four", "Five"}
    grid = found.one("table", class_="month-grid")
    assert grid.texts("th", scope="col") == ["Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert grid.links() | {} == {
        **{str(number): f"/2024-W{number}" for number in range(48, 53)},
        "1": "/2025-W01",
        "6 3": "/2024-12-06",
        "9 1": "/2024-12-09",
    }
    assert found.one("nav", class_="neighbours").links() == {"← November 2024": "/2024-11"}


@pytest.mark.usefixtures("_shelf")
def test_a_week_shows_its_days_and_papers(client):
    found = page(client, "/2024-W49")
    assert found.one("h1").text == "Week 49 of 2024"
    assert titles(found) == {"Two", "Three", "Four"}
    assert found.one("table", class_="month-grid").links() == {"6 3": "/2024-12-06"}
    assert found.one("nav", class_="neighbours").links() == {
        "← Week 48 of 2024": "/2024-W48",
        "Week 50 of 2024 →": "/2024-W50",
    }


@pytest.mark.usefixtures("_shelf")
def test_a_year_shows_its_months_and_weeks_each_with_the_papers_it_leads_to(client):
    found = page(client, "/2024")
    assert titles(found) == {"One", "Two", "Three", "Four", "Five"}
    months = found.one("table", class_="year-grid")
    assert months.links() == {"Nov 1 1 day": "/2024-11", "Dec 4 2 days": "/2024-12"}
    weeks = found.one("figure").one("table")
    for link in weeks.all("a"):
        assert len(titles(page(client, link["href"]))) == int(link.text)
    assert [link["href"] for link in weeks.all("a")] == ["/2024-W48", "/2024-W49", "/2024-W50"]
    assert [link["href"] for link in found.one("svg", class_="bars").all("a")] == [
        "/2024-W48",
        "/2024-W49",
        "/2024-W50",
    ]


@pytest.mark.parametrize("when", ["2025-01", "2025", "2025-W20"])
@pytest.mark.usefixtures("_shelf")
def test_a_period_without_a_digest_names_its_neighbours(client, when):
    empty = page(client, f"/{when}").one(class_="empty")
    nearest = {"2025-01": "/2024-12", "2025": "/2024", "2025-W20": "/2024-W50"}[when]
    coverage = {"2025-01": "month=2025-01", "2025": "year=2025", "2025-W20": "month=2025-05"}[when]
    assert [link["href"] for link in empty.all("a")] == [nearest, f"/coverage?{coverage}"]


@pytest.mark.parametrize(
    "when",
    [
        *(
            "2024-02-30",
            "2023-02-29",
            "2024-13",
            "2024-00-01",
            "0000-01",
            "0000",
            "20241207",
            "tomorrow",
            "2024-12-07x",
        ),
        *("2024-W53", "2024-W00", "2024-W9", "2024-11..2024-12"),
    ],
)
@pytest.mark.usefixtures("_shelf")
def test_what_is_no_day_week_month_or_year_is_no_page(client, when):
    assert client.get(f"/{when}").status_code == 404


@pytest.mark.parametrize(
    "when", ["0001-01-01", "9999-12-31", "9999-12", "0001-01", "9999-W52", "0001-W01", "9999", "0001"]
)
@pytest.mark.usefixtures("_shelf")
def test_the_ends_of_time_are_days_too(client, when):
    assert page(client, f"/{when}").one(class_="empty")


def test_a_digest_on_the_last_day_of_time_is_shown_on_every_calendar(client, library):
    library.digest(entry("Last"), day="9999-12-31")
    for when in ("9999-12-31", "9999-W52", "9999-12", "9999"):
        assert titles(page(client, f"/{when}")) == {"Last"}


def test_a_week_in_lower_case_leads_to_its_address(client):
    answer = client.get("/2024-w49?sort=oldest")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/2024-W49?sort=oldest")


@pytest.mark.usefixtures("_shelf")
def test_the_newest_day_and_today_have_addresses_that_lead_there(client):
    answer = client.get("/latest")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/2024-12-09")
    before = datetime.now(UTC).date()
    answer = client.get("/today")
    assert answer.status_code == 302
    assert answer.headers["Location"] in {f"/{before}", f"/{datetime.now(UTC).date()}"}


def test_an_empty_library_has_no_newest_day_to_lead_to(client):
    assert client.get("/latest").headers["Location"] == "/"


@pytest.mark.usefixtures("_shelf")
def test_only_the_list_of_a_year_is_made_anew_for_a_swap(client):
    answer = client.get("/2024", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.status_code == 200
    assert titles(parse(answer.text)) == {"One", "Two", "Three", "Four", "Five"}
    assert not parse(answer.text).all("table", class_="year-grid")


@pytest.mark.usefixtures("_shelf")
def test_a_day_can_be_narrowed_at_its_own_address(client):
    found = page(client, "/2024-12-06?topic=3DGS")
    assert titles(found) == {"Two", "Three"}
    assert found.one("ul", class_="chips").links() == {"topic 3DGS ×": "/2024-12-06"}


@pytest.mark.usefixtures("_shelf")
def test_the_day_of_the_address_cannot_be_chosen_away(client):
    assert titles(page(client, "/2024-12-06?date=2024-11-30")) == {"Two", "Three", "Four"}
