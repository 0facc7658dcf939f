"""Topics, tags and authors: all of them, and the papers of one."""

from fastapi import APIRouter, Request, Response

from app import catalog
from app.catalog import PaperFilter
from app.models import Author, Tag, Topic
from app.web.deps import CurrentUser, Db, Index
from app.web.listings import Place, render_listing
from app.web.params import Wanted
from app.web.redirects import moved
from app.web.rendering import render_page
from app.web.urls import author_url, tag_url, topic_url

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
def topic(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, key: str) -> Response:
    """The papers of one topic."""
    row = catalog.find_named(db, Topic, key)
    if key != row.slug:
        return moved(topic_url(row))
    place = Place(topic_url(row), PaperFilter(topics=(row.name,)))
    return render_listing(request, db, search, user, _ONE, place, wanted, kind="topic", name=row.name, label=row.name)


@router.get("/tags/{key:path}")
def tag(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, key: str) -> Response:
    """The papers under one tag."""
    row = catalog.find_named(db, Tag, key)
    if key != row.slug:
        return moved(tag_url(row))
    place = Place(tag_url(row), PaperFilter(tags=(row.name,)))
    return render_listing(request, db, search, user, _ONE, place, wanted, kind="tag", name=row.name, label=row.label)


@router.get("/authors/{key:path}")
def author(request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, key: str) -> Response:
    """The papers of one author."""
    row = catalog.find_named(db, Author, key)
    if key != row.slug:
        return moved(author_url(row))
    place = Place(author_url(row), PaperFilter(authors=(row.name,)))
    return render_listing(request, db, search, user, _ONE, place, wanted, kind="author", name=row.name, label=row.name)


_ONE = "pages/names/one.html"


def _all(request: Request, kind: str, title: str, names: object) -> Response:
    return render_page(request, "pages/names/all.html", block="main", kind=kind, title=title, names=names)
