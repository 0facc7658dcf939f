"""The engine, the base class, and where a transaction begins and ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_TIMEOUT_MS = 10_000
LOG_PAGES = 16_384
"""Pages of SQLite's write-ahead log (64 MiB) from which on it is folded back into the store. Each transaction of an import
writes many of the same pages again; so they are folded back once."""
LARGEST_ID = 2**31 - 1
"""No row has a higher number, and PostgreSQL would not even compare one."""


class Lock(IntEnum):
    """What only one transaction at a time may do. The numbers are arbitrary keys of PostgreSQL's advisory locks."""

    IMPORT = 7_265_100
    NEW_USER = 7_265_101
    TERMS = 7_265_102


class UTCDateTime(TypeDecorator[datetime]):
    """An instant. SQLite keeps no zone, so one is demanded on the way in and given on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The mother of all tables; names its constraints, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012  (SQLAlchemy reads it so)


class Database:
    """Hands out sessions. Holds the only two places that open a transaction."""

    def __init__(self, url: str, connections: int = 8) -> None:
        """`url` is an SQLAlchemy address; a missing folder of an SQLite file is made."""
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.drivername == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        is_server = address.get_backend_name() != "sqlite"  # a server may have gone away, a file is just there
        self.engine = create_engine(address, pool_size=connections, max_overflow=0, pool_pre_ping=is_server)
        if self.engine.dialect.name == "sqlite":
            _configure_sqlite(self.engine)
        self._writing = self.engine.execution_options(begin="BEGIN IMMEDIATE")
        # SQLite reads a snapshot from the first question on; PostgreSQL does so on request only.
        self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ") if is_server else self.engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot to read from; whatever was added to it is thrown away."""
        with Session(self._reading) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One unit of work: committed when the block ends, rolled back if it raises."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that an embedded store consists of, whether or not they are there at this moment."""
        if self.engine.dialect.name != "sqlite" or not self.engine.url.database:
            return ()
        path = Path(self.engine.url.database).resolve()
        return tuple(path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal"))

    @contextmanager
    def rehearsal(self) -> Iterator["Database"]:
        """This store as it stands, to do things to that will not have happened: all is thrown away in the end.

        SQLite is copied, so that nobody has to wait. On PostgreSQL it is one transaction that is rolled back: what it
        locks is locked until then, and only one thread may use it.
        """
        if self.engine.dialect.name == "sqlite":
            with TemporaryDirectory(prefix="papershelf-") as folder, self._copy(Path(folder) / "papershelf.db") as copy:
                yield copy
        else:
            with self.engine.connect() as connection, connection.begin() as outer:
                try:
                    yield _Rehearsal(self.engine, connection)
                finally:
                    outer.rollback()

    @contextmanager
    def _copy(self, path: Path) -> Iterator["Database"]:
        copy = Database(f"sqlite:///{path}", connections=2)
        try:
            with closing(self.engine.raw_connection()) as ours, closing(copy.engine.raw_connection()) as theirs:
                ours.driver_connection.backup(theirs.driver_connection)  # type: ignore[union-attr]
            yield copy
        finally:
            copy.close()

    def close(self) -> None:
        """Close every connection; the last one out folds SQLite's write-ahead log back in."""
        self.engine.dispose()


class _Rehearsal(Database):
    """A store whose every transaction is a part of one that is never committed."""

    def __init__(self, engine: Engine, connection: Connection) -> None:
        self.engine, self._connection = engine, connection

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self._connection, join_transaction_mode="create_savepoint") as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        joining = Session(self._connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        with joining as session, session.begin():
            yield session

    def close(self) -> None:
        """The engine is another's."""


def insert_if_absent(session: Session, table: type[Base], **values: Any) -> None:
    """Add a row unless one with the same key is there: a retry, or a twin at the same moment, does no harm."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


def take(session: Session, lock: Lock) -> None:
    """Hold the lock until this transaction ends. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(lock.value)))


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        connection.execute("PRAGMA synchronous = FULL")  # what was acknowledged outlives a power cut
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A transaction that will write says so at once; upgrading a read snapshot fails without waiting.
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
