"""The text of a question cut into what its grammar is made of. Pure; any text can be cut."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    MINUS = "-"
    NAME = "name:"
    QUOTED = "quoted"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question."""

    kind: Kind
    text: str = ""
    """Of a name in lower case and without its colon; of what was quoted without its quotes."""
    is_last: bool = False
    """Whether the question ends right behind it, so that it may still be being typed."""


NAMES = frozenset(
    {"title", "author", "abstract", "summary", "note", "analysis", "tag", "topic", "venue", "id", "date", "has"}
    | {"quality", "sort"}
)
"""What may stand before a colon; any other word with a colon is a word."""

_QUOTED = re.compile(r'["“”„＂]([^"“”„＂]*)["“”„＂]')
_NAME = re.compile(rf"({'|'.join(sorted(NAMES, key=len, reverse=True))})[:：](?!//)", re.IGNORECASE)
_TEXT = re.compile(r'[^\s()"“”„＂]+')
_UNCLOSED = re.compile(r'["“”„＂]')
_BLANK = re.compile(r"\s+")


def tokens(text: str) -> Iterator[Token]:
    """All tokens, in order. A name, a minus and `OR` count only where a word could begin."""
    at, is_beginning = 0, True
    while at < len(text):
        if blank := _BLANK.match(text, at) or (None if _QUOTED.match(text, at) else _UNCLOSED.match(text, at)):
            at, is_beginning = blank.end(), True
            continue
        token, end = _next(text, at, is_beginning=is_beginning)
        yield token
        is_beginning = token.kind in (Kind.OPEN, Kind.MINUS, Kind.NAME)
        at = end


def _next(text: str, at: int, *, is_beginning: bool) -> tuple[Token, int]:
    if text[at] in "()":
        return Token(Kind(text[at])), at + 1
    if quoted := _QUOTED.match(text, at):
        return Token(Kind.QUOTED, quoted[1]), quoted.end()
    if is_beginning:
        if text[at] == "-" and text[at + 1 : at + 2].strip():
            return Token(Kind.MINUS), at + 1
        if name := _NAME.match(text, at):
            return Token(Kind.NAME, name[1].lower()), name.end()
    found = _TEXT.match(text, at)
    end = found.end() if found else at + 1
    if is_beginning and text[at:end] == "OR" and end < len(text):
        return Token(Kind.OR, "OR"), end
    return Token(Kind.TEXT, text[at:end], is_last=end == len(text)), end
