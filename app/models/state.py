"""One number that changes whenever what readers see does: caches need to know no more."""

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, insert_if_absent

_ONLY_ROW = 1


class LibraryState(Base):
    """The only row counts the changes of the library: imports, lints, and what the search index took in."""

    __tablename__ = "library_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


_VERSION = select(LibraryState.version).where(LibraryState.id == _ONLY_ROW)
"""Made once: this is asked at nearly every request."""


def library_version(session: Session) -> int:
    """How often the library has changed."""
    return session.connection().execute(_VERSION).scalar() or 0


def note_change(session: Session) -> None:
    """Say within a transaction that it changes what readers see."""
    insert_if_absent(session, LibraryState, id=_ONLY_ROW, version=0)
    session.execute(
        update(LibraryState).where(LibraryState.id == _ONLY_ROW).values(version=LibraryState.version + 1),
        execution_options={"synchronize_session": False},
    )
