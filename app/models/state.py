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
_KNOWN = "library_version"


def library_version(session: Session) -> int:
    """How often the library has changed. Within a transaction it is asked once: what else is read there is as old."""
    known = session.info.get(_KNOWN)
    if known is None or known[0] is not session.get_transaction():
        version = session.connection().execute(_VERSION).scalar() or 0
        known = session.info[_KNOWN] = session.get_transaction(), version
    number: int = known[1]
    return number


def note_change(session: Session) -> None:
    """Say within a transaction that it changes what readers see."""
    session.info.pop(_KNOWN, None)
    insert_if_absent(session, LibraryState, id=_ONLY_ROW, version=0)
    session.execute(
        update(LibraryState).where(LibraryState.id == _ONLY_ROW).values(version=LibraryState.version + 1),
        execution_options={"synchronize_session": False},
    )
