from datetime import UTC, datetime, timedelta

import pytest

from app import bookmarks
from app.errors import NotFoundError
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES
NOON = datetime(2024, 12, 7, 12, tzinfo=UTC)


@pytest.fixture
def keep(database):
    def say(user, paper_id, wanted=True, minutes=0):
        with database.write() as session:
            bookmarks.set_bookmarked(session, user, paper_id, wanted, NOON + timedelta(minutes=minutes))

    return say


@pytest.fixture
def kept(database):
    def page(user, number=1, size=10):
        with database.read() as session:
            return bookmarks.bookmarked_page(session, user, number, size)

    return page


def test_keeping_a_paper_twice_keeps_it_once(library, keep, kept):
    user, paper_id = library.user(), library.paper()
    keep(user, paper_id)
    keep(user, paper_id)
    assert kept(user) == ([paper_id], 1)


def test_keeping_again_what_is_kept_does_not_move_it(library, keep, kept):
    user, first, second = library.user(), library.paper("First paper"), library.paper("Second paper")
    for minutes, paper_id in enumerate((first, second, first)):
        keep(user, paper_id, minutes=minutes)
    assert kept(user) == ([second, first], 2)


def test_letting_a_paper_go_twice_does_no_harm(library, keep, kept):
    user, paper_id = library.user(), library.paper()
    keep(user, paper_id)
    keep(user, paper_id, wanted=False)
    keep(user, paper_id, wanted=False)
    assert kept(user) == ([], 0)


def test_what_one_user_keeps_is_not_anothers(library, keep, kept):
    ada, bob, paper_id = library.user("Ada"), library.user("Bob"), library.paper()
    keep(ada, paper_id)
    keep(bob, paper_id, wanted=False)
    assert (kept(ada), kept(bob)) == (([paper_id], 1), ([], 0))


@pytest.mark.parametrize("wanted", [True, False], ids=["keep", "let go"])
def test_a_paper_that_is_not_there_cannot_be_kept(library, keep, wanted):
    user = library.user()
    with pytest.raises(NotFoundError):
        keep(user, 999, wanted)


def test_the_one_kept_last_comes_first_and_pages_hold_each_once(library, keep, kept):
    user = library.user()
    library.digest(*(entry(f"Paper number {number}") for number in range(5)))
    for paper_id in (3, 1, 5, 2, 4):
        keep(user, paper_id, minutes=paper_id // 4)  # some at the same moment
    assert [kept(user, number, 2) for number in (1, 2, 3, 4)] == [([5, 4], 5), ([3, 2], 5), ([1], 5), ([], 5)]


def test_of_some_papers_those_kept_are_told_at_once(library, database, keep):
    ada, bob = library.user("Ada"), library.user("Bob")
    first, second = library.paper("First paper"), library.paper("Second paper")
    keep(ada, first)
    keep(bob, second)
    with database.read() as session:
        assert bookmarks.bookmarked_ids(session, ada, [first, second, 999]) == {first}
        assert bookmarks.bookmarked_ids(session, ada, []) == set()
