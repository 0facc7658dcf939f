"""Emphasis that works in Chinese: `**重点：**内容` is bold, though CommonMark sees no word end there.

CommonMark lets a delimiter close only at the end of a word as spaces and punctuation show it, and Chinese has no
spaces. The rule here is that of the CJK-friendly amendment proposed to CommonMark: next to a CJK character a
delimiter is judged as if there were a space.
"""

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_WIDE = frozenset("WF")


def emphasis(state: StateInline, silent: bool) -> bool:
    """The inline rule "emphasis" of markdown-it, with another idea of where a word ends."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        opens, closes = _flanks(state, scanned.length)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker), length=scanned.length, token=len(state.tokens) - 1, end=-1, open=opens, close=closes
            )
        )
    state.pos += scanned.length
    return True


def _flanks(state: StateInline, length: int) -> tuple[bool, bool]:
    """Whether a run of asterisks may open, and may close."""
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[state.pos + length] if state.pos + length < state.posMax else " "
    opens = not _is_space(after) and (not _is_punctuation(after) or _is_wide(after) or _ends_word(before))
    closes = not _is_space(before) and (not _is_punctuation(before) or _is_wide(before) or _ends_word(after))
    return opens, closes


def _is_space(char: str) -> bool:
    return isWhiteSpace(ord(char))


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _ends_word(char: str) -> bool:
    return _is_space(char) or _is_punctuation(char) or _is_wide(char)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in _WIDE
