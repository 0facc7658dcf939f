"""Our own files under /static. Their addresses carry a hash of the content, so browsers may keep them for ever."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).resolve().parents[2] / "static"


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """The address of a file of ours; a missing one is an error at once, not a page without style."""
    return f"/static/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


class HashedFiles(StaticFiles):
    """Static files, kept for a year by whoever asks with a hash."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            asked_by_hash = bool(scope.get("query_string"))
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if asked_by_hash else "no-cache"
        return response
