"""What all pages that list papers share: the cards, what they can be narrowed to, the pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from fastapi import Request, Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import bookmarks, catalog, readings, saved_searches
from app.catalog import SIZES, Listing, PaperFilter, Sort
from app.catalog.matching import matching_papers
from app.i18n import current_language, gettext, message
from app.models import User, library_version
from app.readings import Progress
from app.search import SearchIndex
from app.web.asking import is_makeshift
from app.web.cards import show_listing
from app.web.histogram import month_bars
from app.web.narrowing import Choice, Narrowing, chips_of, narrowings
from app.web.params import beside_words
from app.web.pieces import Marks, Pieces
from app.web.places import Place
from app.web.rendering import render_component, render_html, render_page
from app.web.saved import query_to_save

_ORDERS = {
    Sort.RELEVANCE: message("Relevance"),
    Sort.NEWEST: message("Newest"),
    Sort.OLDEST: message("Oldest"),
    Sort.TITLE: message("Title"),
}
Link = tuple[str, str]
"""A label and an address, or none where one is already."""


class Rest(NamedTuple):
    """The papers of a page that have not been sent yet."""

    papers: int
    page_url: str
    """Of the page with all of them."""
    first: int
    """How many come before them on the page."""

    @property
    def url(self) -> str:
        """Where they are."""
        return _with(self.page_url, "rest", self.first)


def render_listing(
    request: Request,
    db: Session,
    index: SearchIndex,
    user: User | None,
    template: str,
    place: Place,
    wanted: PaperFilter,
    lead: int | None = None,
    **context: Any,
) -> Response:
    """A page that lists the papers of a place, narrowed as the reader wants; `lead` of them at once, the others later."""
    listing = _listing(request, db, index, user, place, wanted)
    saving = query_to_save(listing.filter) if user and not place.says.period else ""
    left = len(listing.paper_ids[lead:]) if lead else 0
    return render_page(
        request,
        template,
        block="results",
        place=place,
        beside=_beside(place, listing.filter, is_home=bool(context.get("is_home"))),
        chips=chips_of(place, listing.filter),
        listing=listing,
        cards=_cards(request, db, user, place, listing, end=lead),
        rest=Rest(left, place.url(listing.filter), lead) if lead and left else None,
        saving=saving,
        saved=saved_searches.find_saved(db, user, saving) if user and saving else None,
        narrowed=_narrowed(request, db, place, listing),
        narrowing=_reading(db, user, place, listing),
        sorts=_sorts(place, listing),
        sizes=_sizes(place, listing),
        url_of=_page_url(place, listing.filter),
        **context,
    )


def render_rest(
    request: Request, db: Session, index: SearchIndex, user: User | None, place: Place, wanted: PaperFilter, first: int
) -> Response:
    """The papers of a page from the one numbered `first`, counted from 0: what `lead` left for later."""
    listing = _listing(request, db, index, user, place, wanted, with_facets=False)
    return render_component(request, "cards", cards=_cards(request, db, user, place, listing, first), rest=None)


def _listing(
    request: Request,
    db: Session,
    index: SearchIndex,
    user: User | None,
    place: Place,
    wanted: PaperFilter,
    *,
    with_facets: bool = True,
) -> Listing:
    state = request.app.state
    return catalog.list_papers(
        db,
        index,
        place.fix(_of_reader(wanted, user)),
        state.settings.page_size,
        state.terms.equivalents(db),
        state.counts,
        state.orders,
        with_facets=with_facets,
    )


def _cards(
    request: Request,
    db: Session,
    user: User | None,
    place: Place,
    listing: Listing,
    first: int = 0,
    end: int | None = None,
) -> Markup:
    """Some of the cards of a list, with what its reader says of each paper."""
    shown = show_listing(db, request.app.state.pieces, listing, first, end)
    ids = [card.paper.id for card in shown]
    marks = Marks(request, kept_of(db, user, ids), seen_of(db, user, ids))
    return marks.on(shown, place.url(listing.filter))


def _beside(place: Place, wanted: PaperFilter, *, is_home: bool) -> list[tuple[str, str]]:
    """What new words in the search box are combined with: the choices and the place, but for the newest day, which is
    home to all and nobody's choice.
    """
    return beside_words(wanted.query(said=place.says if is_home else None))


def _narrowed(request: Request, db: Session, place: Place, listing: Listing) -> Markup:
    """What the list can be narrowed to, the same for all its pages and all its readers; of a search made anew."""
    wanted, opened = listing.filter.but(), request.query_params.get("more", "")
    pieces: Pieces = request.app.state.pieces

    def make() -> str:
        facets = render_html(
            "components/facets.html",
            narrowing=narrowings(place, replace(listing, filter=wanted), opened),
            bars=month_bars(place, wanted, listing.facets.months),
            more_url=lambda kind: _with(place.url(wanted), "more", kind),
            opened=opened,
        )
        return facets.strip()  # then it is seen whether there are any

    if wanted.is_searched or wanted.read is not None or is_makeshift(request.scope):
        return Markup(make())  # noqa: S704  (rendered by a template)
    return pieces.of(library_version(db), (place, wanted, opened, current_language()), make)


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
    """What is read is known of readers only. A search counts it while it is at it, so it is told who asks in any case."""
    if user is None:
        return replace(wanted, read=None)
    return wanted if wanted.read is None and not wanted.is_searched else replace(wanted, reader_id=user.id)


def _reading(db: Session, user: User | None, place: Place, listing: Listing) -> list[Narrowing]:
    """How many papers a list would keep with what the reader has read, or without it."""
    wanted = listing.filter
    if user is None or wanted.read is not None:
        return []
    read = listing.read if wanted.is_searched else readings.count_read(db, user, matching_papers(wanted))
    if read is None:
        return []
    counts = ((gettext("Unread"), listing.total - read, False), (gettext("Read"), read, True))
    choices = [Choice(label, count, place.url(wanted.but(read=is_read))) for label, count, is_read in counts if count]
    return [Narrowing("read", gettext("Read state"), choices)] if len(choices) > 1 else []


def _with(url: str, name: str, value: object) -> str:
    return f"{url}{'&' if '?' in url else '?'}{name}={value}"


def _sorts(place: Place, listing: Listing) -> list[Link]:
    """The orders to choose from, each with its address; the one that holds has none."""
    wanted = listing.filter
    unfit = Sort.TITLE if wanted.is_searched else Sort.RELEVANCE
    offered = [sort for sort in Sort if sort is not unfit and (sort is not Sort.RELEVANCE or wanted.q)]
    return [
        (gettext(_ORDERS[sort]), "" if sort is listing.order else place.url(wanted.but(sort=sort))) for sort in offered
    ]


def _sizes(place: Place, listing: Listing) -> list[Link]:
    """How many papers a page may have; none where all fit on the smallest."""
    if listing.total <= min(SIZES):
        return []
    wanted, here = listing.filter, listing.page_size
    return [(str(size), "" if size == here else place.url(wanted.but(size=size))) for size in sorted({*SIZES, here})]


def _page_url(place: Place, wanted: PaperFilter) -> Callable[[int], str]:
    return lambda page: place.url(replace(wanted, page=page))
