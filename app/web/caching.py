"""Pages as they were last made, and 304 for browsers that have them already.

A page is made anew as soon as anything it may show has changed: for visitors who are not signed in, all of whom see the
same, the library; for a reader who is signed in, anything in the store, and theirs are given to nobody else. Pages are
kept as they were sent: guarded, in their language, compressed. What was made while search was away is not kept.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.db import Database
from app.web.asking import is_makeshift
from app.web.deps import SESSION_COOKIE
from app.web.freshness import Freshness, Watch
from app.web.preferences import read_preferences

MOST_PAGES = 512
LONGEST_PAGE = 200_000
"""Bytes: at the most some hundred megabytes are kept; compressed, as browsers take them, some ten."""
READERS_SECONDS = 60
"""A sign-in ends by the clock, of which the store says nothing."""
_DAY_SECONDS = 86_400
_NOT_CACHED = ("/static/", "/health", "/sign-")
_KEPT_TYPES = ("text/html", "application/atom+xml", "application/json")
_KNOWN = frozenset({"hx-request-type", "cookie", "accept-language", "accept-encoding"})
"""What an answer may vary by: all of it is in `Key`."""
_UNCHANGED = frozenset({b"etag", b"vary", b"cache-control", b"content-language", b"content-security-policy"})
"""Headers of a page that its 304 repeats."""


class Key(NamedTuple):
    """What makes two requests the same."""

    path: str
    query: bytes
    host: bytes
    day: int
    """Some addresses mean other days tomorrow: `date:7d`."""
    asked_by: bytes
    """For a part of a page, and by what: a search being typed is not answered like one that is sent."""
    is_compressed: bool
    appearance: str
    """In which language, light or dark, how dense."""
    reader: str
    """Of one who is signed in, the browser's token."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it was sent, and how fresh the store was before it was made."""

    fresh: Freshness
    made_at: float
    etag: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def is_right(self, key: Key, now: Freshness) -> bool:
        if not key.reader:
            return self.fresh.library == now.library
        return self.fresh.store == now.store and time.monotonic() - self.made_at < READERS_SECONDS


class PageCache:
    """ASGI middleware, around all others: nothing is left to do to what is kept. All of it runs in the event loop."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self.app, self._watch = app, Watch(database)
        self._pages: OrderedDict[Key, Page] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            self._watch.close()
            return
        asked = _read(scope)
        if asked is None:
            await self.app(scope, receive, send)
            return
        key, known = asked
        fresh = await self._watch.look()
        page = self._pages.get(key)
        if page is None or not page.is_right(key, fresh):
            await self.app(scope, receive, _Recorder(self, scope, key, fresh, known, send))
            return
        self._pages.move_to_end(key)
        await _answer(page, known, send)

    def keep(self, key: Key, page: Page) -> None:
        """Remember a page, and forget the one that nobody asked for longest."""
        self._pages[key] = page
        self._pages.move_to_end(key)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)


class _Recorder:
    """Sends an answer on. If it is a page made in one piece, gives it an ETag and keeps it; not what the search engine
    had no say in, for that is right only until it is back.
    """

    def __init__(self, cache: PageCache, scope: Scope, key: Key, fresh: Freshness, known: bytes, send: Send) -> None:
        # How fresh it was before the page was made: what changed meanwhile makes it old at once.
        self._cache, self._scope, self._key, self._fresh = cache, scope, key, fresh
        self._known, self._send = known, send
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
            return
        start, self._start = self._start, None
        if start is None:
            await self._send(message)
        elif message.get("more_body"):
            await self._send(start)
            await self._send(message)
        else:
            page = _made(start, message.get("body", b""), self._fresh)
            if len(page.body) <= LONGEST_PAGE and not is_makeshift(self._scope):
                self._cache.keep(self._key, page)
            await _answer(page, self._known, self._send)


def _made(start: Message, body: bytes, fresh: Freshness) -> Page:
    headers = MutableHeaders(raw=start["headers"])
    headers.setdefault("ETag", f'"{blake2b(body, digest_size=12).hexdigest()}"')
    return Page(fresh, time.monotonic(), headers["ETag"].encode(), headers.raw, body)


async def _answer(page: Page, known: bytes, send: Send) -> None:
    if page.etag in known:
        headers = [header for header in page.headers if header[0].lower() in _UNCHANGED]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    # Each answer has a list of its own, for the server may add to it.
    await send({"type": "http.response.start", "status": 200, "headers": list(page.headers)})
    await send({"type": "http.response.body", "body": page.body})


def _read(scope: Scope) -> tuple[Key, bytes] | None:
    """What is asked, and the ETags the browser knows; nothing for what is not to be answered from memory."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NOT_CACHED):
        return None
    given = dict(scope["headers"])
    if len(given) < len(scope["headers"]):  # which of two would count?
        return None
    appearance, reader = _reader(given.get(b"cookie", b""), given.get(b"accept-language", b""))
    source = given.get(b"hx-source", b"").partition(b"#")[0]
    key = Key(
        scope["path"],
        scope["query_string"],
        scope["scheme"].encode() + b"://" + given.get(b"host", b""),
        int(time.time()) // _DAY_SECONDS,
        given.get(b"hx-request-type", b"") + b" " + source,
        b"gzip" in given.get(b"accept-encoding", b""),
        appearance,
        reader,
    )
    return key, given.get(b"if-none-match", b"")


@lru_cache(maxsize=1024)
def _reader(cookie: bytes, accepted: bytes) -> tuple[str, str]:
    """How the reader likes pages, and their token if they are signed in."""
    cookies = cookie_parser(cookie.decode("latin-1"))
    preferences = read_preferences(cookies)
    return f"{preferences.language_for(accepted.decode('latin-1'))} {preferences.cookie}", cookies.get(
        SESSION_COOKIE, ""
    )


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    varies = {name.strip() for name in headers.get("vary", "").lower().split(",") if name.strip()}
    is_plain = "set-cookie" not in headers and headers.get("content-type", "").startswith(_KEPT_TYPES)
    return message["status"] == 200 and is_plain and varies <= _KNOWN
