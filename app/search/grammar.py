"""From the text in the search box to a question. There is no wrong syntax: what cannot be read is searched as plain words.

question = either+            all of them hold
either   = one ("OR" one)*
one      = "-"* ("(" question ")" | name ":" "-"* (word | quoted | "(" question ")") | word | quoted)
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, groupby, islice
from typing import NamedTuple

from app.arxiv import read_arxiv_id, read_arxiv_link
from app.doi import read_doi
from app.i18n import gettext as _
from app.periods import Period
from app.search.clauses import LONGEST_TEXT, MOST_CLAUSES, plain, quoted, whole
from app.search.question import (
    AnyOf,
    Days,
    Feature,
    Field,
    Has,
    Known,
    Named,
    Naming,
    Node,
    Not,
    Piece,
    Quality,
    Question,
    SearchOrder,
    Within,
    both,
)
from app.search.tokens import Kind, Token, tokens
from app.search.words import places

DEEPEST = 12
"""Brackets within brackets."""
_FIELDS = {field.value: field for field in Field} | {"analysis": Field.NOTE}
_FEATURES = {feature.value: feature for feature in Feature} | {"figure": Feature.FIGURES}


class _NotUnderstoodError(Exception):
    """With a sentence that says what was wrong."""


def ask(text: str, today: date | None = None) -> Question:
    """What a reader typed, as a question. `today` is what `date:7d` counts from."""
    hints = []
    if len(text) > LONGEST_TEXT:
        hints.append(_("Only the first %(most)d characters were searched.") % {"most": LONGEST_TEXT})
    text = text[:LONGEST_TEXT]
    reader = _Reader(text, today or datetime.now(UTC).date())
    try:
        read = reader.read()
    except _NotUnderstoodError as error:
        words = tuple(islice(dict.fromkeys(plain(text)), MOST_CLAUSES))
        hints.append(_("%(reason)s All of it was searched as plain words.") % {"reason": error})
        return Question(words, whole(text), None, tuple(hints))
    if reader.leaves > MOST_CLAUSES:
        hints.append(_("Only the first %(most)d words were searched.") % {"most": MOST_CLAUSES})
    nodes = tuple(dict.fromkeys(chain.from_iterable(part.nodes for part in read)))
    return Question(nodes, whole(text) if reader.is_plain else "", reader.order, (*hints, *reader.hints))


def pieces(text: str) -> list[Piece]:
    """What was typed, cut into parts that all hold: each can be named, and left out, just as it stands."""
    text = text[:LONGEST_TEXT]
    try:
        read = _Reader(text, datetime.now(UTC).date()).read()
    except _NotUnderstoodError:
        return list(_words(text, 0, len(text)))
    found: list[Piece] = []
    for start, end, nodes, typed in read:
        if typed and len(nodes) > 1:
            found += islice(_words(text, start, end, is_typing=typed.is_last), len(nodes))
        elif nodes:
            found.append(_piece(text, start, end, nodes))
    return found


@dataclass(slots=True)
class _Place:
    """Where in the grammar a word stands: which name is before it, and whether it is wanted or not."""

    name: str = ""
    is_negated: bool = False


class _Part(NamedTuple):
    """What stands between two outermost breaks, and what it asks for."""

    start: int
    end: int
    nodes: list[Node]
    typed: Token | None
    """Its token, if it is but one."""


class _Reader:
    """Reads tokens from first to last; each rule of the grammar is a method."""

    def __init__(self, text: str, today: date) -> None:
        found = list(tokens(text))
        self._tokens = [token for token in found if token.kind is not Kind.STRAY]
        self._text, self._today, self._at = text, today, 0
        self.hints: list[str] = []
        if text[-1:].isspace() and any(map(self._is_odd, found)):
            self.hints.append(_("A quotation mark without a second one was passed over."))
        self.order: SearchOrder | None = None
        self.leaves = 0
        self.is_plain = True

    def _is_odd(self, token: Token) -> bool:
        """Whether it is a quotation mark by itself: not one behind a number, which are inches, nor one of a phrase that is
        still being typed."""
        return token.kind is Kind.STRAY and not self._text[: token.start][-1:].isdigit()

    def read(self) -> list[_Part]:
        """Part by part what was asked for."""
        found: list[_Part] = []
        while self._at < len(self._tokens):
            if self._peek(Kind.CLOSE):
                raise _NotUnderstoodError(_("There is a closing bracket without an opening one."))
            first = self._tokens[self._at]
            nodes = self._either(_Place(), 0)
            last = self._tokens[self._at - 1]
            found.append(_Part(first.start, last.end, nodes, first if first is last else None))
        return found

    def _peek(self, kind: Kind) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind is kind

    def _take(self, kind: Kind) -> bool:
        is_there = self._peek(kind)
        self._at += is_there
        return is_there

    def _question(self, place: _Place, depth: int) -> list[Node]:
        if depth > DEEPEST:
            raise _NotUnderstoodError(_("There are more than %(most)d brackets within brackets.") % {"most": DEEPEST})
        nodes: list[Node] = []
        while self._at < len(self._tokens) and not self._peek(Kind.CLOSE):
            nodes += self._either(place, depth)
        return nodes

    def _either(self, place: _Place, depth: int) -> list[Node]:
        if self._peek(Kind.OR):
            raise _NotUnderstoodError(_("There is nothing on one side of OR."))
        choices = [self._one(place, depth)]
        while self._take(Kind.OR):
            self.is_plain = False
            if self._at == len(self._tokens) or self._peek(Kind.CLOSE) or self._peek(Kind.OR):
                raise _NotUnderstoodError(_("There is nothing on one side of OR."))
            choices.append(self._one(place, depth))
        choices = [choice for choice in choices if choice]
        if len(choices) < 2:
            return choices[0] if choices else []
        return [AnyOf(tuple(both(choice) for choice in choices))]

    def _one(self, place: _Place, depth: int) -> list[Node]:
        if self._peek(Kind.MINUS):
            return self._minus(place, depth)
        if self._take(Kind.OPEN):
            nodes = self._question(place, depth + 1)
            if not self._take(Kind.CLOSE):
                raise _NotUnderstoodError(_("There is an opening bracket without a closing one."))
            return [both(nodes)] if nodes else []
        if self._at == len(self._tokens) or self._peek(Kind.CLOSE) or self._peek(Kind.OR):
            return []  # a minus before nothing
        token = self._tokens[self._at]
        self._at += 1
        if token.kind is Kind.NAME:
            return self._named(token.text, place, depth)
        return self._leaf(token, place)

    def _minus(self, place: _Place, depth: int) -> list[Node]:
        """Two in a row say nothing."""
        self.is_plain, is_odd = False, False
        while self._take(Kind.MINUS):
            is_odd = not is_odd
        nodes = self._one(_Place(place.name, place.is_negated != is_odd), depth)
        return [Not(both(nodes))] if nodes and is_odd else nodes

    def _named(self, name: str, place: _Place, depth: int) -> list[Node]:
        self.is_plain = False
        if any(map(self._peek, (Kind.OPEN, Kind.TEXT, Kind.QUOTED, Kind.MINUS))):
            return self._one(_Place(name, place.is_negated), depth)
        self.hints.append(_("Nothing stands behind “%(name)s:”.") % {"name": name})
        return []

    def _leaf(self, token: Token, place: _Place) -> list[Node]:
        nodes = self._nodes(token, place)
        room = max(0, MOST_CLAUSES - self.leaves)
        self.leaves += len(nodes)
        return nodes[:room]

    def _nodes(self, token: Token, place: _Place) -> list[Node]:
        is_quoted = token.kind is Kind.QUOTED
        if place.name and place.name not in _FIELDS:
            found = self._value(place.name, token.text)
            if found is not None:
                return found
        is_typing = token.is_last and not place.is_negated
        words = list(quoted(token.text) if is_quoted else plain(token.text, is_typing=is_typing))
        if place.name in _FIELDS:
            return [Within(_FIELDS[place.name], clause) for clause in words]
        return [*words]

    def _value(self, name: str, text: str) -> list[Node] | None:
        """None for a value that is none: then it is a word, and a hint says so."""
        read: dict[str, Callable[[str], list[Node] | None]] = {
            "tag": lambda text: _name(Naming.TAG, text),
            "topic": lambda text: _name(Naming.TOPIC, text),
            "venue": lambda text: _name(Naming.VENUE, text),
            "id": lambda text: [Known(_id(text.strip()))] if text.strip() else None,
            "date": self._days,
            "has": lambda text: [Has(_FEATURES[text.lower()])] if text.lower() in _FEATURES else None,
            "quality": lambda text: [Quality(text.lower())] if text.strip() else None,
            "sort": self._sort,
        }
        found = read[name](text)
        if found is None:
            self.hints.append(_not_understood(name, text))
        return found

    def _days(self, text: str) -> list[Node] | None:
        number = text[:-1]
        if text[-1:] in ("d", "D") and number.isascii() and number.isdigit() and 0 < len(number) <= 5:
            return [Days(self._today - timedelta(days=max(int(number), 1) - 1), None)]
        since, dots, until = text.partition("..")
        if dots and not (since and until):
            period = Period.parse(since or until)
            return [Days(period.first if since else None, period.last if until else None)] if period else None
        period = Period.parse(text)
        return [Days(period.first, period.last)] if period else None

    def _sort(self, text: str) -> list[Node] | None:
        orders = {order.value: order for order in SearchOrder}
        if text.lower() not in orders:
            return None
        self.order = orders[text.lower()]
        return []


_EXAMPLES = {
    "date": "date:2024-12-07, date:2024-11..2024-12, date:7d",
    "has": ", ".join(f"has:{feature}" for feature in Feature),
    "sort": ", ".join(f"sort:{order}" for order in SearchOrder),
}


def _not_understood(name: str, text: str) -> str:
    said = {"asked": f"{name}:{text}", "examples": _EXAMPLES.get(name, "")}
    if not said["examples"]:
        return _("“%(asked)s” is not understood.") % said
    return _("“%(asked)s” is not understood; try %(examples)s.") % said


def _piece(text: str, start: int, end: int, nodes: Iterable[Node]) -> Piece:
    """What stands behind it may still be being typed; what stands before it is then done with."""
    before, behind = text[:start].rstrip(), text[end:].lstrip()
    return Piece(text[start:end], f"{before} {behind}".lstrip(), tuple(nodes))


def _words(text: str, start: int, end: int, *, is_typing: bool = False) -> Iterator[Piece]:
    """A piece for each run of plain words in a part of the text."""
    part = text[start:end]
    found = [list(run) for _, run in groupby(places(part), lambda place: id(place.run))]
    for run, clause in zip(found, plain(part, is_typing=is_typing), strict=True):
        yield _piece(text, start + run[0].start, start + run[-1].end, [clause])


def _id(text: str) -> str:
    """As the paper is known by it, however it was written or linked."""
    link = read_arxiv_link(text)
    return read_arxiv_id(text) or (link and link[0]) or read_doi(text) or text


def _name(naming: Naming, text: str) -> list[Node] | None:
    key = whole(text)
    return [Named(naming, key)] if key else None
