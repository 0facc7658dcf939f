"""The text of a question cut into what its grammar is made of. Pure; any text can be cut."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    STRAY = "stray"
    """A quotation mark without a second one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the question."""

    kind: Kind
    text: str = ""
    """Of a name in lower case and without its colon; of what was quoted without its quotes."""
    is_last: bool = False
    """Whether the question ends right behind it, so that it may still be being typed."""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    """Where it stands in the question."""


NAMES = frozenset(
    {"title", "author", "abstract", "summary", "note", "analysis", "tag", "topic", "venue", "id", "date", "has"}
    | {"quality", "sort"}
)
"""What may stand before a colon; any other word with a colon is a word."""

_QUOTED = re.compile(r'["“”„＂]([^"“”„＂]*)["“”„＂]')
_NAME = re.compile(rf"({'|'.join(sorted(NAMES, key=len, reverse=True))})[:：](?!//)", re.IGNORECASE)
_TEXT = re.compile(r'[^\s()（）"“”„＂]+')
_VALUE = re.compile(r'(?:[^\s()（）"“”„＂]|\([^\s()（）"“”„＂]*\)|（[^\s()（）"“”„＂]*）)+')
"""What stands behind a name may hold brackets: `tag:高斯（3DGS）`, `id:10.1016/0004-3702(94)00041-X`."""
_BRACKETS = {"(": Kind.OPEN, "（": Kind.OPEN, ")": Kind.CLOSE, "）": Kind.CLOSE}
_MINUS = "-\uff0d"
_UNCLOSED = re.compile(r'["“”„＂]')
_BLANK = re.compile(r"\s+")


def tokens(text: str) -> Iterator[Token]:
    """All tokens, in order. A name, a minus and `OR` count only where a word could begin."""
    at, is_beginning, is_named, group = 0, True, False, 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at, is_beginning, is_named = blank.end(), True, False
            continue
        token = _next(text, at, is_beginning=is_beginning, is_value=is_named or group > 0)
        yield token
        match token.kind:
            case Kind.OPEN if is_named or group:
                group += 1
            case Kind.CLOSE if group:
                group -= 1
        is_beginning = token.kind in (Kind.OPEN, Kind.MINUS, Kind.NAME, Kind.STRAY)
        is_named = token.kind is Kind.NAME or (is_named and token.kind is Kind.MINUS)
        at = token.end


def _next(text: str, at: int, *, is_beginning: bool, is_value: bool) -> Token:
    if bracket := _BRACKETS.get(text[at]):
        return Token(bracket, start=at, end=at + 1)
    if quoted := _QUOTED.match(text, at):
        return Token(Kind.QUOTED, quoted[1], start=at, end=quoted.end())
    if stray := _UNCLOSED.match(text, at):
        return Token(Kind.STRAY, start=at, end=stray.end())
    if is_beginning:
        if text[at] in _MINUS and text[at + 1 : at + 2].strip():
            return Token(Kind.MINUS, start=at, end=at + 1)
        if name := _NAME.match(text, at):
            return Token(Kind.NAME, name[1].lower(), start=at, end=name.end())
    found = (_VALUE if is_value else _TEXT).match(text, at)
    end = found.end() if found else at + 1
    if is_beginning and text[at:end] == "OR" and end < len(text):
        return Token(Kind.OR, "OR", start=at, end=end)
    return Token(Kind.TEXT, text[at:end], is_last=end == len(text), start=at, end=end)
