"""How to use what does not explain itself."""

from fastapi import APIRouter, Request, Response

from app.web.rendering import render_page

router = APIRouter(default_response_class=Response)


@router.get("/help/search")
def search(request: Request) -> Response:
    """The grammar of the search box, with examples to follow."""
    return render_page(request, "pages/help/search.html", block="main")
