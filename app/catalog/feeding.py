"""A listing as feed readers want it: which papers, under names that last, and when each was last written about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.browsing import list_papers
from app.catalog.card import Card
from app.catalog.cards import load_cards
from app.catalog.counts import Counts
from app.catalog.filters import PaperFilter, Sort
from app.catalog.ordering import Orders
from app.catalog.searching import NO_EQUIVALENTS
from app.models import Digest
from app.search import SearchIndex
from app.search.expanding import Equivalents

FEED_SIZE = 50
"""Papers in a feed; older ones are on its next pages."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A paper in a feed."""

    card: Card
    updated: datetime
    """When a digest that lists it was last changed."""

    @property
    def name(self) -> str:
        """The same for good: a paper keeps the slug that it had before it got an arXiv id."""
        paper = self.card.paper
        return paper.slug or paper.arxiv_id or str(paper.id)


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed."""

    entries: Sequence[FeedEntry]
    updated: datetime
    filter: PaperFilter
    pages: int


def feed_of(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    equivalents: Equivalents = NO_EQUIVALENTS,
    counts: Counts | None = None,
    orders: Orders | None = None,
) -> Feed:
    """The papers that the filter asks for, the newest first unless it asks for another order: feeds tell what is new."""
    asked = replace(wanted, sort=wanted.sort or Sort.NEWEST)
    listing = list_papers(session, index, asked, FEED_SIZE, equivalents, counts, orders)
    cards = load_cards(session, listing.paper_ids, wanted, with_texts=True)
    entries = [FeedEntry(card, _updated(card)) for card in cards]
    updated = max((entry.updated for entry in entries), default=None) or _library_updated(session)
    return Feed(entries, updated, wanted, listing.pages)


def _updated(card: Card) -> datetime:
    entries = [card.entry, *card.others] if card.entry else []
    return max((entry.updated_at for entry in entries), default=_NEVER)


def _library_updated(session: Session) -> datetime:
    return session.scalar(select(func.max(Digest.updated_at))) or _NEVER
