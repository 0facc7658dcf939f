"""A disk without room: the limit is the system's, on the files that the command writes, and the store really refuses."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from app.cli.failing import what_failed
from tests.forking import Ended, Forks
from tests.many_digests import write_digests

FOLDER = {"posts": 12, "notes": 2}


@pytest.fixture
def forks(tmp_path: Path, migrated: Path) -> Iterator[Forks]:
    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data" / "papershelf.db")
    with Forks({"PAPERSHELF_DATA_DIR": str(tmp_path / "data")}) as forks:
        yield forks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_digests(tmp_path / "in", **FOLDER)


def digests_in(forks: Forks, tmp_path: Path) -> list[str]:
    forks.run("export", "digests", "--output", tmp_path / "export.jsonl")
    return sorted((tmp_path / "export.jsonl").read_text(encoding="utf-8").splitlines())


def is_sentence(ended: Ended) -> bool:
    return ended.code == 1 and "Traceback" not in ended.output and len(ended.output.strip().splitlines()) == 1


@pytest.mark.parametrize("room", [0, 450_000, 700_000])
def test_without_room_an_import_says_so_and_completes_when_there_is_room_again(forks, folder, tmp_path, room):
    refused = forks.run("import", folder, largest_file=room)
    assert is_sentence(refused), refused.output
    assert "The database cannot be used: " in refused.output
    with sqlite3.connect(tmp_path / "data" / "papershelf.db") as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("SELECT (SELECT count(*) FROM digest), (SELECT count(*) FROM entry)").fetchone() == (0, 0)
        assert store.execute("SELECT count(*) FROM import_run WHERE finished_at IS NOT NULL").fetchone() == (0,)
    store.close()
    report = json.loads(forks.run("import", "--json", folder).output)
    assert report["files"] == {"new": 14, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0, "vanished": 0}
    assert len(digests_in(forks, tmp_path)) == 14
    assert forks.run("index", "status").code == 0


def test_a_store_that_reached_its_size_says_that_there_is_no_room(migrated, tmp_path):
    """SQLite's own limit gives the very error of a full disk."""
    shutil.copy(migrated, tmp_path / "small.db")
    with sqlite3.connect(tmp_path / "small.db") as store:
        store.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as caught:
            store.executemany("INSERT INTO topic (name, slug) VALUES (?, ?)", [(f"{n}" * 4000, n) for n in range(99)])
    store.close()
    sentence = what_failed(OperationalError("INSERT", {}, caught.value))
    assert sentence.startswith("The database cannot be used: database or disk is full. There is no room left")


def test_without_room_for_the_index_the_import_stands_and_says_what_to_run(forks, folder, tmp_path):
    assert forks.run("import", folder).code == 0
    imported = digests_in(forks, tmp_path)
    shutil.rmtree(tmp_path / "data" / "index")
    unindexed = forks.run("import", folder, largest_file=60_000)
    assert unindexed.code == 0
    assert "Imported, but not indexed: " in unindexed.output
    assert "Run later: papershelf index rebuild" in unindexed.output
    assert "Traceback" not in unindexed.output
    assert digests_in(forks, tmp_path) == imported
    assert is_sentence(forks.run("index", "rebuild", largest_file=60_000))
    assert forks.run("index", "rebuild").code == 0
    assert forks.run("index", "status").code == 0


def test_without_room_for_an_export_the_command_says_so(forks, folder, tmp_path):
    forks.run("import", folder)
    refused = forks.run("export", "digests", "--output", tmp_path / "export.jsonl", largest_file=40_000)
    assert is_sentence(refused), refused.output


def test_a_store_that_is_no_database_is_named_as_damaged(forks, folder, tmp_path):
    (tmp_path / "data" / "papershelf.db").write_bytes(b"no database at all" * 1000)
    refused = forks.run("import", folder)
    assert is_sentence(refused), refused.output
    assert "restore it from a backup" in refused.output


def test_a_data_folder_that_is_a_file_is_a_sentence(forks, folder, tmp_path):
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "data").write_text("")
    refused = forks.run("import", folder)
    assert is_sentence(refused), refused.output


def test_a_store_that_another_process_holds_is_said_to_be_in_use(forks, folder, tmp_path):
    holder = sqlite3.connect(tmp_path / "data" / "papershelf.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    refused = forks.run("import", folder)
    holder.close()
    assert is_sentence(refused), refused.output
    assert "Another process is writing to it" in refused.output
    assert refused.seconds > 5
    assert forks.run("import", folder).code == 0


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("", {}, psycopg.OperationalError("connection refused")), "Is the database server running?"),
        (OperationalError("", {}, sqlite3.OperationalError("unable to open database file")), "its folder is there"),
        (OperationalError("", {}, sqlite3.OperationalError("attempt to write a readonly database")), "who owns"),
        (InternalError("", {}, psycopg.InternalError("cannot execute in a read-only transaction")), "who owns"),
        (
            OperationalError("", {}, psycopg.OperationalError("could not extend file: No space left on device")),
            "no room",
        ),
        (
            OSError(28, "No space left on device", "/x/y"),
            "This cannot be read or written: /x/y: No space left on device.",
        ),
    ],
)
def test_each_refusal_of_a_store_says_what_to_do(error, says):
    assert says in what_failed(error)


@pytest.mark.parametrize("error", [IntegrityError("", {}, Exception()), OSError(2, "No such file"), ValueError()])
def test_a_bug_is_no_refusal_and_shows_its_traceback(error):
    assert what_failed(error) is None
