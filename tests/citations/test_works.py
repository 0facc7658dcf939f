import pytest

from app.citations import Work
from app.citations.keys import citation_keys


@pytest.mark.parametrize(
    ("arxiv_id", "submitted", "primary_class"),
    [
        ("2412.04471", (2024, 12), ""),
        ("0704.0001", (2007, 4), ""),
        ("cs/0501001", (2005, 1), "cs"),
        ("math.GT/0309136", (2003, 9), "math.GT"),
        ("hep-th/9711200", (1997, 11), "hep-th"),
        ("2413.00001", None, ""),
        ("", None, ""),
    ],
)
def test_an_arxiv_id_tells_the_month(arxiv_id: str, submitted: tuple[int, int] | None, primary_class: str) -> None:
    work = Work("A title", arxiv_id=arxiv_id)
    assert (work.submitted, work.primary_class) == (submitted, primary_class)


def test_a_paper_is_found_at_the_first_address_known() -> None:
    both = Work("A title", arxiv_id="2412.04471", doi="10.1/x", link="https://a.org")
    assert (both.url, both.pdf) == ("https://arxiv.org/abs/2412.04471", "https://arxiv.org/pdf/2412.04471")
    assert Work("A title", doi="10.1/x", link="https://a.org").url == "https://doi.org/10.1/x"
    assert Work("A title", link="https://a.org").url == "https://a.org"
    assert (Work("A title").url, Work("A title").pdf) == ("", "")


def work(title: str, *authors: str, arxiv_id: str = "2412.04471") -> Work:
    return Work(title, authors, arxiv_id=arxiv_id)


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        (work("On the Shape of Title Pages", "Wei Wang"), "wang2024shape"),
        (work("NeRF-VPT: views", "Joost van de Weijer"), "weijer2024nerf"),
        (work("Straße und Häuser", "Jürgen Groß"), "gross2024strasse"),
        (work("三维重建", "王小明"), "2024"),
        (work("三维重建 with NeRF", "王小明"), "2024nerf"),
        (work("三维重建", "王小明", arxiv_id=""), "paper"),
        (work("A tale", arxiv_id=""), "tale"),
    ],
)
def test_a_key_is_made_of_author_year_and_title(cited: Work, key: str) -> None:
    assert citation_keys([cited]) == [key]


def test_no_key_is_given_twice() -> None:
    same = work("Title", "Wei Wang")
    assert citation_keys([same, same, work("Title 2", "Wei Wang"), same]) == [
        "wang2024title",
        "wang2024title-2",
        "wang2024title-3",
        "wang2024title-4",
    ]
