"""A filter as the search index is asked it. Pure."""

from app.catalog.filters import PaperFilter, Sort
from app.search import Question, SearchOrder, SearchQuery


def as_query(wanted: PaperFilter, question: Question, page_size: int = 0) -> SearchQuery:
    """The filter as the index is asked it; of its words the question that was made of them."""
    return SearchQuery(
        question=question,
        topics=wanted.topics,
        tags=wanted.tags,
        authors=wanted.authors,
        qualities=wanted.qualities,
        since=wanted.period.first if wanted.period else None,
        until=wanted.period.last if wanted.period else None,
        venues=wanted.venues,
        not_topics=wanted.not_topics,
        not_tags=wanted.not_tags,
        not_authors=wanted.not_authors,
        not_qualities=wanted.not_qualities,
        not_venues=wanted.not_venues,
        has_code=True if wanted.has_code else None,
        has_figures=True if wanted.has_figures else None,
        order=SearchOrder(wanted.sort.value) if wanted.sort and wanted.sort is not Sort.TITLE else None,
        limit=page_size,
        offset=page_size * (wanted.page - 1),
    )
