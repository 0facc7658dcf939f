"""Mathematics in pages."""

import pytest

from tests.conftest import entry
from tests.web.html import parse

TITLE = r"Shelf$^2$: $\alpha$ books for $5 and \$6"
SET = "Shelf2: α books for $5 and $6"


@pytest.fixture
def shelf(library):
    library.digest(
        entry(
            TITLE,
            arxiv_id="2412.90001",
            abstract=r"We read $O(n^2)$ books, 100$\times$ faster. A <b> for $x<y$.",
            summary="书架$N=2$倍",
            key_points=("Point **one** is $k$NN",),
            analysis="## Methods\n\nIt works for $x_1$.",
            comment=r"$12$ pages",
        )
    )
    return library


def text_of(element):
    return element.text.replace("\u2060", "")


@pytest.mark.usefixtures("shelf")
def test_the_page_of_a_paper_sets_its_mathematics(client):
    found = parse(client.get("/papers/2412.90001").text)
    assert text_of(found.one("h1")) == SET
    assert len(found.one("h1").all("math")) == 2
    abstract = found.one("p", class_="abstract")
    assert text_of(abstract) == "We read O(n2) books, 100× faster. A <b> for x<y."
    assert len(abstract.all("math")) == 3
    assert [point.text.replace("\u2060", "") for point in found.one("ul", class_="key-points").all("li")] == [
        "Point one is kNN"
    ]


@pytest.mark.usefixtures("shelf")
def test_the_name_of_a_page_keeps_the_source(client):
    assert TITLE in parse(client.get("/papers/2412.90001").text).one("title").text


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "address", ["/", "/papers", "/2024-12-07", "/2024-12", "/topics/3dgs", "/digests/1", "/digests/1/source"]
)
def test_every_page_with_its_title_sets_it(client, address):
    found = parse(client.get(address).text)
    headings = [heading for heading in found.all("h2") if heading.all("math")]
    assert [text_of(heading).partition(" 1")[0].strip()[: len(SET)] for heading in headings] == [SET]


@pytest.mark.usefixtures("shelf")
def test_a_search_marks_words_beside_mathematics_and_formulas_whole(client):
    heading = parse(client.get("/papers?q=alpha+books").text).one("article", class_="card").one("h2")
    assert text_of(heading) == SET
    assert [text_of(mark) for mark in heading.all("mark")] == ["α", "books"]
