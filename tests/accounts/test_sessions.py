from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from app import accounts
from app.models import LoginSession, User
from tests.conftest import BOTH_STORES

pytestmark = BOTH_STORES
NOON = datetime(2024, 12, 7, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def signed_in(library, database):
    """The token of a session of one day, opened at noon."""
    user = library.user()
    with database.write() as session:
        return accounts.open_session(session, user, DAY, NOON)


def holder(database, token, now=NOON):
    with database.read() as session:
        user = accounts.find_user(session, token, now)
        return user.name if user else None


def test_a_token_tells_who_is_signed_in(database, signed_in):
    assert holder(database, signed_in) == "Ada"


def test_a_token_has_256_bits_and_no_two_are_alike(database, library):
    user = library.user()
    with database.write() as session:
        tokens = {accounts.open_session(session, user, DAY) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43


def test_the_store_holds_nothing_that_would_open_a_session(database, signed_in):
    with database.read() as session:
        row = session.execute(select(LoginSession.__table__)).one()
    assert signed_in not in str(row)
    assert holder(database, row.token_hash) is None


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "é" * 10_000, "' OR 1=1 --"])
@pytest.mark.usefixtures("signed_in")
def test_any_other_token_opens_nothing(database, token):
    assert holder(database, token) is None


def test_a_session_ends_when_its_time_is_over(database, signed_in):
    assert holder(database, signed_in, NOON + DAY - timedelta(seconds=1)) == "Ada"
    assert holder(database, signed_in, NOON + DAY) is None


def test_a_closed_session_is_closed_for_every_copy_of_its_token_and_for_no_other(database, library, signed_in):
    with database.write() as session:
        other = accounts.open_session(session, session.scalars(select(User)).one(), DAY, NOON)
        accounts.close_session(session, signed_in)
        accounts.close_session(session, signed_in)
    assert (holder(database, signed_in), holder(database, other)) == (None, "Ada")


def test_sessions_that_are_over_are_cleared_away_at_the_next_sign_in(database, signed_in):
    with database.write() as session:
        accounts.open_session(session, session.scalars(select(User)).one(), DAY, NOON + 2 * DAY)
    with database.read() as session:
        assert session.scalars(select(LoginSession.created_at)).all() == [NOON + 2 * DAY]


def test_with_the_user_go_the_sessions(database, signed_in):
    with database.write() as session:
        session.execute(delete(User))
    with database.read() as session:
        assert session.scalars(select(LoginSession)).all() == []
