"""A page of what a search found: the index says which papers, and counts what they can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.catalog.answers import Answer, find_suspects
from app.catalog.asking import as_query
from app.catalog.facets import Facets
from app.catalog.filters import PaperFilter
from app.catalog.found_facets import count_found
from app.catalog.indexing import count_stale
from app.catalog.listing import Listing
from app.search import Question, SearchIndex, ask
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
    asked = replace(as_query(wanted, expansion.question, page_size), with_facets=with_facets)
    results = index.search(asked)
    sought = _with_corrections(expansion.question, results.corrections)

    def count(text: str) -> int:
        alike = as_query(wanted.but(), expand(ask(text), known).question)
        return index.search(replace(alike, limit=0, with_facets=False)).total

    suspects = [] if results.total else find_suspects(typed, count)
    answer = Answer(sought, expansion.also, results.corrections, suspects, results.is_exact, count_stale(session))
    ids = [hit.paper_id for hit in results.hits]
    facets = count_found(index, asked, wanted, results) if with_facets else Facets()
    return Listing(ids, results.total, wanted, facets, page_size, answer)


def _with_corrections(question: Question, corrections: Mapping[str, Sequence[str]]) -> Question:
    """What is to be marked: the words that were searched in place of misspelled ones too."""
    words = tuple(Word(word, is_exact=True) for near in corrections.values() for word in near)
    return replace(question, nodes=(*question.nodes, AnyOf(words))) if words else question
