from urllib.parse import quote, unquote

import pytest

from tests.conftest import entry
from tests.web.html import parse


@pytest.fixture(autouse=True)
def _shelf(library):
    library.digest(entry("One", authors=("Matthias Nießner",), tags=("_3D", "虚拟/人")), topic="元宇宙/虚拟人")
    library.digest(entry("Two", authors=("张三", "Matthias Nießner"), tags=("C++",)), topic="3DGS")


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.text)


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
    rows = found.one("ul", class_="names").all("li")
    assert rows
    for row in rows:
        link = row.all("a")[0]
        assert len(titles(page(client, link["href"]))) == int(row.one(class_="count").text)


def test_the_topic_of_the_address_is_not_repeated_in_what_can_be_chosen(client):
    found = page(client, "/topics/3dgs?tag=C%2B%2B")
    assert found.one("ul", class_="chips").links() == {"tag C++ ×": "/topics/3dgs"}
    assert [unquote(link) for link in found.one("ul", class_="sorts").links().values()] == [
        "/topics/3dgs?tag=C++&sort=oldest"
    ]


@pytest.mark.parametrize("kind", ["topics", "tags", "authors"])
@pytest.mark.parametrize("key", ["nobody", "", "a/b/c", "%2e%2e/papers", "3dgs/"])
def test_a_name_that_nobody_has_is_no_page(client, kind, key):
    assert client.get(f"/{kind}/{key}").status_code == 404
