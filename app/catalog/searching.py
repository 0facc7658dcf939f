"""A page of what a search found: the index says which papers, and counts what they can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.answers import Answer, find_suspects
from app.catalog.asking import as_query
from app.catalog.facets import Facets
from app.catalog.filters import PaperFilter
from app.catalog.found_facets import count_found
from app.catalog.indexing import count_stale
from app.catalog.listing import Listing
from app.models import Paper, Reading
from app.search import Question, SearchIndex, SearchQuery, SearchResults, ask
from app.search.expanding import Equivalents, expand
from app.search.question import AnyOf, Word

NO_EQUIVALENTS = Equivalents()


def search_papers(
    session: Session,
    index: SearchIndex,
    wanted: PaperFilter,
    page_size: int,
    equivalents: Equivalents,
    *,
    with_facets: bool = True,
) -> Listing:
    """Words are searched with their equivalents as well."""
    typed = ask(wanted.q)
    known = NO_EQUIVALENTS if wanted.is_literal else equivalents
    expansion = expand(typed, known)
    asked = replace(query_of(session, wanted, expansion.question, page_size), with_facets=with_facets)
    results = index.search(asked)
    sought = _with_corrections(expansion.question, results.corrections)

    def count(text: str) -> int:
        alike = as_query(wanted.but(), expand(ask(text), known).question)
        of_reader = replace(alike, among=asked.among, beside=asked.beside)
        return index.search(replace(of_reader, limit=0, with_facets=False)).total

    suspects = [] if results.total else find_suspects(wanted.q, count)
    answer = Answer(sought, expansion.also, results.corrections, suspects, results.is_exact, count_stale(session))
    ids = [hit.paper_id for hit in results.hits]
    if not with_facets:
        return Listing(ids, results.total, wanted, Facets(), page_size, answer)
    facets = count_found(index, asked, wanted, results)
    read = _count_read(session, index, wanted, asked) if results.is_exact else None
    return Listing(ids, results.total, wanted, facets, page_size, answer, read)


def find_hits(
    session: Session, index: SearchIndex, wanted: PaperFilter, equivalents: Equivalents, limit: int, offset: int = 0
) -> SearchResults:
    """Which papers a search finds, whatever page it names, and how many; nothing else is counted."""
    known = NO_EQUIVALENTS if wanted.is_literal else equivalents
    asked = query_of(session, wanted, expand(ask(wanted.q), known).question, limit)
    return index.search(replace(asked, offset=offset, with_facets=False))


def query_of(session: Session, wanted: PaperFilter, question: Question, page_size: int = 0) -> SearchQuery:
    """The filter as the index is asked it; what only the store knows, who read what and what came in when, as papers to
    look among, or beside."""
    asked = as_query(wanted, question, page_size)
    if wanted.after is not None:
        asked = _among(asked, _after(session, wanted.after))
    if wanted.read is None or wanted.reader_id is None:
        return asked
    read = _read_by(session, wanted.reader_id)
    return _among(asked, read) if wanted.read else replace(asked, beside=read)


def _among(asked: SearchQuery, papers: frozenset[int]) -> SearchQuery:
    return replace(asked, among=papers if asked.among is None else papers & frozenset(asked.among))


def _after(session: Session, paper_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(Paper.id).where(Paper.id > paper_id)))


def _read_by(session: Session, reader_id: int) -> frozenset[int]:
    return frozenset(session.scalars(select(Reading.paper_id).where(Reading.user_id == reader_id)))


def _count_read(session: Session, index: SearchIndex, wanted: PaperFilter, asked: SearchQuery) -> int | None:
    """How many of the papers found their reader has read; None if that is chosen, nobody asks, or nobody knows."""
    if wanted.read is not None or wanted.reader_id is None:
        return None
    read = _read_by(session, wanted.reader_id)
    if not read:
        return 0
    found = index.search(_among(replace(asked, limit=0, offset=0, with_facets=False), read))
    return found.total if found.is_exact else None


def _with_corrections(question: Question, corrections: Mapping[str, Sequence[str]]) -> Question:
    """What is to be marked: the words that were searched in place of misspelled ones too."""
    words = tuple(Word(word, is_exact=True) for near in corrections.values() for word in near)
    return replace(question, nodes=(*question.nodes, AnyOf(words))) if words else question
