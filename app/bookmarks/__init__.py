"""What a user keeps."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Bookmark, Paper, User, marked_ids, set_mark

__all__ = ["bookmarked_ids", "bookmarked_page", "set_bookmarked"]


def set_bookmarked(session: Session, user: User, paper_id: int, wanted: bool, now: datetime | None = None) -> Paper:
    """Say the state wanted, not "toggle": a double click or a retry then does no harm."""
    return set_mark(session, Bookmark, user, paper_id, wanted, now)


def bookmarked_ids(session: Session, user: User, paper_ids: Iterable[int]) -> set[int]:
    """Which of these papers the user keeps: one query for a whole list."""
    return marked_ids(session, Bookmark, user, paper_ids)


def bookmarked_page(session: Session, user: User, page: int, page_size: int) -> tuple[list[int], int]:
    """Ids of a page of the user's papers, the one kept last first, and how many there are in all."""
    mine = select(Bookmark.paper_id).where(Bookmark.user_id == user.id)
    total = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    newest_first = mine.order_by(Bookmark.created_at.desc(), Bookmark.paper_id.desc())
    ids = session.scalars(newest_first.limit(page_size).offset(page_size * (page - 1))).all()
    return list(ids), total
