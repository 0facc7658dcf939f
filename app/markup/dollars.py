"""Where a formula begins and ends, and which dollars are money. Pure.

TeX knows no money: `$5 and $6` would be a formula. So a formula must look like one. What stands between the dollars
has a command, a superscript or a subscript, or is a symbol, a number or a short expression; it neither begins nor ends
with a blank, and is no sentence.
"""

import re
from typing import NamedTuple

from app.markup.latex import group_end
from app.markup.mathml import LONGEST


class Formula(NamedTuple):
    """A formula in a text."""

    end: int
    latex: str
    is_display: bool = False
    words: str = ""
    """What it says where it is no formula but words, such as `$\\textit{Theseus}$`, in LaTeX."""


_DOLLARS = re.compile(r"(?P<sign>\$\$?)(?P<latex>(?:\\.|[^$\\`])+)(?P=sign)", re.DOTALL)
_BRACKETS = {"\\(": "\\)", "\\[": "\\]"}
_LATEX = re.compile(r"\\[A-Za-z,;:!% {}|]|[\^_]")
_TEXT_GROUP = re.compile(r"\\(?:text\w*|mbox|mathrm|mathit|mathsf|operatorname\*?)\s*\{[^{}]*\}")
_SENTENCE = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{3,}[\s,.;:]+){3}|[.!?;,][\s]+[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff5e]")
_LETTER, _RELATION = re.compile(r"\s*[A-Za-z]'?\s*"), re.compile(r"[=<>+]")
_OPERATOR = re.compile(r"[-+<>=≤≥≈±×·~→−*/]{1,2}")
_SIMPLE = re.compile(r"[A-Za-z\u0370-\u03ff\d.,+\-−*/=<>≤≥≈≠±×·→∞∈()\[\]|'!: ]{1,60}")
_WORD_AND_BLANK = re.compile(r"[A-Za-z]{2,} |[ ][A-Za-z]{2,}")
_WORDS_ALONE = re.compile(r"\\(?:text(?:it|bf|tt|sf|sc|rm|sl|normal)?|emph|mbox|href|url)\{")


def formula_at(text: str, at: int) -> Formula | None:
    """The formula that begins here."""
    if text[at] == "$":
        return _between_dollars(text, at)
    closing = _BRACKETS.get(text[at : at + 2])
    end = text.find(closing, at + 2, at + LONGEST) if closing else -1
    if closing is None or end < 0 or not _is_within_brackets(latex := text[at + 2 : end], closing):
        return None
    return Formula(end + 2, latex.strip(), closing == "\\]")


def _between_dollars(text: str, at: int) -> Formula | None:
    match = _DOLLARS.match(text, at, at + LONGEST)
    if not match or match.end() - at < 3:
        return None
    latex = match["latex"].replace("&lt;", "<").replace("&gt;", ">")  # as Markdown may write these
    before, after = text[at - 1 : at], text[match.end() : match.end() + 1]
    if before == "\\" or not _is_mathematics(latex, before, after):
        return None
    latex = latex.strip()
    return Formula(match.end(), latex, match["sign"] == "$$", latex if _is_words(latex) else "")


def _is_mathematics(latex: str, before: str, after: str) -> bool:
    bare = _TEXT_GROUP.sub("x", latex)
    if "\n\n" in latex or _HAN.search(bare) or _SENTENCE.search(bare):
        return False
    if _LATEX.search(latex):
        return latex[0].isspace() == latex[-1].isspace()
    if _OPERATOR.fullmatch(latex):
        return True
    is_simple = _SIMPLE.fullmatch(latex) and not _WORD_AND_BLANK.search(latex)
    return bool(is_simple) and latex == latex.strip() and not before.isdecimal() and not after.isdecimal()


def _is_within_brackets(latex: str, closing: str) -> bool:
    r"""Markdown escapes brackets just so: `\[12\]` is a reference, `\[x\]` a task that was done."""
    bare = _TEXT_GROUP.sub("x", latex)
    is_letter = closing == "\\)" and _LETTER.fullmatch(latex)
    if not (is_letter or _LATEX.search(latex) or _RELATION.search(latex)):
        return False
    return not ("\n\n" in latex or "`" in latex or _HAN.search(bare) or _SENTENCE.search(bare))


def _is_words(latex: str) -> bool:
    """Whether the whole of it is one command of words."""
    match = _WORDS_ALONE.match(latex)
    if not match:
        return False
    end = group_end(latex, match.end() - 1)
    if end is not None and latex.startswith("\\href") and latex.startswith("{", end + 1):
        end = group_end(latex, end + 1)
    return end == len(latex) - 1
