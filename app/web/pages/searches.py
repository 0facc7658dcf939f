"""Searches that a reader keeps, and what is new in them."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from pydantic import Field

from app import saved_searches
from app.db import LARGEST_ID
from app.errors import InvalidInputError
from app.i18n import gettext as _
from app.web.deps import Db, Index, SignedIn
from app.web.params import filter_of
from app.web.redirects import see_other
from app.web.rendering import render_component, render_page, wants_fragment
from app.web.saved import default_name, query_to_save, shown_searches

router = APIRouter(default_response_class=Response)
Number = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Numbers = Annotated[list[Number], Form()]
Text = Annotated[str, Form()]


@router.get("/searches")
def index(request: Request, db: Db, search: Index, user: SignedIn) -> Response:
    """The reader's searches by name, each with how many papers it finds and what is new."""
    newest = saved_searches.findable(db)
    kept = shown_searches(request, db, search, user, saved_searches.list_saved(db, user))
    return render_page(request, "pages/searches/index.html", block="main", searches=kept, newest=newest)


@router.post("/searches")
def save(
    request: Request, db: Db, user: SignedIn, query: Text = "", name: Text = "", next: Text = "/searches"
) -> Response:
    """Keep a search: the query string of its list."""
    try:
        wanted = filter_of(query)
    except ValueError:
        raise InvalidInputError(_("That is no search that could be saved.")) from None
    kept = query_to_save(wanted)
    if not kept:
        raise InvalidInputError(_("That is no search that could be saved."))
    saved = saved_searches.save(db, user, kept, name.strip() or default_name(wanted))
    if wants_fragment(request):
        return render_component(request, "save_search", saving=kept, saved=saved)
    return see_other(next)


@router.post("/searches/seen")
def see(db: Db, user: SignedIn, upto: Annotated[Number, Form()], search: Numbers, next: Text = "/searches") -> Response:
    """Nothing of what the page knew is new any more in the searches whose news it told."""
    saved_searches.mark_seen(db, user, upto, search)
    return see_other(next)


@router.post("/searches/{search_id:number}/name")
def rename(db: Db, user: SignedIn, search_id: int, name: Text = "") -> Response:
    """Call a search otherwise."""
    saved_searches.rename(db, user, search_id, name)
    return see_other(f"/searches#search-{search_id}")


@router.post("/searches/{search_id:number}/remove")
def remove(db: Db, user: SignedIn, search_id: int) -> Response:
    """Keep a search no longer."""
    saved_searches.remove(db, user, search_id)
    return see_other("/searches")
