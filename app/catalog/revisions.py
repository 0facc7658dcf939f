"""The states that a digest has been in: as it is now, and as it was before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from app.catalog.reading import require_possible
from app.db import LARGEST_ID
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import Digest, DigestRevision

NOW = "now"
"""The name of the state that a digest is in."""


class State(NamedTuple):
    """What a digest said at some time."""

    revision_id: int | None
    """None for what it says now."""
    sha256: str
    came_at: datetime
    """When these bytes came in."""
    revised_at: datetime | None
    """When the note was last changed, by its own word."""

    @property
    def name(self) -> str:
        """How addresses and commands call it."""
        return str(self.revision_id or NOW)


def states_of(session: Session, digest: Digest) -> Sequence[State]:
    """As it is now, then what it was before, the newest first: by the note's own word if it has one."""
    earlier = session.scalars(select(DigestRevision).filter_by(digest_id=digest.id))
    states = [State(one.id, one.sha256, one.imported_at, one.revised_at) for one in earlier]
    now = State(None, digest.sha256, digest.updated_at, digest.revised_at)
    return [now, *sorted(states, key=_age, reverse=True)]


def find_state(states: Sequence[State], name: str) -> State:
    """The state of that name; without one, the last before that of now."""
    if not name:
        return states[min(1, len(states) - 1)]
    found = next((state for state in states if state.name == name), None)
    if found is None:
        raise NotFoundError(_("There is no such state of the digest."))
    return found


def _age(state: State) -> tuple[datetime, datetime, int]:
    return state.revised_at or state.came_at, state.came_at, state.revision_id or 0


def count_revisions(session: Session, digest_id: int) -> int:
    """How many earlier states of the digest are kept."""
    counted = select(func.count()).select_from(DigestRevision).filter_by(digest_id=digest_id)
    return session.scalar(counted) or 0


def state_bytes(session: Session, digest: Digest, state: State) -> bytes:
    """The bytes of one of the digest's states; `digest` has its own loaded."""
    return digest.original if state.revision_id is None else state_original(session, digest.id, state.revision_id)


def state_original(session: Session, digest_id: int, revision_id: int) -> bytes:
    """The bytes of an earlier state."""
    require_possible(digest_id)
    wanted = select(DigestRevision).filter_by(id=revision_id, digest_id=digest_id)
    found = None
    if revision_id <= LARGEST_ID:
        found = session.scalar(wanted.options(undefer(DigestRevision.original)))
    if found is None:
        raise NotFoundError(_("There is no such earlier state of the digest."))
    return found.original
