"""Who may change things, and what is no request at all. Plain ASGI, no tokens.

Cross-site requests may look, not touch: Sec-Fetch-Site first, which scripts cannot forge, Origin for older browsers.
The method is that of Go's net/http CrossOriginProtection and of Datasette.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.i18n import gettext as _
from app.web.deps import SAFE_METHODS
from app.web.errors import error_page
from app.web.headers import guard


class SecurityMiddleware:
    """Refuses changes from other sites, and guards every answer. Whoever may GET a page may ask for its HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                guard(MutableHeaders(scope=message))
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"} if is_head else scope
        await self._answer(inner)(inner, receive, send_guarded)

    def _answer(self, scope: Scope) -> ASGIApp:
        if scope["method"] not in SAFE_METHODS and not _is_same_origin(scope):
            return error_page(Request(scope), 403, _("This request came from another site."))
        if "\0" in scope["path"]:  # no name has one, and no store takes it
            return error_page(Request(scope), 404, _("There is no such page."))
        return self.app


def _is_same_origin(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := headers.get("origin"):
        return _host(origin) == headers.get("host")
    return True  # not a browser


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # such as "http://["
        return None
