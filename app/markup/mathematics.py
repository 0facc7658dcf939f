"""Plain text with mathematics in it: found, set as MathML, and all the rest escaped.

What is a formula and what a price is decided in `app.markup.dollars`; what cannot be set stays as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple, Protocol

from app.markup.dollars import Formula, formula_at
from app.markup.latex import Closer, command_at
from app.markup.mathml import mathml

LONGEST = 50_000
"""Characters beyond which a text is shown as it was written, with mathematics in it or without. Six times the longest
analysis we have met; hostile nesting takes a parser time by the square of its length."""
_BEGINS = re.compile(r"[$\\{}~\"]|``|''")
_JOINER = "\u2060"
"""Forbids to break the line where it stands: a browser would break at either side of a formula, as in I²-OL."""
_WIDE = "\u2e80"


class Piece(NamedTuple):
    """A stretch of a text, and what is shown of it."""

    start: int
    end: int
    html: str | None
    """None where the text is shown as it stands."""


class Fragment(Protocol):
    """A piece of a text in which something was sought."""

    @property
    def text(self) -> str: ...
    @property
    def is_match(self) -> bool: ...


def has_latex(text: str) -> bool:
    """Whether there may be anything to set; most texts have nothing."""
    return "$" in text or "\\" in text or "``" in text or "~" in text


def render_math(text: str) -> str:
    """A plain text as HTML: formulas set, commands of LaTeX read, all else escaped."""
    return _rendered(text) if has_latex(text) else escape(text)


def render_marked(fragments: Iterable[Fragment]) -> str:
    """The same for a text in which something was found; a formula that holds any of it is marked as a whole."""
    fragments = tuple(fragments)
    text = "".join(fragment.text for fragment in fragments)
    if not has_latex(text):
        return "".join(_marked(escape(fragment.text), fragment.is_match) for fragment in fragments)
    ends, places = 0, []
    for fragment in fragments:
        places.append((ends, ends + len(fragment.text), fragment.is_match))
        ends += len(fragment.text)
    return "".join(_shown_marked(text, pieces(text), places))


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """The whole text, cut where something else is shown than what stands there."""
    return tuple(_pieces(text)) if len(text) <= LONGEST else (Piece(0, len(text), None),)


@lru_cache(maxsize=4096)
def _rendered(text: str) -> str:
    return "".join(escape(text[start:end]) if html is None else html for start, end, html in pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    """Looks at each sign that may begin something once, and goes on behind what it began."""
    reached = at = 0
    closers: dict[int, Closer] = {}
    while match := _BEGINS.search(text, at):
        at = match.start()
        found = _formula(text, at) or _command(text, at, closers)
        if found is None:
            at += 1
            continue
        if found.html is not None:
            if at > reached:
                yield Piece(reached, at, None)
            yield found
            reached = found.end
        at = found.end
    if reached < len(text):
        yield Piece(reached, len(text), None)


def _formula(text: str, at: int) -> Piece | None:
    """One that cannot be set is kept as it was written, to its end."""
    formula = formula_at(text, at) if text[at] in "$\\" else None
    return Piece(at, formula.end, _set(formula, text, at)) if formula else None


def _set(formula: Formula, text: str, at: int) -> str | None:
    if formula.words:
        return _rendered(formula.words)
    html = mathml(formula.latex, formula.is_display)
    before, after = text[at - 1 : at], text[formula.end : formula.end + 1]
    return html and f"{_JOINER * _is_word(before)}{html}{_JOINER * _is_word(after)}"


def _is_word(char: str) -> bool:
    """Whether a line may not be broken beside it; Chinese may be broken anywhere."""
    return char.isalnum() and char < _WIDE


def _command(text: str, at: int, closers: dict[int, Closer]) -> Piece | None:
    if closer := closers.get(at):
        return Piece(at, at + closer.length, escape(closer.shown))
    command = command_at(text, at)
    if command is None:
        return None
    closers.update({closer.start: closer for closer in command.closers})
    return Piece(at, command.end, escape(command.shown))


def _shown_marked(text: str, cut: Iterable[Piece], places: Iterable[tuple[int, int, bool]]) -> Iterator[str]:
    """Each piece with the fragments that it shares characters with."""
    places = list(places)
    for start, end, html in cut:
        shared = [
            (max(start, first), min(end, last), hit) for first, last, hit in places if first < end and last > start
        ]
        if html is None:
            yield from (_marked(escape(text[first:last]), hit) for first, last, hit in shared)
        elif html:
            yield _marked(html, any(hit for _, _, hit in shared))


def _marked(html: str, is_match: bool) -> str:
    return f"<mark>{html}</mark>" if is_match else html
