"""How to use what does not explain itself."""

from fastapi import APIRouter, Request, Response

from app.web.deps import CurrentUser
from app.web.rendering import render_page

router = APIRouter(default_response_class=Response)


@router.get("/help/search")
def search(request: Request, user: CurrentUser) -> Response:
    """The grammar of the search box, with examples to follow."""
    return render_page(request, "pages/help/search.html", block="main")


@router.get("/help/keyboard")
def keyboard(request: Request, user: CurrentUser) -> Response:
    """What keys do. The dialog that `?` opens shows the list alone."""
    return render_page(request, "pages/help/keyboard.html", block="keys")
