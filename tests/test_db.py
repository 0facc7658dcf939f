from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError

from app.db import Base, Database, insert_if_absent
from app.models import Bookmark, Source, Topic, User
from tests.conftest import BOTH_STORES

NOON = datetime(2024, 12, 7, 12, tzinfo=UTC)


def topics(database):
    with database.read() as session:
        return session.scalars(select(Topic.name)).all()


def user_of(name, created_at):
    return User(name=name, name_key=name, password_hash="", created_at=created_at)


@BOTH_STORES
def test_an_instant_comes_back_as_the_same_instant_in_utc(database):
    with database.write() as session:
        session.add(user_of("ada", NOON.astimezone(timezone(timedelta(hours=8)))))
    with database.read() as session:
        found = session.scalars(select(User.created_at)).one()
    assert (found, found.tzinfo) == (NOON, UTC)


@BOTH_STORES
def test_an_instant_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="needs a time zone"), database.write() as session:
        session.add(user_of("ada", NOON.replace(tzinfo=None)))


@BOTH_STORES
def test_what_a_write_did_is_kept_when_it_ends_well(database):
    with database.write() as session:
        session.add(Topic(name="NeRF", slug="nerf"))
    assert topics(database) == ["NeRF"]


@BOTH_STORES
def test_a_write_that_raises_leaves_nothing_behind(database):
    def add_and_fail():
        with database.write() as session:
            session.add(Topic(name="NeRF", slug="nerf"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert topics(database) == []


@BOTH_STORES
def test_what_is_added_to_a_read_is_thrown_away(database):
    with database.read() as session:
        session.add(Topic(name="NeRF", slug="nerf"))
        session.flush()
    assert topics(database) == []


@BOTH_STORES
def test_rows_can_be_used_after_the_write_that_made_them(database):
    with database.write() as session:
        session.add(topic := Topic(name="NeRF", slug="nerf"))
    assert (topic.id, topic.name) == (1, "NeRF")


@BOTH_STORES
def test_a_row_must_not_point_at_nothing(database):
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(Bookmark(user_id=1, paper_id=1, created_at=NOON))


def test_many_threads_that_read_and_then_write_lose_no_update(database):
    crowded = Database(str(database.engine.url), connections=8)
    with crowded.write() as session:
        session.add(Source(location="0"))

    def count_up(_):
        for _ in range(20):
            with crowded.write() as session:
                counter = session.scalars(select(Source)).one()
                counter.location = str(int(counter.location) + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(8)))
    with crowded.read() as session:
        assert session.scalars(select(Source.location)).one() == "160"
    crowded.close()


def test_readers_do_not_wait_for_a_writer(database):
    with database.write() as writing:
        writing.add(Topic(name="NeRF", slug="nerf"))
        writing.flush()
        assert topics(database) == []


@BOTH_STORES
def test_a_read_sees_one_state_of_the_store_from_its_first_question_to_its_end(database):
    with database.read() as session:
        assert session.scalar(select(func.count(Topic.id))) == 0
        with database.write() as writing:
            writing.add(Topic(name="a", slug="a"))
        assert session.scalar(select(func.count(Topic.id))) == 0
    assert topics(database) == ["a"]


@BOTH_STORES
def test_inserting_what_is_there_already_changes_nothing(database):
    for name in ("NeRF", "NeRF, again"):
        with database.write() as session:
            insert_if_absent(session, Topic, id=1, name=name, slug="nerf")
    with database.read() as session:
        assert session.execute(select(Topic.name, func.count().over())).all() == [("NeRF", 1)]


@BOTH_STORES
def test_inserting_what_is_absent_adds_it(database):
    with database.write() as session:
        insert_if_absent(session, Topic, name="NeRF", slug="nerf")
        insert_if_absent(session, Topic, name="3DGS", slug="3dgs")
    assert sorted(topics(database)) == ["3DGS", "NeRF"]


def rows(database):
    with database.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


@BOTH_STORES
def test_what_is_done_in_a_rehearsal_is_seen_there_and_has_not_happened(database):
    with database.write() as session:
        session.add(Topic(name="NeRF", slug="nerf"))
    before = rows(database)
    with database.rehearsal() as rehearsal:
        with rehearsal.write() as session:
            session.add(Topic(name="3DGS", slug="3dgs"))
        with pytest.raises(IntegrityError), rehearsal.write() as session:
            session.add(Topic(name="NeRF", slug="nerf"))
        assert sorted(topics(rehearsal)) == ["3DGS", "NeRF"]
    assert rows(database) == before


@BOTH_STORES
def test_a_rehearsal_that_raises_leaves_nothing_behind_either(database):
    before = rows(database)

    def rehearse_and_fail():
        with database.rehearsal() as rehearsal:
            with rehearsal.write() as session:
                session.add(Topic(name="NeRF", slug="nerf"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        rehearse_and_fail()
    assert rows(database) == before


def test_during_a_rehearsal_others_may_write(database):
    with database.rehearsal() as rehearsal, rehearsal.write() as session:
        session.add(Topic(name="3DGS", slug="3dgs"))
        with database.write() as other:
            other.add(Topic(name="NeRF", slug="nerf"))
    assert topics(database) == ["NeRF"]
