"""While the search server is away, lists, papers and bookmarks work, and search says so."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.db import Database
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def visitor(database: Database, settings: Settings) -> Iterator[TestClient]:
    """Of a library whose search server does not listen."""
    away = settings.model_copy(update={"search_url": "http://127.0.0.1:9", "search_key": "none"})
    with TestClient(create_app(away, database=database), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/papers", "/sign-in", "/health"])
def test_pages_that_search_nothing_work(visitor: TestClient, path: str) -> None:
    assert visitor.get(path, follow_redirects=True).status_code == 200


def test_search_says_that_it_is_away(visitor: TestClient) -> None:
    answer = visitor.get("/papers", params={"q": "gaussian"})
    assert (answer.status_code, "The search server does not answer." in answer.text) == (503, True)


def test_the_spare_answers_meanwhile(database: Database, settings: Settings) -> None:
    spared = settings.model_copy(update={"search_url": "http://127.0.0.1:9", "search_fallback": True})
    with TestClient(create_app(spared, database=database)) as visitor:
        assert visitor.get("/papers", params={"q": "gaussian"}).status_code == 200
