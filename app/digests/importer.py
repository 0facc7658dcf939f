"""Store parsed digests. Importing the same bytes twice changes nothing; changed bytes update in place."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.db import Lock, take
from app.digests.arrivals import ORDINARY, Arrival, ImportResult, Outcome
from app.digests.batch import Batch
from app.digests.document import ParsedDigest
from app.digests.reading import Reading
from app.digests.source_files import Origin
from app.models import note_change


def import_digest(
    session: Session,
    raw: bytes,
    parsed: ParsedDigest,
    origin: Origin | None = None,
    now: datetime | None = None,
    reading: Reading = ORDINARY,
) -> ImportResult:
    """Bring one digest in; see `import_digests`."""
    return import_digests(session, [Arrival(raw, parsed, reading, origin)], now)[0]


def import_digests(session: Session, arrivals: Sequence[Arrival], now: datetime | None = None) -> list[ImportResult]:
    """Bring digests in, one after the other, within the caller's transaction; what became of each.

    The library is the same as if each had come alone: they are gathered only for what the store is asked and told.
    (But for a slug that nobody needs: that of a paper whose arXiv id comes in the same batch.)
    """
    take(session, Lock.IMPORT)
    batch = Batch(session, arrivals, now or datetime.now(UTC))
    results = [batch.bring_in(arrival) for arrival in arrivals]
    batch.write()
    if any(result.outcome is not Outcome.UNCHANGED for result in results):
        note_change(session)
    return results
