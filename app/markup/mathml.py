"""A formula in LaTeX to MathML of a closed list. The converter is trusted with the setting, not with the safety.

What it answers is read as XML and written anew: only elements and attributes that are listed here come out, whatever
went in. See docs/adr/0020.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from xml.etree import ElementTree  # it reads only what our own converter wrote, which has no doctype
from xml.etree.ElementTree import Element

from math_core import LatexError, LatexToMathML

LONGEST = 1_000
"""Characters of a formula from which on it stays as written."""
DEEPEST = 40
"""Groups within groups, and commands in a row. The converter calls itself for each without end, until the whole process
dies: a few hundred braces are enough in a thread of half a megabyte."""
_LONGEST_ANSWER = 40_000
NAMESPACE = "http://www.w3.org/1998/Math/MathML"

_WORDS = frozenset({"mi", "mn", "mo", "mtext"})
ELEMENTS = _WORDS | {
    *("math", "mrow", "mspace", "mstyle", "mpadded", "mphantom"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "mmultiscripts", "mprescripts"),
    *("munder", "mover", "munderover", "mtable", "mtr", "mtd"),
}
"""Elements of MathML Core; nothing in them but each other and, in four of them, text."""
_IN_WORDS = frozenset({"b", "em", "i", "tt"})
"""What the converter writes within words; its content stays."""
_SHOWN_AS = {"menclose": "mrow"}
"""What MathML Core has not, and what stands for it."""
_TRUTH = re.compile(r"true|false")
_LENGTH = re.compile(r"-?\d?(\.\d{1,8})?em|-?\d\d?(\.\d{1,8})?(px|pt)|0")
"""Short ones: a formula must not reach out of its place."""
ATTRIBUTES = {
    "display": re.compile(r"block"),
    "form": re.compile(r"prefix|infix|postfix"),
    "mathvariant": re.compile(r"normal"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    **dict.fromkeys(("columnspan", "rowspan"), re.compile(r"\d")),
    **dict.fromkeys(("accent", "accentunder", "displaystyle", "fence", "largeop", "movablelimits"), _TRUTH),
    **dict.fromkeys(("separator", "stretchy", "symmetric"), _TRUTH),
    **dict.fromkeys(("depth", "height", "linethickness", "lspace", "maxsize", "minsize", "rspace"), _LENGTH),
    **dict.fromkeys(("voffset", "width"), _LENGTH),
}
"""Each attribute with the values it may have; another value is as good as none."""

_OTHER_NAMES = re.compile(r"\\(mbox|hbox|widetilde|bold|textrm|textnormal)(?![A-Za-z])")
_NAMES = {
    "mbox": "text",
    "hbox": "text",
    "widetilde": "tilde",
    "bold": "mathbf",
    "textrm": "text",
    "textnormal": "text",
}
_DEFINING = re.compile(r"\\(?:[gex]?def|let|(?:re|provide)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])")
_NESTING = re.compile(r"\\(?:left|begin)(?![A-Za-z])|\\(?:right|end)(?![A-Za-z])|\\.|[{}\[\]]", re.DOTALL)
_IN_A_ROW = re.compile(rf"(?:\\(?:[A-Za-z]++|[^A-Za-z])[\s^_]*+){{{DEEPEST}}}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CONVERTER = LatexToMathML(fancy_error=False)


@lru_cache(maxsize=8192)
def mathml(latex: str, is_display: bool = False) -> str | None:
    """The formula as a `math` element; nothing if it cannot be set."""
    if len(latex) > LONGEST or not latex.strip() or _DEFINING.search(latex) or _is_deep(latex):
        return None
    known = _OTHER_NAMES.sub(lambda match: "\\" + _NAMES[match[1]], _THOUSANDS.sub("{,}", latex))
    try:
        answer = _CONVERTER.convert_with_local_state(known, displaystyle=is_display)
        return None if len(answer) > _LONGEST_ANSWER else rebuilt(answer)
    except (LatexError, UnicodeEncodeError):  # the latter for half a surrogate pair
        return None


def _is_deep(latex: str) -> bool:
    depth = deepest = 0
    for match in _NESTING.finditer(latex):
        if match[0] in {"{", "[", "\\left", "\\begin"}:
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in {"}", "]", "\\right", "\\end"}:
            depth = max(0, depth - 1)
    return deepest > DEEPEST or bool(_IN_A_ROW.search(latex))


def rebuilt(markup: str) -> str | None:
    """The same markup of listed elements, attributes and values; nothing if anything else is needed to set it."""
    if "<!" in markup or "<?" in markup:
        return None
    try:
        root = ElementTree.fromstring(markup)  # noqa: S314  (no entities: there is no doctype)
        return "".join(_written(root)) if root.tag == "math" else None
    except (ElementTree.ParseError, _NotListedError):
        return None


class _NotListedError(Exception):
    """An element that may not come out."""


def _written(element: Element, depth: int = 0) -> Iterator[str]:
    name = _SHOWN_AS.get(element.tag, element.tag)
    if name not in ELEMENTS or depth > 2 * DEEPEST:
        raise _NotListedError(name)
    yield f"<{name}{''.join(_attributes(element))}>"
    if name in _WORDS:
        yield escape(_words_of(element), quote=False)
    else:
        for child in element:
            yield from _written(child, depth + 1)
    yield f"</{name}>"


def _words_of(element: Element) -> str:
    r"""Also those of `\text{\emph{x}}`, plain."""
    if any(inner.tag not in _IN_WORDS for inner in element.iter() if inner is not element):
        raise _NotListedError(element.tag)
    return "".join(element.itertext())


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value):
            yield f' {name}="{value}"'
