"""A real browser against a real server: few tests, each a story that must end the same with JavaScript and without."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from app.db import Database
from app.main import create_app
from app.search import SearchIndex
from app.settings import Settings
from tests.cli.conftest import SAMPLES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Chromium calls home at its start unless told not to.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

PATIENCE = 10_000  # milliseconds: long on a busy machine, and a story that has broken is told soon
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def shelf(database: Database, index: SearchIndex) -> None:
    """The library that new users see: our own samples."""
    from app import catalog, digests

    for origin in digests.find_files([SAMPLES]):
        digests.import_file(database, origin)
    catalog.sync_index(database, index)


class Server:
    """The application, listening; it can be stopped and started again on the same store."""

    def __init__(self, settings: Settings, prepare: Callable[[FastAPI], None] = lambda _: None) -> None:
        self._settings, self._prepare = settings, prepare
        self.start(port=0)

    def start(self, port: int) -> None:
        app = create_app(self._settings)
        self._prepare(app)
        config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    def restart(self) -> None:
        self.stop()
        self.start(self.port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def server(settings: Settings, database: Database, shelf: None) -> Iterator[Server]:
    server = Server(settings)
    yield server
    server.stop()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def java_script_enabled(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def browser_context_args(browser_context_args, server: Server, java_script_enabled: bool):
    return {**browser_context_args, "base_url": server.url, "java_script_enabled": java_script_enabled}


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture(autouse=True)
def nothing_foreign(page: Page, server: Server) -> Iterator[list[str]]:
    """No page asks any other host for anything, and none has anything to complain of."""
    foreign: list[str] = []
    complaints: list[str] = []

    def note_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in (f"127.0.0.1:{server.port}", ""):
            foreign.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        told_status = message.location["url"] == page.url or "status of 4" in message.text  # the page says it itself
        if message.type in ("error", "warning") and not (told_status and "status of" in message.text):
            complaints.append(message.text)

    page.on("request", note_request)
    page.on("console", note_message)
    yield foreign
    assert complaints == []
    assert foreign == []
