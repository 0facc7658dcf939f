"""Every kind of page on every kind of screen, light and dark, with JavaScript and without.

Nothing sticks out, axe finds nothing, and (conftest.py) no page complains or asks another host for anything. What fails
is kept as a picture in the test's folder; `PAPERSHELF_TEST_SCREENSHOTS=FOLDER` keeps pictures of all.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import shelves
from tests.browser.conftest import Server
from tests.browser.looking import OPENED, PAGES, Look
from tests.web.html import parse
from tests.web.test_nothing_untranslated import LATIN, NAMES, said

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><circle cx="320" cy="180" r="160"/></svg>'
SCREENS = ((1280, 900), (390, 844))
REFLOWED = ((640, 450), (320, 640))
"""What is left of a screen at 200 %, and the width that WCAG 2.2 asks for (1.4.10)."""
AXE = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2, not among axe's rules unless it is asked for
KEPT = os.environ.get("PAPERSHELF_TEST_SCREENSHOTS")
IN_CHINESE = [
    look for look in PAGES if look.name in {"day", "list", "paper", "no result", "preferences", "trends", "404"}
]


@pytest.fixture(scope="session")
def servers(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Each library's server, started when it is first asked for."""
    running: dict[str, Server] = {}
    steps = {
        "shelf": (shelves.the_samples, shelves.what_is_doubtful, shelves.what_is_rare, shelves.its_people),
        "empty": (),
        "away": (shelves.one_paper,),
        "broken": (),
    }

    def serve(name: str) -> Server:
        if name not in running:
            folder = tmp_path_factory.mktemp(name)
            shutil.copy(migrated, folder / "papershelf.db")
            settings = shelves.settings_of(folder)
            shelves.furnish(settings, *steps[name])
            if name == "away":
                settings = shelves.settings_of(folder, search_url="http://127.0.0.1:9", search_key="none")
            running[name] = Server(settings, shelves.fail_at_everything if name == "broken" else lambda _: None)
        return running[name]

    yield serve
    for server in running.values():
        server.stop()


@pytest.fixture
def server(servers: Callable[[str], Server], look: Look) -> Server:
    return servers(look.library)


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture
def browser_context_args(browser_context_args, language: str):
    return {**browser_context_args, "locale": language, "reduced_motion": "reduce"}


@pytest.fixture
def show(page: Page, server: Server, nothing_foreign: list[str]) -> Iterator[Callable[[Look], None]]:
    """Opens the page as the one who looks at it, on the first screen."""
    page.route("https://figures.example/**", lambda route: route.fulfill(content_type="image/svg+xml", body=DOT))

    def open_page(look: Look) -> None:
        page.set_viewport_size({"width": SCREENS[0][0], "height": SCREENS[0][1]})
        if look.reader:
            answer = page.request.post("/sign-in", form={"name": look.reader, "password": shelves.PASSWORD})
            assert answer.ok
        answer = page.goto(look.path)
        assert answer is not None
        assert answer.status == look.status
        if look.deed:
            look.deed(page)

    yield open_page
    nothing_foreign[:] = [url for url in nothing_foreign if not url.startswith("https://figures.example/")]


@pytest.fixture
def keep(page: Page, tmp_path: Path, java_script_enabled: bool) -> Callable[..., None]:
    """Takes a picture where pictures are wanted, and of what is wrong."""
    folder = Path(KEPT) if KEPT else tmp_path

    def take(look: Look, scheme: str, is_wrong: bool) -> None:
        if KEPT or is_wrong:
            script = "js" if java_script_enabled else "plain"
            name = f"{look.name}-{page.evaluate('innerWidth')}-{scheme}-{script}.png".replace(" ", "-")
            page.screenshot(path=folder / name, full_page=not look.is_dialog)

    return take


def axe(page: Page, scheme: str = "light") -> list[str]:
    """What axe finds, each with the first place where it is; the dark scheme differs from the light one in colours."""
    options = AXE if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']} at {one['nodes'][0]['target']} ({len(one['nodes'])})" for one in found]


def sticks_out(page: Page) -> list[str]:
    """The innermost elements that make the page wider than its screen."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const wide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1);
        return ["sticks out", ...wide.slice(-3).map(one => `${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`)];
    }""")


def problems_on(page: Page, look: Look, keep, has_script: bool) -> dict[str, list[str]]:
    """Of each screen and scheme what is wrong there."""
    found = {}
    for width, height in SCREENS + REFLOWED:
        page.set_viewport_size({"width": width, "height": height})
        problems = sticks_out(page)
        for scheme in ("light", "dark") if (width, height) in SCREENS else ("light",):
            page.emulate_media(color_scheme=scheme)
            # Colours are the same on a phone.
            if has_script and (width, height) in SCREENS and (scheme == "light" or (width, height) == SCREENS[0]):
                problems = [*sticks_out(page), *axe(page, scheme)]
            if problems:
                found[f"{width} {scheme}"] = problems
            keep(look, scheme, bool(problems))
    return found


@pytest.mark.parametrize("look", PAGES, ids=lambda look: look.name)
def test_the_page_fits_every_screen(page: Page, look: Look, show, keep, java_script_enabled: bool):
    show(look)
    expect(page.locator("main")).to_be_visible()
    expect(page.locator("h1").first).to_be_visible()
    assert page.locator("main form:not(:has(button))").count() == 0
    assert problems_on(page, look, keep, java_script_enabled) == {}


@pytest.mark.parametrize("java_script_enabled", [True])
@pytest.mark.parametrize("look", OPENED, ids=lambda look: look.name)
def test_what_opens_fits_every_screen(page: Page, look: Look, show, keep):
    show(look)
    assert problems_on(page, look, keep, has_script=True) == {}


@pytest.mark.parametrize("java_script_enabled", [True])
@pytest.mark.parametrize("language", ["zh-CN"])
@pytest.mark.parametrize("look", IN_CHINESE, ids=lambda look: look.name)
def test_in_chinese_nothing_is_left_untranslated(page: Page, look: Look, show):
    show(look)
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^zh"))
    seen = parse(page.content())
    frame = [*seen.all("header", class_="masthead"), *seen.all("footer", class_="footer"), *seen.all("dialog")]
    foreign = [text for part in frame for language, text in said(part, "zh") if language == "zh"]
    assert [text for text in foreign if set(LATIN.findall(text)) - NAMES] == []
    assert axe(page) == []


@pytest.mark.parametrize("java_script_enabled", [True])
@pytest.mark.parametrize(
    "look",
    [look for look in PAGES + OPENED if look.name in {"list", "paper", "palette open"}],
    ids=lambda look: look.name,
)
def test_who_wants_no_motion_sees_none(page: Page, look: Look, show):
    show(look)
    moving = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 1).length"
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert page.evaluate(moving) == 0
