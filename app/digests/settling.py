"""After entries came and went: which version a paper shows, and which days it spans. Plain SQL for many papers."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app.models import Digest, Entry, Paper, PaperVersion

CHUNK = 2000


def settle_papers(session: Session, paper_ids: Iterable[int]) -> None:
    """Make these papers agree with their entries, and mark them stale for search.

    A paper that no digest lists any more stays, out of all lists: somebody may have bookmarked it.
    """
    session.flush()
    for ids in _chunks(sorted(paper_ids)):
        _forget_untold_versions(session, ids)
        _show_highest_version(session, ids)
        _span_days(session, ids)
    session.expire_all()


def _forget_untold_versions(session: Session, ids: list[int]) -> None:
    """A version goes when no entry speaks of it, unless it is all that is left of its paper."""
    listed = exists().where(Entry.paper_id == PaperVersion.paper_id)
    told = exists().where(Entry.version_id == PaperVersion.id)
    session.execute(
        delete(PaperVersion)
        .where(PaperVersion.paper_id.in_(ids), listed, ~told)
        .execution_options(synchronize_session=False)
    )


def _show_highest_version(session: Session, ids: list[int]) -> None:
    other = aliased(PaperVersion)
    highest = select(func.max(other.number)).where(other.paper_id == PaperVersion.paper_id).scalar_subquery()
    of_these = update(PaperVersion).where(PaperVersion.paper_id.in_(ids)).execution_options(synchronize_session=False)
    # Hide first: never are two shown, not even between two statements.
    session.execute(of_these.where(PaperVersion.is_shown, PaperVersion.number != highest).values(is_shown=False))
    session.execute(of_these.where(~PaperVersion.is_shown, PaperVersion.number == highest).values(is_shown=True))


def _span_days(session: Session, ids: list[int]) -> None:
    days = select(func.min(Digest.first_day)).join(Entry.digest).where(Entry.paper_id == Paper.id)
    last = select(func.max(Digest.day)).join(Entry.digest).where(Entry.paper_id == Paper.id)
    session.execute(
        update(Paper)
        .where(Paper.id.in_(ids))
        .values(
            first_day=days.correlate(Paper).scalar_subquery(),
            latest_day=last.correlate(Paper).scalar_subquery(),
            changed=Paper.changed + 1,
        )
        .execution_options(synchronize_session=False)
    )


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
