"""A page of papers: narrowing, leaving out, sorting, turning; and what it costs."""

from contextlib import contextmanager
from urllib.parse import quote, unquote, urljoin

import pytest
from sqlalchemy import event

from app.digests import ParsedFigure
from tests.conftest import entry
from tests.web.html import parse

LARGEST_PAGE = 60_000
"""Bytes of a list of 25 papers."""


@pytest.fixture
def shelf(library):
    library.digest(
        entry("Alpha", arxiv_id="2411.00001", authors=("Ada", "Bob"), tags=("x", "y")),
        entry("Beta", arxiv_id="2411.00002", authors=("Ada",), tags=("x",)),
        topic="3DGS",
        day="2024-11-30",
    )
    library.digest(
        entry("Alpha", arxiv_id="2411.00001", authors=("Ada", "Bob"), abstract="Much."),
        entry("Gamma", arxiv_id="2412.00003", authors=("A", "B", "C", "D", "E"), key_points=("One thing",)),
        topic="NeRF",
        day="2024-12-07",
    )
    return library


def page_of(client, address="/papers", **headers):
    return parse(client.get(address, headers=headers).text)


def titles(page):
    return [title.text for title in page.all("h2") if (title.get("id") or "").startswith("paper-")]


@pytest.mark.usefixtures("shelf")
def test_a_value_that_is_chosen_is_marked_and_its_link_takes_it_back(client):
    page = page_of(client, "/papers?topic=NeRF&q=a")
    chosen = [link for link in page.all("a", class_="chosen") if "NeRF" in link.text]
    assert [(link["href"], link["aria-current"]) for link in chosen] == [("/papers?q=a", "true")]
    assert "/papers?q=a&topic=3DGS&topic=NeRF" in page.links().values()


@pytest.mark.usefixtures("shelf")
def test_two_values_of_a_facet_are_alternatives_and_two_facets_must_both_hold(client):
    assert set(titles(page_of(client, "/papers?topic=NeRF&topic=3DGS"))) == {"Alpha", "Beta", "Gamma"}
    assert titles(page_of(client, "/papers?topic=NeRF&topic=3DGS&author=Bob")) == ["Alpha"]


@pytest.mark.usefixtures("shelf")
def test_a_value_can_be_left_out_and_taken_back(client):
    page = page_of(client)
    (without,) = [a for a in page.all("a", class_="without") if a["aria-label"] == "without 3DGS"]
    assert without["href"] == "/papers?not_topic=3DGS"
    page = page_of(client, without["href"])
    assert titles(page) == ["Gamma"]
    (chip,) = page.one("ul", class_="chips").all("a")
    assert ("not the topic 3DGS" in chip.text, chip["href"]) == (True, "/papers")


@pytest.mark.usefixtures("shelf")
def test_all_filters_can_be_removed_one_by_one_and_at_once(client):
    chips = page_of(client, "/papers?q=a&topic=NeRF&not_tag=x&has=figures&date=2024-12").one("ul", class_="chips")
    assert len(chips.all("a")) == 6
    assert chips.one("a", class_="clear")["href"] == "/papers"


def test_of_many_values_the_first_are_shown_and_the_others_on_demand(client, library):
    library.digest(*(entry(f"Paper {n}", tags=(f"tag {n:02}", "x")) for n in range(14)))
    page = page_of(client)
    (more,) = [link for link in page.all("a", class_="more") if "more=tag" in link["href"]]
    assert more.text == "10 more"
    tags = [label for label in page_of(client, more["href"]).links() if label.startswith("tag ")]
    assert len(tags) == 14


def test_where_not_all_values_are_counted_there_is_a_link_to_all(client, library):
    library.digest(*(entry(f"Paper {n}", tags=(f"tag {n:02}",)) for n in range(40)), entry("Another"))
    assert "All tags" not in page_of(client).links()
    narrowing = page_of(client, "/papers?more=tag").one("aside")
    (link,) = [link for link in narrowing.all("a") if link.text == "All tags"]
    assert (link["href"], link["hx-boost"]) == ("/tags", "false")  # another page, not another list
    library.digest(entry("Paper 0", tags=("x",)), topic=None)
    assert "All topics" not in page_of(client, "/papers?more=topic").links()


@pytest.mark.usefixtures("shelf")
def test_months_are_bars_that_lead_to_their_papers_and_a_list_for_those_who_listen(client):
    page = page_of(client)
    bars = page.one("svg", class_="months")
    assert bars["aria-hidden"] == "true"
    assert {bar["href"]: bar["tabindex"] for bar in bars.all("a")} == {
        "/papers?date=2024-11": "-1",
        "/papers?date=2024-12": "-1",
    }
    assert page.links()["December 2024 2"] == "/papers?date=2024-12"


@pytest.mark.usefixtures("shelf")
def test_lists_go_by_title_and_have_as_many_papers_as_the_reader_likes(client, library):
    assert titles(page_of(client, "/papers?sort=title")) == ["Alpha", "Beta", "Gamma"]
    library.digest(*(entry(f"Paper {n}") for n in range(30)))
    sizes = page_of(client, "/papers").all("ul", class_="sizes")[0].links()
    assert sizes == {"50": "/papers?size=50", "100": "/papers?size=100"}
    assert len(titles(page_of(client, "/papers?size=50"))) == 33


def test_the_list_can_be_turned_above_and_below(client, library):
    library.digest(*(entry(f"Paper {n}") for n in range(30)))
    pagers = page_of(client).all("nav", class_="pager")
    assert [pager.links()["Next →"] for pager in pagers] == ["/papers?page=2"] * 2
    assert len({pager["aria-label"] for pager in pagers}) == 2


@pytest.mark.usefixtures("shelf")
def test_a_card_folds_the_other_digests_of_its_paper_and_names_the_first_authors(client):
    alpha, gamma = page_of(client).all("article", class_="card")[:2]
    also = alpha.one(class_="also")
    assert also.links() == {"3DGS": "/topics/3dgs", "30 Nov 2024": "/2024-11-30"}
    authors = gamma.one(class_="authors")
    assert list(authors.links()) == ["A", "B", "C"]
    assert authors.one("summary").text == "and 2 more"


@pytest.mark.usefixtures("shelf")
def test_abstract_and_key_points_open_in_place_or_lead_to_the_papers_page(client):
    card = page_of(client).all("article", class_="card")[1]
    inside = card.one("details", class_="inside")
    ((label, address),) = inside.links().items()
    assert label == "All that is known of this paper"
    fragment = client.get(address, headers={"HX-Request-Type": "partial"})
    assert "One thing" in fragment.text
    assert "<html" not in fragment.text
    assert parse(fragment.text).links() == {}  # it comes above the link that is there
    assert client.get(address).headers["Location"] == "/papers/2412.00003"
    for page, listed in {
        "/papers?q=三维 高斯&page=2": "?list=/papers%3Fq%3D三维%2B高斯%26page%3D2",
        "/topics/3dgs": "?list=/topics/3dgs",
        "/help/search": "",
        "https://example.org": "",
    }.items():
        came = client.get(address, headers={"Referer": urljoin("http://testserver", quote(page, safe="/:?=&"))})
        assert unquote(came.headers["Location"]) == unquote(f"/papers/2412.00003{listed}")
    assert client.get("/papers/999999/inside", headers={"HX-Request-Type": "partial"}).status_code == 404


@pytest.mark.usefixtures("shelf")
def test_a_paper_opened_from_a_list_knows_the_list(client):
    (title,) = [link for link in page_of(client, "/papers?topic=3DGS&sort=title").all("a") if link.text == "Beta"]
    assert title["href"] == "/papers/2411.00002?list=/papers%3Ftopic%3D3DGS%26sort%3Dtitle"


@pytest.mark.usefixtures("shelf")
def test_in_chinese_names_stand_beside_each_other_as_chinese_writes_them(client, library):
    library.digest(entry("Alpha", arxiv_id="2411.00001"), topic="SLAM", day="2024-11-29")
    alpha, gamma = page_of(client, "/papers", **{"Accept-Language": "zh"}).all("article", class_="card")[:2]
    assert gamma.one(class_="authors").text == "A、B、C等，另有 2 人D、E"
    assert alpha.one(class_="also").text.endswith("3DGS、SLAM、2024年11月30日、2024年11月29日")


@pytest.mark.usefixtures("shelf")
def test_one_card_is_shown_with_the_entry_of_each_list_it_is_in(client, library):
    library.digest(entry("Delta", arxiv_id="2412.00009", summary="of NeRF"), topic="NeRF", day="2024-12-07")
    library.digest(entry("Delta", arxiv_id="2412.00009", summary="of SLAM"), topic="SLAM", day="2024-12-06")
    for _ in range(2):
        assert "of NeRF" in client.get("/topics/nerf").text
        assert "of SLAM" in client.get("/topics/slam").text


@pytest.mark.usefixtures("shelf")
def test_cards_that_were_kept_are_made_anew_when_what_they_say_changes(client, library):
    library.digest(entry("Delta", summary="said before"), path="/in/d.md")
    assert "said before" in client.get("/papers").text
    library.digest(entry("Delta", summary="said now"), path="/in/d.md")
    page = client.get("/papers").text
    assert ("said before" in page, "said now" in page) == (False, True)


@pytest.mark.usefixtures("shelf")
def test_each_language_has_cards_of_its_own(client):
    assert "7 Dec 2024" in client.get("/papers?size=50").text
    assert "2024年12月7日" in client.get("/papers?size=50", headers={"Accept-Language": "zh"}).text


def test_every_reader_sees_their_own_marks_on_the_same_cards(client, reader, library):
    mine, other = library.paper("Mine"), library.paper("Other")
    reader.post(f"/papers/{mine}/bookmark", data={"bookmarked": "true"})
    page = page_of(reader)
    pressed = {n: page.one("button", id=f"bookmark-{n}")["aria-pressed"] for n in (mine, other)}
    assert pressed == {mine: "true", other: "false"}
    assert page.one("button", id=f"bookmark-{mine}").text == "Bookmarked"


def wordy(number):
    """A paper that says about as much as real ones do, and more in lists: many authors and tags, a long summary."""
    return entry(
        f"Paper number {number} has a title of the usual length, about how to build shelves of light",
        arxiv_id=f"2412.{number:05}",
        authors=tuple(f"Given{number} Family{n}" for n in range(9)),
        tags=tuple(f"tag {number % 50 + n}" for n in range(4)),
        summary="这一句话概括了论文的主要贡献：提出一种新的方法，用于快速构建三维场景。" * 2,
        abstract="word " * 200,
        comment="Accepted by CVPR 2024. Code: https://github.com/a/b",
        figures=(ParsedFigure("https://figures.example/1.png"),),
    )


@pytest.fixture
def large(library):
    for month in range(1, 13):
        papers = (wordy(month * 100 + n) for n in range(5))
        library.digest(*papers, topic=f"Topic {month}", day=f"2024-{month:02}-07")
    library.index_all()
    return library


@pytest.mark.parametrize("query", ["", "q=三维场景", "q=shelves of light"])
@pytest.mark.usefixtures("large")
def test_a_page_of_25_papers_weighs_at_most_60_kilobytes(client, query):
    answer = client.get(f"/papers?{query}", headers={"Accept-Encoding": "identity"})
    assert len(titles(parse(answer.text))) == 25
    assert len(answer.content) <= LARGEST_PAGE


@contextmanager
def counted(database):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("large")
def test_a_list_takes_few_queries_and_the_next_page_of_what_was_seen_before_fewer(client, database):
    numbers = []
    for address in ("/papers?size=25", "/papers?page=2", "/papers?size=25&page=1&unknown=1"):
        with counted(database) as statements:
            client.get(address)
        numbers.append(len(statements))
    first, second, seen = numbers
    assert first <= 20
    assert second <= 12
    assert seen <= 6
