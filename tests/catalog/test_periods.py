from datetime import date

import pytest

from app.catalog import Period
from app.periods import days_between


def period(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2024-12-07", "2024-12-07", "2024-12-07", id="a day"),
        pytest.param("2024-12", "2024-12-01", "2024-12-31", id="a month"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="a leap month"),
        pytest.param("2024", "2024-01-01", "2024-12-31", id="a year"),
        pytest.param("2024-11..2025-02", "2024-11-01", "2025-02-28", id="months"),
        pytest.param("2024-12-06..2024-12", "2024-12-01", "2024-12-31", id="a day within a month"),
        pytest.param("2024-12-07..2024-12-05", "2024-12-05", "2024-12-07", id="ends swapped"),
        pytest.param(" 2024-12-05 .. 2024-12-07 ", "2024-12-05", "2024-12-07", id="blanks"),
        pytest.param("0001..9999", "0001-01-01", "9999-12-31", id="all of time"),
    ],
)
def test_a_period_is_read_with_both_its_ends(text, first, last):
    assert Period.parse(text) == period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "2024..", "..2024", "2024..2025..2026", "2024-13", "2023-02-29", "0000", "2024-00", "2024-12-00"),
        *(
            "24-12-07",
            "2024-1-1",
            "2024/12/07",
            "２０２４",
            "٢٠٢٤-١٢",
            "today",
            "2024-12-07T00:00",
            "2024\n-12",
            "-2024",
        ),
    ],
)
def test_what_is_no_period_is_none(text):
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2024-12-07", "2024-12-07", "2024-12-07"),
        ("2024-12-01", "2024-12-31", "2024-12"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-12-01", "2024-12-30", "2024-12-01..2024-12-30"),
        ("2023-01-01", "2024-12-31", "2023-01-01..2024-12-31"),
        ("0001-01-01", "9999-12-31", "0001-01-01..9999-12-31"),
    ],
)
def test_a_period_is_written_shortly_and_read_back(first, last, written):
    assert str(period(first, last)) == written
    assert Period.parse(written) == period(first, last)


def test_the_days_between_include_both_ends():
    assert days_between(date(2024, 2, 28), date(2024, 3, 1)) == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
