"""The papers before and after one in the digest that lists it last, and papers with no more than a list of names needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models import Authorship, Entry, Paper, PaperVersion


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


def papers_in_order(session: Session, paper_ids: Sequence[int]) -> list[Paper]:
    """With title and authors, in the order of the numbers; those that the store does not know are left out."""
    authors = selectinload(PaperVersion.authorships).joinedload(Authorship.author, innerjoin=True)
    query = select(Paper).where(Paper.id.in_(paper_ids)).options(joinedload(Paper.shown).options(authors))
    papers = {paper.id: paper for paper in session.scalars(query)}
    return [papers[paper_id] for paper_id in paper_ids if paper_id in papers]


def links_of(session: Session, paper_ids: Sequence[int]) -> dict[int, str]:
    """The addresses that digests give to papers, where they give any."""
    query = select(Entry.paper_id, Entry.url).where(Entry.paper_id.in_(paper_ids), Entry.url != "").order_by(Entry.id)
    return dict(session.execute(query).all())
