"""What must hold besides words, in the filter language of the server. Values are quoted here, and nowhere else."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.search.clauses import whole
from app.search.index import SearchQuery
from app.search.meilisearch.documents import appearance_value
from app.search.meilisearch.encoding import value
from app.search.question import Days, Feature, Has, Known, Named, Quality
from app.search.spans import covering


def condition(node: Named | Known | Days | Has | Quality) -> str:
    """One condition of a question."""
    match node:
        case Named(naming, key):
            return _among(f"{naming}_key", [key])
        case Known(name):
            return _among("name", [whole(name)])
        case Days(since, until):
            return _appears(since, until, ("",))
        case Has(feature):
            return _among("has", [feature])
        case Quality(name):
            return _among("quality", [name])


def chosen(query: SearchQuery) -> Iterator[str]:
    """The filters beside the question; all of them hold."""
    yield from (_among(name, values) for name, values in query.wanted.items() if values)
    yield from (_without(_among(name, values)) for name, values in query.unwanted.items() if values)
    if query.not_topics:
        yield _without(_appears(None, None, query.not_topics))
    if query.topics or query.since or query.until:
        yield _appears(query.since, query.until, query.topics or ("",))
    for feature, has in ((Feature.CODE, query.has_code), (Feature.FIGURES, query.has_figures)):
        if has is not None:
            yield _among("has", [feature]) if has else _without(_among("has", [feature]))
    if query.among is not None:
        yield among_ids(sorted(query.among))
    if query.beside:
        yield _without(among_ids(sorted(query.beside)))


def among_ids(paper_ids: Iterable[int]) -> str:
    return f"paper_id IN [{', '.join(map(str, paper_ids))}]"


def _without(condition: str) -> str:
    return f"NOT ({condition})"


def _appears(since: date | None, until: date | None, topics: Iterable[str]) -> str:
    """One and the same appearance is of the topic and of the day."""
    beginnings = covering(since, until)
    return _is_in("appearance", [appearance_value(day, topic) for topic in topics for day in beginnings])


def _among(name: str, values: Iterable[str]) -> str:
    return _is_in(name, map(value, values))


def _is_in(name: str, values: Iterable[str]) -> str:
    """Of what a value is made of nothing needs to be quoted; a filter would be unsafe where that is not so."""
    quoted = [f'"{one}"' for one in values]
    return f"{name} IN [{', '.join(quoted)}]"
