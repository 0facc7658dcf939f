from alembic import command
from sqlalchemy import inspect

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
