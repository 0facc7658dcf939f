"""What the lint found, as rows; and found anew, when rules have changed or been switched off."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import Database, Lock, take
from app.digests.language import LibraryLanguage
from app.digests.lint import Finding as Found
from app.digests.lint import require_rules
from app.digests.reading import read_digest
from app.digests.rows import insert_rows
from app.errors import AppError
from app.models import Digest, Entry, Finding, Paper, note_change


def write_findings(session: Session, found: Sequence[tuple[int, Sequence[Found]]]) -> None:
    """Store what was found in each of these digests, by their ids, instead of what was found before."""
    digests = [digest_id for digest_id, _ in found]
    session.execute(delete(Finding).where(Finding.digest_id.in_(digests)))
    of_these = select(Entry.digest_id, Entry.position, Entry.id).where(Entry.digest_id.in_(digests))
    entries = {(digest_id, position): entry_id for digest_id, position, entry_id in session.execute(of_these)}
    rows = [
        {
            "digest_id": digest_id,
            "entry_id": entries.get((digest_id, finding.position)) if finding.position else None,
            "rule": finding.rule,
            "line": finding.line,
            "sentence": finding.sentence,
            "sentence_zh": finding.sentence_zh,
            "excerpt": finding.excerpt,
        }
        for digest_id, findings in found
        for finding in findings
    ]
    insert_rows(session, Finding, rows)


@dataclass(frozen=True, slots=True)
class LintedAgain:
    """What came of linting the library anew."""

    findings: int
    failures: tuple[tuple[int, str], ...] = ()
    """Ids of digests that cannot be read any more, and why; their findings stay as they were."""


def lint_again(
    database: Database, switched_off: Collection[str] = (), progress: Callable[[], None] = lambda: None
) -> LintedAgain:
    """Lint every digest anew from its original bytes. One transaction a digest."""
    require_rules(switched_off)
    total, failures, language = 0, [], LibraryLanguage(database)
    for digest_id in _digest_ids(database):
        try:
            total += _lint_one(database, digest_id, language, switched_off)
        except AppError as error:  # it was read by an earlier version of ours, or with other limits
            failures.append((digest_id, str(error)))
        progress()
    return LintedAgain(total, tuple(failures))


def _lint_one(database: Database, digest_id: int, language: LibraryLanguage, switched_off: Collection[str]) -> int:
    """How much was found; nothing if the digest changed meanwhile, for then an import has linted it."""
    asked = select(Digest.sha256, Digest.original).where(Digest.id == digest_id)
    with database.read() as session:
        before = session.execute(asked).one_or_none()
    if before is None:
        return 0
    _, reading = read_digest(before.original, language, switched_off)
    with database.write() as session:
        take(session, Lock.IMPORT)
        if session.scalar(select(Digest.sha256).where(Digest.id == digest_id)) != before.sha256:
            return 0
        write_findings(session, [(digest_id, reading.findings)])
        papers = select(Entry.paper_id).where(Entry.digest_id == digest_id)
        session.execute(update(Paper).where(Paper.id.in_(papers)).values(changed=Paper.changed + 1))
        note_change(session)
    return len(reading.findings)


def _digest_ids(database: Database) -> Sequence[int]:
    with database.read() as session:
        return session.scalars(select(Digest.id).order_by(Digest.id)).all()
