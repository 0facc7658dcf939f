"""What opens in place beneath a card."""

from fastapi import APIRouter, Request, Response

from app import catalog
from app.web.deps import Db
from app.web.redirects import elsewhere
from app.web.rendering import render_component, wants_fragment
from app.web.turning import list_before
from app.web.urls import paper_url

router = APIRouter(default_response_class=Response)


@router.get("/papers/{paper_id:number}/inside")
def inside(request: Request, db: Db, paper_id: int, entry: int = 0) -> Response:
    """A paper's abstract, and the key points of one entry about it. By itself it is no page: the paper has one, which is
    told what list one comes from; a card names it only once."""
    card = catalog.find_inside(db, paper_id, entry)
    if not wants_fragment(request):
        return elsewhere(paper_url(card.paper, list_before(request, db)))
    return render_component(request, "card_inside", paper=card.paper, entry=card.entry)
