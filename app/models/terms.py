"""Terms that mean the same: what a reader asks in one language is found in the other too."""

from enum import StrEnum

from sqlalchemy import Double, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Language(StrEnum):
    """What a term is written in."""

    ENGLISH = "en"
    CHINESE = "zh"


class TermOrigin(StrEnum):
    """Who has the last word about a term: what mining found, mining may change; what a person decided, only a person."""

    MINED = "mined"
    EDITED = "edited"


class TermState(StrEnum):
    """Whether search asks for the term, an administrator is to decide, or it was found to be none of its group."""

    ACCEPTED = "accepted"
    OFFERED = "offered"
    REJECTED = "rejected"


class Term(Base):
    """A term as one of a group; the accepted ones of a group mean the same. Only in one group can it be accepted."""

    __tablename__ = "term"
    __table_args__ = (
        UniqueConstraint("group_id", "key"),
        Index(
            "uq_term_accepted_key",
            "key",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
        Index("ix_term_key", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int]
    """The terms of one number are one group; there is nothing else to know of it."""
    text: Mapped[str]
    key: Mapped[str]
    """The text as nothing but its words, as a question is compared with it."""
    language: Mapped[str]
    score: Mapped[float | None] = mapped_column(Double)
    """From 0 to 1, how much of the library agrees; none for what the others of a mined group were compared with, and
    for what a person added."""
    origin: Mapped[str] = mapped_column(default=TermOrigin.EDITED.value)
    state: Mapped[str] = mapped_column(default=TermState.ACCEPTED.value)
