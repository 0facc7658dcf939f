"""What people decided about which papers are one, where the importer could not know."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class DecisionKind(StrEnum):
    """Two papers are one; some entries are about another paper; two papers that look like one are not."""

    MERGE = "merge"
    SPLIT = "split"
    APART = "apart"


class Decision(Base):
    """A merge, a split, or an offered merge that was declined; it can be undone."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    """The paper that stays: the one merged into, or split from."""
    other_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), index=True)
    """The paper that goes into it, or comes out of it."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    """Who decided; none on the command line."""
    decided_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What undoing must know: see `app/digests/merging.py`."""


class MergedPaper(Base):
    """A paper that was merged into another. Its row stays, without entries, for its ids and its old address."""

    __tablename__ = "merged_paper"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), index=True)
    """The paper it is part of now; that one is never itself merged: chains are cut when they would arise."""
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)


class EntryPin(Base):
    """An entry that was split off: whenever its digest is imported again, it is about this paper."""

    __tablename__ = "entry_pin"
    __table_args__ = (UniqueConstraint("digest_id", "stated_arxiv_id", "title_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    stated_arxiv_id: Mapped[str]
    """The id that the digest names; empty for none."""
    title_key: Mapped[str]
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
