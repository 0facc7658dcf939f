"""What went wrong, as programs are told it: RFC 9457."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import JSONResponse

from app.web.api.schemas import Problem

MEDIA_TYPE = "application/problem+json"


def is_for_programs(request: Request) -> bool:
    """Whether it is a program that asks."""
    return f"{request.url.path}/".startswith("/api/")


def problem(status: int, title: str, detail: str, parameters: Mapping[str, str] | None = None) -> JSONResponse:
    """The one shape of all errors."""
    said = Problem(title=title, status=status, detail=detail, parameters=dict(parameters or {}))
    return JSONResponse(
        said.model_dump(), status, headers={"Cache-Control": "private, no-cache"}, media_type=MEDIA_TYPE
    )
