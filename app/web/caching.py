"""Pages as they were last made, for readers who are not signed in. They are the same for all of these.

A page is made anew as soon as the library has changed: each request reads the library's version, which is one small
query, and a page made for another version is not given out. Nobody who is signed in is given a page of this cache, and
nothing of theirs gets into it.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db import Database
from app.models import library_version
from app.web.deps import SESSION_COOKIE
from app.web.preferences import appearance

MOST_PAGES = 256
LONGEST_PAGE = 200_000
"""Bytes: at the most some fifty megabytes are kept."""

_RELATIVE = re.compile(rb"date(?:%3a|:|%ef%bc%9a)\d+d", re.IGNORECASE)
"""Days counted from today: another answer tomorrow."""
_NOT_CACHED = ("/static/", "/health", "/sign-")
Key = tuple[str, bytes, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, and the version of the library it was made from."""

    version: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class PageCache:
    """ASGI middleware; within the one that guards the headers, so that a kept page is guarded like any other."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self.app, self._database = app, database
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        version = await run_in_threadpool(self._version)
        page = self._kept(key, version)
        if page:
            await send({"type": "http.response.start", "status": 200, "headers": list(page.headers)})
            await send({"type": "http.response.body", "body": page.body})
            return
        await self.app(scope, receive, _Recorder(self, key, version, send))

    def keep(self, key: Key, page: Page) -> None:
        """Remember a page, and forget the one that nobody asked for longest."""
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def _kept(self, key: Key, version: int) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(key)
            return page

    def _version(self) -> int:
        with self._database.read() as session:
            return library_version(session)


class _Recorder:
    """Sends an answer on, and keeps it if it is a whole page."""

    def __init__(self, cache: PageCache, key: Key, version: int, send: Send) -> None:
        # The version is that before the page was made: what changed meanwhile makes it old at once.
        self._cache, self._key, self._version, self._send = cache, key, version, send
        self._headers: tuple[tuple[bytes, bytes], ...] | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._headers = tuple(message["headers"])
        elif message["type"] == "http.response.body" and self._headers is not None:
            self._body += message.get("body", b"")
            if len(self._body) > LONGEST_PAGE:
                self._headers = None
            elif not message.get("more_body"):
                self._cache.keep(self._key, Page(self._version, self._headers, self._body))
        await self._send(message)


def _key(scope: Scope) -> Key | None:
    """What makes two requests the same; nothing for those that are not to be answered from memory."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NOT_CACHED):
        return None
    headers = Headers(scope=scope)
    if SESSION_COOKIE in headers.get("cookie", "") or _RELATIVE.search(scope["query_string"]):
        return None
    source = headers.get("hx-source", "").partition("#")[
        0
    ]  # a search being typed is not answered like one that is sent
    asked = f"{headers.get('hx-request-type', '')} {source}"
    return scope["path"], scope["query_string"], asked, appearance(scope)  # in which language, light or dark, how dense


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    is_plain = "set-cookie" not in headers and headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_plain
