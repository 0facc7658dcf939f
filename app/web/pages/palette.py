"""The palette: go anywhere by the beginning of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app import catalog
from app.catalog import Period, Suggestion
from app.i18n import gettext as _
from app.models import User
from app.web.deps import CurrentUser, Db
from app.web.destinations import destinations_for
from app.web.rendering import render_page
from app.web.urls import period_url, slug_url

router = APIRouter(default_response_class=Response)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Option:
    """A place to go to."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one kind."""

    name: str
    options: Sequence[Option]


@router.get("/palette")
def index(request: Request, db: Db, user: CurrentUser, q: str = "") -> Response:
    """Places whose names begin so; for htmx the list alone."""
    q = q[:LONGEST].replace("\0", " ")
    groups = [group for group in _groups(db, user, q.strip()) if group.options]
    return render_page(request, "pages/palette/index.html", block="options", q=q, groups=groups)


def _groups(db: Session, user: User | None, typed: str) -> list[Group]:
    pages = Group(_("Pages"), _pages(user, typed))
    if not typed:
        return [pages]
    return [
        Group(_("Days"), _periods(typed)),
        pages,
        Group(_("Topics"), _named("topics", catalog.suggest_topics(db, typed))),
        Group(_("Tags"), _named("tags", catalog.suggest_tags(db, typed))),
        Group(_("Authors"), _named("authors", catalog.suggest_authors(db, typed))),
        Group(
            _("Search"), [Option(_("Papers with “%(words)s”") % {"words": typed}, f"/papers?{urlencode({'q': typed})}")]
        ),
    ]


def _pages(user: User | None, typed: str) -> list[Option]:
    wanted = typed.casefold()
    named = [(_(page.name), page) for page in destinations_for(user)]
    return [Option(name, page.url) for name, page in named if _fits(f"{name} {page.name} {page.also}", wanted)]


def _fits(words: str, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in words.casefold().split()) or words.casefold().startswith(wanted)


def _periods(typed: str) -> list[Option]:
    period = Period.parse(typed)
    if period is None or not (period.is_day or period.is_week or period.is_month or period.is_year):
        return []
    return [Option(str(period), period_url(period))]


def _named(kind: str, found: Sequence[Suggestion]) -> list[Option]:
    return [Option(one.label, slug_url(kind, one.slug)) for one in found]
