"""The composition root: the one place where everything meets."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app import accounts, catalog
from app.db import Database
from app.digests import RepairedTexts, require_rules
from app.search import SearchIndex, open_index
from app.settings import Settings
from app.terms import KnownTerms
from app.web import api, errors
from app.web.caching import PageCache
from app.web.known import Known
from app.web.localizing import LanguageMiddleware
from app.web.pages import accounts as account_pages
from app.web.pages import (
    cards,
    changes,
    coverage,
    days,
    digests,
    feeds,
    health,
    help,
    imports,
    library,
    merging,
    names,
    palette,
    papers,
    preferences,
    readings,
    searches,
    styleguide,
    terms,
    trends,
)
from app.web.pieces import Pieces
from app.web.security import SecurityMiddleware
from app.web.static import STATIC, HashedFiles

COMPRESSION_LEVEL = 4
"""Higher levels cost much more time than they save bytes."""


def keep_for_good() -> None:
    """What is there when serving begins stays, so the garbage collector need not look through it in the middle of an
    answer: that takes a tenth of a second."""
    gc.collect()
    gc.freeze()


def create_app(
    settings: Settings | None = None, *, database: Database | None = None, index: SearchIndex | None = None
) -> FastAPI:
    """The application, on the store and the index given or those that the settings name."""
    settings = settings or Settings()
    require_rules(settings.rules_switched_off)
    database = database or Database(settings.database, settings.threads + 1)  # one for what runs beside the requests
    index = index or open_index(settings.index_dir, **settings.search_server, has_spare=settings.search_fallback)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = settings.threads
        keeping_up = catalog.KeepingUp(database, index)
        keeping_up.start()
        yield
        keeping_up.stop()
        index.close()
        database.close()

    app = FastAPI(
        title="Papershelf",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.settings, app.state.database, app.state.index = settings, database, index
    app.state.attempts = accounts.Attempts()
    app.state.repaired_texts = RepairedTexts()
    app.state.terms = KnownTerms()
    app.state.counts, app.state.orders, app.state.pieces = catalog.Counts(), catalog.Orders(), Pieces()
    app.state.known = Known()
    app.add_middleware(SecurityMiddleware)
    app.add_middleware(LanguageMiddleware)  # around all that says anything, and all that is kept
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=COMPRESSION_LEVEL)
    app.add_middleware(PageCache, database=database)  # around all: what is kept was guarded and compressed
    app.mount("/static", HashedFiles(directory=STATIC))
    # Their routes as they are: those that FastAPI includes are made anew for each application, at its first request.
    # days last: /{when} takes any name
    for page in (
        health,
        api,
        help,
        cards,  # before papers, which take any path
        feeds,
        papers,
        readings,
        names,
        palette,
        digests,
        changes,
        coverage,
        trends,
        library,
        searches,
        merging,
        styleguide,
        terms,
        imports,
        account_pages,
        preferences,
        days,
    ):
        app.router.routes.extend(page.router.routes)
    errors.install(app)
    return app
