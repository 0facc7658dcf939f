"""How a text becomes a query: as it is typed, or as the application asks it, widened by the terms it has mined."""

from collections.abc import Callable

from app import terms
from app.db import Database
from app.search import SearchQuery, ask
from app.search.expanding import expand

Asking = Callable[[str, int], SearchQuery]
"""From a text, and how many papers are wanted."""


def as_typed(text: str, limit: int) -> SearchQuery:
    return SearchQuery(text, limit=limit)


def widened(database: Database) -> Asking:
    """By what mining accepts of itself; nobody has looked at it."""
    terms.mine_library(database)
    with database.read() as session:
        equivalents = terms.KnownTerms().equivalents(session)
    return lambda text, limit: SearchQuery(question=expand(ask(text), equivalents).question, limit=limit)
