"""A paper's entries as its page shows them: two of them side by side, the rest one after another, figures together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from app import markup
from app.models import Entry, Figure
from app.web.language import language_of
from app.web.side_by_side import mark_differences


@dataclass(frozen=True, slots=True)
class Part:
    """A field of two entries."""

    field: str
    left: Markup
    right: Markup
    languages: tuple[str, str]
    is_same: bool
    is_marked: bool
    """Whether the differences are marked; two texts that have hardly a word in common are shown as they are."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries of a paper, field by field."""

    left: Entry
    right: Entry
    parts: Sequence[Part]

    @property
    def is_same(self) -> bool:
        return all(part.is_same for part in self.parts)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, and what it is called: numbered over all entries where the digest gives no caption."""

    figure: Figure
    number: int
    entry: Entry


def chosen_pair(entries: Sequence[Entry], first: str, second: str) -> tuple[Entry, Entry] | None:
    """The two entries asked for by number, else the newest two; what is asked for nonsensically is not asked for."""
    if len(entries) < 2:
        return None
    by_id = {str(entry.id): entry for entry in entries}
    left = by_id.get(first, entries[0])
    right = by_id.get(second)
    if right is None or right is left:
        right = next(entry for entry in entries if entry is not left)
    return left, right


def compare(left: Entry, right: Entry) -> Comparison:
    """Field by field; what neither has is left out."""
    parts = [_part(field, left, right) for field in _FIELDS]
    return Comparison(left, right, [part for part in parts if part.left or part.right])


def _part(field: str, left: Entry, right: Entry) -> Part:
    rendered = _FIELDS[field]
    marked = mark_differences(rendered(left), rendered(right))
    texts = (Markup(marked.left), Markup(marked.right))  # noqa: S704  (rendered and sanitised by `app.markup`)
    return Part(field, *texts, (_language(left, field), _language(right, field)), marked.is_same, marked.is_marked)


def _language(entry: Entry, field: str) -> str:
    value = getattr(entry, field)
    return language_of(value if isinstance(value, str) else " ".join(value))


def _key_points(entry: Entry) -> str:
    points = "".join(f"<li>{markup.render_inline(point)}</li>" for point in entry.key_points)
    return f"<ul>{points}</ul>" if points else ""


_FIELDS: dict[str, Callable[[Entry], str]] = {
    "summary": lambda entry: markup.render_inline(entry.summary),
    "key_points": _key_points,
    "analysis": lambda entry: markup.render_markdown(entry.analysis),
    "rest": lambda entry: str(escape(entry.rest)),
}
"""What digests say, and how it is rendered."""


def pictures(entries: Iterable[Entry]) -> list[Picture]:
    """Every figure once, though two entries may show it."""
    found: dict[str, tuple[Figure, Entry]] = {}
    for entry in entries:
        for figure in entry.figures:
            found.setdefault(figure.url, (figure, entry))
    return [Picture(figure, number, entry) for number, (figure, entry) in enumerate(found.values(), start=1)]
