"""Every list of papers as an Atom feed: the address of its page with `.atom` behind the path."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import markup
from app.catalog import PaperFilter, Period
from app.catalog.feeding import Feed, feed_of
from app.catalog.filters import Facet
from app.errors import NotFoundError
from app.i18n import current_language
from app.i18n import gettext as _
from app.web.deps import Db, Index
from app.web.named_places import facet_of, named_place
from app.web.params import ONE_PERIOD, Wanted
from app.web.places import Place
from app.web.redirects import elsewhere
from app.web.rendering import environment
from app.web.urls import period_url, with_query

router = APIRouter(default_response_class=Response)
FEED_TYPE = "application/atom+xml"
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
_NAMING = "tag:papershelf.invalid,2026:"
"""What names begin with: the same wherever the library is served, in a domain that nobody can have."""


@router.get("/papers.atom")
def papers(request: Request, db: Db, search: Index, wanted: Wanted) -> Response:
    """All papers, or those that words and filters ask for."""
    return _feed(request, db, search, Place("/papers"), wanted, _("Papers"))


@router.get("/topics/{key:path}.atom")
@router.get("/tags/{key:path}.atom")
@router.get("/authors/{key:path}.atom")
def named(request: Request, db: Db, search: Index, wanted: Wanted, key: str) -> Response:
    """The papers of one topic, under one tag, of one author however spelt."""
    found = named_place(db, facet_of(request.url.path), key)
    if key != found.slug:
        return elsewhere(with_query(found.place.feed.path, request.url.query))
    label = f"#{found.label}" if found.facet == "tags" else found.label
    return _feed(request, db, search, found.place, wanted, label)


@router.get("/{when}.atom")
def dated(request: Request, db: Db, search: Index, wanted: Wanted, when: str) -> Response:
    """The papers of a day, a week, a month or a year, as each has a page."""
    period = Period.parse(when) if ONE_PERIOD.fullmatch(when) else None
    if period is None or str(period) != when:
        raise NotFoundError(_("There is no such page."))
    return _feed(request, db, search, Place(period_url(period), PaperFilter(period=period)), wanted, when)


def _feed(request: Request, db: Session, search: Index, place: Place, wanted: PaperFilter, label: str) -> Response:
    asked = replace(place.fix(wanted), read=None)
    state = request.app.state
    feed = feed_of(db, search, asked, state.terms.equivalents(db), state.counts, state.orders)
    xml = _written(feed, place, str(request.base_url).rstrip("/"), " · ".join((*_chosen(place, asked), label)))
    return Response(markup.fit_for_xml(xml), media_type=FEED_TYPE, headers=_HEADERS)


def _written(feed: Feed, place: Place, base: str, title: str) -> str:
    wanted, own = feed.filter, place.feed
    has_next = wanted.page < feed.pages
    return (
        environment()
        .get_template("feeds/atom.xml")
        .render(
            feed=feed,
            title=f"{title} · Papershelf",
            name=_name_of(own.url(replace(wanted, page=1))),
            base=base,
            language=current_language(),
            self_url=own.url(wanted),
            page_url=place.url(wanted),
            next_url=own.url(replace(wanted, page=wanted.page + 1)) if has_next else "",
            stamp=_stamp,
            name_of=_name_of,
        )
    )


def _chosen(place: Place, wanted: PaperFilter) -> list[str]:
    """What is asked for beside the place, in a few words."""
    facets: tuple[Facet, ...] = ("topics", "tags", "authors", "venues", "qualities")
    names = [name for facet in facets if not getattr(place.says, facet) for name in getattr(wanted, facet)]
    return [*([wanted.q] if wanted.q else []), *names]


def _name_of(path: str) -> str:
    return _NAMING + quote(path, safe="/?&=%+,:;@!$()*-._~'")


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
