from datetime import date
from urllib.parse import quote, unquote

import pytest

from tests.conftest import entry
from tests.web.html import page


@pytest.fixture
def _shelf(library):
    library.digest(entry("One"), topic="3DGS", day="2024-11-29")  # digest 1
    library.digest(entry("Two"), entry("Three"), topic="3DGS", day="2024-12-02")  # 2
    library.digest(entry("Four"), topic="元宇宙/虚拟人", day="2024-12-02")  # 3
    library.digest(entry("Five"), topic="元宇宙/虚拟人", day="2024-12-02", title="Again")  # 4
    library.digest(  # 5
        entry("Six"), topic=None, day="2024-12-05", first_day=date(2024, 12, 4), last_day=date(2024, 12, 5)
    )


def cells(found, name):
    """The links of a row, by column."""
    (row,) = [row for row in found.one("tbody").all("tr") if row.one("th").text == name]
    return [cell.one("a") for cell in row.all("td") if "total" not in cell["class"]]


@pytest.mark.usefixtures("_shelf")
def test_the_newest_month_is_shown_topic_by_day(client):
    found = page(client, "/coverage")
    assert found.one("h1").text == "December 2024"
    assert found.one("tbody").texts("th", scope="row") == ["3DGS", "元宇宙/虚拟人", "Without a topic"]
    assert len(cells(found, "3DGS")) == 31
    assert "topics by day" in found.one("caption").text


@pytest.mark.usefixtures("_shelf")
def test_a_cell_leads_to_its_digest_and_says_what_it_holds(client):
    day = cells(page(client, "/coverage?month=2024-12"), "3DGS")[1]
    assert (day["href"], day["aria-label"], day.text) == ("/digests/2", "2 entries, 1 digest", "2")


@pytest.mark.usefixtures("_shelf")
def test_a_cell_with_several_digests_leads_to_the_papers_of_that_topic_and_day(client):
    day = cells(page(client, "/coverage"), "元宇宙/虚拟人")[1]
    assert unquote(day["href"]) == "/2024-12-02?topic=元宇宙/虚拟人"
    papers = page(client, day["href"]).all("article", class_="card")
    assert sorted(card.one("h2").text for card in papers) == ["Five", "Four"]


def test_several_digests_that_cover_a_day_and_are_listed_under_later_ones_are_found_there(client, library):
    for last in (4, 6):
        library.digest(
            entry(f"To {last}"), first_day=date(2024, 12, 2), day=f"2024-12-0{last}", last_day=date(2024, 12, last)
        )
    day = cells(page(client, "/coverage"), "3DGS")[1]
    papers = page(client, day["href"]).all("article", class_="card")
    assert sorted(card.one("h2").text for card in papers) == ["To 4", "To 6"]


@pytest.mark.usefixtures("_shelf")
def test_a_missing_day_is_told_from_one_on_which_none_is_expected_not_by_colour_alone(client):
    days = cells(page(client, "/coverage"), "3DGS")
    assert [(day.text, day["aria-label"]) for day in (days[0], days[2])] == [("–", "missing"), ("·", "none expected")]
    assert days[0]["href"] == "/2024-12-01"
    assert "/2024-12-02" in page(client, days[0]["href"]).one(class_="empty").links().values()


@pytest.mark.usefixtures("_shelf")
def test_rows_and_columns_lead_to_topics_and_days_and_have_totals(client):
    found = page(client, "/coverage")
    assert found.one("tbody").links()["3DGS"] == "/topics/3dgs"
    assert found.one("thead").links()["7"] == "/2024-12-07"
    rows = {row.one("th").text: row.texts("td", class_="total") for row in found.one("table").all("tr")[1:]}
    assert rows["3DGS"] == ["1", "2", "", "1"]
    assert rows["Entries"][:5] == ["", "4", "", "1", "1"]
    assert [rows[name][31 + place] for place, name in enumerate(("Digests", "Entries", "Doubts", "Missing"))] == [
        "4",
        "5",
        "0",
        "1",
    ]


@pytest.mark.usefixtures("_shelf")
def test_every_cell_is_a_link_that_leads_somewhere(client):
    for address in ("/coverage", "/coverage?year=2024"):
        links = [link["href"] for link in page(client, address).one("table").all("a")]
        assert len(links) > 3 * 12
        assert [link for link in dict.fromkeys(links) if client.get(link).status_code != 200] == []


@pytest.mark.usefixtures("_shelf")
def test_months_and_years_lead_to_each_other(client):
    assert page(client, "/coverage").one("nav", class_="neighbours").links() == {
        "← November 2024": "/coverage?month=2024-11",
        "All of 2024": "/coverage?year=2024",
    }
    year = page(client, "/coverage?year=2024")
    assert year.one("nav", class_="neighbours").links() == {}
    assert year.one("thead").links()["11"] == "/coverage?month=2024-11"
    assert cells(year, "3DGS")[10].text == "1 –1"
    assert page(client, "/coverage?month=2024-11").one("nav", class_="neighbours").links() == {
        "All of 2024": "/coverage?year=2024",
        "December 2024 →": "/coverage?month=2024-12",
    }


@pytest.mark.parametrize("asked", ["month=2024-13", "month=x", "year=0000", "month=2024", "year=2024-11", "page=x"])
@pytest.mark.usefixtures("_shelf")
def test_what_is_no_month_is_read_as_the_newest(client, asked):
    assert page(client, f"/coverage?{quote(asked, safe='=')}").one("h1").one("time")["datetime"] == "2024-12"


@pytest.mark.parametrize("asked", ["month=1900-01", "year=9999", "month=0001-01", "month=9999-12"])
@pytest.mark.usefixtures("_shelf")
def test_a_time_without_digests_says_so(client, asked):
    assert "No topic has a digest" in page(client, f"/coverage?{asked}").one(class_="empty").text


def test_an_empty_library_says_how_to_fill_it(client):
    assert page(client, "/coverage").one("h1").text == "The shelf is empty"


def test_many_topics_are_told_a_page_at_a_time_and_totals_of_all(client, library):
    for number in range(31):
        library.digest(topic=f"Topic {number:02}")
    first, second = page(client, "/coverage"), page(client, "/coverage?month=2024-12&page=2")
    assert [len(found.one("tbody").all("tr")) for found in (first, second)] == [30, 1]
    assert first.one("nav", class_="pager").links() == {"Next →": "/coverage?month=2024-12&page=2"}
    for found in (first, second):
        assert found.one("tfoot").all("tr")[0].texts("td")[6] == "31"
    assert page(client, "/coverage?page=3").one(class_="empty").links() == {
        "Go to the last page": "/coverage?month=2024-12&page=2"
    }


@pytest.mark.usefixtures("_shelf")
def test_an_empty_day_leads_to_the_coverage_of_its_month(client):
    for empty, month in (("/2024-12-01", "December 2024"), ("/2025-03", "March 2025")):
        links = page(client, empty).one(class_="empty").links()
        assert links[f"Coverage of {month}"] == f"/coverage?month={empty[1:8]}"
