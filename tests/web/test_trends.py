import pytest
from sqlalchemy import event

from app import terms
from tests.conftest import entry
from tests.web.html import page, parse


@pytest.fixture
def _shelf(database, library):
    library.digest(*(entry(f"Older Shelf{number}") for number in range(20)), topic="NeRF", day="2024-10-05")
    library.digest(entry("Rising Sun", tags=("known",)), topic="NeRF", day="2024-11-30")
    library.digest(
        entry("Mamba One", tags=("ssm", "known")),
        entry('Mamba "Two"', tags=("ssm", "known")),
        entry("Rising Radiance Fields"),
        entry("神经辐射场综述"),
        entry("A Rising NeRF"),
        topic="3DGS",
        day="2024-12-06",
    )
    library.digest(entry("Rising Once More", tags=("known",)), topic="NeRF", day="2024-12-09")
    with database.write() as session:
        terms.add(session, ["NeRF", "Radiance Fields", "神经辐射场"])


def titles(found):
    return [card.one("h2").text for card in found.all("article", class_="card")]


def numbers(found):
    return {link["href"]: int(link.text) for link in found.all("a") if link.text.isdigit()}


def test_an_empty_library_says_how_to_fill_it(client):
    assert page(client, "/trends").one("h1").text == "The shelf is empty"


@pytest.mark.usefixtures("_shelf")
def test_every_number_leads_to_so_many_papers(client):
    found = page(client, "/trends")
    counted = numbers(found)
    assert len(counted) >= 8
    for address, number in counted.items():
        assert len(titles(page(client, address))) == number, address


@pytest.mark.usefixtures("_shelf")
def test_the_newest_month_is_shown_with_what_is_new_in_it_and_what_rises(client):
    found = page(client, "/trends")
    assert found.one("h1").text == "December 2024"
    assert found.one("ul", class_="fresh").texts("li") == ["NeRF / Radiance Fields / 神经辐射场 3", "mamba 2", "#ssm 2"]
    assert [row.one("th").text for row in found.one("table", class_="trends").one("tbody").all("tr")] == [
        "#known",
        "rising",
    ]


@pytest.mark.usefixtures("_shelf")
def test_each_topic_has_a_drawing_whose_bars_the_table_repeats(client):
    figure = page(client, "/trends").one("figure")
    bars = {link["href"]: link.one("title").text for svg in figure.all("svg") for link in svg.all("a")}
    assert bars == {
        "/2024-W40?topic=NeRF": "Week of 30 Sep 2024: 20",
        "/2024-W48?topic=NeRF": "Week of 25 Nov 2024: 1",
        "/2024-W50?topic=NeRF": "Week of 9 Dec 2024: 1",
        "/2024-W49?topic=3DGS": "Week of 2 Dec 2024: 5",
    }
    assert {address for address in numbers(figure.one("table")) if "topic" in address} == set(bars)
    assert [svg.get("role") for svg in figure.all("svg")] == ["group", "group"]


@pytest.mark.usefixtures("_shelf")
def test_another_month_can_be_chosen_and_turned_to(client):
    found = page(client, "/trends?month=2024-11")
    assert found.one("h1").text == "November 2024"
    assert found.one("nav", class_="neighbours").links() == {
        "← October 2024": "/trends?month=2024-10",
        "December 2024 →": "/trends?month=2024-12",
    }
    assert [choice["value"] for choice in found.one("select").all("option")] == ["2024-12", "2024-11", "2024-10"]
    assert [choice["value"] for choice in found.all("option") if "selected" in choice.attributes] == ["2024-11"]


@pytest.mark.parametrize("month", ["", "2024", "2024-13", "nonsense", "2024-12-07"])
@pytest.mark.usefixtures("_shelf")
def test_what_is_no_month_is_as_good_as_nothing(client, month):
    assert page(client, f"/trends?month={month}").one("h1").text == "December 2024"


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2024-10"])
@pytest.mark.usefixtures("_shelf")
def test_a_month_with_nothing_in_it_or_before_it_is_a_page_too(client, month):
    assert not page(client, f"/trends?month={month}").all("table", class_="trends")


@pytest.mark.usefixtures("_shelf")
def test_trends_are_worked_out_once_until_the_library_changes(client, database, library):
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for _ in range(2):
        client.get("/trends", headers={"Cookie": "papershelf_session=nobody"})
        counts.append(sum("paper_version.title" in statement for statement in asked))
        asked.clear()
    assert counts[0] > 0
    assert counts[1] == 0
    library.digest(entry("Mamba Three"), topic="3DGS", day="2024-12-08")
    assert "mamba 3" in page(client, "/trends").one("ul", class_="fresh").texts("li")


@pytest.mark.usefixtures("_shelf")
def test_the_page_without_its_frame_is_the_same(client):
    part = client.get("/trends", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert part.status_code == 200
    assert numbers(parse(part.text)) == numbers(page(client, "/trends").one("main"))
