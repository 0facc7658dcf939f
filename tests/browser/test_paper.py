"""One paper in a real browser: its gallery, its citations, what is related, two digests side by side."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PLOT = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="500"><rect width="900" height="500" fill="#eee"/></svg>'
PAPER = "/papers/2412.90101"


@pytest.fixture
def figures(page: Page, nothing_foreign: list[str]):
    """A paper with its figures, whose host is played by us."""
    page.route("https://figures.example/**", lambda route: route.fulfill(content_type="image/svg+xml", body=PLOT))
    page.goto(f"{PAPER}?figures=shown")
    yield page.locator(".gallery figure > a")
    nothing_foreign.clear()


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_figures_are_leafed_through_by_keyboard(page: Page, figures):
    number = figures.count()
    figures.first.click()
    box, place = page.get_by_role("dialog"), page.locator(".tools .place")
    expect(place).to_have_text(f"1 / {number}")
    expect(box.get_by_role("button", name="Next figure")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"2 / {number}")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"{number} / {number}")
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(figures.last).to_be_focused()


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_a_figure_is_shown_in_full_size_and_fitted_again(page: Page, figures):
    page.set_viewport_size({"width": 390, "height": 800})
    figures.first.click()
    image, zoom = page.get_by_role("dialog").locator("img"), page.get_by_role("button", name="Full size")
    expect(image).to_be_visible()
    fitted = image.bounding_box()["width"]
    page.keyboard.press("z")
    expect(zoom).to_have_attribute("aria-pressed", "true")
    assert image.bounding_box()["width"] == 900 > fitted
    zoom.click()
    assert image.bounding_box()["width"] == fitted


@pytest.mark.parametrize("java_script_enabled", [False], indirect=True)
def test_without_javascript_a_figure_is_a_link_to_itself(page: Page, figures):
    expect(page.get_by_role("dialog")).to_have_count(0)
    figures.first.click()
    page.wait_for_url("https://figures.example/**")


@pytest.mark.parametrize("java_script_enabled", [True], indirect=True)
def test_a_citation_is_copied_and_said_to_be(page: Page, server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page.goto(PAPER)
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{")
    expect(page.get_by_role("button", name="Copy BibTeX")).to_be_focused()


def test_a_citation_is_downloaded(page: Page, java_script_enabled: bool):
    page.goto(PAPER)
    expect(page.get_by_role("button", name="Copy BibTeX")).to_have_count(1 if java_script_enabled else 0)
    with page.expect_download() as download:
        page.get_by_role("link", name="BibTeX").click()
    assert download.value.suggested_filename == "2412.90101.bib"


def test_related_papers_come_by_themselves_or_by_a_link(page: Page, java_script_enabled: bool):
    page.goto(PAPER)
    if java_script_enabled:
        page.get_by_role("heading", name="Related papers").scroll_into_view_if_needed()
    else:
        page.get_by_role("link", name="Show related papers").click()
    expect(page.locator(".related-list li, .related .hint, .related-papers .hint").first).to_be_visible()


def test_two_digests_stand_side_by_side_and_below_each_other_on_a_phone(page: Page):
    page.goto(PAPER)
    cells = page.locator(".part.key_points .cell, .part.summary .cell")
    left, right = (cells.nth(place).bounding_box() for place in (0, 1))
    assert left["y"] == right["y"]
    page.set_viewport_size({"width": 390, "height": 800})
    left, right = (cells.nth(place).bounding_box() for place in (0, 1))
    assert left["y"] < right["y"]
