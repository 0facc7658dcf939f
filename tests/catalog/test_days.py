from datetime import date

from app import catalog
from app.catalog import Neighbours, Period
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES


def test_an_empty_library_has_no_newest_day(database):
    with database.read() as session:
        assert catalog.newest_day(session) is None


def test_the_newest_day_is_that_of_the_last_digest_not_of_the_last_import(database, library):
    library.digest(day="2024-12-07")
    library.digest(day="2023-01-01")
    with database.read() as session:
        assert catalog.newest_day(session) == date(2024, 12, 7)


def test_neighbours_skip_days_without_a_digest(database, library):
    for day in ("2024-11-30", "2024-12-05", "2024-12-09"):
        library.digest(day=day)
    with database.read() as session:
        assert catalog.neighbours(session, Period.parse("2024-12-07")) == Neighbours(
            date(2024, 12, 5), date(2024, 12, 9)
        )
        assert catalog.neighbours(session, Period.parse("2024-12")) == Neighbours(date(2024, 11, 30), None)
        assert catalog.neighbours(session, Period.parse("2024-11-30")) == Neighbours(None, date(2024, 12, 5))


def test_a_digest_of_several_days_is_listed_under_the_last(database, library):
    library.digest(first_day=date(2024, 12, 5), last_day=date(2024, 12, 7))
    with database.read() as session:
        assert catalog.newest_day(session) == date(2024, 12, 7)
        assert len(catalog.digests_in(session, Period.parse("2024-12-07"))) == 1
        assert catalog.digests_in(session, Period.parse("2024-12-05")) == []


def test_the_digests_of_a_period_come_by_day_and_topic_with_their_entries_counted(database, library):
    library.digest(entry("One"), topic="NeRF", day="2024-12-06")
    library.digest(topic="NeRF")
    library.digest(entry("Two"), entry("Three"), entry("Two"), topic="3DGS")
    library.digest(entry("Beside"), topic="3DGS", day="2025-01-01")
    with database.read() as session:
        found = catalog.digests_in(session, Period.parse("2024-12"))
        told = [(str(one.digest.day), one.digest.topic.name, one.entries) for one in found]
    assert told == [("2024-12-07", "3DGS", 3), ("2024-12-07", "NeRF", 0), ("2024-12-06", "NeRF", 1)]


def test_a_paper_in_two_topics_of_a_day_counts_once(database, library):
    library.digest(entry("In both", arxiv_id="2412.90001"), topic="3DGS")
    library.digest(entry("In both", arxiv_id="2412.90001"), entry("In one"), topic="NeRF")
    library.digest(topic="NeRF", day="2024-12-05")
    with database.read() as session:
        counted = catalog.papers_by_day(session, Period.parse("2024-12"))
    assert list(counted.items()) == [(date(2024, 12, 7), 2), (date(2024, 12, 5), 0)]
