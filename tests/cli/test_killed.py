"""An import that is killed, again and again at any moment, ends with the library of one that was left alone.

The moments are drawn from a seed that is printed; PAPERSHELF_TEST_SEED=… draws the same ones again.
"""

import os
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app import accounts
from app.db import Base, Database
from app.digests.parsing import parse_digest
from app.models import Digest, DigestRevision, Entry, ImportedFile, ImportRun, Paper, PaperVersion, Role, User
from tests.forking import Ended, Forks
from tests.many_digests import write_digests

MOST_KILLS = 17
"""In one state of the folder; then an import may run to its end."""
TIMELESS = {"import_run", "imported_file", "library_state"}
"""Tables that tell how often something was tried."""


@dataclass
class Shelf:
    """A store, the folder it is filled from, and commands for it."""

    url: str
    forks: Forks
    folder: Path

    def import_(self, kill_after: float | None = None) -> Ended:
        return self.forks.run("import", self.folder, kill_after=kill_after)

    @contextmanager
    def opened(self) -> Iterator[Database]:
        database = Database(self.url, connections=1)
        try:
            yield database
        finally:
            database.close()


@pytest.fixture
def shelves(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Shelf, Shelf]]:
    """Two empty libraries for the same folder: one to be killed, one to be left alone."""
    with ExitStack() as stack:
        made = []
        for name in ("killed", "clean"):
            url = _empty_store(request, tmp_path / name)
            environment = {"PAPERSHELF_DATA_DIR": str(tmp_path / name), "PAPERSHELF_DATABASE_URL": url}
            made.append(Shelf(url, stack.enter_context(Forks(environment)), tmp_path / "in"))
        yield made[0], made[1]


def _empty_store(request: pytest.FixtureRequest, data: Path) -> str:
    data.mkdir()
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_cluster").copy_of_template())
    shutil.copy(request.getfixturevalue("migrated"), data / "papershelf.db")
    return f"sqlite:///{data / 'papershelf.db'}"


@pytest.fixture
def dice() -> random.Random:
    seed = os.environ.get("PAPERSHELF_TEST_SEED") or str(random.SystemRandom().randrange(10**6))
    print(f"PAPERSHELF_TEST_SEED={seed}")  # noqa: T201 - shown if the test fails
    return random.Random(seed)  # noqa: S311 - no secret


@pytest.mark.parametrize(("shelves", "kills"), [("sqlite", 50), ("postgresql", 10)], indirect=["shelves"])
def test_a_library_whose_imports_were_killed_is_that_of_a_clean_run(shelves, kills, dice, tmp_path):
    killed, clean = shelves
    state = 0
    while kills:
        write_digests(killed.folder, state)
        undisturbed = clean.import_()
        assert undisturbed.code == 0, undisturbed.output
        kills -= _import_in_spite_of_kills(killed, min(kills, MOST_KILLS), undisturbed.seconds, dice)
        state += 1
    assert _export(killed, tmp_path) == _export(clean, tmp_path)
    assert _contents(killed) == _contents(clean)
    assert killed.forks.run("index", "status").code == 0


@pytest.mark.parametrize("shelves", ["sqlite"], indirect=True)
def test_an_index_whose_rebuilding_was_killed_is_made_whole_by_the_next_import(shelves, dice):
    killed, _ = shelves
    write_digests(killed.folder, posts=20, notes=4)
    assert killed.import_().code == 0
    whole = killed.forks.run("index", "rebuild")
    assert whole.code == 0
    for _ in range(5):
        killed.forks.run("index", "rebuild", kill_after=dice.uniform(0, whole.seconds))
        killed.forks.run("index", "status")
    assert killed.import_().code == 0
    assert killed.forks.run("index", "status").code == 0


@pytest.mark.parametrize("shelves", ["sqlite", "postgresql"], indirect=True)
def test_two_imports_of_one_folder_at_once_make_the_library_of_one(shelves, tmp_path):
    twice, once = shelves
    write_digests(twice.folder)
    with Forks(twice.forks.environment) as other:
        for forks in (twice.forks, other):
            forks.begin("import", twice.folder)
        for ended in (twice.forks.end(), other.end()):
            assert ended.code == 0, ended.output
    assert once.import_().code == 0
    assert _export(twice, tmp_path) == _export(once, tmp_path)
    assert _contents(twice) == _contents(once)
    assert twice.forks.run("index", "status").code == 0


@pytest.mark.parametrize("shelves", ["sqlite", "postgresql"], indirect=True)
def test_who_writes_while_an_import_runs_waits_and_is_served(shelves):
    shelf, _ = shelves
    write_digests(shelf.folder)
    shelf.forks.begin("import", shelf.folder)
    with shelf.opened() as database:
        for number in range(30):
            with (
                database.write() as session
            ):  # as long as it takes to store one batch; else SQLite says so and this fails
                accounts.create_user(session, f"reader-{number}", "a hash", Role.READER)
            time.sleep(0.05)
    assert shelf.forks.end().code == 0
    with shelf.opened() as database, database.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 30
    _check(shelf, is_done=True)


def _import_in_spite_of_kills(shelf: Shelf, most: int, seconds: float, dice: random.Random) -> int:
    """Kill imports until one was quicker, or enough were killed and one runs to its end; how many were killed."""
    for number in range(most):
        ended = shelf.import_(kill_after=dice.uniform(0, seconds))
        _check(shelf, is_done=not ended.was_killed)
        if not ended.was_killed:
            assert ended.code == 0, ended.output
            return number
    ended = shelf.import_()
    assert ended.code == 0, ended.output
    _check(shelf, is_done=True)
    return most


def _check(shelf: Shelf, *, is_done: bool) -> None:
    """The store is whole: it says so itself, each digest has all its entries, each paper one version to show."""
    with shelf.opened() as database, database.read() as session:
        if database.engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        entries = select(Digest.sha256, func.count(Entry.id)).outerjoin(Entry).group_by(Digest.id)
        held = dict(session.execute(entries).all())
        texts = session.execute(select(Digest.sha256, Digest.original)).all()
        assert held == {name: _entries_of(raw) for name, raw in texts}
        shown = select(PaperVersion.paper_id).where(PaperVersion.is_shown)
        assert sorted(session.scalars(shown)) == sorted(session.scalars(select(Paper.id)))
        assert session.scalars(select(Paper.id).where(Paper.latest_day.is_(None), Paper.entries.any())).all() == []
        _check_runs(session, shelf.folder)
        if is_done:
            assert {sha256(path.read_bytes()).hexdigest() for path in shelf.folder.rglob("*.md")} <= set(held)


@cache
def _entries_of(raw: bytes) -> int:
    return len(parse_digest(raw.decode()).entries)


def _check_runs(session, folder: Path) -> None:
    """A run that says it is finished has said what became of each file."""
    finished = session.scalars(select(ImportRun).where(ImportRun.finished_at.is_not(None)).order_by(ImportRun.id)).all()
    for run in finished:
        told = session.scalar(select(func.count()).select_from(ImportedFile).filter_by(run_id=run.id))
        assert told == run.new + run.updated
        assert told + run.unchanged == sum(path.is_file() for path in folder.rglob("*"))


def _export(shelf: Shelf, place: Path) -> list[str]:
    target = place / "export.jsonl"
    exported = shelf.forks.run("export", "digests", "--revisions", "--output", target)
    assert exported.code == 0, exported.output
    return sorted(target.read_text(encoding="utf-8").splitlines())


def _contents(shelf: Shelf) -> dict[str, object]:
    """How many rows each table has; and the papers, versions and earlier states, which no export tells."""
    with shelf.opened() as database, database.read() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in TIMELESS]
        counts = {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}
        papers = select(Paper.arxiv_id, Paper.doi, Paper.slug, Paper.first_day, Paper.latest_day)
        versions = select(PaperVersion.number, PaperVersion.title, PaperVersion.abstract, PaperVersion.is_shown)
        asked = {"papers": papers, "versions": versions, "states": select(DigestRevision.sha256)}
        return counts | {name: sorted(map(repr, session.execute(query))) for name, query in asked.items()}
