"""A question as alternatives, each of which only says "all of this": the server knows no brackets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from app.search.clauses import words_in_a_row
from app.search.meilisearch.documents import BEFORE_AN_EDGE
from app.search.meilisearch.filters import condition
from app.search.meilisearch.settings import LONGEST_WITHOUT_TYPO
from app.search.question import (
    AllOf,
    Also,
    AnyOf,
    Clause,
    Compound,
    Days,
    Field,
    HanRun,
    Has,
    Known,
    Named,
    Node,
    Not,
    Phrase,
    Prefix,
    Quality,
    Within,
    Word,
)

MOST = 16
"""Ways that are asked in one request."""
LIKE_WEIGHT = 0.3
"""Of what only means the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words in a row (or a single one) that are wanted or not, in one field or anywhere."""

    words: tuple[str, ...]
    field: Field | None = None
    is_open: bool = False
    """Whether it is one word, of which only the beginning is known."""
    is_tolerant: bool = False
    """Whether a word like it will do, where it is not found itself."""
    is_wanted: bool = True

    @property
    def may_be_misspelled(self) -> bool:
        """Whether it is a word long enough to be mistyped."""
        is_free = self.is_tolerant and self.is_wanted and self.field is None
        return is_free and self.words[0].isascii() and len(self.words[0]) > LONGEST_WITHOUT_TYPO

    @property
    def is_loose(self) -> bool:
        """Whether the server looks only at stretches of it: at three words in a row, and there at all fields together."""
        return len(self.words) > (1 if self.field else 3)


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter of the server's."""

    expression: str


@dataclass(frozen=True, slots=True)
class Conjunction:
    """All of it holds."""

    rows: tuple[Row, ...] = ()
    conditions: tuple[Condition, ...] = ()
    weight: float = 1.0


_Alternatives = list[Conjunction]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of the ways holds; or, where there are too many ways, in each of the groups one holds."""

    ways: Sequence[Conjunction]
    groups: Sequence[Sequence[Conjunction]] = ()
    are_all: bool = True


def alternatives(nodes: Sequence[Node]) -> Alternatives:
    """The best ways are those of the first of each group: what was asked itself, and not what only means the same."""
    groups = [_node(node, is_wanted=True) for node in _flat(nodes)]
    ways = _all(groups)
    if len(ways) <= MOST:
        return Alternatives(ways)
    are_all = all(len(group) <= MOST for group in groups)
    return Alternatives(ways[: MOST - 1], [group[:MOST] for group in groups], are_all)


def _flat(nodes: Sequence[Node]) -> list[Node]:
    return [one for node in nodes for one in (_flat(node.nodes) if isinstance(node, AllOf) else [node])]


def _all(several: Iterable[_Alternatives]) -> _Alternatives:
    found = [Conjunction()]
    for alternatives in several:
        pairs = product(found, alternatives)
        found = [_both(one, other) for one, other in islice(pairs, MOST + 1)]
    return found


def _any(several: Iterable[_Alternatives]) -> _Alternatives:
    return list(islice((one for alternatives in several for one in alternatives), MOST + 1))


def _both(one: Conjunction, other: Conjunction) -> Conjunction:
    rows = tuple(dict.fromkeys(one.rows + other.rows))
    return Conjunction(rows, one.conditions + other.conditions, min(one.weight, other.weight))


def _node(node: Node, *, is_wanted: bool) -> _Alternatives:
    match node:
        case AllOf(nodes):
            return (_all if is_wanted else _any)(_node(inner, is_wanted=is_wanted) for inner in nodes)
        case AnyOf(nodes):
            return (_any if is_wanted else _all)(_node(inner, is_wanted=is_wanted) for inner in nodes)
        case Not(inner):
            return _node(inner, is_wanted=not is_wanted)
        case Within(field, clause):
            return _clause(clause, field, is_wanted=is_wanted)
        case Also(clause, others):
            same = [_lighter(_clause(other, None, is_wanted=is_wanted)) for other in others]
            return (_any if is_wanted else _all)([_clause(clause, None, is_wanted=is_wanted), *same])
        case Named() | Known() | Days() | Has() | Quality():
            expression = condition(node)
            return [Conjunction(conditions=(Condition(expression if is_wanted else f"NOT ({expression})"),))]
        case _:
            return _clause(node, None, is_wanted=is_wanted)


def _lighter(alternatives: _Alternatives) -> _Alternatives:
    return [replace(one, weight=LIKE_WEIGHT) for one in alternatives]


def _clause(clause: Clause, field: Field | None, *, is_wanted: bool) -> _Alternatives:
    """The rows that stand for a clause: some of which one must hold, or of which none may."""
    ways = [[replace(row, field=field, is_wanted=is_wanted) for row in way] for way in _ways(clause, field)]
    if is_wanted:
        return [Conjunction(tuple(way)) for way in ways]
    return _all([Conjunction((row,)) for row in way] for way in ways)


def _ways(clause: Clause, field: Field | None) -> list[list[Row]]:
    """Alternatives, of each of which all rows hold. Where a single character stands is known only from the pairs."""
    match clause:
        case Word(text, is_exact):
            return [[Row((text,), is_tolerant=not is_exact)]]
        case Prefix(text):
            return [[Row((text,), is_open=True, is_tolerant=True)]]
        case Compound(words, joined, is_open):
            apart = [Row(words[:-1]), Row(words[-1:], is_open=True)] if is_open else [Row(words)]
            return [apart, [Row((joined,), is_open=is_open)]] if joined else [apart]
        case HanRun(characters):
            words = words_in_a_row(characters).words
            return [[Row(words[:-1]) if len(words) > 1 else Row(words, is_open=field is not None)]]
        case Phrase(words, is_open):
            return [_phrase(words, is_open=is_open)]


def _phrase(words: tuple[str, ...], *, is_open: bool) -> list[Row]:
    """The end of a Han run says nothing that the pair before it does not say; a single character is looked for at edges."""
    if not is_open or len(words) == 1:
        return [Row(words)]
    if len(words[-2]) == 2 and words[-2][1] == words[-1]:
        return [Row(words[:-1])]
    return [Row(words[:-1]), Row(words[-BEFORE_AN_EDGE - 1 :])]
