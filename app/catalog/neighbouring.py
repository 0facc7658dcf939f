"""The papers before and after one: in the digest that lists it last."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models import Entry, Paper


@dataclass(frozen=True, slots=True)
class PaperNeighbours:
    """What lies next to a paper; nothing at either end."""

    before: Paper | None = None
    after: Paper | None = None


def neighbours_in_digest(session: Session, entry: Entry) -> PaperNeighbours:
    """The papers of the entries next to this one."""
    places = (entry.position - 1, entry.position + 1)
    query = (
        select(Entry)
        .where(Entry.digest_id == entry.digest_id, Entry.position.in_(places))
        .options(joinedload(Entry.paper, innerjoin=True).joinedload(Paper.shown))
    )
    found = {other.position: other.paper for other in session.scalars(query) if other.paper_id != entry.paper_id}
    return PaperNeighbours(*(found.get(place) for place in places))
