import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.digests import register_sources, watch_sources
from app.models import Digest, ImportRun, SourceFile
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
DEADLINE_SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@contextmanager
def watching(database, *folders):
    """A watch in a thread of its own, on its own connections."""
    stop, errors = Event(), []
    store = Database(str(database.engine.url), connections=2)

    def follow():
        try:
            for _ in watch_sources(store, stop, folders, tick_ms=100):
                pass
        except Exception as error:
            errors.append(error)

    thread = Thread(target=follow)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(DEADLINE_SECONDS)
        store.close()
    assert not thread.is_alive()
    assert errors == []


def until(database, wanted, is_so):
    """Wait for what is so in the store."""
    end = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < end:
        with database.read() as session:
            if is_so(found := session.execute(wanted).scalars().all()):
                return found
        time.sleep(0.05)
    raise AssertionError(f"It did not come: {found}")


def has(number):
    return lambda found: found[0] == number


DIGESTS = select(func.count()).select_from(Digest)


def test_what_is_written_changed_and_taken_away_is_followed(database, folder):
    with watching(database, folder):
        shutil.copy(SAMPLES / "20241205.md", folder / "a.md")
        until(database, DIGESTS, has(1))
        (folder / "deep" / "down").mkdir(parents=True)
        shutil.copy(SAMPLES / "2024-12-06" / "3DGS.md", folder / "deep" / "down" / "b.md")
        until(database, DIGESTS, has(2))
        with (folder / "a.md").open("a") as file:
            file.write("\nMore was said.\n")
        until(database, select(Digest.original).order_by(Digest.id), lambda found: b"More was said" in found[0])
        (folder / "a.md").unlink()
        until(database, select(SourceFile.vanished_at).order_by(SourceFile.id), lambda found: found[0] is not None)
    with database.read() as session:
        assert session.scalar(DIGESTS) == 2
        assert set(session.scalars(select(ImportRun.trigger))) == {"watch"}
        assert all(session.scalars(select(ImportRun.finished_at)))


def test_a_file_written_in_pieces_ends_as_one_right_digest(database, folder):
    whole = (SAMPLES / "2024-12-06" / "3DGS.md").read_bytes()
    with watching(database, folder), (folder / "a.md").open("wb") as file:
        for start in range(0, len(whole), 600):
            file.write(whole[start : start + 600])
            file.flush()
            time.sleep(0.3)
        until(database, select(Digest.original), lambda found: found == [whole])


def test_a_file_that_is_replaced_as_editors_do_stays_one_digest(database, folder):
    shutil.copy(SAMPLES / "2024-12-06" / "3DGS.md", folder / "a.md")
    with watching(database, folder):
        until(database, DIGESTS, has(1))
        (folder / "a.md").rename(folder / "a.md~")
        changed = (folder / "a.md~").read_bytes() + b"\nMore was said.\n"
        (folder / "a.md").write_bytes(changed)
        until(database, select(Digest.original), lambda found: found == [changed])


def test_a_folder_that_is_registered_or_comes_back_meanwhile_is_watched(database, folder):
    with watching(database):
        with database.write() as session:
            register_sources(session, [folder])
        shutil.copy(SAMPLES / "20241205.md", folder / "a.md")
        until(database, DIGESTS, has(1))
        folder.rename(folder.parent / "away")
        until(database, select(ImportRun.failed).order_by(ImportRun.id.desc()), has(1))
        (folder.parent / "away").rename(folder)
        shutil.copy(SAMPLES / "2024-12-06" / "3DGS.md", folder / "b.md")
        until(database, DIGESTS, has(2))
    with database.read() as session:
        assert not any(session.scalars(select(SourceFile.vanished_at)))


def test_while_nothing_happens_nothing_is_written(database, folder):
    (folder / "notes.md").write_text("# Shopping\n")
    runs = select(func.count()).select_from(ImportRun)
    with watching(database, folder):
        until(database, runs, has(1))  # the notes are no digest
        (folder / ".hidden.md").write_text("text")
        (folder / "notes.md").touch()
        until(database, runs, has(2))
        time.sleep(1)
    with database.read() as session:
        assert session.scalar(runs) == 2
