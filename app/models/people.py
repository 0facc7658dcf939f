"""Who reads, and what they keep."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base


class Role(StrEnum):
    """What a user may do: an admin keeps the library, a reader reads it."""

    ADMIN = "admin"
    READER = "reader"


class User(Base):
    """Someone with an account."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    """The name folded for comparing: Ada and ada are one."""
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default=Role.READER.value)
    created_at: Mapped[datetime]

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN.value


class LoginSession(Base):
    """A signed-in browser. It holds a random token, we only its hash: a stolen copy of this table opens nothing."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship(lazy="raise")


class Bookmark(Base):
    """A user keeps a paper."""

    __tablename__ = "bookmark"
    __table_args__ = (Index("ix_bookmark_user_id_created_at", "user_id", "created_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True, index=True)
    created_at: Mapped[datetime]


class Reading(Base):
    """A user has read a paper."""

    __tablename__ = "reading"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), primary_key=True, index=True)
    created_at: Mapped[datetime]


class SavedSearch(Base):
    """What a user asks for again and again: the filter of a list, under a name."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("user_id", "query_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]
    """The query string of its list, as a filter writes it."""
    query_hash: Mapped[str]
    """Hexadecimal hash of it: PostgreSQL takes no long text as a key."""
    seen: Mapped[int] = mapped_column(default=0)
    """Number of the newest paper that the library had when the user last looked: later ones are new."""
    created_at: Mapped[datetime]
