"""Every list is a feed too: what RFC 4287 asks for, and what feed readers rely on."""

import re
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from app.markup.mathml import NAMESPACE
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse

ATOM, XHTML, MATH = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}", f"{{{NAMESPACE}}}"
TYPE = "application/atom+xml"


def feed(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(TYPE)
    return ElementTree.fromstring(answer.content)  # noqa: S314


def entries(root):
    return root.findall(f"{ATOM}entry")


def words(element):
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


def titles(root):
    return [words(one.find(f"{ATOM}title")) for one in entries(root)]


def link(element, rel):
    found = [one.get("href") for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def shelf(library):
    library.digest(
        entry(
            r"Shelf$^2$ & 论文 <at> $5",
            arxiv_id="2412.90001",
            authors=("Ada & Bob", "张三"),
            abstract=r"We read $O(n^2)$ <b>books</b>, 100$\times$ faster\n.",
            summary="书架 **好** $N=2$",
            key_points=("One<br>two &nbsp; three", "`a`  \nb"),
            comment=r"12\% more",
            tags=("_3D", "虚拟/人"),
        ),
        entry("A paper without an id"),
    )
    library.digest(entry("Another subject", arxiv_id="2412.90002"), topic="NeRF", day="2024-11-30")
    return library


ADDRESSES = {
    "/papers.atom": 3,
    "/papers.atom?topic=NeRF": 1,
    "/papers.atom?q=shelf2+OR+subject": 1,
    "/topics/3dgs.atom": 2,
    "/tags/3d.atom": 1,
    f"/tags/{quote('虚拟/人')}.atom": 1,
    f"/authors/{quote('张三')}.atom": 1,
    "/2024-12-07.atom": 2,
    "/2024-11.atom": 1,
    "/2024-12-08.atom": 0,
    "/papers.atom?page=9": 0,
}


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(("address", "number"), ADDRESSES.items())
def test_every_feed_has_what_the_format_asks_for(client, address, number):
    root = feed(client, address)
    assert root.tag == f"{ATOM}feed"
    assert len(entries(root)) == number
    assert link(root, "self") == f"http://testserver{address}"
    for element in (root, *entries(root)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"tag:papershelf\.invalid,2026:/[!-~]+", element.findtext(f"{ATOM}id"))
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
        assert element.find(f"{ATOM}author") is not None or element is not root
    for one in entries(root):
        (content,) = one.findall(f"{ATOM}content")
        assert (content.get("type"), [child.tag for child in content]) == ("xhtml", [f"{XHTML}div"])
        assert link(one, "alternate").startswith("http://testserver/papers/")
    names = [one.findtext(f"{ATOM}id") for one in entries(root)]
    assert len({*names, root.findtext(f"{ATOM}id")}) == len(names) + 1


@pytest.mark.usefixtures("shelf")
def test_the_page_of_a_feed_and_of_its_entries_are_there(client):
    root = feed(client, "/topics/3dgs.atom")
    for address in (link(root, "alternate"), *(link(one, "alternate") for one in entries(root))):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.usefixtures("shelf")
def test_an_entry_says_what_the_library_knows(client):
    (one,) = entries(feed(client, "/papers.atom?tag=_3D"))
    assert [name.text for name in one.findall(f"{ATOM}author/{ATOM}name")] == ["Ada & Bob", "张三"]
    assert [kind.get("term") for kind in one.findall(f"{ATOM}category")] == ["3DGS", "_3D", "虚拟/人"]
    assert [kind.get("label") for kind in one.findall(f"{ATOM}category")][1:] == ["3D", "虚拟/人"]
    assert link(one, "related") == "https://arxiv.org/abs/2412.90001"
    assert one.findtext(f"{ATOM}published") == "2024-12-07T00:00:00Z"
    shown = one.find(f"{ATOM}content")
    assert words(shown) == ("书架 好 N=2 Onetwo three a b We read O(n2) <b>books</b>, 100× faster\\n. 12% more")
    assert [part.get("lang") for part in shown.iter() if part.tag in (f"{XHTML}p", f"{XHTML}li")] == [
        "zh",
        "en",
        "en",
        "en",
        "en",
    ]


@pytest.mark.usefixtures("shelf")
def test_mathematics_is_set_in_titles_abstracts_and_summaries(client):
    (one,) = entries(feed(client, "/papers.atom?tag=_3D"))
    title = one.find(f"{ATOM}title")
    assert (title.get("type"), words(title)) == ("xhtml", "Shelf2 & 论文 <at> $5")
    assert len([part for part in title.iter() if part.tag == f"{MATH}math"]) == 1
    assert len([part for part in one.find(f"{ATOM}content").iter() if part.tag == f"{MATH}math"]) == 3


def test_a_title_without_mathematics_is_plain(client, library):
    library.paper("Shelves & <b>books</b>")
    title = feed(client, "/papers.atom").find(f"{ATOM}entry/{ATOM}title")
    assert title.get("type") == "html"
    assert title.text == "Shelves &amp; &lt;b&gt;books&lt;/b&gt;"


def test_characters_that_no_xml_may_hold_break_no_feed(client, library):
    library.paper("Shelf\x01\x0b\ufffe two", abstract="a\x02b $x\x03$", summary="c\x04d", authors=("E\x05",))
    assert titles(feed(client, "/papers.atom")) == ["Shelf\ufffd\ufffd\ufffd two"]


ATTACKS = [
    "]]><script>alert(1)</script>",
    "</div></content><entry/>",
    "&xxe; <!DOCTYPE x [<!ENTITY xxe SYSTEM 'file:///etc/passwd'>]>",
    "<svg onload=alert(1)>$\\operatorname{<script/>}$",
    '"><a href="javascript:alert(1)">x</a>',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_strangers_text_stays_text(client, library, attack):
    library.digest(
        entry(attack, abstract=attack, summary=attack, key_points=(attack,), authors=(attack,), tags=(attack,), comment=attack),
        topic=attack,
    )  # fmt: skip
    root = feed(client, "/papers.atom")
    assert len(entries(root)) == 1
    assert not {part.tag for part in root.iter()} & {f"{XHTML}{name}" for name in ("script", "svg", "iframe", "img")}
    assert not [part for part in root.iter(f"{XHTML}a") if (part.get("href") or "https:").startswith("javascript")]


@BOTH_STORES
def test_a_feed_that_did_not_change_is_not_sent_again(client, library):
    library.paper("A paper about shelves")
    first = client.get("/papers.atom")
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get("/papers.atom", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    library.paper("Another paper about shelves")
    changed = client.get("/papers.atom", headers=known)
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_a_feed_is_the_same_for_everyone(reader, library):
    paper_id = library.paper()
    signed_in = reader.get("/papers.atom?read=no").text
    reader.post(f"/papers/{paper_id}/bookmark", data={"bookmarked": "true"})
    reader.cookies.clear()
    assert entries(ElementTree.fromstring(signed_in))[0].findtext(f"{ATOM}id")  # noqa: S314
    assert titles(feed(reader, "/papers.atom")) == ["A paper about shelves"]


def test_a_paper_keeps_its_name_when_it_gets_an_id_and_is_listed_again(client, library):
    library.digest(entry("A paper about shelves", authors=("Ada",)), day="2024-12-01")
    (before,) = entries(feed(client, "/papers.atom"))
    library.digest(entry("A paper about shelves", authors=("Ada",), arxiv_id="2412.90001"), day="2024-12-07")
    (after,) = entries(feed(client, "/papers.atom"))
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")
    assert link(after, "alternate").endswith("/papers/2412.90001")


def test_the_newest_come_first_and_older_ones_on_the_next_page(client, library):
    for day in (1, 2):
        library.digest(*(entry(f"Paper {day}.{number}") for number in range(30)), day=f"2024-12-0{day}")
    first = feed(client, "/papers.atom?topic=3DGS")
    assert len(entries(first)) == 50
    assert titles(first)[0].startswith("Paper 2.")
    second = feed(client, link(first, "next").removeprefix("http://testserver"))
    assert (len(entries(second)), link(second, "next")) == (10, None)
    assert not {*titles(first)} & {*titles(second)}
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")


def test_what_a_search_finds_comes_newest_first(client, library):
    library.paper("Shelves shelves shelves", day="2024-12-01", abstract="shelves " * 9)
    library.paper("A paper that names shelves", day="2024-12-07")
    assert titles(feed(client, "/papers.atom?q=shelves"))[0] == "A paper that names shelves"
    assert titles(feed(client, "/papers.atom?q=shelves&sort=relevance"))[0] == "Shelves shelves shelves"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/papers", "/papers.atom"),
        ("/papers?topic=NeRF&sort=oldest&page=2", "/papers.atom?topic=NeRF&sort=oldest"),
        ("/topics/3dgs?tag=_3D", "/topics/3dgs.atom?tag=_3D"),
        ("/tags/3d", "/tags/3d.atom"),
        (f"/authors/{quote('张三')}", f"/authors/{quote('张三')}.atom"),
        ("/2024-12-07", "/2024-12-07.atom"),
        ("/2024-12", "/2024-12.atom"),
        ("/papers/2412.90001", None),
    ],
)
def test_pages_name_their_feed(client, page, address):
    found = parse(client.get(page).text)
    offered = [one["href"] for one in found.all("link", type=TYPE) if one["rel"] == "alternate"]
    assert offered == ["/papers.atom", *([address] if address else [])]
    assert [one["href"] for one in found.all("a", type=TYPE)] == ([address] if address else [])
    for one in offered:
        feed(client, one)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "address",
    [
        "/topics/none.atom",
        "/authors/none.atom",
        "/2024-13.atom",
        "/none.atom",
        "/2024-12-07x.atom",
        "/.atom",
        "/2024-12-01..2024-12-07.atom",
        "/2024-11..2024-12.atom",
    ],
)
def test_a_feed_of_nothing_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_empty_library_has_an_empty_feed(client):
    root = feed(client, "/papers.atom")
    assert (entries(root), root.findtext(f"{ATOM}updated")) == ([], "1970-01-01T00:00:00Z")


def test_the_feed_of_an_author_has_all_spellings_and_one_address(client, library):
    library.digest(entry("One", authors=("José Niño",)), entry("Two", authors=("Jose Nino",)))
    pages = [f"/authors/{quote(slug)}" for slug in ("jose-nino", "jose-nino-2")]
    feeds = {
        client.get(f"{page}.atom?sort=oldest").headers.get("location", f"{page}.atom?sort=oldest") for page in pages
    }
    (address,) = feeds
    assert sorted(titles(feed(client, address))) == ["One", "Two"]


@pytest.mark.usefixtures("shelf")
def test_weeks_and_years_have_feeds_as_they_have_pages(client):
    assert [len(entries(feed(client, address))) for address in ("/2024-W49.atom", "/2024.atom")] == [2, 3]
