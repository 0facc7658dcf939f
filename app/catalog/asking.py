"""A filter as the search index is asked it. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from app.catalog.filters import PaperFilter, Sort
from app.search import Question, SearchOrder, SearchQuery
from app.search.clauses import quoted, whole
from app.search.question import Field, Named, Naming, Node, Not, Quality, Within, both


def as_query(wanted: PaperFilter, question: Question, page_size: int = 0) -> SearchQuery:
    """The filter as the index is asked it; of its words the question that was made of them."""
    return SearchQuery(
        question=replace(question, nodes=(*question.nodes, *_exclusions(wanted))),
        topics=wanted.topics,
        tags=wanted.tags,
        authors=wanted.authors,
        qualities=wanted.qualities,
        since=wanted.period.first if wanted.period else None,
        until=wanted.period.last if wanted.period else None,
        venues=wanted.venues,
        has_code=True if wanted.has_code else None,
        has_figures=True if wanted.has_figures else None,
        order=SearchOrder(wanted.sort.value) if wanted.sort and wanted.sort is not Sort.TITLE else None,
        limit=page_size,
        offset=page_size * (wanted.page - 1),
    )


def _exclusions(wanted: PaperFilter) -> tuple[Node, ...]:
    """As if the reader had typed them with a minus. Names are compared without case, accents and punctuation."""
    return tuple(Not(node) for node in _unwanted(wanted))


def _unwanted(wanted: PaperFilter) -> Iterator[Node]:
    named = {Naming.TOPIC: wanted.not_topics, Naming.TAG: wanted.not_tags, Naming.VENUE: wanted.not_venues}
    for naming, names in named.items():
        yield from (Named(naming, key) for name in names if (key := whole(name)))
    yield from (Quality(name) for name in wanted.not_qualities)
    for name in wanted.not_authors:
        if clauses := [Within(Field.AUTHOR, clause) for clause in quoted(name)]:
            yield both(clauses)
