"""Topics, tags and authors: all of them, and the papers of one."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import catalog
from app.catalog import NameCount, NameSort, Period
from app.catalog.filters import PARAMETERS, Facet
from app.models import Tag
from app.web.deps import CurrentUser, Db, Index, KnownFacts
from app.web.known import Known
from app.web.listings import render_listing
from app.web.named_places import TABLES, NamedPlace, facet_of, named_place
from app.web.params import PageNumber, Wanted, words_for
from app.web.places import Place
from app.web.plots import plot
from app.web.redirects import elsewhere, moved
from app.web.rendering import render_page, wants_fragment
from app.web.urls import asking, with_query

router = APIRouter(default_response_class=Response)


@router.get("/topics")
@router.get("/tags")
@router.get("/authors")
def index(
    request: Request, db: Db, user: CurrentUser, known: KnownFacts, page: PageNumber, sort: str = "", initial: str = ""
) -> Response:
    """Every name with its number of papers: by these, by the name or by the latest day; those of one letter."""
    kind = facet_of(request.url.path)
    wanted = NameChoice(kind, NameSort(sort) if sort in set(NameSort) else NameSort.PAPERS, initial[:10], page)
    found = catalog.list_names(db, known.names, TABLES[kind], wanted.sort, wanted.initial, page)
    return render_page(
        request,
        "pages/names/all.html",
        block="results",
        kind=kind,
        wanted=wanted,
        found=found,
        branches=catalog.grow(found.names) if kind == "tags" else None,
        page=page,
        url_of=lambda number: wanted.url(page=number),
    )


@router.get("/topics/{key:path}")
@router.get("/tags/{key:path}")
@router.get("/authors/{key:path}")
def show(
    request: Request, db: Db, search: Index, user: CurrentUser, known: KnownFacts, wanted: Wanted, key: str
) -> Response:
    """The papers of one topic, under one tag, of one author however spelt."""
    named = named_place(db, facet_of(request.url.path), key)
    if key != named.slug:  # which spelling stands for all is as the library is today
        asked = with_query(named.place.path, request.url.query)
        return moved(asked) if named.slug == named.row.slug else elsewhere(asked)
    return render_listing(
        request,
        db,
        search,
        user,
        "pages/names/one.html",
        named.place,
        wanted,
        kind=PARAMETERS[named.facet],
        name=named.name,
        label=named.label,
        **({} if wants_fragment(request) else _about(db, known, named)),
    )


def _about(db: Session, known: Known, named: NamedPlace) -> dict[str, Any]:
    """What stands above the list, and is not made anew when only the list is."""
    place, row = named.place, named.row

    def papers_of(period: Period) -> str:
        return place.url(place.says.but(period=period))

    return {
        "spelt": named.spelt[1:],
        "above": catalog.ancestors(db, row) if isinstance(row, Tag) else [],
        "below": catalog.children(db, row) if isinstance(row, Tag) else [],
        "plot": plot(known.papers_over_time(db, place.says), papers_of),
        "company": known.company_of(db, place.says),
        "together": lambda facet, other: together(place, facet, other),
    }


def together(place: Place, facet: Facet, other: NameCount) -> str:
    """The papers that both names have. Values of one facet are alternatives: a second one is asked for in words."""
    if getattr(place.says, facet):
        return place.url(place.says.but(q=words_for(PARAMETERS[facet], other.spellings)))
    return place.url(place.says.but(**{facet: other.spellings}))


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Which names, in which order; the first page of all by their papers unless something else is asked for."""

    kind: str
    sort: NameSort
    initial: str
    page: int

    def url(self, sort: str = "", initial: str | None = None, page: int = 1) -> str:
        """The address of another choice."""
        sort, initial = sort or self.sort.value, self.initial if initial is None else initial
        asked = {
            "initial": initial,
            "sort": sort if sort != NameSort.PAPERS.value else "",
            "page": page if page > 1 else None,
        }
        return asking(f"/{self.kind}", asked)
