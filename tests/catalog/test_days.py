from datetime import date

import pytest

from app import catalog
from app.catalog import PaperFilter, Period
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


@pytest.mark.parametrize(
    ("period", "before", "after"),
    [
        pytest.param("2024-12-07", ("2024-12-05", 1), ("2024-12-09", 1), id="day"),
        pytest.param("2024-12-06", ("2024-12-05", 0), ("2024-12-09", 2), id="the next day but one"),
        pytest.param("2024-11-30", ("2023-06-01", 547), ("2024-12-05", 4), id="across a leap year"),
        pytest.param("2024-W49", ("2024-W48", 0), ("2024-W50", 0), id="week"),
        pytest.param("2024-W48", ("2023-W22", 77), ("2024-W49", 0), id="weeks of two years"),
        pytest.param("2024-12", ("2024-11", 0), None, id="month"),
        pytest.param("2024-11", ("2023-06", 16), ("2024-12", 0), id="months of two years"),
        pytest.param("2024", ("2023", 0), None, id="year"),
        pytest.param("2021", None, ("2023", 1), id="year before all"),
    ],
)
def test_neighbours_are_of_the_same_length_skip_what_is_empty_and_say_how_much(
    database, library, period, before, after
):
    for day in ("2023-06-01", "2024-11-30", "2024-12-05", "2024-12-09"):
        library.digest(day=day)
    with database.read() as session:
        found = catalog.neighbours(session, Period.parse(period))
    assert [one and (str(one.period), one.skipped) for one in (found.before, found.after)] == [before, after]


def test_a_digest_of_several_days_is_listed_under_the_last(database, library):
    library.digest(first_day=date(2024, 12, 5), last_day=date(2024, 12, 7))
    with database.read() as session:
        assert catalog.newest_day(session) == date(2024, 12, 7)
        assert len(catalog.parts_of_day(session, date(2024, 12, 7))) == 1
        assert catalog.parts_of_day(session, date(2024, 12, 5)) == []


def test_a_day_has_a_part_for_each_topic_and_for_each_digest_without_one(database, library):
    library.digest(entry("One", arxiv_id="2412.90001"), topic="NeRF")
    library.digest(
        entry("Two", arxiv_id="2412.90002"), entry("Three"), entry("Two", arxiv_id="2412.90002"), topic="3DGS"
    )
    library.digest(entry("Four"), topic=None, title="A note")
    library.digest(entry("One", arxiv_id="2412.90001"), entry("Five"), topic="NeRF")
    library.digest(topic="Empty")
    library.digest(entry("Beside"), topic="3DGS", day="2024-12-08")
    with database.read() as session:
        parts = catalog.parts_of_day(session, date(2024, 12, 7))
        told = [(part.name, part.topic, part.papers, part.place) for part in parts]
    assert told == [("NeRF", "NeRF", 2, 0), ("3DGS", "3DGS", 2, 1), ("A note", None, 1, 3), ("Empty", "Empty", 0, 0)]


def test_a_part_begins_with_the_first_paper_that_no_earlier_one_lists(database, library, index):
    library.digest(entry("Shared", arxiv_id="2412.90001"), topic="3DGS")
    library.digest(entry("Shared", arxiv_id="2412.90001"), entry("Own"), topic="NeRF")
    library.digest(entry("Shared", arxiv_id="2412.90001"), topic="GAN")
    with database.read() as session:
        _, second, third = catalog.parts_of_day(session, date(2024, 12, 7))
        listed = catalog.browse(session, index, PaperFilter(period=Period.parse("2024-12-07"))).cards
        assert (second.place, second.paper_id) == (1, listed[1].paper.id)
        assert (third.papers, third.paper_id) == (1, None)


def test_a_paper_in_two_topics_of_a_day_counts_once(database, library):
    library.digest(entry("In both", arxiv_id="2412.90001"), topic="3DGS")
    library.digest(entry("In both", arxiv_id="2412.90001"), entry("In one"), topic="NeRF")
    library.digest(topic="NeRF", day="2024-12-05")
    with database.read() as session:
        counted = catalog.papers_by_day(session, Period.parse("2024-12"))
    assert list(counted.items()) == [(date(2024, 12, 7), 2), (date(2024, 12, 5), 0)]
