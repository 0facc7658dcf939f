"""What a page says when something is missing, goes on, or went wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from app import digests
from app.main import create_app
from app.models import ImportRun, LoginSession
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Current-URL": "http://testserver/papers?topic=3DGS"}


@pytest.fixture
def begin(database):
    def run(minutes_ago=1, is_finished=False):
        then = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        with database.write() as session:
            run = ImportRun(trigger="command", started_at=then, finished_at=then if is_finished else None)
            session.add(run)
            session.flush()
            return run.id

    return run


def banner(client, address="/"):
    found = parse(client.get(address).text).all(class_="banner")
    return found[0].text if found else None


def test_nothing_kept_yet_says_how_to_keep_with_the_key(reader):
    found = parse(reader.get("/library").text).one(class_="empty")
    assert found.one("kbd").text == "s"


def test_whose_session_expired_comes_back_to_the_button_they_pressed(reader, library, database):
    paper_id = library.paper()
    with database.write() as session:
        session.execute(delete(LoginSession))
    answer = reader.post(f"/papers/{paper_id}/bookmark", data={"bookmarked": "true"}, headers=PARTIAL)
    assert answer.status_code == 401
    form = parse(reader.get(answer.headers["HX-Redirect"]).text).one("form", class_="form")
    fields = {"name": "Ada", "password": "correct horse", "next": form.one("input", name="next")["value"]}
    back = reader.post(form["action"], data=fields)
    assert (back.status_code, back.headers["Location"]) == (303, f"/papers?topic=3DGS#bookmark-{paper_id}")
    page = parse(reader.get("/papers?topic=3DGS").text)
    assert page.one(id_=f"bookmark-{paper_id}")["value"] == "true"


def test_a_mark_that_failed_leaves_its_button_and_is_told_above_the_page(reader):
    answer = reader.post("/papers/999/read", data={"read": "true"}, headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (404, "#problem")
    assert parse(reader.get("/papers").text).all(id_="problem")


@BOTH_STORES
def test_administrators_see_that_an_import_runs_and_that_it_is_over(reader, library, begin, database):
    library.paper()
    assert banner(reader) is None
    number = begin()
    assert banner(reader).endswith("1 digest so far. Imports")
    again = f"/imports/running?run={number}"
    assert parse(reader.get(again, headers=PARTIAL).text).one("p")["hx-get"] == again
    with database.write() as session:
        session.get_one(ImportRun, number).finished_at = datetime.now(UTC)
    over = parse(reader.get(again, headers=PARTIAL).text).one("p", role="status")
    assert over.links()["What it did"] == f"/imports/{number}"
    assert banner(reader) is None


@pytest.mark.parametrize(
    "how", [{"is_finished": True}, {"minutes_ago": 90}], ids=["it is finished", "it was killed long ago"]
)
def test_no_import_is_said_to_run_that_does_not(reader, library, begin, how):
    library.paper()
    begin(**how)
    assert banner(reader) is None


def test_readers_are_not_told_of_imports(reader, library, begin):
    library.paper()
    other = TestClient(reader.app, follow_redirects=False)
    other.post("/sign-up", data={"name": "Bob", "password": "battery staple"})
    begin()
    assert banner(other) is None
    assert other.get("/imports/running").status_code == 403


@pytest.mark.parametrize("address", ["/papers?q=shelves", "/papers?venue=CVPR+2024", "/papers?has=code"])
def test_whatever_asks_the_index_says_how_far_it_is_behind(client, library, address):
    library.paper("Of shelves", comment="Accepted by CVPR 2024")
    assert banner(client, address) is None
    library.digest(entry("More of shelves"), day="2024-12-08", is_indexed=False)
    assert "1 paper" in banner(client, address)
    assert banner(client, "/papers") is None


def test_search_that_is_away_offers_to_try_again_and_what_works_meanwhile(database, settings, library):
    library.paper()
    away = settings.model_copy(update={"search_url": "http://127.0.0.1:9", "search_key": "none"})
    with TestClient(create_app(away, database=database)) as visitor:
        answer = visitor.get("/papers?q=shelves&topic=3DGS")
        page = parse(answer.text).one(role="alert")
        assert (answer.status_code, page.one("h1").text) == (503, "Search is away")
        assert page.links()["Try again"] == "/papers?q=shelves&topic=3DGS"
        assert parse(answer.text).one("input", id="q")["value"] == "shelves"
        assert [visitor.get(link).status_code for text, link in page.links().items() if text != "Try again"] == [
            200,
            200,
        ]
        part = visitor.get("/papers?q=shelves", headers=PARTIAL)
        assert "HX-Retarget" not in part.headers


def test_who_may_not_see_a_page_reads_who_they_are(reader, client):
    other = TestClient(client.app, follow_redirects=False)
    other.post("/sign-up", data={"name": "Bob", "password": "battery staple"})
    page = parse(other.get("/imports").text).one(role="alert")
    assert (page.one("h1").text, "You are signed in as Bob." in page.text) == ("Not allowed", True)


def test_an_upload_is_no_running_import_any_more_when_it_answers(reader, library, database, tmp_path):
    library.paper()
    (tmp_path / "none.md").write_text("nothing", encoding="utf-8")
    digests.run_import(database, digests.look_into([tmp_path]), digests.Trigger.UPLOAD)
    assert banner(reader) is None
