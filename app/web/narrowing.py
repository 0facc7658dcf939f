"""What a list can be narrowed to, as links: facets with their values, and chips for what is chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app import digests
from app.catalog import EXCLUSIONS, PARAMETERS, Facets, Listing, PaperFilter, Period
from app.catalog.facets import MAX_VALUES
from app.catalog.filters import CLEAN, Exclusion, Facet
from app.i18n import current_language, format_month, format_period, gettext, message
from app.models import tag_label
from app.web.places import Place

SHORT, SHORTER = 8, 5
"""Values of a facet that are shown: of topics, by which most narrow a list, and of the others; the rest on demand."""
_RULES = {rule.id: rule for rule in digests.RULES}
_CLEAN = message("nothing to doubt")
NAMES: dict[str, str] = {
    "topic": message("Topic"),
    "month": message("Month"),
    "tag": message("Tag"),
    "author": message("Author"),
    "venue": message("Venue"),
    "has": message("Has"),
    "quality": message("Quality"),
}
"""Each facet by the name it has in addresses, and as it is called; in the order of the page."""
_KINDS: dict[str, str] = {
    "topic": message("topic"),
    "tag": message("tag"),
    "author": message("author"),
    "venue": message("venue"),
    "quality": message("quality"),
}
"""The same before a value that is chosen."""
_NOT: dict[str, str] = {
    "topic": message("not the topic"),
    "tag": message("not the tag"),
    "author": message("not the author"),
    "venue": message("not the venue"),
    "quality": message("not the quality"),
}
_FACETS: dict[str, Facet] = {name: facet for facet, name in PARAMETERS.items()}
_INDEXES = {"topic": message("All topics"), "tag": message("All tags"), "author": message("All authors")}
_FEATURES = {"code": message("Code"), "figures": message("Figures")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many papers it leaves, and the addresses with it, or without it if it is chosen."""

    label: str
    count: int
    url: str
    is_chosen: bool = False
    without_url: str = ""
    """With the papers that have it left out."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet as its reader sees it."""

    kind: str
    name: str
    choices: list[Choice]
    more: int = 0
    """How many values are not shown."""
    index_name: str = ""
    index_url: str = ""
    """The page of all values that the library has, where not even all that could be shown are counted."""


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    kind: str
    label: str
    url: str
    is_without: bool = False
    """Whether papers that have it are left out."""


def quality_label(name: str) -> str:
    """A lint rule's id as people read it."""
    if name == CLEAN:
        return gettext(_CLEAN)
    rule = _RULES.get(name)
    if rule is None:
        return name
    return rule.title_zh if current_language() == "zh" else rule.title


def narrowings(place: Place, listing: Listing, opened: str = "") -> list[Narrowing]:
    """Every facet that offers anything; of the opened one all values that were counted."""
    found = (_narrowing(kind, place, listing, opened) for kind in NAMES)
    return [narrowing for narrowing in found if narrowing.choices]


def chips_of(place: Place, wanted: PaperFilter) -> list[Chip]:
    """All that is chosen and not said by the place itself."""
    return list(_chips(place, wanted))


def _narrowing(kind: str, place: Place, listing: Listing, opened: str) -> Narrowing:
    counts, chosen = _counts(kind, place, listing)
    if len(counts) < 2 and kind != "has" and not chosen:
        counts = {}  # every paper has it
    shown = list(counts) if opened == kind else list(counts)[: SHORT if kind == "topic" else SHORTER]
    shown += [value for value in chosen if value in counts and value not in shown]
    choices = [_choice(kind, place, listing.filter, value, counts[value]) for value in shown]
    index_name, index_url = _index(kind, listing) if opened == kind else ("", "")
    return Narrowing(kind, gettext(NAMES[kind]), choices, len(counts) - len(shown), index_name, index_url)


def _index(kind: str, listing: Listing) -> tuple[str, str]:
    """Of a facet that has more values than are counted."""
    is_cut = kind in _INDEXES and len(getattr(listing.facets, _FACETS[kind])) >= MAX_VALUES
    return (gettext(_INDEXES[kind]), f"/{_FACETS[kind]}") if is_cut else ("", "")


def _counts(kind: str, place: Place, listing: Listing) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """The values on offer, and those that are chosen; none of what the place itself says."""
    wanted, facets = listing.filter, listing.facets
    match kind:
        case "has":
            return facets.has, tuple(name for name in _FEATURES if getattr(wanted, f"has_{name}"))
        case "month":
            chosen = (str(wanted.period),) if wanted.period and wanted.period.is_month else ()
            return ({}, ()) if place.says.period else (facets.months, chosen)
        case _:
            facet = _FACETS[kind]
            is_said = bool(getattr(place.says, facet))
            return ({}, ()) if is_said else (_offered(facet, facets, wanted), getattr(wanted, facet))


def _choice(kind: str, place: Place, wanted: PaperFilter, value: str, count: int) -> Choice:
    match kind:
        case "has":
            return _feature(place, wanted, value, count)
        case "month":
            return _month(place, wanted, value, count)
        case _:
            return _value(place, wanted, _FACETS[kind], value, count)


def _offered(facet: Facet, facets: Facets, wanted: PaperFilter) -> Mapping[str, int]:
    counts: Mapping[str, int] = getattr(facets, facet)
    if facet != "tags":
        return counts
    # Some digests are tagged with nothing but their topic, which is on offer, or chosen, already.
    topics = facets.topics
    return {
        name: n
        for name, n in counts.items()
        if name in wanted.tags or (topics.get(name) != n and name not in wanted.topics)
    }


def _value(place: Place, wanted: PaperFilter, facet: Facet, name: str, count: int) -> Choice:
    is_chosen = name in getattr(wanted, facet)
    url = place.url(wanted.without(facet, name) if is_chosen else wanted.adding(facet, name))
    exclusion: Exclusion = f"not_{facet}"  # type: ignore[assignment]  # one of the literals
    without = "" if is_chosen or facet == "authors" else place.url(wanted.adding(exclusion, name))
    return Choice(value_label(facet, name), count, url, is_chosen, without)


def value_label(facet: str, name: str) -> str:
    """A value as people read it."""
    match facet:
        case "qualities" | "not_qualities":
            return quality_label(name)
        case "tags" | "not_tags":
            return tag_label(name)
        case _:
            return name


def _month(place: Place, wanted: PaperFilter, month: str, count: int) -> Choice:
    period = Period.parse(month)
    is_chosen = period is not None and period == wanted.period
    label = format_month(date.fromisoformat(f"{month}-01"))
    return Choice(label, count, place.url(wanted.but(period=None if is_chosen else period)), is_chosen)


def _feature(place: Place, wanted: PaperFilter, name: str, count: int) -> Choice:
    is_chosen = bool(getattr(wanted, f"has_{name}"))
    url = place.url(wanted.but(**{f"has_{name}": not is_chosen}))
    return Choice(gettext(_FEATURES[name]), count, url, is_chosen)


def _chips(place: Place, wanted: PaperFilter) -> Iterator[Chip]:
    if wanted.q:
        yield Chip(gettext("words"), wanted.q, place.url(wanted.but(q="")))
        if wanted.is_literal:
            yield Chip(gettext("search"), gettext("only what I typed"), place.url(wanted.but(is_literal=False)))
    for facet, name in PARAMETERS.items():
        if not getattr(place.says, facet):
            for value in getattr(wanted, facet):
                yield Chip(gettext(_KINDS[name]), value_label(facet, value), place.url(wanted.without(facet, value)))
    for exclusion, name in EXCLUSIONS.items():
        for value in getattr(wanted, exclusion):
            kind = gettext(_NOT[name.removeprefix("not_")])
            url = place.url(wanted.without(exclusion, value))
            yield Chip(kind, value_label(exclusion, value), url, is_without=True)
    if wanted.period and not place.says.period:
        yield Chip(gettext("date"), format_period(wanted.period), place.url(wanted.but(period=None)))
    if wanted.read is not None:
        label = gettext("read") if wanted.read else gettext("unread")
        yield Chip(gettext("read state"), label, place.url(wanted.but(read=None)))
    if wanted.after is not None:
        yield Chip(gettext("new"), gettext("since you looked"), place.url(wanted.but(after=None)))
    for name, label in _FEATURES.items():
        if getattr(wanted, f"has_{name}"):
            yield Chip(gettext("has"), gettext(label), place.url(wanted.but(**{f"has_{name}": False})))
