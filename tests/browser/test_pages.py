"""Every page type, on a wide screen and on a phone, light and dark: nothing sticks out, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAGES = [
    "/",
    "/papers",
    "/papers?q=高斯",
    "/papers?q=zebrafish",
    "/papers?q=lantrnsplat+(x",
    "/help/search",
    "/help/keyboard",
    "/palette?q=3d",
    "/2024-12",
    "/2024-12-08",
    "/topics",
    "/topics/3dgs",
    "/tags",
    "/tags/元宇宙/虚拟人",
    "/authors",
    "/papers/2412.90101",
    "/digests/1",
    "/digests/1/source",
    "/coverage",
    "/coverage?year=2024",
    "/sign-in",
    "/sign-up",
    "/library",
    "/no-such-page",
]


@pytest.fixture
def java_script_enabled() -> bool:
    return True  # axe is a script


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_fits_its_screen(page: Page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(path)
        problems = [violation["id"] for violation in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            problems.append("sticks out")
        if problems:
            found[path] = problems
    assert found == {}
