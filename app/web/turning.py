"""Where a reader of a paper can turn to: the list they came from, and the papers before and after in it.

A paper's address may name a list (`?list=/topics/3dgs?page=2`). What it names is read like any list's address and put
together anew, so nothing but a list of ours is ever linked. Without one it is the digest that lists the paper last.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from fastapi import Request
from sqlalchemy.orm import Session

from app.catalog import PaperFilter, Period
from app.catalog.browsing import find_ids
from app.catalog.neighbouring import neighbours_in_digest, papers_in_order
from app.errors import NotFoundError, SearchUnavailableError
from app.i18n import format_date, format_period
from app.i18n import gettext as _
from app.models import Entry, Paper
from app.search import SearchIndex
from app.web.named_places import facet_of, named_place
from app.web.params import filter_of
from app.web.places import Place
from app.web.redirects import page_before
from app.web.urls import digest_url, paper_url, period_url

LONGEST = 2_000
_NAMED = re.compile(r"/(?:topics|tags|authors)/(?P<key>.+)")


@dataclass(frozen=True, slots=True)
class Turning:
    """A list, and the papers next to one in it, each with its address."""

    url: str
    label: str
    before: Paper | None = None
    after: Paper | None = None
    before_url: str = ""
    after_url: str = ""


def in_digest(session: Session, entries: Sequence[Entry]) -> Turning | None:
    """Within the digest of the first of these entries."""
    if not entries:
        return None
    digest = entries[0].digest
    found = neighbours_in_digest(session, entries[0])
    label = f"{digest.topic.name if digest.topic else digest.title} · {format_date(digest.day)}"
    urls = [paper_url(paper) if paper else "" for paper in (found.before, found.after)]
    return Turning(digest_url(digest), label, found.before, found.after, *urls)


def list_before(request: Request, session: Session) -> str:
    """The address of the list that a reader comes from; nothing if it was none that can be turned in."""
    named = _read(session, page_before(request, ""))
    return named[0].url(named[1]) if named else ""


def in_list(request: Request, session: Session, index: SearchIndex, paper: Paper, listed: str) -> Turning | None:
    """Within the list of that address; nothing if it is none of ours. A list that moved on has no neighbours to tell."""
    named = _read(session, listed)
    if named is None:
        return None
    place, wanted, label = named
    whole = Turning(place.url(wanted), label)
    if wanted.read is not None:  # reading the paper takes it out of such a list, or into it
        return whole
    around = _around(request, session, index, place.fix(wanted), paper)
    size = _page_size(request, wanted)
    pages = [replace(wanted, page=at // size + 1) for at, _ in around]
    urls = [paper_url(other, place.url(page)) if other else "" for (_, other), page in zip(around, pages, strict=True)]
    return (
        replace(whole, before=around[0][1], after=around[1][1], before_url=urls[0], after_url=urls[1])
        if around
        else whole
    )


def _page_size(request: Request, wanted: PaperFilter) -> int:
    default: int = request.app.state.settings.page_size
    return wanted.size or default


def _around(
    request: Request, session: Session, index: SearchIndex, wanted: PaperFilter, paper: Paper
) -> list[tuple[int, Paper | None]]:
    """The papers before and after, each with its place in the whole list: looked for on the page, and one farther."""
    size = _page_size(request, wanted)
    start = max(0, size * (wanted.page - 1) - 1)
    known = request.app.state.terms.equivalents(session)
    try:
        ids = find_ids(session, index, wanted, size + 2, start, known, request.app.state.orders)
    except SearchUnavailableError:
        return []
    if paper.id not in ids:
        return []
    at = ids.index(paper.id)
    places = [at - 1, at + 1]
    found = papers_in_order(session, [ids[place] for place in places if 0 <= place < len(ids)])
    by_id = {other.id: other for other in found}
    return [(max(0, start + place), by_id.get(ids[place]) if 0 <= place < len(ids) else None) for place in places]


def _read(session: Session, listed: str) -> tuple[Place, PaperFilter, str] | None:
    """The list of an address, as its own page would read it, and what it is called."""
    if not listed.startswith("/") or len(listed) > LONGEST:
        return None
    try:
        parts = urlsplit(listed)
        wanted = filter_of(parts.query)
    except ValueError:
        return None
    named = _place(session, unquote(parts.path)) if not parts.netloc else None
    if named is None:
        return None
    return named[0], wanted, f"{named[1]} · “{wanted.q.strip()}”" if wanted.q else named[1]


def _place(session: Session, path: str) -> tuple[Place, str] | None:
    if path == "/papers":
        return Place(path), _("Papers")
    if asked := _NAMED.fullmatch(path):
        with suppress(NotFoundError):
            named = named_place(session, facet_of(path), asked["key"])
            return named.place, named.label
        return None
    period = Period.parse(path[1:])
    if period is None or ".." in path:
        return None
    return Place(period_url(period), PaperFilter(period=period)), format_period(period)
