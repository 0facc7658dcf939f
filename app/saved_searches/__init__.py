"""What a user asks for again and again, and how far they have looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from app.db import LARGEST_ID, insert_if_absent
from app.errors import InvalidInputError, NotFoundError
from app.i18n import gettext as _
from app.models import Paper, SavedSearch, User

__all__ = [
    "LONGEST_NAME",
    "MOST",
    "Unseen",
    "find_saved",
    "findable",
    "list_saved",
    "mark_seen",
    "remove",
    "rename",
    "save",
    "unseen",
]

MOST = 50
"""Searches of one user: the page of them asks for each."""
LONGEST_NAME = 100
LONGEST_QUERY = 4_000


@dataclass(frozen=True, slots=True)
class Unseen:
    """The saved searches for which papers may have come in."""

    searches: Sequence[SavedSearch]
    newest: int
    """Number of a paper: it and all before it can be found. Of later ones some are not in the search index yet."""


def save(session: Session, user: User, query: str, name: str, now: datetime | None = None) -> SavedSearch:
    """Keep a query string under a name; one that is kept already stays as it is. All papers of today count as seen."""
    if (known := find_saved(session, user, query)) is not None:
        return known
    if len(query) > LONGEST_QUERY:
        raise InvalidInputError(
            _("That search is too long to be saved: it has %(length)d characters, and may have %(most)d.")
            % {"length": len(query), "most": LONGEST_QUERY}
        )
    if _count(session, user) >= MOST:
        raise InvalidInputError(
            _("You have %(most)d saved searches, as many as there may be. Remove one first.") % {"most": MOST}
        )
    insert_if_absent(
        session,
        SavedSearch,
        user_id=user.id,
        name=_named(name),
        query=query,
        query_hash=_hash(query),
        seen=_newest(session),
        created_at=now or datetime.now(UTC),
    )
    return session.scalars(_of(user).where(SavedSearch.query_hash == _hash(query))).one()


def find_saved(session: Session, user: User, query: str) -> SavedSearch | None:
    """The user's saved search with this query string."""
    return session.scalar(_of(user).where(SavedSearch.query_hash == _hash(query)))


def list_saved(session: Session, user: User) -> list[SavedSearch]:
    """All searches of a user, by name."""
    return sorted(session.scalars(_of(user)), key=lambda search: (search.name.casefold(), search.id))


def unseen(session: Session, user: User) -> Unseen:
    """The user's searches, by name, since whose last look any paper came into the library."""
    newest = _newest(session)
    return Unseen([search for search in list_saved(session, user) if search.seen < newest], findable(session))


def rename(session: Session, user: User, search_id: int, name: str) -> SavedSearch:
    """Call it otherwise."""
    search = _find(session, user, search_id)
    search.name = _named(name)
    return search


def remove(session: Session, user: User, search_id: int) -> None:
    """Keep it no longer; what is gone already does no harm."""
    if search_id <= LARGEST_ID:
        session.execute(delete(SavedSearch).where(SavedSearch.user_id == user.id, SavedSearch.id == search_id))


def mark_seen(session: Session, user: User, upto: int, search_ids: Sequence[int]) -> None:
    """The user has seen what there was in these searches of theirs, up to the paper of this number.

    What was seen before stays seen, and what came in after the page was made stays new.
    """
    upto = min(upto, _newest(session))
    seen = update(SavedSearch).where(SavedSearch.user_id == user.id, SavedSearch.id.in_(search_ids))
    session.execute(seen.where(SavedSearch.seen < upto).values(seen=upto))


def _of(user: User) -> Select[SavedSearch]:
    return select(SavedSearch).where(SavedSearch.user_id == user.id)


def _find(session: Session, user: User, search_id: int) -> SavedSearch:
    found = session.scalar(_of(user).where(SavedSearch.id == search_id)) if search_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(_("You have no such saved search."))
    return found


def _count(session: Session, user: User) -> int:
    return session.scalar(select(func.count()).select_from(_of(user).subquery())) or 0


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Paper.id))) or 0


def findable(session: Session) -> int:
    """The number of a paper: it and all before it can be found. Of later ones some are not in the search index yet."""
    is_waiting = (Paper.changed != Paper.indexed) & (Paper.indexed == 0)
    first = session.scalar(select(func.min(Paper.id)).where(is_waiting))
    return _newest(session) if first is None else first - 1


def _hash(query: str) -> str:
    return sha256(query.encode()).hexdigest()


def _named(name: str) -> str:
    """On one line, and not without end."""
    name = " ".join(name.replace("\0", " ").split())[:LONGEST_NAME].strip()
    if not name:
        raise InvalidInputError(_("A saved search needs a name."))
    return name
