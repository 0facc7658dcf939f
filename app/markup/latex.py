"""LaTeX outside of formulas, as abstracts carry it: accents, escaped signs, words in commands. Pure.

Only what is known for certain is read; all else stays as it stands, for a reader can still read it.
"""

import re
import unicodedata
from typing import NamedTuple

from app.markup.latex_signs import COMBINING, LETTERS, SYMBOLS
from app.markup.mathml import mathml


class Command(NamedTuple):
    """A command in a text, and what is shown in its place."""

    end: int
    """Where the text goes on."""
    shown: str
    closers: "tuple[Closer, ...]" = ()
    """What closes it further on."""


class Closer(NamedTuple):
    """A brace or quotation mark, and what is shown in its place."""

    start: int
    shown: str = ""
    length: int = 1


LONGEST_GROUP = 2_000
_DEEPEST_GROUP = 20
_ACCENT = re.compile(
    r"\\(?:(?P<sign>['`^\"~=.])(?:\{\\?(?P<braced>[A-Za-z])\}|\\(?P<dotless>[ij])(?![A-Za-z])|(?P<bare>[A-Za-z]))"
    r"|(?P<letter>[uvHckrdb])\{\\?(?P<under>[A-Za-z])\})"
)
_SIGN = re.compile(r"\\([%&_#${}])")
_SPACE = re.compile(r"\\[,;:! ]")
_SPACES = {"\\!": "", "\\ ": " "}
_THIN_SPACE = "\u202f"
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NAME = re.compile(r"\\([A-Za-z]+)")
_OF_WORDS = {
    *("emph", "text", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf", "textsl", "texttt"),
    *("textup", "underline", "uline", "mbox", "url", "textsubscript", "textsuperscript"),
}
_SWITCHES = {"em", "bf", "it", "rm", "sc", "sf", "sl", "tt", "bfseries", "itshape", "ttfamily", "small", "large"}
_NOT_ACUTE = frozenset("dmlrstvDMLRSTV")
"""Letters that follow an apostrophe in English: `it\\'s` is no accent."""
_SHORTHAND = re.compile(r"(?<=[A-Za-z.,:;)%\]}])~(?=[A-Za-z0-9\\([$])")
_QUOTED = re.compile(r"``(?P<words>(?:(?!``|''|\").){1,300})(?P<closing>''|\")", re.DOTALL)


def command_at(text: str, at: int) -> Command | None:
    """The command that begins here, if we know it."""
    match text[at]:
        case "~":
            return Command(at + 1, "\u00a0") if _SHORTHAND.match(text, at) else None
        case "`":
            quoted = _QUOTED.match(text, at)
            closing = quoted and Closer(quoted.start("closing"), "”", len(quoted["closing"]))
            return Command(at + 2, "“", (closing,)) if closing else None
        case "{":
            return _group(text, at)
        case "\\":
            return _accent(text, at) or _sign(text, at) or _named(text, at)
    return None


def group_end(text: str, at: int) -> int | None:
    """Where the group ends that an opening brace begins: the place of the closing one."""
    depth = 0
    for match in _BRACE.finditer(text, at, min(len(text), at + LONGEST_GROUP)):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.start()
        if depth > _DEEPEST_GROUP:
            break
    return None


def _group(text: str, at: int) -> Command | None:
    """`{\\em words}` and `{\\'e}`: the braces are there for the command."""
    if not text.startswith("\\", at + 1) or (end := group_end(text, at)) is None:
        return None
    switch = _NAME.match(text, at + 1)
    if switch and switch[1] in _SWITCHES:
        after = switch.end()
        return Command(after + len(text[after:end]) - len(text[after:end].lstrip()), "", (Closer(end),))
    return Command(at + 1, "", (Closer(end),)) if command_at(text, at + 1) else None


def _accent(text: str, at: int) -> Command | None:
    match = _ACCENT.match(text, at)
    if not match:
        return None
    letter = match["braced"] or match["dotless"] or match["bare"] or match["under"]
    shown = unicodedata.normalize("NFC", letter + COMBINING[match["sign"] or match["letter"]])
    is_told = not match["bare"] or _is_in_word(text, at, match)
    return Command(match.end(), shown) if is_told and len(shown) == 1 else None


def _is_in_word(text: str, at: int, match: re.Match[str]) -> bool:
    """`R\\"uckert` has an accent; `\\"under` and `it\\'s` are marks that somebody escaped."""
    is_within = at > 0 and (text[at - 1].isalpha() or text[at - 1] == "{")
    return is_within and not (match["sign"] == "'" and match["bare"] in _NOT_ACUTE)


def _sign(text: str, at: int) -> Command | None:
    if match := _SIGN.match(text, at):
        return Command(match.end(), match[1])
    if match := _SPACE.match(text, at):
        return Command(match.end(), _SPACES.get(match[0], _THIN_SPACE))
    return None


def _named(text: str, at: int) -> Command | None:
    match = _NAME.match(text, at)
    if not match:
        return None
    name, end = match[1], match.end()
    if text.startswith("{", end):
        return _with_words(text, name, end) or (_symbol(text, name, end) if text.startswith("{}", end) else None)
    return _symbol(text, name, end)


def _with_words(text: str, name: str, brace: int) -> Command | None:
    end = group_end(text, brace) if name in _OF_WORDS or name in {"footnote", "href"} else None
    if end is None:
        return None
    if name == "footnote":
        return Command(brace + 1, " (", (Closer(end, ")"),))
    if name != "href":
        return Command(brace + 1, "", (Closer(end),))
    last = group_end(text, end + 1) if text.startswith("{", end + 1) else None
    if not last:
        return None
    return Command(end + 2, "", (Closer(last, _address(text[brace + 1 : end], text[end + 2 : last])),))


def _address(address: str, words: str) -> str:
    """After the words that it was the link of, unless they say it."""
    return "" if address.rstrip("/") in words or words in address else f" ({address})"


def _symbol(text: str, name: str, end: int) -> Command | None:
    after = end + 2 * text.startswith("{}", end)
    if name in LETTERS:
        return Command(after if after > end else end + text.startswith(" ", end), LETTERS[name])
    shown = SYMBOLS.get(name) or _sign_of_formula(name)
    return Command(after, shown) if shown else None


def _sign_of_formula(name: str) -> str:
    """`\\times` outside of a formula, as some write."""
    words = re.fullmatch(r"<math><m[io][^>]*>([^<&])</m[io]></math>", mathml(f"\\{name}") or "")
    return words[1] if words else ""
