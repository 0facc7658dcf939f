"""The interface says the same in each language, and numbers and days as each writes them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.i18n import (
    format_date,
    format_month,
    format_number,
    format_period,
    format_time,
    format_weekday,
    gettext,
    in_language,
    negotiate,
)
from app.periods import Period

DAY = date(2024, 12, 7)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        pytest.param("", "en", id="nothing asked"),
        pytest.param("zh-CN,zh;q=0.9,en;q=0.8", "zh", id="a Chinese browser"),
        pytest.param("en-GB,en;q=0.9,zh;q=0.8", "en", id="an English browser"),
        pytest.param("en;q=0.5,zh-TW;q=0.6", "zh", id="any Chinese, by weight"),
        pytest.param("ZH-Hans-CN", "zh", id="case is no matter"),
        pytest.param("fr,de;q=0.8", "en", id="none of ours"),
        pytest.param("fr,zh;q=0.1", "zh", id="ours before one we have not"),
        pytest.param("zh,en", "zh", id="the first of equals"),
        pytest.param("en,zh", "en", id="the first of equals, the other way"),
        pytest.param("zh;q=0", "en", id="refused"),
        pytest.param("en;q=0,*", "zh", id="anything but English"),
        pytest.param("*", "en", id="anything"),
        pytest.param("zh;q=2,;;,en;q=x", "en", id="nothing that can be read"),
        pytest.param("zhx,chinese", "en", id="tags that only look like it"),
    ],
)
def test_the_browser_is_given_the_language_it_wants_most(accepted, language):
    assert negotiate(accepted) == language


@pytest.mark.parametrize(
    ("how", "english", "chinese"),
    [
        ("full", "Saturday, 7 December 2024", "2024年12月7日 星期六"),
        ("long", "7 December 2024", "2024年12月7日"),
        ("medium", "7 Dec 2024", "2024年12月7日"),
        ("short", "7 Dec", "12月7日"),
    ],
)
def test_a_day_is_written_as_its_reader_writes_it(how, english, chinese):
    with in_language("en"):
        assert format_date(DAY, how) == english
    with in_language("zh"):
        assert format_date(DAY, how) == chinese


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("2024-12-07", "7 December 2024", "2024年12月7日"),
        ("2024-12", "December 2024", "2024年12月"),
        ("2024", "2024", "2024年"),
        ("2024-11..2025-01", "November 2024 to January 2025", "2024年11月至2025年1月"),
        ("9999-11..9999-12", "November 9999 to December 9999", "9999年11月至9999年12月"),
        ("2024-12-07..2024-12-09", "7 Dec 2024 to 9 Dec 2024", "2024年12月7日至2024年12月9日"),
    ],
)
def test_a_period_is_written_as_its_reader_writes_it(written, english, chinese):
    period = Period.parse(written)
    assert period is not None
    with in_language("en"):
        assert format_period(period) == english
    with in_language("zh"):
        assert format_period(period) == chinese


def test_months_weekdays_times_and_numbers():
    instant = datetime(2024, 12, 7, 14, 5, 59, tzinfo=UTC)
    with in_language("en"):
        english = format_month(DAY, "month-short"), format_weekday(DAY), format_time(instant), format_number(12345)
    with in_language("zh"):
        chinese = format_month(DAY, "month-short"), format_weekday(DAY), format_time(instant), format_number(12345)
    assert english == ("Dec", "Saturday", "7 Dec 2024, 14:05 UTC", "12,345")
    assert format_time(instant.astimezone(timezone(timedelta(hours=8)))) == "7 Dec 2024, 14:05 UTC"
    assert chinese == ("12月", "星期六", "2024年12月7日 14:05 UTC", "12,345")


def test_a_language_holds_within_and_not_after():
    with in_language("zh"):
        within = gettext("%(first)s to %(last)s")
    assert within != gettext("%(first)s to %(last)s") == "%(first)s to %(last)s"


def test_what_no_catalogue_has_is_said_as_it_is():
    with in_language("zh"):
        assert gettext("no such message") == "no such message"
    with in_language("tlh"):
        assert gettext("%(first)s to %(last)s") == "%(first)s to %(last)s"
