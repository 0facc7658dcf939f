"""Topics, tags and authors: all of them, and the papers of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import catalog
from app.catalog import NameCount, NameSort, PaperFilter, Period
from app.catalog.filters import PARAMETERS, Facet
from app.models import Author, Tag, Topic
from app.web.deps import CurrentUser, Db, Index, KnownFacts
from app.web.known import Known
from app.web.listings import Place, render_listing
from app.web.params import PageNumber, Wanted
from app.web.plots import plot
from app.web.redirects import elsewhere, moved
from app.web.rendering import render_page, wants_fragment
from app.web.urls import slug_url, with_query

router = APIRouter(default_response_class=Response)
_TABLES: dict[Facet, type[Author] | type[Tag] | type[Topic]] = {"topics": Topic, "tags": Tag, "authors": Author}
QUOTE = '"'


@router.get("/topics")
@router.get("/tags")
@router.get("/authors")
def index(
    request: Request, db: Db, user: CurrentUser, known: KnownFacts, page: PageNumber, sort: str = "", initial: str = ""
) -> Response:
    """Every name with its number of papers: by these, by the name or by the latest day; those of one letter."""
    kind = request.url.path[1:]
    wanted = NameChoice(kind, NameSort(sort) if sort in set(NameSort) else NameSort.PAPERS, initial[:10], page)
    table = next(table for facet, table in _TABLES.items() if facet == kind)
    found = catalog.list_names(db, known.names, table, wanted.sort, wanted.initial, page)
    return render_page(
        request,
        "pages/names/all.html",
        block="results",
        kind=kind,
        wanted=wanted,
        found=found,
        branches=catalog.grow(found.names) if table is Tag else None,
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
    facet, table = next(kind for kind in _TABLES.items() if request.url.path.startswith(f"/{kind[0]}/"))
    row = catalog.find_named(db, table, key)
    spelt = catalog.spellings(db, row) if isinstance(row, Author) else [NameCount(row.name, row.slug, 0)]
    address = slug_url(facet, spelt[0].slug)
    if key != spelt[0].slug:  # which spelling stands for all is as the library is today
        asked = with_query(address, request.url.query)
        return moved(asked) if spelt[0].slug == row.slug else elsewhere(asked)
    says = PaperFilter().but(**{facet: tuple(one.name for one in spelt)})
    place = Place(address, says)
    return render_listing(
        request,
        db,
        search,
        user,
        "pages/names/one.html",
        place,
        wanted,
        kind=PARAMETERS[facet],
        name=spelt[0].name,
        label=row.label if isinstance(row, Tag) else spelt[0].name,
        **({} if wants_fragment(request) else _about(db, known, place, row, spelt)),
    )


def _about(
    db: Session, known: Known, place: Place, row: Author | Tag | Topic, spelt: Sequence[NameCount]
) -> dict[str, Any]:
    """What stands above the list, and is not made anew when only the list is."""

    def papers_of(period: Period) -> str:
        return place.url(place.says.but(period=period))

    return {
        "spelt": spelt[1:],
        "above": catalog.ancestors(db, row) if isinstance(row, Tag) else [],
        "below": catalog.children(db, row) if isinstance(row, Tag) else [],
        "plot": plot(known.papers_over_time(db, place.says), papers_of),
        "company": known.company_of(db, place.says),
        "together": lambda facet, other: together(place, facet, other),
    }


def together(place: Place, facet: Facet, other: NameCount) -> str:
    """The papers that both names have. Values of one facet are alternatives: a second one is asked for in words."""
    if getattr(place.says, facet):
        quoted = " OR ".join(f'"{name.replace(QUOTE, " ")}"' for name in other.spellings)
        return place.url(place.says.but(q=f"{PARAMETERS[facet]}:" + (f"({quoted})" if other.also else quoted)))
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
            "page": str(page) if page > 1 else "",
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/{self.kind}" + (f"?{query}" if query else "")
