"""What all pages that list papers share: addresses within a place, chips for what is chosen, the page itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import Request, Response
from sqlalchemy.orm import Session

from app import bookmarks, catalog, digests, readings
from app.catalog import PARAMETERS, Listing, PaperFilter, Period, Sort
from app.catalog.matching import matching_papers
from app.i18n import gettext as _
from app.models import User
from app.readings import Progress
from app.search import SearchIndex
from app.web.rendering import render_page

_RULE_TITLES = {rule.id: rule.title for rule in digests.RULES}


@dataclass(frozen=True, slots=True)
class Place:
    """A page with a list of papers: its path, which says some of the filter already, so that the query need not."""

    path: str
    says: PaperFilter = field(default_factory=PaperFilter)

    def url(self, wanted: PaperFilter) -> str:
        """The address of this page with another choice."""
        values: dict[str, Any] = {
            facet: _unsaid(getattr(wanted, facet), getattr(self.says, facet)) for facet in PARAMETERS
        }
        period = None if wanted.period == self.says.period else wanted.period
        return self.path + replace(wanted, **values, period=period).query()

    @property
    def feed(self) -> "Place":
        """The same list as an Atom feed."""
        return replace(self, path=f"{self.path}.atom")

    def fix(self, wanted: PaperFilter) -> PaperFilter:
        """What is asked for, and what the path says."""
        return replace(
            wanted,
            topics=self.says.topics or wanted.topics,
            tags=self.says.tags or wanted.tags,
            authors=self.says.authors or wanted.authors,
            period=self.says.period or wanted.period,
        )


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the address without it."""

    kind: str
    label: str
    url: str


def render_listing(
    request: Request,
    db: Session,
    index: SearchIndex,
    user: User | None,
    template: str,
    place: Place,
    wanted: PaperFilter,
    **context: Any,
) -> Response:
    """A page that lists the papers of a place, narrowed as the reader wants."""
    page_size = request.app.state.settings.page_size
    asked = place.fix(_of_reader(wanted, user))
    listing = catalog.browse(db, index, asked, page_size, request.app.state.terms.equivalents(db))
    return render_page(
        request,
        template,
        block="results",
        place=place,
        chips=_chips(place, listing.filter),
        listing=listing,
        kept=kept_of(db, user, [card.paper.id for card in listing.cards]),
        seen=seen_of(db, user, [card.paper.id for card in listing.cards]),
        is_read_unheeded=bool(user) and wanted.read is not None and listing.filter.is_searched,
        narrowing=[*_narrowing(place, listing), *_reading(db, user, place, listing)],
        sorts=_sorts(place, listing),
        url_of=lambda page: place.url(replace(listing.filter, page=page)),
        **context,
    )


def kept_of(db: Session, user: User | None, paper_ids: list[int]) -> set[int]:
    """Which of the papers this reader keeps; nobody keeps none."""
    return bookmarks.bookmarked_ids(db, user, paper_ids) if user else set()


def seen_of(db: Session, user: User | None, paper_ids: list[int]) -> set[int]:
    """Which of the papers this reader has read."""
    return readings.read_ids(db, user, paper_ids) if user else set()


def progress_of(db: Session, user: User | None, papers: PaperFilter) -> Progress | None:
    """How far this reader got with these papers."""
    return readings.progress_in(db, user, matching_papers(papers)) if user else None


def _of_reader(wanted: PaperFilter, user: User | None) -> PaperFilter:
    """What is read is known of readers only, and not to search engines."""
    if user is None or wanted.read is None or wanted.is_searched:
        return replace(wanted, read=None)
    return replace(wanted, reader_id=user.id)


def _reading(
    db: Session, user: User | None, place: Place, listing: Listing
) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """How many papers a list without words would keep with what the reader has read, or without it."""
    wanted = listing.filter
    if user is None or wanted.read is not None or wanted.is_searched:
        return []
    read = readings.count_read(db, user, matching_papers(wanted))
    counts = ((_("Unread"), listing.total - read, False), (_("Read"), read, True))
    values = [(label, count, place.url(wanted.but(read=is_read))) for label, count, is_read in counts if count]
    return [(_("Read state"), values)]


def quality_label(name: str) -> str:
    """A lint rule's id as people read it."""
    return _RULE_TITLES.get(name, name)


def _unsaid(values: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
    return () if values == said else values


def _chips(place: Place, wanted: PaperFilter) -> list[Chip]:
    chips = [Chip("words", wanted.q, place.url(wanted.but(q="")))] if wanted.q else []
    for facet, name in PARAMETERS.items():
        if not getattr(place.says, facet):
            label = quality_label if facet == "qualities" else str
            chips += [
                Chip(name, label(value), place.url(wanted.without(facet, value))) for value in getattr(wanted, facet)
            ]
    if wanted.period and not place.says.period:
        chips.append(Chip("date", str(wanted.period), place.url(wanted.but(period=None))))
    if wanted.read is not None:
        chips.append(Chip(_("read state"), _("read") if wanted.read else _("unread"), place.url(wanted.but(read=None))))
    for name in ("code", "figures"):
        if getattr(wanted, f"has_{name}"):
            chips.append(Chip("has", name, place.url(wanted.but(**{f"has_{name}": False}))))
    return chips


def _sorts(place: Place, listing: Listing) -> list[tuple[str, str]]:
    """The orders to choose from, each with its address; the one that holds has none."""
    wanted = listing.filter
    offered = [sort for sort in Sort if wanted.q or sort is not Sort.RELEVANCE]
    return [(sort.value, "" if sort is listing.order else place.url(wanted.but(sort=sort))) for sort in offered]


def _own_tags(listing: Listing) -> list[tuple[str, int]]:
    """Some digests are tagged with nothing but their topic, which is on offer, or chosen, already."""
    topics, tags = listing.facets.topics, listing.facets.tags
    return [(name, n) for name, n in tags.items() if topics.get(name) != n and name not in listing.filter.topics]


def _narrowing(place: Place, listing: Listing) -> Sequence[tuple[str, list[tuple[str, int, str]]]]:
    """For each facet its name, and for each value label, count and address."""
    wanted, facets = listing.filter, listing.facets
    return [
        ("Topic", [(name, count, place.url(wanted.adding("topics", name))) for name, count in facets.topics.items()]),
        ("Tag", [(name, count, place.url(wanted.adding("tags", name))) for name, count in _own_tags(listing)]),
        (
            "Month",
            [
                (month, count, place.url(wanted.but(period=Period.parse(month))))
                for month, count in facets.months.items()
            ],
        ),
        (
            "Quality",
            [
                (quality_label(name), count, place.url(wanted.adding("qualities", name)))
                for name, count in facets.qualities.items()
            ],
        ),
        (
            "Author",
            [(name, count, place.url(wanted.adding("authors", name))) for name, count in facets.authors.items()],
        ),
        ("Venue", [(name, count, place.url(wanted.adding("venues", name))) for name, count in facets.venues.items()]),
        (
            "Has",
            [(name, count, place.url(wanted.but(**{f"has_{name}": True}))) for name, count in facets.has.items()],
        ),
    ]
