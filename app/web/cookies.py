"""Cookies of ours, all alike: for every page, and no script's or other site's business."""

from fastapi import Request, Response


def keep_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """Have the browser keep it; sent over HTTPS alone where it came so."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, secure=is_secure, samesite="lax")
