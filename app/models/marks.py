"""What a user says of a paper by itself: that they keep it, that they have read it. The same for each kind of mark."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import LARGEST_ID, insert_if_absent
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models.library import Paper
from app.models.people import Bookmark, Reading, User

Mark = type[Bookmark] | type[Reading]


def set_mark(
    session: Session, mark: Mark, user: User, paper_id: int, wanted: bool, now: datetime | None = None
) -> Paper:
    """Say the state wanted, not "toggle": a double click or a retry then does no harm."""
    paper = session.get(Paper, paper_id) if paper_id <= LARGEST_ID else None
    if paper is None:
        raise NotFoundError(_("There is no such paper in the library."))
    if wanted:
        insert_if_absent(session, mark, user_id=user.id, paper_id=paper.id, created_at=now or datetime.now(UTC))
    else:
        session.execute(delete(mark).where(mark.user_id == user.id, mark.paper_id == paper.id))
    session.flush()
    return paper


def marked_ids(session: Session, mark: Mark, user: User, paper_ids: Iterable[int]) -> set[int]:
    """Which of these papers the user has marked so: one query for a whole list."""
    ids = list(paper_ids)
    return set(session.scalars(select(mark.paper_id).where(mark.user_id == user.id, mark.paper_id.in_(ids))))
