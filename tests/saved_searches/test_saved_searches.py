import pytest
from sqlalchemy import select

from app import digests, saved_searches
from app.errors import InvalidInputError, NotFoundError
from app.models import Entry
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES


@pytest.fixture
def save(database):
    def say(user, query, name="A name"):
        with database.write() as session:
            return saved_searches.save(session, user, query, name).id

    return say


def kept(database, user):
    with database.read() as session:
        return [(one.name, one.query) for one in saved_searches.list_saved(session, user)]


def unseen(database, user):
    with database.read() as session:
        return [one.name for one in saved_searches.unseen(session, user).searches]


def newest(database, user):
    with database.read() as session:
        return saved_searches.unseen(session, user).newest


def test_saving_a_search_twice_keeps_it_once_under_its_first_name(library, database, save):
    user = library.user()
    assert save(user, "?q=a", "First") == save(user, "?q=a", "Second")
    assert kept(database, user) == [("First", "?q=a")]


def test_searches_come_by_name(library, database, save):
    user = library.user()
    for name in ("b", "C", "a"):
        save(user, f"?q={name}", name)
    assert [name for name, _ in kept(database, user)] == ["a", "b", "C"]


def test_each_user_has_searches_of_their_own(library, database, save):
    ada, bob = library.user("Ada"), library.user("Bob")
    number = save(ada, "?q=a")
    assert save(bob, "?q=a") != number
    with database.write() as session:
        saved_searches.remove(session, bob, number)
        with pytest.raises(NotFoundError):
            saved_searches.rename(session, bob, number, "Bob's")
    assert kept(database, ada) == [("A name", "?q=a")]


def test_what_comes_in_later_is_unseen_until_it_was_looked_at(library, database, save):
    user = library.user()
    library.paper("One")
    number = save(user, "?q=a", "Mine")
    other = save(user, "?q=b", "Other")
    assert unseen(database, user) == []
    library.paper("Two")
    assert unseen(database, user) == ["Mine", "Other"]
    seen = newest(database, user)
    library.paper("Three")  # after the page was made
    with database.write() as session:
        saved_searches.mark_seen(session, user, seen, [number])
    assert unseen(database, user) == ["Mine", "Other"]
    with database.write() as session:
        saved_searches.mark_seen(session, user, newest(database, user), [number])
    assert unseen(database, user) == ["Other"]
    with database.write() as session:
        saved_searches.mark_seen(session, user, newest(database, user), [number, other])
    assert unseen(database, user) == []


def test_nothing_is_seen_before_it_is_there_and_nothing_becomes_new_again(library, database, save):
    user = library.user()
    library.paper("One")
    number = save(user, "?q=a")
    with database.write() as session:
        saved_searches.mark_seen(session, user, 10**9, [number])
        saved_searches.mark_seen(session, user, 0, [number])
    assert unseen(database, user) == []
    library.paper("Two")
    assert unseen(database, user) == ["A name"]


def test_nobody_says_for_others_what_they_have_seen(library, database, save):
    ada, bob = library.user("Ada"), library.user("Bob")
    number = save(ada, "?q=a")
    library.paper("One")
    with database.write() as session:
        saved_searches.mark_seen(session, bob, newest(database, bob), [number])
    assert unseen(database, ada) == ["A name"]


def test_what_the_index_has_not_taken_in_is_not_seen_yet(library, database, save):
    user = library.user()
    first = library.paper("One")
    save(user, "?q=a")
    library.digest(entry("Two"), is_indexed=False)
    library.digest(entry("Three"), is_indexed=False)
    assert (unseen(database, user), newest(database, user)) == (["A name"], first)


def test_a_number_that_is_given_again_is_of_a_new_paper(library, database, save):
    user = library.user()
    library.digest(entry("One", arxiv_id="2412.90001"))
    library.digest(entry("One", arxiv_id="2412.90001"), topic="NeRF")
    with database.write() as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        decision = digests.split(session, [last], None, None)
    save(user, "?q=a")
    with database.write() as session:
        digests.undo(session, session.merge(decision))
    library.paper("Two")
    assert unseen(database, user) == ["A name"]


def test_a_name_is_one_line_and_not_empty(library, database, save):
    user = library.user()
    number = save(user, "?q=a", " two\nlines " + "x" * 200)
    assert kept(database, user)[0][0] == ("two lines " + "x" * 200)[: saved_searches.LONGEST_NAME]
    with pytest.raises(InvalidInputError), database.write() as session:
        saved_searches.rename(session, user, number, " \n\0")
    with database.write() as session:
        saved_searches.rename(session, user, number, "高斯")
    assert kept(database, user) == [("高斯", "?q=a")]


def test_there_may_be_so_many_and_no_more(library, database, save):
    user = library.user()
    for number in range(saved_searches.MOST):
        save(user, f"?q={number}")
    with pytest.raises(InvalidInputError, match="50"):
        save(user, "?q=another")
    assert save(user, "?q=0")  # it is there
    assert len(kept(database, user)) == saved_searches.MOST


def test_long_chinese_queries_are_kept_whole_and_longer_ones_refused(library, database, save):
    user = library.user()
    long = "?q=" + "高" * (saved_searches.LONGEST_QUERY - 3)
    save(user, long)
    assert kept(database, user) == [("A name", long)]
    with pytest.raises(InvalidInputError, match="4000"):
        save(user, long + "斯")


@pytest.mark.parametrize("number", [0, 10**9, 2**63, 10**30])
def test_a_number_that_no_search_has_is_none(library, database, number):
    user = library.user()
    with database.write() as session:
        saved_searches.remove(session, user, number)
        with pytest.raises(NotFoundError):
            saved_searches.rename(session, user, number, "Mine")
