from urllib.parse import parse_qs

import pytest

from app.catalog import EXCLUSIONS, PARAMETERS, PaperFilter, Period, Sort
from app.web.params import MAX_PAGE, MAX_QUERY, read_filter

DECEMBER = Period.parse("2024-12")


def read_back(query):
    """The filter that a browser would get by following the query string."""
    given = parse_qs(query.removeprefix("?"), keep_blank_values=True, strict_parsing=bool(query))
    several = {*PARAMETERS.values(), *EXCLUSIONS.values(), "has"}
    return read_filter(**{name: values if name in several else values[-1] for name, values in given.items()})


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(PaperFilter(), id="nothing"),
        pytest.param(PaperFilter(q="高斯 splatting & c++ 100% #1"), id="words"),
        pytest.param(PaperFilter(topics=("3DGS", "a&b=c", "元宇宙/虚拟人")), id="topics"),
        pytest.param(PaperFilter(tags=("#c", "50%", "_3D")), id="tags"),
        pytest.param(PaperFilter(authors=("Matthias Nießner", "O'Brien, P.")), id="authors"),
        pytest.param(PaperFilter(period=DECEMBER), id="a month"),
        pytest.param(PaperFilter(period=Period.parse("2024-12-05..2025-01-02")), id="days"),
        pytest.param(PaperFilter(has_figures=True), id="figures"),
        *(pytest.param(PaperFilter(q="x", sort=sort), id=sort.value) for sort in Sort),
        pytest.param(PaperFilter(not_tags=("a", "b"), not_authors=("Ada",)), id="what is excluded"),
        pytest.param(PaperFilter(size=100), id="a page size"),
        pytest.param(PaperFilter(page=7), id="a page"),
        pytest.param(
            PaperFilter(
                *("x", ("3DGS",), ("a", "b"), ("Ada",), ("CVPR 2024",), ("clean",)),
                *(("NeRF",), ("c", "d"), ("Bob",), ("ECCV 2024",), ("empty-summary",), DECEMBER),
                has_code=True,
                has_figures=True,
                read=True,
                is_literal=True,
                sort=Sort.OLDEST,
                size=50,
                page=3,
            ),
            id="all at once",
        ),
    ],
)
def test_a_filter_and_its_query_string_say_the_same(wanted):
    assert read_back(wanted.query()) == wanted


def test_nothing_asked_is_no_query_string():
    assert PaperFilter().query() == ""


def test_the_same_choice_has_one_address_whatever_was_chosen_first():
    one = PaperFilter().adding("tags", "b").adding("topics", "T").adding("tags", "a")
    other = PaperFilter().adding("tags", "a").adding("tags", "b").adding("topics", "T")
    assert one.query() == other.query() == "?topic=T&tag=a&tag=b"


def test_defaults_are_not_written():
    assert PaperFilter(q="x", period=DECEMBER, page=1, has_figures=False).query() == "?q=x&date=2024-12"


def test_a_new_choice_starts_at_the_first_page():
    assert PaperFilter(page=4).adding("tags", "a").page == 1
    assert PaperFilter(page=4).but(q="x").page == 1
    assert PaperFilter(tags=("a",), page=4).without("tags", "a") == PaperFilter()


def test_choosing_a_value_twice_chooses_it_once():
    assert PaperFilter().adding("tags", "a").adding("tags", "a").tags == ("a",)


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (PaperFilter(), Sort.NEWEST),
        (PaperFilter(sort=Sort.RELEVANCE), Sort.NEWEST),
        (PaperFilter(sort=Sort.OLDEST), Sort.OLDEST),
        (PaperFilter(q="x"), Sort.RELEVANCE),
        (PaperFilter(q="x", sort=Sort.NEWEST), Sort.NEWEST),
        (PaperFilter(sort=Sort.TITLE), Sort.TITLE),
        (PaperFilter(q="x", sort=Sort.TITLE), Sort.RELEVANCE),
        (PaperFilter(has_code=True, sort=Sort.TITLE), Sort.NEWEST),
    ],
)
def test_best_first_is_for_words_and_newest_first_for_all_else(wanted, order):
    assert wanted.order is order


@pytest.mark.parametrize(
    ("given", "read"),
    [
        pytest.param({"page": "ten"}, PaperFilter(), id="a page in words"),
        pytest.param({"page": "-1"}, PaperFilter(), id="a page below the first"),
        pytest.param({"page": "0"}, PaperFilter(), id="page zero"),
        pytest.param({"page": ""}, PaperFilter(), id="no page"),
        pytest.param({"page": "٣"}, PaperFilter(), id="other digits"),
        pytest.param({"page": "9999999"}, PaperFilter(page=MAX_PAGE), id="a page too far"),
        pytest.param({"page": "9" * 5000}, PaperFilter(page=MAX_PAGE), id="a page beyond numbers"),
        pytest.param({"size": "26"}, PaperFilter(), id="a page size that is not offered"),
        pytest.param({"sort": "best"}, PaperFilter(), id="an unknown order"),
        pytest.param({"date": "2024-02-31"}, PaperFilter(), id="an impossible date"),
        pytest.param({"has": "wings"}, PaperFilter(), id="something else"),
        pytest.param({"q": " \t\u3000"}, PaperFilter(), id="blank words"),
        pytest.param({"q": "x" * 60_000}, PaperFilter(q="x" * MAX_QUERY), id="endless words"),
        pytest.param({"topic": ["", "NeRF", "NeRF"]}, PaperFilter(topics=("NeRF",)), id="empty and double values"),
    ],
)
def test_what_cannot_be_read_is_not_asked(given, read):
    assert read_filter(**given) == read
