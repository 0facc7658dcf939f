from datetime import date

import pytest

from app import catalog
from app.catalog import Period


def test_the_weeks_of_a_month_have_its_days_only():
    weeks = catalog.weeks_of(Period.parse("2024-12"))
    assert [str(week.period) for week in weeks] == [*(f"2024-W{number}" for number in range(48, 53)), "2025-W01"]
    assert weeks[0].days == [None] * 6 + [date(2024, 12, 1)]
    assert [day.day for week in weeks for day in week.days if day] == list(range(1, 32))


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_the_months_at_the_ends_of_time_have_weeks_too(month):
    period = Period.parse(month)
    days = [day for week in catalog.weeks_of(period) for day in week.days if day]
    assert (days[0], days[-1]) == (period.first, period.last)
