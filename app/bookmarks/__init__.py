"""What a user keeps."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.db import LARGEST_ID, insert_if_absent
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import Bookmark, Paper, User

__all__ = ["bookmarked_ids", "bookmarked_page", "set_bookmarked"]


def set_bookmarked(session: Session, user: User, paper_id: int, wanted: bool, now: datetime | None = None) -> Paper:
    """Say the state wanted, not "toggle": a double click or a retry then does no harm."""
    paper = session.get(Paper, paper_id) if paper_id <= LARGEST_ID else None
    if paper is None:
        raise NotFoundError(_("There is no such paper in the library."))
    if wanted:
        insert_if_absent(session, Bookmark, user_id=user.id, paper_id=paper.id, created_at=now or datetime.now(UTC))
    else:
        session.execute(delete(Bookmark).where(Bookmark.user_id == user.id, Bookmark.paper_id == paper.id))
    session.flush()
    return paper


def bookmarked_ids(session: Session, user: User, paper_ids: Iterable[int]) -> set[int]:
    """Which of these papers the user keeps: one query for a whole list."""
    ids = list(paper_ids)
    return set(
        session.scalars(select(Bookmark.paper_id).where(Bookmark.user_id == user.id, Bookmark.paper_id.in_(ids)))
    )


def bookmarked_page(session: Session, user: User, page: int, page_size: int) -> tuple[list[int], int]:
    """Ids of a page of the user's papers, the one kept last first, and how many there are in all."""
    mine = select(Bookmark.paper_id).where(Bookmark.user_id == user.id)
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    newest_first = mine.order_by(Bookmark.created_at.desc(), Bookmark.paper_id.desc())
    ids = session.scalars(newest_first.limit(page_size).offset(page_size * (page - 1))).all()
    return list(ids), total
