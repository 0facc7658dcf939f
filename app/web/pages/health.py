"""Is it alive? For operators and supervisors."""

from fastapi import APIRouter, Response
from sqlalchemy import text

from app.web.deps import Db

router = APIRouter(default_response_class=Response)


@router.get("/health")
def health(db: Db) -> Response:
    """200 and "ok" when the store answers."""
    db.execute(text("SELECT 1"))
    return Response("ok\n", media_type="text/plain")
