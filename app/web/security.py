"""What guards every answer: who may change things, and what a page may load. Plain ASGI, no tokens.

Cross-site requests may look, not touch: Sec-Fetch-Site first, which scripts cannot forge, Origin for older browsers.
The method is that of Go's net/http CrossOriginProtection and of Datasette.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.deps import SAFE_METHODS
from app.web.errors import error_page

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_policy(image_sources: Iterable[str] = ("'self'",)) -> str:
    """The Content-Security-Policy; a page whose reader asked for figures names where images may come from."""
    return "; ".join(f"{name} {value}" for name, value in {**_POLICY, "img-src": " ".join(image_sources)}.items())


class SecurityMiddleware:
    """Refuses changes from other sites, and sets the headers that a handler has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", content_policy())
            await send(message)

        refused = scope["method"] not in SAFE_METHODS and not _is_same_origin(scope)
        answer = error_page(Request(scope), 403, "This request came from another site.") if refused else self.app
        await answer(scope, receive, send_guarded)


def _is_same_origin(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := headers.get("origin"):
        return urlsplit(origin).netloc == headers.get("host")
    return True  # not a browser
