"""From a question and the chosen filters to one query of tantivy's."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from tantivy import Occur, Query, Schema

from app.search.clauses import whole
from app.search.embedded.schema import appearance_term, author_term, term
from app.search.embedded.wording import FIELDS, Near, Wording, all_of, best
from app.search.index import SearchQuery
from app.search.question import (
    AllOf,
    Also,
    AnyOf,
    Days,
    Feature,
    Field,
    Has,
    Known,
    Named,
    Node,
    Not,
    Quality,
    Question,
    Within,
)
from app.search.spans import covering

_WHOLE_TITLE_SCORE = 200.0
_ROW_BOOSTS = {"title": 12.0, "summary": 3.0, "key_points": 2.0, "abstract": 1.5}
"""What it says besides that all words of the question stand there in a row."""


class Queries:
    """The queries of one schema. `near` knows the words like one that is seldom found."""

    def __init__(self, schema: Schema, near: Near, *, unless: "Queries | None" = None) -> None:
        self._schema, self._near, self._unless = schema, near, unless
        self._anywhere = Wording(schema, near)

    def matching(self, question: Question, query: SearchQuery) -> Query:
        """Which papers: the clauses and the filters, without a score."""
        return all_of([*(self._node(node, is_scored=False) for node in question.nodes), *self._filters(query)])

    def ranking(self, question: Question, query: SearchQuery) -> Query:
        """The same papers, with how well they match."""
        filters = [(Occur.Must, found) for found in self._filters(query)]
        nodes = [(Occur.Must, self._node(node, is_scored=True)) for node in question.nodes]
        titles = [(Occur.Should, found) for found in self._titles(question)]
        return Query.boolean_query([*nodes, *filters, *titles])

    @cached_property
    def _against(self) -> "Queries":
        """Those of what is not wanted: a word like the one that was typed may well be."""
        return self._unless or Queries(self._schema, _nothing_near, unless=self)

    @cached_property
    def _within(self) -> dict[Field, Wording]:
        return {field: Wording(self._schema, self._near, names) for field, names in FIELDS.items()}

    def _titles(self, question: Question) -> list[Query]:
        if not question.whole:
            return []
        title = self._anywhere.term("whole_title", term(question.whole))
        words = in_the_midst(question.whole.split())
        corrected = [next(iter(self._near(word)), word) for word in words]
        rows = [row for row in dict.fromkeys((tuple(words), tuple(corrected))) if len(row) > 1]
        phrases = [self._anywhere.phrase(name, row, boost) for row in rows for name, boost in _ROW_BOOSTS.items()]
        return [Query.const_score_query(title, _WHOLE_TITLE_SCORE), *phrases]

    def _node(self, node: Node, *, is_scored: bool) -> Query:
        match node:
            case AllOf(nodes):
                return all_of([self._node(inner, is_scored=is_scored) for inner in nodes])
            case AnyOf(nodes):
                return best([self._node(inner, is_scored=is_scored) for inner in nodes])
            case Not(inner):
                return without(self._against._node(inner, is_scored=False))
            case Within(field, clause):
                return self._within[field].clause(clause, is_scored=is_scored)
            case Also(clause, others):
                same = self._anywhere.like(others, is_scored=is_scored)
                return best([self._anywhere.clause(clause, is_scored=is_scored), *same])
            case Named() | Known() | Days() | Has() | Quality():
                return silent(self._named(node))
            case _:
                return self._anywhere.clause(node, is_scored=is_scored)

    def _named(self, node: Named | Known | Days | Has | Quality) -> Query:
        match node:
            case Named(naming, key):
                return self._anywhere.term(f"{naming}_key", term(key))
            case Known(name):
                return self._anywhere.term("name", term(whole(name)))
            case Days(since, until):
                return self._any_of("appearance", [appearance_term(day, "") for day in covering(since, until)])
            case Has(feature):
                return self._anywhere.term("has", feature)
            case Quality(name):
                return self._anywhere.term("quality", term(name))

    def _filters(self, query: SearchQuery) -> list[Query]:
        sets = [self._any_of(name, _terms(name, values)) for name, values in query.wanted.items() if values]
        unwanted = {name: _terms(name, values) for name, values in query.unwanted.items()}
        unwanted["appearance"] = [appearance_term("", topic) for topic in query.not_topics]
        sets += [without(self._any_of(name, values)) for name, values in unwanted.items() if values]
        if (appearances := _appearances(query)) is not None:
            sets.append(self._any_of("appearance", appearances))
        for feature, has in ((Feature.CODE, query.has_code), (Feature.FIGURES, query.has_figures)):
            if has is not None:
                sets.append(self._node(Has(feature) if has else Not(Has(feature)), is_scored=False))
        if query.among is not None:
            sets.append(self._papers(query.among))
        if query.beside:
            sets.append(without(self._papers(query.beside)))
        return list(map(silent, sets))

    def _papers(self, paper_ids: Iterable[int]) -> Query:
        return Query.term_set_query(self._schema, "paper_id", sorted(paper_ids))

    def _any_of(self, name: str, values: Sequence[str]) -> Query:
        return Query.term_set_query(self._schema, name, list(values))


def _nothing_near(word: str, *, is_open: bool = False) -> Sequence[str]:
    return ()


def _terms(name: str, values: Sequence[str]) -> list[str]:
    """Values of a facet as they stand in the index."""
    return list(map(author_term if name == "author" else term, values))


def _appearances(query: SearchQuery) -> list[str] | None:
    """The appearances asked for, as terms; None if any will do, and nothing if no day can."""
    if not query.topics and query.since is None and query.until is None:
        return None
    days = covering(query.since, query.until)
    return [appearance_term(day, topic) for day in days for topic in query.topics or ("",)]


def in_the_midst(words: list[str]) -> list[str]:
    """Words in a row without the last character of a Han run by itself, which stands so only at the end of one."""
    is_end = len(words) > 1 and len(words[-1]) == 1 and words[-2][-1:] == words[-1] and not words[-1].isascii()
    return words[:-1] if is_end else words


def silent(query: Query) -> Query:
    """The same papers, without a score."""
    return Query.const_score_query(query, 0.0)


def without(unwanted: Query) -> Query:
    """All papers but these, without a score."""
    return Query.boolean_query([(Occur.Must, silent(Query.all_query())), (Occur.MustNot, unwanted)])
