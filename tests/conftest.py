"""Real stores, a real search index, real templates; only the network is absent."""

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from alembic import command
from fastapi.testclient import TestClient
from sqlalchemy import select
from starlette.types import ASGIApp, Receive, Scope, Send

from app import accounts, catalog, digests
from app.cli.opening import migration_config
from app.db import Database
from app.digests import ImportResult, Origin, ParsedDigest, ParsedEntry
from app.main import create_app
from app.models import Entry, Paper, Role, User
from app.search import SearchIndex, open_index
from app.settings import Settings
from tests import postgresql

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Real digests and what they hold, on machines that have them; tests that need them are skipped elsewhere."""
REAL_DIGESTS = SHARED / "digests"
BOTH_STORES = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's variables nor a settings file of the checkout have a say."""
    import os

    for name in [name for name in os.environ if name.startswith("PAPERSHELF_") and "_TEST_" not in name]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PAPERSHELF_SETTINGS_FILE", str(tmp_path / "none.toml"))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite store, made once by the real migrations."""
    path = tmp_path_factory.mktemp("migrated") / "papershelf.db"
    config = migration_config(f"sqlite:///{path}")
    command.upgrade(config, "head")
    return path


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgresql.Cluster]:
    """A PostgreSQL server of this test run's own, with a migrated template; skips where there is no PostgreSQL."""
    with postgresql.running() as cluster:
        command.upgrade(migration_config(cluster.url("template")), "head")
        yield cluster


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A store for one test alone: no cleaning up, no order, safe to run in parallel. SQLite unless told otherwise."""
    if getattr(request, "param", "sqlite") == "postgresql":
        cluster: postgresql.Cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.copy_of_template()
    else:
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "papershelf.db")
        url = f"sqlite:///{tmp_path}/papershelf.db"
    database = Database(url, connections=2)
    yield database
    database.close()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    index = open_index(tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, threads=2)


@pytest.fixture
def client(library: "Library", settings: Settings) -> Iterator[TestClient]:
    """A visitor's browser, without JavaScript."""
    app = create_app(settings, database=library.database, index=library.index)
    app.add_middleware(InStep, library=library)
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def reader(client: TestClient) -> TestClient:
    """A browser that is signed in."""
    answer = client.post("/sign-up", data={"name": "Ada", "password": "correct horse"})
    assert answer.status_code == 303
    return client


class Library:
    """Says what is in the library, in one line a test can read aloud. All of it comes in by the real importer."""

    def __init__(self, database: Database, index: SearchIndex, *, is_served: bool) -> None:
        self.database, self.index = database, index
        self._numbers = count(1)
        self._is_served = is_served
        self._is_behind = False

    def digest(
        self,
        *entries: ParsedEntry,
        topic: str | None = "3DGS",
        day: str = "2024-12-07",
        path: str | None = None,
        is_indexed: bool = True,
        **fields: Any,
    ) -> ImportResult:
        """Import a digest with these entries."""
        on = date.fromisoformat(day)
        parsed = ParsedDigest(
            **{
                "format": "test",
                "title": topic or "A note",
                "topic": topic,
                "first_day": on,
                "last_day": on,
                "stated_date": day,
                "entries": entries,
                **fields,
            }
        )
        origin = Origin(Path(path), Path(path).parent) if path else None
        raw = f"{next(self._numbers)} {parsed}".encode()
        if not is_indexed:
            self.index_all()  # but this one
        with self.database.write() as session:
            result = digests.import_digest(session, raw, parsed, origin)
        if is_indexed:
            self._is_behind = True
        if not self._is_served:
            self.index_all()
        return result

    def index_all(self) -> None:
        """Several digests at once: the index takes longest of all that a test does."""
        if self._is_behind:
            catalog.sync_index(self.database, self.index)
        self._is_behind = False

    def paper(self, title: str = "A paper about shelves", **fields: Any) -> int:
        """Import a digest that lists one paper; its id. Fields are the entry's, or `topic`, `day` of the digest."""
        of_digest = {name: fields.pop(name) for name in ("topic", "day") if name in fields}
        result = self.digest(entry(title, **fields), **of_digest)
        with self.database.read() as session:
            return session.scalars(select(Entry.paper_id).filter_by(digest_id=result.digest_id)).one()

    def user(self, name: str = "Ada", password: str = "correct horse", role: Role | None = None) -> User:
        with self.database.write() as session:
            return accounts.create_user(session, name, accounts.hash_password(password), role)

    def key(self, paper_id: int) -> str:
        """The paper's name in addresses."""
        with self.database.read() as session:
            return session.get_one(Paper, paper_id).key


def entry(title: str = "A paper about shelves", **fields: Any) -> ParsedEntry:
    """An entry of which only the title matters, and what is said."""
    return ParsedEntry(**{"title": title, "first_line": 1, "last_line": 2, **fields})


class BrokenStore:
    """It fails in a way that nobody foresaw."""

    def read(self) -> NoReturn:
        raise RuntimeError("the secret of the store")

    write = read


class InStep:
    """Whoever asks the application finds all that is in the library."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        self._app, self._library = app, library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._library.index_all()
        await self._app(scope, receive, send)


@pytest.fixture
def library(database: Database, index: SearchIndex, request: pytest.FixtureRequest) -> Library:
    return Library(database, index, is_served="client" in request.fixturenames)
