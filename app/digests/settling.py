"""After entries came and went: which version a paper shows, and which days it spans. Plain SQL for many papers."""

from collections.abc import Iterable

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from app.digests.rows import in_parts, table_of
from app.models import Digest, Entry, Paper, PaperVersion

CHUNK = 2000
_DIGEST, _ENTRY, _PAPER, _VERSION = map(table_of, (Digest, Entry, Paper, PaperVersion))


def settle_papers(session: Session, paper_ids: Iterable[int]) -> None:
    """Make these papers agree with their entries, and mark them stale for search.

    A paper that no digest lists any more stays, out of all lists: somebody may have bookmarked it.
    """
    session.flush()
    for ids in in_parts(sorted(paper_ids), CHUNK):
        _forget_untold_versions(session, ids)
        _show_highest_version(session, ids)
        _span_days(session, ids)
    session.expire_all()


def _forget_untold_versions(session: Session, ids: list[int]) -> None:
    """A version goes when no entry speaks of it, unless it is all that is left of its paper."""
    listed = exists().where(_ENTRY.c.paper_id == _VERSION.c.paper_id)
    told = exists().where(_ENTRY.c.version_id == _VERSION.c.id)
    session.execute(delete(_VERSION).where(_VERSION.c.paper_id.in_(ids), listed, ~told))


def _show_highest_version(session: Session, ids: list[int]) -> None:
    version, other = _VERSION.c, _VERSION.alias()
    highest = select(func.max(other.c.number)).where(other.c.paper_id == version.paper_id).scalar_subquery()
    of_these = update(_VERSION).where(version.paper_id.in_(ids))
    # Hide first: never are two shown, not even between two statements.
    session.execute(of_these.where(version.is_shown, version.number != highest).values(is_shown=False))
    session.execute(of_these.where(~version.is_shown, version.number == highest).values(is_shown=True))


def _span_days(session: Session, ids: list[int]) -> None:
    listing = _DIGEST.c.id == _ENTRY.c.digest_id, _ENTRY.c.paper_id == _PAPER.c.id
    first = select(func.min(_DIGEST.c.first_day)).where(*listing).correlate(_PAPER).scalar_subquery()
    last = select(func.max(_DIGEST.c.day)).where(*listing).correlate(_PAPER).scalar_subquery()
    of_these = update(_PAPER).where(_PAPER.c.id.in_(ids))
    session.execute(of_these.values(first_day=first, latest_day=last, changed=_PAPER.c.changed + 1))
