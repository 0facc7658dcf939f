"""Files on their way into the library: read one by one, stored many at a time."""

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.db import Database
from app.digests.arrivals import Arrival, ImportResult
from app.digests.encoding import CharacterModel
from app.digests.files import FileReport, read_file, tellable
from app.digests.importer import import_digests
from app.digests.reading import read_digest
from app.digests.source_files import Origin
from app.errors import DigestFormatError, NotADigestError, UnreadableFileError

ENOUGH_ENTRIES = 2000
ENOUGH_BYTES = 16 * 1024 * 1024
"""So much is stored in one transaction: it bounds the memory, and how long others wait to write."""


def import_file(
    database: Database,
    origin: Origin,
    switched_off: Collection[str] = (),
    model_source: Callable[[], CharacterModel] | None = None,
) -> FileReport:
    """Bring one file in. Never raises for what it holds; for the arguments see `Intake`."""
    try:
        origin, raw = read_file(origin)
    except UnreadableFileError as error:
        return FileReport(tellable(origin.path), "failed", reason=str(error))
    intake = Intake(database, switched_off, model_source)
    return next(report for report in (*intake.take(origin, raw), *intake.finish()))


class Intake:
    """Gathers digests and stores some together, each whole or not at all; what is no digest spoils no other."""

    def __init__(
        self,
        database: Database,
        switched_off: Collection[str] = (),
        model_source: Callable[[], CharacterModel] | None = None,
    ) -> None:
        """`switched_off` are ids of lint rules; `model_source` knows the library's language, for damaged text."""
        self._database, self._switched_off, self._model_source = database, switched_off, model_source
        self._model: CharacterModel | None = None
        self._waiting: list[Arrival | FileReport] = []
        self._entries = self._bytes = 0

    def take(self, origin: Origin, raw: bytes) -> Iterator[FileReport]:
        """Read a file. Yields what became of files, in the order they were taken, as soon as they are stored."""
        try:
            language = self._language if self._model_source else None
            parsed, reading = read_digest(raw, language, self._switched_off)
        except NotADigestError as error:
            self._waiting.append(FileReport(origin.path, "skipped", reason=str(error)))
        except (DigestFormatError, UnreadableFileError) as error:
            self._waiting.append(FileReport(origin.path, "failed", reason=str(error)))
        else:
            self._waiting.append(Arrival(raw, parsed, reading, origin))
            self._entries += len(parsed.entries)
            self._bytes += len(raw)
        if self._entries >= ENOUGH_ENTRIES or self._bytes >= ENOUGH_BYTES:
            yield from self.finish()

    def finish(self) -> Iterator[FileReport]:
        """Store what still waits."""
        waiting, self._waiting = self._stored(), []
        yield from waiting

    def _language(self) -> CharacterModel:
        """A damaged text is repaired best by what the library knows: learnt once, the files just before it included."""
        if self._model_source is None:
            raise RuntimeError("Nobody knows the language of the library.")
        if self._model is None:
            self._waiting = [*self._stored()]
            self._model = self._model_source()
        return self._model

    def _stored(self) -> list[FileReport]:
        """What became of everything that waits, once it is stored."""
        reports = iter(self._store([each for each in self._waiting if isinstance(each, Arrival)]))
        self._entries = self._bytes = 0
        return [next(reports) if isinstance(each, Arrival) else each for each in self._waiting]

    def _store(self, arrivals: Sequence[Arrival]) -> list[FileReport]:
        """All in one transaction; should the store refuse that, each in its own, to find the one it means."""
        if not arrivals:
            return []
        try:
            with self._database.write() as session:
                results = import_digests(session, arrivals)
        except (DBAPIError, UnicodeError) as error:
            if not _is_refusal(error):
                raise
            if len(arrivals) == 1:
                return [_refused(arrivals[0], error)]
            return [report for arrival in arrivals for report in self._store([arrival])]
        return [_report(arrival, result) for arrival, result in zip(arrivals, results, strict=True)]


def _report(arrival: Arrival, result: ImportResult) -> FileReport:
    path = arrival.require_origin().path
    return FileReport(path, result.outcome.value, result.entries, result.note, result.findings, result.digest_id)


def _is_refusal(error: Exception) -> bool:
    """Whether the store did not take what it was given; else it is away, locked, full or damaged."""
    if isinstance(error, DataError | IntegrityError | UnicodeError):
        return True
    return str(getattr(getattr(error, "orig", None), "sqlstate", "")).startswith("54")  # beyond a limit of PostgreSQL's


def _refused(arrival: Arrival, error: Exception) -> FileReport:
    reason = f"The database did not take it: {str(error).splitlines()[0]}"
    return FileReport(arrival.require_origin().path, "failed", reason=reason)
