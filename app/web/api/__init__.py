"""The library as JSON, for programs: the same lists by the same addresses, `/api/v1` before them."""

from app.web.api.routes import router

__all__ = ["router"]
