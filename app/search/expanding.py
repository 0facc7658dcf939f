"""A question widened by terms that mean the same: who asks for "gaussian splatting" finds 高斯泼溅 too. Pure.

Only what is asked for in plain words is widened: nothing quoted, nothing that must be absent, nothing of one field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.search.clauses import MOST_CLAUSES, quoted, whole
from app.search.question import AllOf, Also, AnyOf, Clause, Compound, HanRun, Node, Phrase, Prefix, Question, Word

MOST_OTHERS = 8
"""Terms that one term is widened by."""


class Equivalents:
    """For each term the others of its group; immutable, and quick to ask whatever its size."""

    __slots__ = ("_groups", "longest")

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        """Each group is some texts that mean the same. Of a text in two groups the first one counts."""
        found: dict[str, Mapping[str, str]] = {}
        for group in groups:
            keys = {key: text for text in group if (key := whole(text))}
            for key in keys:
                found.setdefault(_singular(key), keys)
        self._groups = MappingProxyType(found)
        self.longest = max((key.count(" ") + 1 for key in found), default=0)
        """Words of the longest term."""

    def __len__(self) -> int:
        return len(self._groups)

    def others(self, text: str) -> tuple[str, ...]:
        """What else means this, in the order of its group; nothing for what is no term. A plural finds its singular."""
        return self.others_of(whole(text))

    def others_of(self, key: str) -> tuple[str, ...]:
        """The same for a text that is folded already."""
        asked = _singular(key)
        group = self._groups.get(asked, {})
        return tuple(text for other, text in group.items() if _singular(other) != asked)


@dataclass(frozen=True, slots=True)
class Widened:
    """A stretch of the question, and what else is asked for instead of it."""

    typed: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """The question to ask, and what to tell the reader of it."""

    question: Question
    also: tuple[Widened, ...] = ()


def expand(question: Question, equivalents: Equivalents) -> Expansion:
    """Ask also for what means the same; the longest terms first, and each word in one of them."""
    if not len(equivalents):
        return Expansion(question)
    widening = _Widening(equivalents)
    nodes = widening.row(question.nodes)
    return Expansion(replace(question, nodes=nodes), tuple(widening.also)) if widening.also else Expansion(question)


@dataclass(slots=True)
class _Widening:
    equivalents: Equivalents
    also: list[Widened] = field(default_factory=list)
    room: int = MOST_CLAUSES
    """Clauses that may still be added: no question becomes too long to answer."""

    def row(self, nodes: Sequence[Node]) -> tuple[Node, ...]:
        """Nodes that all hold, those that are one term together taken as one."""
        made: list[Node] = []
        at = 0
        while at < len(nodes):
            length, node = self._term(nodes[at : at + self.equivalents.longest]) or (1, self._inside(nodes[at]))
            made.append(node)
            at += length
        return tuple(made)

    def _term(self, nodes: Sequence[Node]) -> tuple[int, Node] | None:
        """The longest term that the nodes begin with: how many nodes it takes, and what to ask instead."""
        plain: list[Clause] = []
        for node in nodes:
            if not _is_plain(node):
                break
            plain.append(node)  # type: ignore[arg-type]
        for length in range(len(plain), 0, -1):
            typed = " ".join(_words(clause) for clause in plain[:length])
            if others := self.equivalents.others_of(typed)[: min(MOST_OTHERS, self.room)]:
                return length, self._widen(plain[:length], typed, others)
        return None

    def _widen(self, clauses: Sequence[Clause], typed: str, others: tuple[str, ...]) -> Node:
        self.room -= len(others)
        self.also.append(Widened(_readable(clauses), others))
        asked = tuple(clause for other in others for clause in _asked(other))
        return Also(clauses[0], asked) if len(clauses) == 1 else AnyOf((AllOf(tuple(clauses)), *asked))

    def _inside(self, node: Node) -> Node:
        match node:
            case AllOf(nodes):
                return AllOf(self.row(nodes))
            case AnyOf(nodes):
                return AnyOf(tuple(inner for one in nodes for inner in self.row((one,))))
            case _:
                return node


def _is_plain(node: Node) -> bool:
    """Whether it is a clause as somebody typed it, without quotes."""
    return isinstance(node, Prefix | Compound | HanRun) or (isinstance(node, Word) and not node.is_exact)


def _asked(text: str) -> Iterable[Clause]:
    """A term in a row and just so, except that an English one may stand in the plural."""
    for clause in quoted(text):
        match clause:
            case Word(word) if len(word) > 3 and word.isascii() and word.isalpha():
                yield Word(_singular(word), is_exact=True)
                yield Word(_singular(word) + "s", is_exact=True)
            case Phrase((*words, last), False):
                yield Phrase((*words, _singular(last)), is_open=True)
            case _:
                yield clause


def _words(clause: Clause) -> str:
    """Its words in a row, as `whole` would give them."""
    match clause:
        case Word(text) | Prefix(text):
            return text
        case Compound(words) | Phrase(words):
            return " ".join(words)
        case HanRun(characters):
            return whole(characters)


def _readable(clauses: Sequence[Clause]) -> str:
    return " ".join(_typed(clause) for clause in clauses)


def _typed(clause: Clause) -> str:
    match clause:
        case HanRun(characters):
            return characters
        case Compound(words):
            return "-".join(words)
        case _:
            return _words(clause)


def _singular(key: str) -> str:
    """English terms are compared without regard to number: the last word's "s" does not count."""
    is_plural = len(key) > 3 and key.isascii() and key.endswith("s") and not key.endswith(("ss", "us", "is"))
    return key[:-1] if is_plural else key
