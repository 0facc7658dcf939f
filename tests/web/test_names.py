from urllib.parse import quote, unquote

import pytest

from tests.conftest import entry
from tests.web.html import page


@pytest.fixture(autouse=True)
def _shelf(library):
    library.digest(entry("One", authors=("Matthias Nießner",), tags=("_3D", "虚拟/人")), topic="元宇宙/虚拟人")
    library.digest(entry("Two", authors=("张三", "Matthias Nießner"), tags=("C++",)), topic="3DGS")


def titles(found):
    return sorted(card.one("h2").text for card in found.all("article", class_="card"))


NAMES = {
    "/topics/元宇宙/虚拟人": ("元宇宙/虚拟人", ["One"]),
    "/topics/3dgs": ("3DGS", ["Two"]),
    "/tags/虚拟/人": ("虚拟/人", ["One"]),
    "/tags/3d": ("3D", ["One"]),
    "/authors/matthias-niessner": ("Matthias Nießner", ["One", "Two"]),
    "/authors/张三": ("张三", ["Two"]),
}


@pytest.mark.parametrize("safe", ["/", ""], ids=["slashes plain", "slashes encoded"])
@pytest.mark.parametrize("address", NAMES)
def test_a_name_in_any_script_has_its_page(client, address, safe):
    _, kind, slug = address.split("/", 2)
    heading, papers = NAMES[address]
    found = page(client, f"/{kind}/{quote(slug, safe=safe)}")
    assert (found.one("h1").text, titles(found)) == (heading, papers)


@pytest.mark.parametrize("address", NAMES)
def test_an_address_typed_as_it_is_read_works_too(client, address):
    assert titles(page(client, address)) == NAMES[address][1]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("/topics/3DGS", "/topics/3dgs"),
        ("/tags/_3D", "/tags/3d"),
        ("/tags/C%2B%2B", "/tags/c"),
        ("/authors/Matthias%20Nie%C3%9Fner", "/authors/matthias-niessner"),
    ],
)
def test_a_plain_name_leads_to_its_address_for_good(client, typed, canonical):
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (301, canonical)


@pytest.mark.parametrize("kind", ["topics", "tags", "authors"])
def test_every_name_is_listed_and_its_link_leads_to_its_papers(client, kind):
    found = page(client, f"/{kind}")
    counts = found.one("ul", class_="names").all(class_="count")
    links = [link for link in found.one("ul", class_="names").all("a") if link["href"].startswith(f"/{kind}/")]
    assert len(counts) == len(links) == {"topics": 2, "tags": 3, "authors": 2}[kind]
    for link, count in zip(links, counts, strict=True):
        assert len(titles(page(client, link["href"]))) == int(count.text)


def test_names_can_be_ordered_and_found_by_their_first_letter(client):
    found = page(client, "/authors?sort=name")
    assert found.one("nav", **{"aria-label": "First letter"}).links() == {
        "M": "/authors?initial=m&sort=name",
        "Chinese": "/authors?initial=zh&sort=name",
    }
    chinese = page(client, "/authors?initial=zh&sort=name")
    assert chinese.one("ul", class_="names").links() == {"张三": "/authors/%E5%BC%A0%E4%B8%89"}
    assert chinese.one("ul", **{"aria-label": "Order"}).links()["Most papers"] == "/authors?initial=zh"


@pytest.mark.parametrize("query", ["?sort=nonsense", "?initial=%00", "?page=x", "?initial=" + "a" * 999])
def test_a_list_of_names_is_read_kindly(client, query):
    assert page(client, f"/authors{query}").one("h1").text == "Authors"


def test_a_list_behind_its_last_page_says_so(client):
    assert page(client, "/authors?page=7").one(class_="empty").links() == {"Go to the last page": "/authors"}


def test_nested_tags_are_shown_as_a_tree(client, library):
    library.digest(entry("Three", tags=("nerf/dynamic", "nerf")))
    tree = page(client, "/tags").one("ul", class_="names")
    (nested,) = [row for row in tree.all("li") if row.all("ul") and row.all("a")[0].text == "nerf"]
    assert nested.one("ul").links() == {"dynamic": "/tags/nerf/dynamic"}
    assert page(client, "/tags/nerf/dynamic").one(class_="eyebrow").links() == {"Tag": "/tags", "nerf": "/tags/nerf"}


def test_one_page_shows_the_papers_of_all_spellings_and_says_so(client, library):
    library.digest(entry("Three", authors=("Matthias Niessner",)), entry("Four", authors=("MATTHIAS NIESSNER",)))
    found = page(client, "/authors/matthias-niessner")
    assert titles(found) == ["Four", "One", "Three", "Two"]
    said = found.one(class_="hint")
    assert said.text.startswith("Also written Matthias Niessner 1, MATTHIAS NIESSNER 1. ")
    for link in said.all("a"):
        assert len(titles(page(client, link["href"]))) == 1  # elsewhere a spelling is a spelling


def test_the_address_of_another_spelling_leads_to_the_page_of_all(client, library):
    library.digest(entry("Three", authors=("Matthias Niessner",)))
    for other in ("/authors/matthias-niessner-2", "/authors/Matthias%20Niessner"):
        answer = client.get(other)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/authors/matthias-niessner")


def test_an_author_with_one_spelling_has_nothing_to_say_about_it(client):
    assert not page(client, "/authors/matthias-niessner").all(class_="hint")


def test_each_number_of_what_comes_along_leads_to_so_many_papers(client, library):
    library.digest(
        entry("Three", authors=("张三", "Ann O'Neill"), tags=("C++", "x y")),
        entry("Four", authors=("Matthias Niessner", "张三"), tags=("C++",)),
        topic="NeRF",
    )
    for address in ("/authors/matthias-niessner", "/topics/nerf", "/tags/c"):
        company = page(client, address).one("dl", class_="company")
        numbers = [link for link in company.all("a") if link.text.isdigit()]
        assert numbers
        for link in numbers:
            assert len(titles(page(client, link["href"]))) == int(link.text), link["href"]


def test_a_plot_and_its_table_say_when_the_papers_appeared_and_lead_to_them(client, library):
    library.digest(entry("Three", authors=("Matthias Nießner",)), entry("Four"), topic="3DGS", day="2024-06-30")
    for address in ("/topics/3dgs", "/authors/matthias-niessner"):
        figure = page(client, address).one("figure")
        bars = figure.one("svg").all("a")
        links = figure.one("table").all("a")
        assert [bar["href"] for bar in bars] == [link["href"] for link in links]
        assert [bar.one("title").text.split()[-1] for bar in bars] == [link.text for link in links]
        for link in links:
            assert len(titles(page(client, link["href"]))) == int(link.text)


@pytest.mark.parametrize(
    ("days", "columns", "rows"),
    [
        pytest.param(
            ["2024-12-05", "2024-12-01"],
            ["Week 1", "Week 2", "Week 3", "Week 4", "Week 5"],
            {"November 2024": ["", "", "", "1", ""], "December 2024": ["3", "", "", "", ""]},
            id="weeks",
        ),
        pytest.param(
            ["2023-11-30", "2024-11-02"],
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            {"2023": [""] * 10 + ["1", ""], "2024": [""] * 10 + ["1", "2"]},
            id="months",
        ),
        pytest.param(
            ["2001-01-01", "2005-06-07"], ["Papers"], {"2001": ["1"], "2005": ["1"], "2024": ["2"]}, id="years"
        ),
    ],
)
def test_the_table_of_a_plot_has_weeks_by_month_and_months_by_year(client, library, days, columns, rows):
    library.digest(entry("Of this day"), topic="Other", day="2024-12-07")
    for day in days:
        library.digest(entry(f"Of {day}"), topic="Other", day=day)
    library.digest(entry("Also of this day"), topic="Other", day="2024-12-07")
    table = page(client, "/topics/other").one("figure").one("table")
    assert table.texts("th", scope="col") == columns
    found = {row.one("th").text: row.texts("td") for row in table.one("tbody").all("tr")}
    assert {label: cells for label, cells in found.items() if any(cells)} == rows


def test_a_drawing_has_neither_style_nor_script(client, library):
    library.digest(entry("Three"), topic="3DGS", day="2024-06-30")
    answer = client.get("/topics/3dgs")
    assert '<svg class="bars"' in answer.text
    assert " style=" not in answer.text


def test_a_single_day_is_no_course_of_things_to_be_drawn(client):
    assert not page(client, "/topics/3dgs").all("figure")


def test_the_topic_of_the_address_is_not_repeated_in_what_can_be_chosen(client):
    found = page(client, "/topics/3dgs?tag=C%2B%2B")
    assert found.one("ul", class_="chips").links() == {"tag C++ ×": "/topics/3dgs"}
    assert [unquote(link) for link in found.one("ul", class_="sorts").links().values()] == [
        "/topics/3dgs?tag=C++&sort=oldest",
        "/topics/3dgs?tag=C++&sort=title",
    ]


@pytest.mark.parametrize("kind", ["topics", "tags", "authors"])
@pytest.mark.parametrize("key", ["nobody", "", "a/b/c", "%2e%2e/papers", "3dgs/"])
def test_a_name_that_nobody_has_is_no_page(client, kind, key):
    assert client.get(f"/{kind}/{key}").status_code == 404
