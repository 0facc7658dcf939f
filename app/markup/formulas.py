"""Formulas within Markdown and HTML: taken out before the text is rendered, put in after it was sanitised.

The sanitiser lets no MathML pass. So a formula leaves a mark that a stranger cannot write, since it holds a number that
is drawn anew for each text, and the MathML of our own takes the place of the mark at the very end, outside of tags.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from itertools import cycle

from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.markup.mathematics import Piece, pieces

TOKEN = "formula"  # noqa: S105  (a name of markdown-it's)
_SIGNS = frozenset("$\\{}~")
_TAG = r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
_TEXT_OR_TAG = re.compile(rf"(?P<tag>{_TAG})|[^<]+|<")
_CODE = re.compile(r"<(/?)(?:code|pre|kbd)\b", re.IGNORECASE)


class Formulas:
    """What is shown in place of the formulas of one text."""

    def __init__(self) -> None:
        self._shown: list[tuple[str, str]] = []
        self._number = ""

    def keep(self, html: str, source: str) -> str:
        """The mark that stands for it meanwhile."""
        self._number = self._number or secrets.token_hex(8)
        self._shown.append((html, escape(source, quote=False)))
        return f"\ufdd0{self._number}.{len(self._shown) - 1}\ufdd1"

    def put_in(self, sanitised: str) -> str:
        """The text with every formula in its place. Within a tag there is no place for any."""
        if not self._shown:
            return sanitised
        mark = re.compile(rf"\ufdd0{self._number}\.(\d+)\ufdd1")
        return "".join(self._with(mark.split(part), place) for part, place in _parts(sanitised))

    def _with(self, split: Sequence[str], place: int) -> str:
        """Every other piece is the number of a formula."""
        return "".join(
            (*self._shown[int(piece)], "")[place] if is_number else piece
            for piece, is_number in zip(split, cycle((False, True)), strict=False)
        )


def _parts(html: str) -> Iterator[tuple[str, int]]:
    """Texts and tags, each with what stands in it for a formula: the formula (0), its source (1) in code, nothing (2)."""
    depth = 0
    for part in _TEXT_OR_TAG.finditer(html):
        if code := _CODE.match(part[0]):
            depth = max(0, depth + (-1 if code[1] else 1))
        yield part[0], 2 if part["tag"] else int(depth > 0)


def formula(state: StateInline, silent: bool) -> bool:
    """The inline rule: a formula, or a command of LaTeX, that begins here."""
    if state.src[state.pos] not in _SIGNS or not ("$" in state.src or "\\" in state.src):
        return False
    piece = _by_place(state.src).get(state.pos)
    if piece is None or piece.html is None or piece.end > state.posMax:
        return False
    if not silent:
        token = state.push(TOKEN, "", 0)
        token.content, token.markup = piece.html, state.src[piece.start : piece.end]
    state.pos = piece.end
    return True


def keep_formula(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    """How the token of a formula is rendered."""
    return _formulas(env).keep(tokens[index].content, tokens[index].markup)


def keep_formulas_of_html(html: str, env: EnvType) -> str:
    """The same for a block of raw HTML, which Markdown passes on as it is."""
    if not ("$" in html or "\\" in html):
        return html
    return _TEXT_OR_TAG.sub(lambda part: part[0] if part["tag"] else _kept(part[0], _formulas(env)), html)


def _kept(text: str, formulas: Formulas) -> str:
    plain = unescape(text)
    cut = pieces(plain)
    if all(piece.html is None for piece in cut):
        return text
    return "".join(
        escape(plain[start:end], quote=False) if html is None else formulas.keep(html, plain[start:end])
        for start, end, html in cut
    )


def _formulas(env: EnvType) -> Formulas:
    formulas = env["formulas"]
    assert isinstance(formulas, Formulas)  # noqa: S101  (put there by render_markdown)
    return formulas


@lru_cache(maxsize=64)
def _by_place(text: str) -> Mapping[int, Piece]:
    return {piece.start: piece for piece in pieces(text)}
