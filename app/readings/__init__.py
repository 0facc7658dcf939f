"""What a user has read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models import Paper, Reading, User, marked_ids, set_mark

__all__ = ["Progress", "count_read", "progress_in", "read_ids", "set_read"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a user got with some papers."""

    read: int
    total: int

    @property
    def unread(self) -> int:
        return self.total - self.read


def set_read(session: Session, user: User, paper_id: int, wanted: bool, now: datetime | None = None) -> Paper:
    """Say the state wanted, not "toggle": a double click or a retry then does no harm."""
    return set_mark(session, Reading, user, paper_id, wanted, now)


def read_ids(session: Session, user: User, paper_ids: Iterable[int]) -> set[int]:
    """Which of these papers the user has read: one query for a whole list."""
    return marked_ids(session, Reading, user, paper_ids)


def count_read(session: Session, user: User, papers: Select[int]) -> int:
    """How many of these papers the user has read; `papers` selects ids from the table of papers."""
    read = Paper.id.in_(select(Reading.paper_id).where(Reading.user_id == user.id))  # few: the store begins with these
    return session.scalar(select(func.count()).select_from(papers.where(read).subquery())) or 0


def progress_in(session: Session, user: User, papers: Select[int]) -> Progress:
    """The same, with the number of all of them."""
    total = session.scalar(select(func.count()).select_from(papers.subquery())) or 0
    return Progress(count_read(session, user, papers), total)
