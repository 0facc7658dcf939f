"""A question as plain values: what the grammar reads, and what each engine translates. Pure.

The leaves say which words, names or days; `Not`, `AllOf` and `AnyOf` put them together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """Where words can be asked to stand, as it is written before the colon."""

    TITLE = "title"
    AUTHOR = "author"
    ABSTRACT = "abstract"
    SUMMARY = "summary"
    """The summary and the key points."""
    NOTE = "note"
    """The analysis."""


class Naming(StrEnum):
    """Names that are asked for as a whole, as it is written before the colon."""

    TAG = "tag"
    TOPIC = "topic"
    VENUE = "venue"


class Feature(StrEnum):
    """What a paper may have, as it is written behind `has:`."""

    CODE = "code"
    FIGURES = "figures"
    ANALYSIS = "analysis"


@dataclass(frozen=True, slots=True)
class Word:
    """This word, or a compound that reads so when joined."""

    text: str
    is_exact: bool = False
    """Whether it was quoted: then nothing like it will do."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word still being typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Compound:
    """Words tied together ("text-to-image"): joined, or one after the other; the last may still be being typed."""

    words: tuple[str, ...]
    joined: str
    """Empty where the compound is too long to be written as one word."""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class HanRun:
    """Han characters in a row, just so."""

    characters: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; of the last, if it is open, only the beginning is known."""

    words: tuple[str, ...]
    is_open: bool = False


Clause = Word | Prefix | Compound | HanRun | Phrase


@dataclass(frozen=True, slots=True)
class Within:
    """A clause that must hold in one field."""

    field: Field
    clause: Clause


@dataclass(frozen=True, slots=True)
class Also:
    """A clause, or others that mean the same and count for less."""

    clause: Clause
    others: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A tag, topic or venue of this name, compared without case, accents and punctuation."""

    naming: Naming
    key: str
    """The name as nothing but its words; see `whole`."""


@dataclass(frozen=True, slots=True)
class Known:
    """The paper that goes by this arXiv id, DOI or slug."""

    name: str


@dataclass(frozen=True, slots=True)
class Days:
    """A digest of these days lists it; either end may be open, both are included."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Has:
    """The paper has this."""

    feature: Feature


@dataclass(frozen=True, slots=True)
class Quality:
    """The lint found this; or nothing, for "clean"."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """The node does not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every node holds."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one node holds."""

    nodes: tuple["Node", ...]


Leaf = Clause | Within | Also | Named | Known | Days | Has | Quality
Node = Leaf | Not | AllOf | AnyOf


class SearchOrder(StrEnum):
    """What comes first; it is written behind `sort:`."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what was typed that asks for something by itself, and all that was typed but this part."""

    text: str
    rest: str
    nodes: tuple["Node", ...]
    """What it asks for."""


@dataclass(frozen=True, slots=True)
class Question:
    """All nodes hold; without any, everything is an answer."""

    nodes: tuple[Node, ...] = ()
    whole: str = ""
    """All words in a row, as a title that is typed in full would be; empty if more than words was asked."""
    order: SearchOrder | None = None
    hints: tuple[str, ...] = ()
    """What could not be understood as it was written, in sentences for the reader; it was searched as plain words."""

    @property
    def is_scored(self) -> bool:
        """Whether any words are asked for, so that some papers answer better than others."""
        return next(self.clauses(), None) is not None

    def clauses(self) -> Iterator[tuple[Field | None, Clause]]:
        """The words that are asked for, each with the field it must stand in; not those that must be absent."""
        return (found for node in self.nodes for found in _clauses(node))

    @property
    def has_rows(self) -> bool:
        """Whether any words must stand in a row, which takes an engine longest to find."""
        return any(_is_row(clause) for _, clause in self.clauses())


def _is_row(clause: Clause) -> bool:
    match clause:
        case HanRun(characters):
            return len(characters) > 2
        case Compound() | Phrase():
            return True
        case _:
            return False


def _clauses(node: Node) -> Iterator[tuple[Field | None, Clause]]:
    match node:
        case Word() | Prefix() | Compound() | HanRun() | Phrase():
            yield None, node
        case Within(field, clause):
            yield field, clause
        case Also(clause, others):
            yield None, clause
            yield from ((None, other) for other in others)
        case AllOf(nodes) | AnyOf(nodes):
            for inner in nodes:
                yield from _clauses(inner)
        case _:
            return


def both(nodes: Sequence[Node]) -> Node:
    """All of them, as one node."""
    return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))
