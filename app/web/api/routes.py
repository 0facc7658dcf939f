"""JSON, version 1. All of it is for reading, and as open as the pages are."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from app import catalog
from app.web.api import schemas, telling
from app.web.api.problems import MEDIA_TYPE
from app.web.citing import base_url
from app.web.deps import Db, Index
from app.web.urls import API, api_url

router = APIRouter(prefix=API)
_HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
"""Sentences are in the reader's language."""


def _problems(said: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """What may go wrong, by status."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": words, "content": content} for status, words in said.items()}


@router.get(
    "/papers",
    response_model=schemas.Listing,
    responses=_problems({422: "A parameter is unknown or cannot be read.", 503: "The search engine is away."}),
    summary="A page of papers",
)
def papers(
    request: Request, response: Response, db: Db, search: Index, asked: Annotated[schemas.Asked, Query()]
) -> schemas.Listing:
    """Papers that words and filters ask for, with their total and facets: the list of the page `/papers` with the same
    query string."""
    state, wanted = request.app.state, asked.as_filter()
    size = state.settings.page_size
    listing = catalog.list_papers(db, search, wanted, size, state.terms.equivalents(db), state.counts, state.orders)
    sought = listing.answer.question
    cards = catalog.load_cards(db, listing.paper_ids, wanted, with_texts=True)
    found = [catalog.with_snippets(card, sought) for card in cards] if sought.is_scored else cards
    response.headers.update(_HEADERS)
    return telling.listing(listing, found, base_url(request))


@router.get(
    "/papers/{key:path}",
    response_model=schemas.Paper,
    responses=_problems({404: "The library has no such paper."}),
    summary="One paper",
)
def paper(request: Request, response: Response, db: Db, key: str) -> schemas.Paper:
    """A paper with every entry about it, by arXiv id or by its name in addresses."""
    found = catalog.find_paper(db, key)
    response.headers.update(_HEADERS)
    return telling.paper(found, base_url(request))


@router.get("/openapi.json", include_in_schema=False)
def openapi() -> JSONResponse:
    """What all this is, as programs read it."""
    return JSONResponse(_described(), headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    said = "Papers of the library, by the same words and filters as its pages."
    described = get_openapi(title="Papershelf", version="1", description=said, routes=router.routes)
    shapes = described["components"]["schemas"]
    shapes["Problem"] = schemas.Problem.model_json_schema()
    for unsent in ("HTTPValidationError", "ValidationError"):  # FastAPI's own, of which ours take the place
        shapes.pop(unsent)
    del described["paths"][api_url("/papers/{key}")]["get"]["responses"]["422"]  # any key can be read
    return described
