"""What the lint found, as rows; and found anew, when rules have changed or been switched off."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import Database
from app.digests.language import LibraryLanguage
from app.digests.lint import Finding as Found
from app.digests.reading import read_digest
from app.digests.rows import insert_rows
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


def lint_again(
    database: Database, switched_off: Collection[str] = (), progress: Callable[[], None] = lambda: None
) -> int:
    """Lint every digest anew from its original bytes; how many findings there are. One transaction a digest."""
    total, language = 0, LibraryLanguage(database)
    for digest_id in _digest_ids(database):
        with database.read() as session:
            raw = session.scalars(select(Digest.original).where(Digest.id == digest_id)).one()
        _, reading = read_digest(raw, language, switched_off)
        with database.write() as session:
            write_findings(session, [(digest_id, reading.findings)])
            papers = select(Entry.paper_id).where(Entry.digest_id == digest_id)
            session.execute(update(Paper).where(Paper.id.in_(papers)).values(changed=Paper.changed + 1))
            note_change(session)
        total += len(reading.findings)
        progress()
    return total


def _digest_ids(database: Database) -> Sequence[int]:
    with database.read() as session:
        return session.scalars(select(Digest.id).order_by(Digest.id)).all()
