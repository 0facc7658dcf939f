"""Two renderings of text with the words marked that the other does not have. Pure.

What is compared is what readers read: the words between the tags, not the tags. Marks are set within runs of text only,
so the HTML stays as well-formed as it was; what is inside `<math>` is one thing and left alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

from app import digests

FEW = 0.25
"""Of two texts with a smaller part in common everything would be marked, which says nothing: they are shown as they are."""
MARK, UNMARK = '<mark class="differs">', "</mark>"
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
    words = ["".join(text for is_text, text in some if is_text) for some in runs]
    pieces = digests.differences(*words)
    likeness = _likeness(pieces)
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


Run = tuple[bool, str]
"""Whether it is text to be compared, and the text itself, or else HTML as it stands."""


def _runs(html: str) -> list[Run]:
    parser = _Runs()
    parser.feed(html)
    parser.close()
    return parser.runs


class _Runs(HTMLParser):
    """HTML of our own sanitiser, as text and what is between. A block begins a line, in a run of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
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
            self.runs.append((False, escape(data, quote=False)))
        else:
            self.runs.append((True, data))

    def _tag(self, tag: str, html: str) -> None:
        if tag in _BLOCKS and self.runs and self.runs[-1] != (True, "\n"):
            self.runs.append((True, "\n"))
        self.runs.append((False, html))


def _written(runs: Sequence[Run], side: Iterator[tuple[str, bool]]) -> str:
    written: list[str] = []
    for is_text, text in runs:
        written.append(_with_marks([next(side) for _ in text]) if is_text else text)
    return "".join(written)


def _with_marks(chars: Sequence[tuple[str, bool]]) -> str:
    written, is_open = [], False
    for char, is_alone in chars:
        wants = is_alone and (is_open or not char.isspace())
        if wants != is_open:
            written.append(MARK if wants else UNMARK)
            is_open = wants
        written.append(escape(char, quote=False))
    return "".join([*written, UNMARK] if is_open else written)
