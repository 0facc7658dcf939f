"""Each request is answered in one language: the one its reader chose, else the one the browser asks for. Plain ASGI."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.i18n import in_language
from app.web.preferences import read_preferences

_SPOKEN = ("text/html", "application/atom+xml", "application/rss+xml")
"""Kinds of answers that say anything in the reader's language."""


class LanguageMiddleware:
    """Around everything that says something, error pages included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope)
        preferences = read_preferences(cookie_parser(given.get("cookie", "")))
        language = preferences.language_for(given.get("accept-language", ""))
        scope.setdefault("state", {}).update(preferences=preferences, language=language)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mark(MutableHeaders(scope=message), language)
            await send(message)

        with in_language(language):
            await self.app(scope, receive, send_marked)


def _mark(headers: MutableHeaders, language: str) -> None:
    if headers.get("content-type", "").startswith(_SPOKEN):
        headers.setdefault("Content-Language", language)
        headers.add_vary_header("Accept-Language")
        if "cookie" not in headers.get("vary", "").lower():
            headers.add_vary_header("Cookie")
