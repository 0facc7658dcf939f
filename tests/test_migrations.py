from datetime import UTC, datetime

from alembic import command
from sqlalchemy import MetaData, Table, inspect, select

from app.cli.opening import migration_config
from app.db import Base
from tests.conftest import BOTH_STORES

pytestmark = BOTH_STORES


def config_of(database):
    return migration_config(database.engine.url.render_as_string(hide_password=False))


def tables(database):
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_models_and_migrations_say_the_same(database):
    command.check(config_of(database))  # raises if a migration would have something to do


def test_the_migrations_make_every_table(database):
    assert tables(database) == set(Base.metadata.tables)


def test_the_migrations_can_be_undone_and_done_again(database):
    command.downgrade(config_of(database), "base")
    assert tables(database) == set()
    command.upgrade(config_of(database), "head")
    command.check(config_of(database))


def test_upgrading_twice_keeps_what_is_there(database, library):
    paper_id = library.paper("Kept")
    command.upgrade(config_of(database), "head")
    assert library.key(paper_id) == "kept"


FIRST = "531bb1e8eaad"


def put(connection, table, **values):
    connection.execute(Table(table, MetaData(), autoload_with=connection).insert().values(**values))


def held(database, table):
    with database.engine.connect() as connection:
        known = Table(table, MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(select(known).order_by(known.c.id)).mappings()]


def test_a_library_of_the_first_schema_comes_up_and_goes_back_with_all_it_holds(database):
    command.downgrade(config_of(database), FIRST)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with database.engine.begin() as connection:
        put(connection, "source", id=1, location="/digests")
        put(
            connection,
            "digest",
            id=1,
            sha256="00",
            format="test",
            title="3DGS",
            day=now.date(),
            first_day=now.date(),
            stated_date="2026-11-20",
            encoding="utf-8",
            is_repaired=False,
            note="",
            preamble="",
            original=b"3DGS",
            imported_at=now,
            updated_at=now,
        )
        put(connection, "source_file", id=1, path="/digests/3DGS.md", source_id=1, digest_id=1)
    before = {table: held(database, table) for table in ("source", "digest", "source_file")}
    command.upgrade(config_of(database), "head")
    for table, rows in before.items():
        assert [{name: row[name] for name in rows[0]} for row in held(database, table)] == rows
    command.downgrade(config_of(database), FIRST)
    assert {table: held(database, table) for table in before} == before


def test_authors_of_an_older_library_get_what_their_spellings_are_compared_by(database):
    command.downgrade(config_of(database), "f3a86b1c20de")
    with database.engine.begin() as connection:
        for row_id, name in enumerate(("Matthias Nießner", "MATTHIAS NIESSNER", "张三"), start=1):
            put(connection, "author", id=row_id, name=name, slug=str(row_id))
    command.upgrade(config_of(database), "head")
    assert [row["name_key"] for row in held(database, "author")] == ["matthias niessner", "matthias niessner", "张三"]
