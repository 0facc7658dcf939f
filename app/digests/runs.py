"""An import from beginning to end: what the sources hold is brought in, what is gone is marked, and all is recorded."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.db import Database
from app.digests.arrivals import content_hash
from app.digests.encoding import CharacterModel
from app.digests.files import FileReport, read_file, tellable
from app.digests.intake import Intake
from app.digests.language import LibraryLanguage
from app.digests.lint import require_rules
from app.digests.run_records import RunRecord
from app.digests.source_files import KnownFile, Origin, is_gone, known_files
from app.digests.sources import Holding
from app.errors import UnreadableFileError

Look = tuple[int, int] | str
"""How a file looked: its size, its time of change. Or why a folder could not be read."""


class Trigger(StrEnum):
    """What sets an import off."""

    COMMAND = "command"
    WATCH = "watch"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What an import did."""

    run_id: int | None
    """None if there was nothing to do for a watch: that is not recorded."""
    reports: tuple[FileReport, ...]
    remarks: tuple[str, ...] = ()
    """What a person should know of how folders were read."""

    @property
    def has_failures(self) -> bool:
        return any(report.status == "failed" for report in self.reports)

    @property
    def has_news(self) -> bool:
        """Whether anything but unchanged files was met."""
        return any(map(is_news, self.reports))


def is_news(report: FileReport) -> bool:
    """Whether there is more to say of the file than that it had not changed."""
    return report.status != "unchanged" or bool(report.reason)


def run_import(
    database: Database,
    holdings: Iterable[Holding],
    trigger: Trigger,
    *,
    user_id: int | None = None,
    switched_off: Collection[str] = (),
    model_source: Callable[[], CharacterModel] | None = None,
    on_file: Callable[[FileReport], None] = lambda _: None,
    reread: bool = False,
    passed_over: dict[Path, Look] | None = None,
) -> RunResult:
    """Bring in what the sources hold. Each file comes in whole or not at all; what has not changed needs no writing.

    `reread` reads files too that look unchanged. `passed_over` remembers, from one cycle of a watch to the next, what
    was no digest or failed: such a file is read again when it looks different. If anything raises, the files before
    are in the library, and the run stays recorded as unfinished.
    """
    require_rules(switched_off)
    inner_first = sorted(holdings, key=lambda holding: -len(holding.folder.parts))
    record = RunRecord(database, trigger, user_id)
    if trigger is not Trigger.WATCH:
        record.begin(inner_first)
    intake = Intake(database, switched_off, model_source or LibraryLanguage(database))
    reading = _Reading(database, record, intake, reread, passed_over, inner_first)
    reports = []
    with _patient_collector():
        for report in reading.reports():
            reports.append(report)
            on_file(report)
    news = [report for report in reports if is_news(report)]
    run_id = record.finish(reports, news) if record.has_begun else None
    return RunResult(run_id, tuple(reports), tuple(remark for holding in inner_first for remark in holding.remarks))


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Millions of short-lived values and hardly a ring among them: to look for rings so often took a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Reading:
    """The way through the files: each once, by the innermost source that holds it."""

    database: Database
    record: RunRecord
    intake: Intake
    reread: bool
    passed_over: dict[Path, Look] | None
    holdings: list[Holding]
    seen: set[Path] = field(default_factory=set)
    looks: dict[Path, Look] = field(default_factory=dict)

    def reports(self) -> Iterator[FileReport]:
        for holding in self.holdings:
            with self.database.read() as session:
                known = known_files(session, holding.folder)
            for report in self._of_source(holding, known):
                self._pass_over(report)
                yield report

    def _of_source(self, holding: Holding, known: dict[str, KnownFile]) -> Iterator[FileReport]:
        yield from self._failures(holding.folder, holding.failures)
        there = sum(not file.is_missed for file in known.values())
        if holding.is_bare and there:
            yield from self._failures(holding.folder, [(holding.folder, _bare(there))])
            return
        for path in holding.files:
            if path not in self.seen:
                self.seen.add(path)
                yield from self._of_file(Origin(path, holding.folder), known.get(str(path)))
        yield from self.intake.finish()
        if holding.is_whole:
            yield from self._vanished(holding, known)

    def _failures(self, folder: Path, failures: Collection[tuple[Path, str]]) -> Iterator[FileReport]:
        """Of what could not be read; a watch says it once."""
        for place, reason in failures:
            if self.passed_over is not None:
                if self.passed_over.get(place) == reason:
                    continue
                self.passed_over[place] = reason
            self.record.begin_unless_begun(self.holdings)
            yield FileReport(tellable(place), "failed", reason=reason)
        if self.passed_over is not None and not failures:
            self.passed_over.pop(folder, None)

    def _of_file(self, origin: Origin, known: KnownFile | None) -> Iterator[FileReport]:
        """What becomes of the file, unless it has to wait; and what became of others that waited."""
        look = _look(origin.path)
        if look is None and known:
            yield self._vanish(origin.path, known)
        elif look and not self.reread and known and not known.is_missed and known.looks_like(*look):
            yield _unchanged(origin.path, known)
        elif look and not self.reread and self.passed_over and self.passed_over.get(origin.path) == look:
            yield FileReport(origin.path, "unchanged")
        else:
            self.looks[tellable(origin.path)] = look or (-1, -1)
            self.record.begin_unless_begun(self.holdings)
            yield from self._read(origin, known)

    def _read(self, origin: Origin, known: KnownFile | None) -> Iterator[FileReport]:
        try:
            origin, raw = read_file(origin)
        except UnreadableFileError as error:
            yield FileReport(tellable(origin.path), "failed", reason=str(error))
            return
        if known and content_hash(raw) == known.sha256:
            self.record.refresh(known, origin)
            back = "the file had vanished and is back" if known.is_missed else ""
            yield replace(_unchanged(origin.path, known), reason=back)
        else:
            yield from self.intake.take(origin, raw)

    def _pass_over(self, report: FileReport) -> None:
        """What is no digest is not read again in the next cycle of a watch, unless it looks different then."""
        look = self.looks.pop(report.path, None)
        if self.passed_over is not None and look and report.status in ("skipped", "failed"):
            self.passed_over[report.path] = look

    def _vanished(self, holding: Holding, known: dict[str, KnownFile]) -> Iterator[FileReport]:
        listed = set(map(str, holding.files))
        for path, file in known.items():
            if path not in listed and not file.is_missed and Path(path) not in self.seen and is_gone(Path(path)):
                self.seen.add(Path(path))
                yield self._vanish(Path(path), file)

    def _vanish(self, path: Path, known: KnownFile) -> FileReport:
        self.record.begin_unless_begun(self.holdings)
        self.record.miss(known)
        return FileReport(path, "vanished", known.entries, "the file is gone; its digest stays", 0, known.digest_id)


def _bare(files: int) -> str:
    return (
        f"The folder is empty, though {files} of its files are known: is a disk missing? "
        "None of them is taken for vanished."
    )


def _unchanged(path: Path, known: KnownFile) -> FileReport:
    return FileReport(path, "unchanged", known.entries, digest_id=known.digest_id)


def _look(path: Path) -> tuple[int, int] | None:
    """How the file looks; none if there is certainly none, nonsense if it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None if is_gone(path) else (-1, -1)
    return found.st_size, found.st_mtime_ns
