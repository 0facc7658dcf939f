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
        pytest.param("2024-W49", "2024-12-02", "2024-12-08", id="a week"),
        pytest.param("2024-w49", "2024-12-02", "2024-12-08", id="a week in lower case"),
        pytest.param("2025-W01", "2024-12-30", "2025-01-05", id="a week that begins in the year before"),
        pytest.param("2020-W53", "2020-12-28", "2021-01-03", id="the week that only long years have"),
        pytest.param("2024-W49..2024-W50", "2024-12-02", "2024-12-15", id="weeks"),
        pytest.param("2024-W49..2024", "2024-01-01", "2024-12-31", id="a week within a year"),
        pytest.param("0001-W01", "0001-01-01", "0001-01-07", id="the first week of all"),
        pytest.param("9999-W52", "9999-12-27", "9999-12-31", id="the last week ends with the calendar"),
        pytest.param("0001..9999", "0001-01-01", "9999-12-31", id="all of time"),
    ],
)
def test_a_period_is_read_with_both_its_ends(text, first, last):
    assert Period.parse(text) == period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-W00", "2024-W53", "2024-W60", "2024-W9", "0000-W01", "9999-W53", "2024W49", "2024-W49-1", "W49"),
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
        ("2024-12-02", "2024-12-08", "2024-W49"),
        ("2024-12-30", "2025-01-05", "2025-W01"),
        ("0001-01-01", "0001-01-07", "0001-W01"),
        ("9999-12-27", "9999-12-31", "9999-W52"),
        ("2024-12-02", "2024-12-15", "2024-12-02..2024-12-15"),
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
