"""Take the pictures of the README anew, of our own samples: `python -m bench.pictures`."""

import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser

from bench.pages import chromium, import_digests
from bench.places import ROOT
from bench.requests import serving

FOLDER = ROOT / "docs" / "pictures"
WIDE, NARROW = (1280, 800), (390, 800)


class Picture(NamedTuple):
    """A page as one reader sees it."""

    name: str
    path: str
    screen: tuple[int, int]
    scheme: Literal["light", "dark"]
    language: str = "en"


PICTURES = (
    Picture("day-light", "/2024-12-07", WIDE, "light"),
    Picture("paper-dark", "/papers/2412.90101", WIDE, "dark"),
    Picture("search-light", "/papers?q=高斯", WIDE, "light", "zh-CN"),
    Picture("day-narrow-dark", "/2024-12-07", NARROW, "dark"),
    Picture("paper-narrow-light", "/papers/2412.90101", NARROW, "light"),
    Picture("search-narrow-dark", "/papers?q=扩散模型", NARROW, "dark", "zh-CN"),
)


def main() -> None:
    """Import the samples into a library of their own, and look at it."""
    with tempfile.TemporaryDirectory() as place:
        data = import_digests(ROOT / "samples", Path(place))
        with serving("app.main:create_app", data, "--factory") as server, chromium() as browser:
            for picture in PICTURES:
                _take(browser, f"http://127.0.0.1:{server.port}", picture)


def _take(browser: Browser, address: str, picture: Picture) -> None:
    width, height = picture.screen
    with browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=picture.scheme, locale=picture.language
    ) as context:
        page = context.new_page()
        page.goto(address + picture.path)
        page.screenshot(path=FOLDER / f"{picture.name}.png")
        print(picture.name, (FOLDER / f"{picture.name}.png").stat().st_size)


if __name__ == "__main__":
    main()
