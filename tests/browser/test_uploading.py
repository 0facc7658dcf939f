"""An administrator uploads digests, with JavaScript and without, and the pages of imports fit every screen."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.db import Database
from app.digests.arrivals import content_hash
from app.models import Digest, DigestRevision
from tests.web.test_changes import LIST, NEWER

PAGES = [
    "/imports",
    "/imports/new",
    "/imports/1",
    "/imports/1?fate=skipped",
    "/digests/1",
    "/digests/1/changes",
    "/digests/1/changes?from=1",
]


@pytest.fixture
def admin(page: Page) -> Page:
    page.goto("/sign-up?next=/imports")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Make an account").click()
    return page


def upload(page: Page, *files: tuple[str, str]) -> None:
    page.goto("/imports/new")
    payload = [{"name": name, "mimeType": "text/markdown", "buffer": text.encode()} for name, text in files]
    page.get_by_label("Files").set_input_files(payload)
    page.get_by_role("button", name="Upload and import").click()
    page.wait_for_url("**/imports/*")


def remember_earlier_states(database: Database) -> None:
    """The first of the samples has been something else twice."""
    with database.write() as session:
        said = session.get_one(Digest, 1).original
        for year, raw in enumerate((said.replace(b"e", b"a"), said.replace(b" the ", b" one ")), start=2022):
            came = datetime(year, 1, 1, tzinfo=UTC)
            session.add(DigestRevision(digest_id=1, sha256=content_hash(raw), original=raw, imported_at=came))


def test_upload_and_see_what_became_of_it(admin: Page):
    admin.get_by_role("link", name="Upload digests").click()
    upload(admin, ("风筝 kites.md", LIST), ("notes.md", "# Shopping"))
    expect(admin.get_by_role("heading", name="new 风筝 kites.md")).to_be_visible()
    expect(admin.get_by_role("heading", name="skipped notes.md")).to_be_visible()
    expect(admin.get_by_text("This is no digest")).to_be_visible()
    admin.get_by_role("link", name="1 skipped").click()
    expect(admin.get_by_role("heading", level=2)).to_have_count(1)
    admin.get_by_role("link", name="all", exact=True).click()
    admin.get_by_role("link", name="风筝 kites.md").click()
    expect(admin.get_by_role("heading", level=2).last).to_have_text("Kite Parser")
    upload(admin, ("风筝 kites.md", NEWER))
    expect(admin.get_by_role("heading", name="updated 风筝 kites.md")).to_be_visible()


def test_more_than_is_taken_is_said_on_a_page(admin: Page, tmp_path):
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(300 << 20)
    admin.goto("/imports/new")
    admin.get_by_label("Files").set_input_files(tmp_path / "huge.md")
    admin.get_by_role("button", name="Upload and import").click()
    expect(admin.get_by_role("alert")).to_contain_text("At most 256 MB")


@pytest.mark.parametrize("java_script_enabled", [True])  # axe is a script
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_imports_and_changes_are_accessible_and_fit_their_screen(admin, database, width, scheme):
    remember_earlier_states(database)
    upload(admin, ("a rather long name of a file " * 4 + "that goes on and on.md", LIST), ("notes.md", "# Shopping"))
    admin.set_viewport_size({"width": width, "height": 900})
    admin.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        admin.goto(path)
        problems = [violation["id"] for violation in Axe().run(admin).response["violations"]]
        if admin.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            problems.append("sticks out")
        if problems:
            found[path] = problems
    assert found == {}
