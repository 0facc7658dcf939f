"""What users said of a paper, kept through merging and splitting: that they keep it, that they have read it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import insert_if_absent
from app.models import Bookmark, Decision, Mark, Paper, Reading

MARKS: dict[str, Mark] = {"bookmarks": Bookmark, "readings": Reading}
"""By the name in `Decision.moved`."""


def move_marks(session: Session, keep: Paper, other: Paper) -> dict[str, list[list[Any]]]:
    """Who marked both papers has marked the one kept, once. The answer is what `return_marks` must know."""
    return {name: _move(session, mark, keep.id, other.id) for name, mark in MARKS.items()}


def _move(session: Session, mark: Mark, keep_id: int, other_id: int) -> list[list[Any]]:
    both = set(session.scalars(select(mark.user_id).filter_by(paper_id=keep_id)))
    theirs = session.execute(select(mark.user_id, mark.created_at).filter_by(paper_id=other_id)).all()
    of_other = mark.paper_id == other_id
    session.execute(delete(mark).where(of_other, mark.user_id.in_(both)))
    session.execute(update(mark).where(of_other).values(paper_id=keep_id))
    session.expire_all()
    return [[user_id, created_at.isoformat(), user_id in both] for user_id, created_at in theirs]


def return_marks(session: Session, decision: Decision) -> None:
    """To those whose mark the paper still has. Decisions of old say nothing of readings."""
    for name, mark in MARKS.items():
        _return(session, mark, decision, decision.moved.get(name, ()))


def _return(session: Session, mark: Mark, decision: Decision, moved: Iterable[list[Any]]) -> None:
    of_keep = mark.paper_id == decision.paper_id
    marked = set(session.scalars(select(mark.user_id).where(of_keep)))
    for user_id, created_at, marked_both in moved:
        if user_id not in marked:
            continue
        if not marked_both:
            session.execute(delete(mark).where(of_keep, mark.user_id == user_id))
        then = datetime.fromisoformat(created_at)
        insert_if_absent(session, mark, user_id=user_id, paper_id=decision.other_id, created_at=then)


def inherit_marks(session: Session, paper: Paper, other: Paper) -> None:
    """The paper takes over the marks of the other, which is about to go."""
    for mark in MARKS.values():
        of_other = session.execute(select(mark.user_id, mark.created_at).filter_by(paper_id=other.id)).all()
        session.execute(delete(mark).where(mark.paper_id == other.id))
        for user_id, created_at in of_other:
            insert_if_absent(session, mark, user_id=user_id, paper_id=paper.id, created_at=created_at)
