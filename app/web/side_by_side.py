"""Two renderings of text with the words marked that the other does not have. Pure.

What is compared is what readers read: the words between the tags, not the tags. Marks are set within runs of text only,
so the HTML stays as well-formed as it was; what is inside `<math>` is one thing and left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter

from app import digests

FEW = 0.25
"""Of two texts with a smaller part in common everything would be marked, which says nothing: they are shown as they are."""
NEARLY = 0.999
"""The likeness of texts that differ in a formula alone, which is shown but not marked."""
MARK, UNMARK = '<mark class="differs">', "</mark>"
_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_BLOCKS = frozenset("p li dt dd tr h2 h3 h4 h5 h6 blockquote pre ul ol table br hr".split())  # noqa: SIM905
Piece = digests.Piece


@dataclass(frozen=True, slots=True)
class Marked:
    """Both renderings, and how much they have in common: 1 for the same words, 0 for none."""

    left: str
    right: str
    likeness: float

    @property
    def is_same(self) -> bool:
        return self.likeness == 1

    @property
    def is_marked(self) -> bool:
        return FEW <= self.likeness < 1


@lru_cache(maxsize=512)
def mark_differences(left: str, right: str) -> Marked:
    """Both with marks, unless there is nothing to compare or hardly anything in common."""
    if not left or not right:
        return Marked(left, right, 1.0 if left == right else 0.0)
    runs = [_runs(html) for html in (left, right)]
    words = ["".join(run.compared for run in some) for some in runs]
    pieces = digests.differences(*words)
    likeness = _likeness(pieces)
    if likeness == 1 and _FORMULA.findall(left) != _FORMULA.findall(right):
        return Marked(left, right, NEARLY)
    if not FEW <= likeness < 1:
        return Marked(left, right, likeness)
    first, second = (_written(some, _side(pieces, kind)) for some, kind in zip(runs, ("removed", "added"), strict=True))
    return Marked(first, second, likeness)


def _likeness(pieces: Sequence[Piece]) -> float:
    sizes = {"same": 0, "removed": 0, "added": 0}
    for piece in pieces:
        sizes[piece.kind.value] += len("".join(piece.text.split()))
    whole = 2 * sizes["same"] + sizes["removed"] + sizes["added"]
    return 2 * sizes["same"] / whole if whole else 1.0


def _side(pieces: Sequence[Piece], kind: str) -> Iterator[tuple[str, bool]]:
    """The characters of one side in order, each with whether it is that side's alone."""
    for piece in pieces:
        if piece.kind.value in ("same", kind):
            yield from ((char, piece.kind.value == kind) for char in piece.text)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of HTML: text that is compared, or HTML that stands as it is and may end a line for the comparison."""

    compared: str
    html: str | None = None


def _runs(html: str) -> list[_Run]:
    parser = _Runs()
    parser.feed(html)
    parser.close()
    return parser.runs


class _Runs(HTMLParser):
    """HTML of our own sanitiser, as text and what is between. A block begins a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[_Run] = []
        self._math = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._math += tag == "math"
        self._tag(tag, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag, f"</{tag}>")
        self._math -= tag == "math"

    def handle_data(self, data: str) -> None:
        if self._math:
            self.runs.append(_Run("", escape(data, quote=False)))
        else:
            self.runs.append(_Run(data))

    def _tag(self, tag: str, html: str) -> None:
        is_break = tag in _BLOCKS and not (self.runs and self.runs[-1].compared.endswith("\n"))
        self.runs.append(_Run("\n" if is_break else "", html))


def _written(runs: Sequence[_Run], side: Iterator[tuple[str, bool]]) -> str:
    written: list[str] = []
    for run in runs:
        chars = [next(side) for _ in run.compared]
        written.append(_with_marks(chars) if run.html is None else run.html)
    return "".join(written)


def _with_marks(chars: Sequence[tuple[str, bool]]) -> str:
    return "".join(
        _stretch("".join(char for char, _ in some), is_alone) for is_alone, some in groupby(chars, itemgetter(1))
    )


def _stretch(text: str, is_alone: bool) -> str:
    """Blanks around words are no difference to be seen."""
    words = text.strip()
    if not is_alone or not words:
        return escape(text, quote=False)
    before, after = text.split(words, 1)
    return f"{before}{MARK}{escape(words, quote=False)}{UNMARK}{after}"
