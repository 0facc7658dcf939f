"""A command waits for nothing that it does not need, and is right all the same."""

import os
import shutil
import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from app import catalog
from app.cli.commands import _COMMANDS, load
from app.cli.opening import _migrations, migration_config, require_schema
from app.db import Database
from tests.cli.conftest import ROOT, SAMPLES

HEAVY = {"alembic", "fastapi", "jinja2", "pydantic", "rich", "sqlalchemy", "starlette", "tantivy"}
SCRIPT = "import atexit, sys; from app.cli import run; atexit.register(lambda: print(*sys.modules)); run()"


def imported(tmp_path, *arguments):
    """Of the heavy packages, those that a command imports in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        cwd=ROOT,
        env=dict(os.environ) | {"PAPERSHELF_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    return HEAVY & set(ended.stdout.splitlines()[-1].split())


def test_help_needs_nothing_heavy(tmp_path):
    assert imported(tmp_path, "--help") == set()


def test_an_import_of_what_is_unchanged_wakes_no_engine(papershelf, tmp_path):
    papershelf("import", SAMPLES)
    assert imported(tmp_path, "import", "--json") == {"pydantic", "sqlalchemy"}


@pytest.mark.parametrize("name", _COMMANDS)
def test_the_list_of_commands_says_what_the_command_says_of_itself(name):
    said = " ".join(load(name).help.split())
    assert said.startswith(_COMMANDS[name][-1].rstrip("."))


def indexed(papershelf, *paths):
    return papershelf("import", *paths).stdout.splitlines()[-1]


class TestAnIndexThatWasInStep:
    @pytest.fixture
    def data(self, papershelf, tmp_path):
        assert indexed(papershelf, SAMPLES) != "0 papers indexed"
        assert indexed(papershelf) == "0 papers indexed"
        return tmp_path / "data"

    def test_is_made_anew_when_it_was_deleted(self, papershelf, data):
        shutil.rmtree(data / "index")
        assert indexed(papershelf) != "0 papers indexed"
        assert papershelf("index", "status").exit_code == 0

    def test_is_made_anew_when_an_empty_one_took_its_place(self, papershelf, data):
        shutil.rmtree(data / "index")
        assert papershelf("search", "splatting").stdout == "0 of 0 papers\n"
        assert indexed(papershelf) != "0 papers indexed"

    def test_is_not_believed_for_another_library(self, papershelf, data, tmp_path, monkeypatch):
        (tmp_path / "one.md").write_text(
            "## Shelving papers by lantern light\n- <https://arxiv.org/abs/2412.90001>\n\nA summary.\n"
        )
        monkeypatch.setenv("PAPERSHELF_DATA_DIR", str(tmp_path / "other"))
        papershelf("db", "upgrade")
        papershelf("import", tmp_path / "one.md")
        shutil.rmtree(tmp_path / "other" / "index")
        shutil.copytree(data / "index", tmp_path / "other" / "index")
        assert papershelf("index", "status").exit_code == 1
        papershelf("import", tmp_path / "one.md")
        assert papershelf("index", "status").exit_code == 0

    def test_is_brought_in_step_when_a_paper_is_stale(self, papershelf, data, tmp_path):
        database = Database(f"sqlite:///{data / 'papershelf.db'}")
        with database.write() as session:
            session.execute(text("UPDATE paper SET changed = changed + 1 WHERE id = 1"))
        assert not catalog.is_known_in_step(database, data / "index")
        database.close()
        assert indexed(papershelf) == "1 papers indexed"


class TestSchema:
    def test_the_migrations_are_read_as_alembic_reads_them(self):
        script = ScriptDirectory.from_config(migration_config(""))
        told = {one.revision: set(one._versioned_down_revisions) for one in script.walk_revisions()}
        assert _migrations() == told

    def test_a_store_at_the_newest_revision_is_let_in(self, database):
        require_schema(database)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ("UPDATE alembic_version SET version_num = '531bb1e8eaad'", "not set up for this version"),
            ("INSERT INTO alembic_version VALUES ('ffffffffffff')", "newer version"),
            ("DELETE FROM alembic_version", "not set up for this version"),
            ("DROP TABLE alembic_version", "not set up for this version"),
        ],
    )
    def test_any_other_is_told_what_to_do(self, papershelf, tmp_path, change, sentence):
        database = Database(f"sqlite:///{tmp_path / 'data' / 'papershelf.db'}")
        with database.write() as session:
            session.execute(text(change))
        database.close()
        refused = papershelf("sources", "list")
        assert (refused.exit_code, sentence in refused.stderr) == (2, True)
