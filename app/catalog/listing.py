"""A page of papers with all that is said around it, as a plain value."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.catalog.answers import Answer
from app.catalog.card import Card
from app.catalog.facets import Facets
from app.catalog.filters import PaperFilter, Sort
from app.search import MAX_HITS


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of papers, with its total."""

    paper_ids: Sequence[int]
    total: int
    """Every paper that matches, not only those of this page."""
    filter: PaperFilter
    facets: Facets
    page_size: int
    answer: Answer = field(default_factory=Answer)
    """What there is to say of the search, where it was one."""
    read: int | None = None
    """How many of the papers that a search found its reader has read, where that can be chosen."""
    cards: Sequence[Card] = ()
    """Of these papers, where cards were asked for."""

    @property
    def pages(self) -> int:
        """How many pages can be turned to; an engine does not page without end."""
        reachable = min(self.total, MAX_HITS) if self.filter.is_searched else self.total
        return max(1, -(-reachable // self.page_size))

    @property
    def order(self) -> Sort:
        """The order that holds: as chosen, else as the question says, else best first if any words were asked for."""
        question = self.answer.question
        if self.filter.is_searched and self.filter.sort in (None, Sort.TITLE):
            return Sort((question.order or (Sort.RELEVANCE if question.is_scored else Sort.NEWEST)).value)
        return self.filter.order

    @property
    def first(self) -> int:
        """Number of the first paper of this page, counted from 1; 0 if there is none."""
        return (self.filter.page - 1) * self.page_size + 1 if self.paper_ids else 0
