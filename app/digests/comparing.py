"""Two states of a digest compared, entry by entry and field by field. Pure."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.digests.document import ParsedDigest, ParsedEntry, ParsedFigure
from app.digests.naming import title_key

DIGEST_FIELDS = (
    "format",
    "title",
    "topic",
    "first_day",
    "last_day",
    "stated_date",
    "tags",
    "preamble",
    "note_id",
    "revised_at",
    "source_url",
)
ENTRY_FIELDS = (
    "title",
    "arxiv_id",
    "version",
    "doi",
    "url",
    "authors",
    "abstract",
    "comment",
    "summary",
    "key_points",
    "analysis",
    "figures",
    "tags",
    "rest",
)
Value = str | tuple[str, ...]
"""A text, or the items of a list."""
Span = tuple[int, int]
Key = str | tuple[str, str] | None
"""What makes two entries one; nothing, if there is nothing to go by."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else now."""

    name: str
    before: Value
    after: Value
    lines_before: Span | None = None
    """Its first and last line in the earlier file, if the parser told them."""
    lines_after: Span | None = None

    @property
    def texts(self) -> tuple[str, str]:
        """Both values as texts; of several each stands on a line."""
        return _text(self.before), _text(self.after)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and its place in the digest, counted from 1."""

    position: int
    entry: ParsedEntry


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry in both states."""

    before: Placed
    after: Placed
    fields: tuple[FieldChange, ...]
    is_moved: bool
    """Whether it stands in another order among the entries that both states have."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different between two states of a digest."""

    fields: tuple[FieldChange, ...]
    """Of the digest itself."""
    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    kept: tuple[EntryChange, ...]
    """The entries that both states have and that moved or say something else, in their order now."""

    @property
    def moved(self) -> tuple[EntryChange, ...]:
        return tuple(one for one in self.kept if one.is_moved)

    @property
    def changed(self) -> tuple[EntryChange, ...]:
        return tuple(one for one in self.kept if one.fields)

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.removed or self.kept)


def compare(before: ParsedDigest, after: ParsedDigest) -> Changes:
    """What a reader of the earlier state does not know of the later one."""
    pairs = _match(before.entries, after.entries)
    gone, come = set(range(len(before.entries))) - pairs.keys(), set(range(len(after.entries))) - set(pairs.values())
    in_order = sorted(pairs.items(), key=lambda pair: pair[1])
    still = _longest_rise([old for old, _ in in_order])
    kept = (_entry_change(before.entries, after.entries, old, new, old not in still) for old, new in in_order)
    return Changes(
        tuple(_differing(DIGEST_FIELDS, before, after)),
        tuple(Placed(place + 1, after.entries[place]) for place in sorted(come)),
        tuple(Placed(place + 1, before.entries[place]) for place in sorted(gone)),
        tuple(one for one in kept if one.fields or one.is_moved),
    )


def _entry_change(
    before: Sequence[ParsedEntry], after: Sequence[ParsedEntry], old: int, new: int, is_moved: bool
) -> EntryChange:
    fields = tuple(_differing(ENTRY_FIELDS, before[old], after[new]))
    return EntryChange(Placed(old + 1, before[old]), Placed(new + 1, after[new]), fields, is_moved)


def _differing(
    names: Iterable[str], before: ParsedDigest | ParsedEntry, after: ParsedDigest | ParsedEntry
) -> Iterable[FieldChange]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield FieldChange(name, _said(old), _said(new), _span(before, name), _span(after, name))


def _said(value: object) -> Value:
    if isinstance(value, tuple):
        return tuple(map(_item, value))
    return "" if value is None else str(value)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _item(item: object) -> str:
    return f"{item.caption} {item.url}".strip() if isinstance(item, ParsedFigure) else str(item)


def _span(of: ParsedDigest | ParsedEntry, name: str) -> Span | None:
    return of.lines.get(name) if isinstance(of, ParsedEntry) else None


def _match(before: Sequence[ParsedEntry], after: Sequence[ParsedEntry]) -> dict[int, int]:
    """Which entry became which: the same arXiv id, else DOI, else title; what is left, by its place."""
    pairs: dict[int, int] = {}
    for key in _KEYS:
        _pair_alike(before, after, key, pairs)
    _pair_by_place(before, after, pairs)
    return pairs


_KEYS: tuple[Callable[[ParsedEntry], Key], ...] = (
    lambda entry: (entry.arxiv_id, title_key(entry.title)) if entry.arxiv_id else None,  # of a paper listed twice
    lambda entry: entry.arxiv_id,
    lambda entry: entry.doi,
    lambda entry: title_key(entry.title),
)


def _pair_alike(
    before: Sequence[ParsedEntry],
    after: Sequence[ParsedEntry],
    key: Callable[[ParsedEntry], Key],
    pairs: dict[int, int],
) -> None:
    """Those with one key, the first with the first; an empty key is none."""
    taken = set(pairs.values())
    free: dict[Key, deque[int]] = defaultdict(deque)
    for new, entry in enumerate(after):
        if new not in taken and key(entry):
            free[key(entry)].append(new)
    for old, entry in enumerate(before):
        if old not in pairs and free.get(key(entry)):
            pairs[old] = free[key(entry)].popleft()


def _pair_by_place(before: Sequence[ParsedEntry], after: Sequence[ParsedEntry], pairs: dict[int, int]) -> None:
    """What is left behind the same neighbour, in order; two that name different papers stay apart."""
    back = {new: old for old, new in pairs.items()}
    free: dict[int, deque[int]] = defaultdict(deque)
    neighbour = -1
    for new in range(len(after)):
        neighbour = back.get(new, neighbour)
        if new not in back:
            free[neighbour].append(new)
    neighbour = -1
    for old in range(len(before)):
        if old in pairs:
            neighbour = old
        elif free[neighbour] and not _contradict(before[old], after[free[neighbour][0]]):
            pairs[old] = free[neighbour].popleft()


def _contradict(one: ParsedEntry, other: ParsedEntry) -> bool:
    ids = ((one.arxiv_id, other.arxiv_id), (one.doi, other.doi))
    return any(a and b and a != b for a, b in ids)


def _longest_rise(places: Sequence[int]) -> set[int]:
    """The most that stand in rising order: these stayed where they were, and the others moved around them."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    rise: set[int] = set()
    place_or_none = ends[-1] if ends else None
    while place_or_none is not None:
        rise.add(place_or_none)
        place_or_none = before[place_or_none]
    return rise
