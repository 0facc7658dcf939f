import pytest
from sqlalchemy import select

from app import digests, readings
from app.catalog import PaperFilter, Period
from app.catalog.matching import matching_papers
from app.errors import NotFoundError
from app.models import Entry, Paper
from app.readings import Progress
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES


@pytest.fixture
def read(database):
    def say(user, paper_id, wanted=True):
        with database.write() as session:
            readings.set_read(session, user, paper_id, wanted)

    return say


@pytest.fixture
def known(database):
    def of(user, *paper_ids):
        with database.read() as session:
            return readings.read_ids(session, user, paper_ids)

    return of


def test_saying_it_twice_is_saying_it_once(library, read, known):
    user, first, second = library.user(), library.paper("First paper"), library.paper("Second paper")
    for _ in range(2):
        read(user, first)
    assert known(user, first, second) == {first}
    for _ in range(2):
        read(user, first, wanted=False)
    assert known(user, first, second) == set()


def test_what_one_user_has_read_another_has_not(library, read, known):
    ada, bob, paper_id = library.user("Ada"), library.user("Bob"), library.paper()
    read(ada, paper_id)
    read(bob, paper_id, wanted=False)
    assert (known(ada, paper_id, 999), known(bob, paper_id), known(ada)) == ({paper_id}, set(), set())


@pytest.mark.parametrize("number", [999, 10**30])
def test_a_paper_that_is_not_there_cannot_be_read(library, read, number):
    user = library.user()
    with pytest.raises(NotFoundError):
        read(user, number)


def test_progress_counts_the_papers_of_a_day_and_no_other(library, database, read):
    ada, bob = library.user("Ada"), library.user("Bob")
    library.digest(*(entry(f"Paper number {number}") for number in range(4)))
    elsewhere = library.paper("Elsewhere", day="2024-12-06")
    for user, paper_id in ((ada, 1), (ada, 3), (ada, elsewhere), (bob, 2)):
        read(user, paper_id)
    of_day = matching_papers(PaperFilter(period=Period.parse("2024-12-07")))
    with database.read() as session:
        found = readings.progress_in(session, ada, of_day)
    assert (found, found.unread) == (Progress(2, 4), 2)


def test_who_read_one_of_two_papers_has_read_what_they_are_merged_into_until_that_is_undone(
    library, database, read, known
):
    ada, bob, cleo = (library.user(name) for name in ("Ada", "Bob", "Cleo"))
    keep, other = library.paper("A paper about shelves"), library.paper("A paper on shelves")
    for user, paper_id in ((ada, other), (bob, keep), (bob, other)):
        read(user, paper_id)
    with database.write() as session:
        digests.merge(session, session.get_one(Paper, keep), session.get_one(Paper, other))
    assert [known(user, keep, other) for user in (ada, bob, cleo)] == [{keep}, {keep}, set()]
    with database.write() as session:
        digests.undo(session, digests.find_decision(session))
    assert [known(user, keep, other) for user in (ada, bob, cleo)] == [{other}, {keep, other}, set()]


def test_who_read_a_paper_that_was_split_off_has_read_the_one_it_goes_back_to(library, database, read, known):
    ada, paper_id = library.user(), library.paper("A paper about shelves", topic="3DGS")
    library.paper("A paper about shelves", topic="NeRF")
    with database.write() as session:
        (entry_of_nerf,) = session.scalars(select(Entry).filter_by(digest_id=2))
        new = digests.split(session, [entry_of_nerf]).other_id
    read(ada, new)
    with database.write() as session:
        digests.undo(session, digests.find_decision(session))
    assert known(ada, paper_id, new) == {paper_id}
