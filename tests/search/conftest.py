"""The servers that the tests of search ask."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests import meilisearch_server
from tests.meilisearch_server import Server


@pytest.fixture(scope="session")
def meilisearch_server_of_this_run() -> Iterator[Server]:
    """Started once; skips where there is none."""
    with meilisearch_server.running() as server:
        yield server


@pytest.fixture
def server(meilisearch_server_of_this_run: Server) -> Server:
    return meilisearch_server_of_this_run


@pytest.fixture
def uid(server: Server) -> Iterator[str]:
    """The name of an index that no other test has; dropped afterwards."""
    uid = f"test-{uuid4().hex}"
    yield uid
    server.drop(uid)
