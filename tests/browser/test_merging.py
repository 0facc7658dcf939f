"""What only administrators see, on both screens, in both schemes; and one decision made with the mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import Library

TITLE = "A rather long title about the shelving of papers by lanterns, moons and other lights at night"


@pytest.fixture
def java_script_enabled() -> bool:
    return True  # axe is a script


@pytest.fixture
def admin(page: Page, library: Library) -> Page:
    """A browser of the first account, in a library with two papers of one title."""
    library.paper(TITLE, arxiv_id="2412.90801", authors=("A. Adams",), topic="3DGS")
    library.paper(TITLE, arxiv_id="2412.90801", authors=("A. Adams",), topic="NeRF")
    library.paper(TITLE, arxiv_id="2412.90802", authors=("C. Clark",))
    page.goto("/sign-up")
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Make an account").click()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_administrators_are_accessible_and_fit_their_screen(admin: Page, width, scheme):
    admin.set_viewport_size({"width": width, "height": 900})
    admin.emulate_media(color_scheme=scheme)
    for path in ("/merging", "/papers/2412.90801"):
        admin.goto(path)
        admin.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert [violation["id"] for violation in Axe().run(admin).response["violations"]] == []
        assert not admin.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_an_offer_is_accepted_and_taken_back(admin: Page):
    admin.goto("/merging")
    offer = admin.get_by_role("article", name=TITLE)
    offer.get_by_role("button", name="Merge the other into this one").first.click()
    expect(offer).to_have_count(0)
    admin.get_by_role("button", name="Undo decision 1").click()
    expect(offer).to_have_count(1)
