"""Topics, tags and authors: all of them, and the papers of one."""

from fastapi import APIRouter, Request, Response

from app import catalog
from app.catalog import PaperFilter
from app.catalog.filters import PARAMETERS, Facet
from app.models import Author, Tag, Topic
from app.web.deps import CurrentUser, Db, Index
from app.web.listings import Place, render_listing
from app.web.params import Wanted
from app.web.redirects import moved
from app.web.rendering import render_page
from app.web.urls import slug_url

router = APIRouter(default_response_class=Response)


@router.get("/topics")
def topics(request: Request, db: Db, user: CurrentUser) -> Response:
    """Every topic with its number of papers."""
    return _all(request, "topics", "Topics", catalog.list_topics(db))


@router.get("/tags")
def tags(request: Request, db: Db, user: CurrentUser) -> Response:
    """Every tag with its number of papers."""
    return _all(request, "tags", "Tags", catalog.list_tags(db))


@router.get("/authors")
def authors(request: Request, db: Db, user: CurrentUser) -> Response:
    """The authors with most papers."""
    return _all(request, "authors", "Authors", catalog.list_authors(db))


@router.get("/topics/{key:path}")
@router.get("/tags/{key:path}")
@router.get("/authors/{key:path}")
def show(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, key: str) -> Response:
    """The papers of one topic, under one tag, of one author."""
    facet, table = next(kind for kind in _TABLES.items() if request.url.path.startswith(f"/{kind[0]}/"))
    row = catalog.find_named(db, table, key)
    address = slug_url(facet, row.slug)
    if key != row.slug:
        return moved(address)
    place = Place(address, PaperFilter().adding(facet, row.name))
    label = row.label if isinstance(row, Tag) else row.name
    return render_listing(
        request,
        db,
        search,
        user,
        "pages/names/one.html",
        place,
        wanted,
        kind=PARAMETERS[facet],
        name=row.name,
        label=label,
    )


_TABLES: dict[Facet, type[Author] | type[Tag] | type[Topic]] = {"topics": Topic, "tags": Tag, "authors": Author}


def _all(request: Request, kind: str, title: str, names: object) -> Response:
    return render_page(request, "pages/names/all.html", block="main", kind=kind, title=title, names=names)
