"""A page of papers: the index is asked only when there are words to look for; all else is plain SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, select
from sqlalchemy.orm import Session

from app.catalog.answers import Answer, find_suspects
from app.catalog.cards import Card, load_cards
from app.catalog.facets import Facets, count_facets, shaped_facets
from app.catalog.filters import PaperFilter, Sort
from app.catalog.indexing import count_stale
from app.catalog.matching import matching_papers, of_appearance
from app.models import Digest, Entry, Paper
from app.periods import Period
from app.search import MAX_HITS, Question, SearchIndex, SearchOrder, SearchQuery, SearchResults, ask
from app.search.expanding import Equivalents, expand
from app.search.question import AnyOf, Word

PAGE_SIZE = 25
NO_EQUIVALENTS = Equivalents()
_PLACES = 1_000_000
"""More places than a digest has, so that digest and place make one number to sort by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of papers, with its total."""

    cards: Sequence[Card]
    total: int
    """Every paper that matches, not only those of this page."""
    filter: PaperFilter
    facets: Facets
    page_size: int
    answer: Answer = field(default_factory=Answer)
    """What there is to say of the search, where it was one."""

    @property
    def pages(self) -> int:
        """How many pages can be turned to; an engine does not page without end."""
        reachable = min(self.total, MAX_HITS) if self.filter.is_searched else self.total
        return max(1, -(-reachable // self.page_size))

    @property
    def order(self) -> Sort:
        """The order that holds: as chosen, else as the question says, else best first if any words were asked for."""
        question = self.answer.question
        if self.filter.sort is None and self.filter.is_searched:
            return Sort((question.order or (Sort.RELEVANCE if question.is_scored else Sort.NEWEST)).value)
        return self.filter.order

    @property
    def first(self) -> int:
        """Number of the first paper of this page, counted from 1; 0 if there is none."""
        return (self.filter.page - 1) * self.page_size + 1 if self.cards else 0


def browse(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    page_size: int = PAGE_SIZE,
    equivalents: Equivalents = NO_EQUIVALENTS,
) -> Listing:
    """The page that the filter asks for; past the end it is empty. Words are searched with their equivalents as well.

    Raises SearchUnavailableError when words are asked for and the engine is away.
    """
    if wanted.is_searched:
        return _search(session, index, wanted, page_size, equivalents)
    papers = matching_papers(wanted)
    total = session.scalar(select(func.count()).select_from(papers.subquery())) or 0
    page = papers.order_by(*_order(wanted)).limit(page_size).offset(page_size * (wanted.page - 1))
    ids = session.scalars(page).all()
    return Listing(load_cards(session, ids, wanted), total, wanted, count_facets(session, wanted), page_size)


def find_ids(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    limit: int,
    offset: int = 0,
    equivalents: Equivalents = NO_EQUIVALENTS,
) -> list[int]:
    """The numbers of some of the papers that the filter asks for, in its order, whatever page it names."""
    if wanted.is_searched:
        known = NO_EQUIVALENTS if wanted.is_literal else equivalents
        asked = _as_query(wanted, expand(ask(wanted.q), known).question, limit)
        return [hit.paper_id for hit in index.search(replace(asked, offset=offset, with_facets=False)).hits]
    papers = matching_papers(wanted).order_by(*_order(wanted)).limit(limit).offset(offset)
    return list(session.scalars(papers))


def _order(wanted: PaperFilter) -> list[ColumnElement[Any]]:
    """Within a day as its digests list them; a paper's own number would show it where it was first met."""
    if wanted.period and wanted.period.is_day:
        first_place = select(func.min(cast(Digest.id, BigInteger) * _PLACES + Entry.position)).join(Entry.digest)
        return [first_place.where(Entry.paper_id == Paper.id, of_appearance(wanted)).scalar_subquery()]
    by_day = Paper.latest_day.asc() if wanted.order is Sort.OLDEST else Paper.latest_day.desc()
    return [by_day, Paper.id.asc()]


def _search(
    session: Session, index: SearchIndex, wanted: PaperFilter, page_size: int, equivalents: Equivalents
) -> Listing:
    typed = ask(wanted.q)
    known = NO_EQUIVALENTS if wanted.is_literal else equivalents
    expansion = expand(typed, known)
    question = expansion.question
    asked = _as_query(wanted, question, page_size)
    results = index.search(asked)
    sought = _with_corrections(question, results.corrections)
    cards = load_cards(session, [hit.paper_id for hit in results.hits], wanted, sought)

    def count(text: str) -> int:
        return _total(index, replace(asked, question=expand(ask(text), known).question))

    suspects = [] if results.total else find_suspects(typed, count)
    answer = Answer(sought, expansion.also, results.corrections, suspects, results.is_exact, count_stale(session))
    return Listing(cards, results.total, wanted, _facets(index, asked, wanted, results), page_size, answer)


def _with_corrections(question: Question, corrections: Mapping[str, Sequence[str]]) -> Question:
    """What is to be marked: the words that were searched in place of misspelled ones too."""
    words = tuple(Word(word, is_exact=True) for near in corrections.values() for word in near)
    return replace(question, nodes=(*question.nodes, AnyOf(words))) if words else question


def _as_query(wanted: PaperFilter, question: Question, page_size: int) -> SearchQuery:
    return SearchQuery(
        question=question,
        topics=wanted.topics,
        tags=wanted.tags,
        authors=wanted.authors,
        qualities=wanted.qualities,
        since=wanted.period.first if wanted.period else None,
        until=wanted.period.last if wanted.period else None,
        venues=wanted.venues,
        has_code=True if wanted.has_code else None,
        has_figures=True if wanted.has_figures else None,
        order=SearchOrder(wanted.sort.value) if wanted.sort else None,
        limit=page_size,
        offset=page_size * (wanted.page - 1),
    )


def _facets(index: SearchIndex, asked: SearchQuery, wanted: PaperFilter, results: SearchResults) -> Facets:
    topics = results.facets.get("topic", {})
    months = results.facets.get("month", {})
    if wanted.period:  # a topic must be that of an appearance within the period, which the engine does not count
        topics = {name: _total(index, replace(asked, topics=(name,))) for name in topics}
    if wanted.topics and not wanted.period:
        months = {month: _total(index, _in_month(asked, month)) for month in months}
    return shaped_facets(
        wanted,
        topics=_some(topics),
        tags=results.facets.get("tag", {}),
        months=_some(months),
        qualities=results.facets.get("quality", {}),
        authors=results.facets.get("author", {}),
        venues=results.facets.get("venue", {}),
        has=results.facets.get("has", {}),
    )


def _total(index: SearchIndex, asked: SearchQuery) -> int:
    return index.search(replace(asked, limit=0, offset=0)).total


def _in_month(asked: SearchQuery, month: str) -> SearchQuery:
    period = Period.parse(month)
    return replace(asked, since=period.first, until=period.last) if period else asked


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {value: number for value, number in counts.items() if number}
