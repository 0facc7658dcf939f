"""What all pages have in common, lists of papers, and one paper."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.digests import ParsedFigure
from tests.conftest import BOTH_STORES, entry
from tests.web.html import page, parse

PARTIAL, FULL = {"HX-Request": "true", "HX-Request-Type": "partial"}, {"HX-Request": "true", "HX-Request-Type": "full"}
FIGURE = ParsedFigure("https://figures.example/1.png", "The plot")


def titles(found):
    return [card.one("h2").text for card in found.all("article", class_="card")]


@pytest.fixture
def shelf(library):
    library.digest(
        entry(
            "Shelving 论文 at scale",
            arxiv_id="2412.90001",
            version=2,
            authors=("Ada", "张三"),
            abstract="We shelve.",
            comment="12 pages",
            summary="摘要",
            key_points=("Point **one**",),
            analysis="## Methods\n\nIt works.",
            figures=(FIGURE, ParsedFigure("img/2.png")),
            tags=("_3D", "虚拟/人"),
        ),
        entry("A paper without an id", summary="Summary"),
        preamble="Today's *best*",
    )
    return library


@pytest.fixture
def many(library):
    library.digest(*(entry(f"Paper {number}", summary="shelf") for number in range(30)))
    return library


ADDRESSES = ["/", "/papers", "/papers?q=论文", "/papers/2412.90001", "/papers/a-paper-without-an-id", "/digests/1"]
ADDRESSES += ["/2024-12-07", "/2024-12", "/topics", "/topics/3dgs", "/tags", "/tags/3d", "/authors", "/authors/张三"]
ADDRESSES += ["/sign-in", "/sign-up"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/library"])
@pytest.mark.usefixtures("shelf")
def test_every_page_is_whole_named_and_usable_by_keyboard(reader, address):
    if address == "/sign-in":  # who is signed in already is led on
        reader.cookies.clear()
    found = page(reader, address)
    assert found.one("title").text.endswith("Papershelf")
    assert len(found.all("h1")) == 1
    assert found.one("html")["lang"] == "en"
    assert found.one("a", class_="skip")["href"] == "#" + found.one("main")["id"]
    ids = [element["id"] for element in found.all() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("shelf")
def test_every_link_of_a_page_leads_somewhere(client, address):
    for link in page(client, address).all("a"):
        href = link.get("href") or ""
        if href.startswith("/"):
            assert client.get(href, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("shelf")
def test_htmx_gets_the_part_it_swaps_and_all_others_the_whole_page(client, address):
    whole, part = page(client, address), page(client, address, **PARTIAL)
    assert (len(whole.all("main")), len(part.all("main"))) == (1, 0)
    assert part.text in whole.text or part.all("title")  # some parts bring the new title along
    for headers in (FULL, {"HX-History-Restore-Request": "true", "HX-Request-Type": "full"}, {"HX-Request": "true"}):
        assert len(page(client, address, **headers).all("main")) == 1


@pytest.mark.parametrize("headers", [{}, PARTIAL], ids=["page", "part"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/papers/none"])
@pytest.mark.usefixtures("shelf")
def test_caches_tell_page_and_part_and_readers_apart(client, address, headers):
    answer = client.get(address, headers=headers)
    assert {"hx-request-type", "cookie"} <= {name.strip().lower() for name in answer.headers["Vary"].split(",")}
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.usefixtures("shelf")
def test_a_list_shows_cards_with_all_that_leads_on(client):
    card = page(client, "/papers").all("article", class_="card")[0]
    assert card.one("p", class_="summary").text == "摘要"
    assert card.links(class_="tag") == {"#3D": "/tags/3d", "#虚拟/人": f"/tags/{quote('虚拟/人')}"}
    assert card.links() == {
        "Shelving 论文 at scale": "/papers/2412.90001?list=/papers",
        "Ada": "/authors/ada",
        "张三": f"/authors/{quote('张三')}",
        "3DGS": "/topics/3dgs",
        "7 Dec 2024": "/2024-12-07",
        "#3D": "/tags/3d",
        "#虚拟/人": f"/tags/{quote('虚拟/人')}",
        "All that is known of this paper": "/papers/1/inside?entry=1",
        "Bookmark": "/sign-in?paper=1",
    }
    assert card.one("h2")["lang"] == "zh"


@pytest.mark.usefixtures("shelf")
def test_a_search_marks_its_words_and_names_what_is_chosen(client):
    found = page(client, "/papers?q=shelving&tag=_3D")
    assert titles(found) == ["Shelving 论文 at scale"]
    assert found.one("mark").text == "Shelving"
    assert found.one("input", id="q")["value"] == "shelving"
    chips = found.one("ul", class_="chips").links()
    assert chips == {
        "words shelving ×": "/papers?tag=_3D",
        "tag 3D ×": "/papers?q=shelving",
        "Clear all": "/papers",
    }


@pytest.mark.usefixtures("shelf")
def test_a_search_without_result_offers_to_ask_for_less(client):
    found = page(client, "/papers?q=quokka&tag=_3D")
    assert found.one(class_="total").text == "0 papers"
    assert found.one(class_="empty").links()["Without this filter: words “quokka”"] == "/papers?tag=_3D"
    assert page(client, "/papers?q=quokka").all(class_="facets") == []  # a fold with nothing in it


@pytest.mark.usefixtures("many")
def test_a_list_is_turned_page_by_page(client):
    first, second = page(client, "/papers"), page(client, "/papers?page=2")
    assert (first.one(class_="total").text, second.one(class_="total").text) == (
        "1–25 of 30 papers",
        "26–30 of 30 papers",
    )
    assert len(set(titles(first) + titles(second))) == 30
    assert first.all("nav", class_="pager")[0].links() == {"Next →": "/papers?page=2"}
    assert second.all("nav", class_="pager")[0].links() == {"← Previous": "/papers"}


@pytest.mark.usefixtures("many")
def test_a_page_past_the_end_leads_back_to_the_last(client):
    found = page(client, f"/papers?q=shelf&page={'9' * 5000}")
    assert found.one(class_="empty").links() == {"Go to the last page": "/papers?q=shelf&page=2"}


@pytest.mark.usefixtures("many")
def test_every_order_can_be_chosen(client):
    found = page(client, "/papers?q=shelf&sort=oldest")
    assert found.one(class_="sorts").links() == {
        "Relevance": "/papers?q=shelf&sort=relevance",
        "Newest": "/papers?q=shelf&sort=newest",
    }


@pytest.mark.usefixtures("shelf")
def test_a_paper_is_shown_with_everything_its_digests_say(client):
    found = page(client, "/papers/2412.90001")
    main = found.one("main")
    assert main.one("h1").text == "Shelving 论文 at scale"
    assert main.links()["arXiv 2412.90001v2"] == "https://arxiv.org/abs/2412.90001v2"
    assert main.one(class_="abstract").text == "We shelve."
    assert main.one(class_="comment").text == "Comment 12 pages"
    assert main.one("strong").text == "one"
    assert main.one("h4").text == "Methods"
    assert main.links()["Digest"] == "/digests/1"


def test_a_comment_is_shown_even_without_an_abstract(client, library):
    library.paper("Shelving", arxiv_id="2412.90001", comment="12 pages")
    assert "12 pages" in page(client, "/papers/2412.90001").one("main").text


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/papers/2412.90001v2", "/papers/2412.90001"),
        ("/papers/arXiv:2412.90001", "/papers/2412.90001"),
        ("/papers/cs/0501001v3", "/papers/cs/0501001"),
        ("/papers/cs%2F0501001v1", "/papers/cs/0501001"),
    ],
)
def test_another_name_of_a_paper_leads_to_its_address_for_good(client, library, address, canonical):
    library.paper("Shelving", arxiv_id="2412.90001", version=2)
    library.paper("Before 2007", arxiv_id="cs/0501001")
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, canonical)
    assert client.get(canonical).status_code == 200


def test_the_slug_of_a_paper_leads_to_its_id_but_not_for_good_since_a_split_may_part_them(client, library):
    library.paper("An old title of it")
    library.paper("An old title of it", arxiv_id="2412.90001", version=2)
    answer = client.get("/papers/an-old-title-of-it")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/papers/2412.90001")


@pytest.mark.parametrize("key", ["cs/0501001", "math.GT/0309136", "a-slug", quote("中文标题的论文"), "hep-th/9901001"])
def test_a_paper_is_found_by_arxiv_id_or_slug(client, library, key):
    for arxiv_id in ("cs/0501001", "math.GT/0309136", "hep-th/9901001"):
        library.paper(f"Paper {arxiv_id}", arxiv_id=arxiv_id)
    library.paper("A slug")
    library.paper("中文标题的论文")
    assert client.get(f"/papers/{key}").status_code == 200
    assert client.get(f"/papers/{quote(key, safe='%')}").status_code == 200


@pytest.mark.usefixtures("shelf")
def test_figures_are_links_until_the_reader_asks_for_them(client):
    answer = client.get("/papers/2412.90001")
    found = parse(answer.text)
    assert found.all("img") == []
    assert "figures.example" not in answer.headers["Content-Security-Policy"]
    assert found.one("main").links()["Load figures"] == "/papers/2412.90001?figures=shown#figures"
    assert found.one(class_="dead").text == "Figure 2"
    assert "1 figure was not published with the digest: Figure 2" in found.one("main").text


@pytest.mark.usefixtures("shelf")
def test_figures_that_are_asked_for_do_not_tell_their_host_where_the_reader_is(client):
    image = page(client, "/papers/2412.90001?figures=shown").one("img")
    assert (image["src"], image["referrerpolicy"]) == (FIGURE.url, "no-referrer")
    assert (image["alt"], image["loading"]) == ("The plot", "lazy")


@pytest.mark.parametrize("figures", ["", "1", "SHOWN", "true"])
@pytest.mark.usefixtures("shelf")
def test_figures_are_not_loaded_by_any_other_word(client, figures):
    assert page(client, f"/papers/2412.90001?figures={figures}").all("img") == []


@pytest.mark.parametrize("address", ["/", "/papers", "/digests/1", "/tags/3d", "/papers/2412.90001"])
@pytest.mark.usefixtures("shelf")
def test_no_page_loads_anything_from_a_foreign_host(client, address):
    found = page(client, address)
    sources = [one["src"] for one in found.all() if one.get("src")] + [
        one["href"] for one in found.all("link", rel="stylesheet")
    ]
    assert sources
    assert all(source.startswith("/static/") for source in sources)
    assert {client.get(source).status_code for source in sources} == {200}


HOSTILE = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%ED%B0%80x",
    "%FF%FE",
    "%C0%AF",
    "%",
    "%u0041",
    "%0A%0D",
    "%1B%5B31m",
    "%E2%80%AE",
]
HOSTILE += [
    "%F0%9F%98%80",
    "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9",
    "%EF%BF%BD",
    "%EF%BB%BF",
    "e%CC%81" * 30,
    "%CC%81" * 200,
]
HOSTILE += [
    quote(text, safe="")
    for text in (
        *(
            "'",
            '"',
            "''",
            '"""',
            "`",
            "\\",
            "\\\\",
            "';--",
            "' OR 1=1 --",
            "1; DROP TABLE paper",
            "') UNION SELECT 1--",
        ),
        *(
            "%",
            "_",
            "%%",
            "*",
            "**",
            "?",
            "a*",
            "*a",
            "*:*",
            "a:b",
            "title:x",
            "title:",
            ":",
            "all:(",
            "-",
            "-a",
            "- -",
        ),
        *("+", "+a -b", "!", "!a", "a AND", "AND", "OR OR", "NOT", "NOT a", "a NEAR b", "NEAR(a b, 5)", "a NEAR/3 b"),
        *("(", ")", "(()", "((a)", "[a TO b]", "[* TO *]", "{a TO b}", "a~", "a~9", "a^", "a^9", "/a/", "/(/", "<a>"),
        *(
            '"a b"~3',
            '"a',
            'a"b"c"',
            "“a",
            "topic = 'x'",
            "topic IN [a, b",
            "_geoRadius(1,2,3)",
            "filter[]=x",
            "{{7*7}}",
        ),
        *("${7*7}", "../../etc/passwd", "\t\n\v", "\u3000", "高斯" * 300, "a-" * 300, "a+b/c&d@e", "İıſﬁ", "ﷺ" * 100),
        *("null", "undefined", "NaN", "-1", "1e999", "٣", "0x10", "true", "[]", "9999999", "ten"),
    )
] + ["x" * 60_000, quote("龘") * 7_000, "a%20" * 15_000]


@pytest.fixture
def anyone(client):
    """A browser that is shown the page of an error of ours, where the other would raise it."""
    return TestClient(client.app, raise_server_exceptions=False, follow_redirects=False)


def test_there_are_many_hostile_queries():
    assert len(set(HOSTILE)) >= 80


@BOTH_STORES
@pytest.mark.parametrize(
    "parameter", ["q", "topic", "tag", "author", "date", "has", "sort", "page", "figures", "other"]
)
@pytest.mark.usefixtures("shelf")
def test_no_query_is_an_error(anyone, parameter):
    for address in ("/papers?", "/papers?q=shelving&"):
        answers = {value[:80]: anyone.get(f"{address}{parameter}={value}").status_code for value in HOSTILE}
        assert {value: status for value, status in answers.items() if status != 200} == {}


@BOTH_STORES
@pytest.mark.parametrize("place", ["/papers/", "/topics/", "/tags/", "/authors/", "/digests/", "/"])
@pytest.mark.usefixtures("shelf")
def test_no_path_is_an_error_of_ours(anyone, place):
    values = [value for value in HOSTILE if len(value) < 60_000] + ["9" * 30, "2412.99999", "0"]
    answers = {value[:80]: anyone.get(place + value).status_code for value in values}
    assert {value: status for value, status in answers.items() if status not in (200, 301, 404)} == {}


def test_while_the_search_engine_is_away_lists_go_on(client, shelf, library):
    library.index_all()
    library.index.close()
    answer = client.get("/papers?q=shelving")
    assert (answer.status_code, parse(answer.text).one("h1").text) == (503, "Search is away")
    assert len(titles(page(client, "/papers"))) == 2
    assert client.get("/papers/2412.90001").status_code == 200


def test_health_is_told_in_one_word(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")
