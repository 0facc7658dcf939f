"""What pages weigh and how soon they show something: `python -m bench.pages [FOLDER]`, or `--data DIR` for a library there is.

FOLDER holds digests; without one the real ones beside the checkout are taken if they are there, else the samples. Chromium
opens each page in a window that knows nothing yet, so that nothing is cached, and tells when it first painted something.
The address is new each time, so that the server makes the page anew too.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Browser, Response, sync_playwright

from bench.places import ROOT, default_folder
from bench.requests import Server, serving, some_paper

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAINTED = """() => new Promise((tell, fail) => {
    const name = "first-contentful-paint";
    new PerformanceObserver((list) => list.getEntriesByName(name).forEach((entry) => tell(entry.startTime)))
        .observe({ type: "paint", buffered: true });
    setTimeout(() => fail("nothing was painted"), 20000);
})"""
FIRST_BYTE = "performance.getEntriesByType('navigation')[0].responseStart"
"""Of what the paint waits for, the server's share: asked until the first byte came."""


@dataclass
class Case:
    """A page, and what each look at it gave."""

    name: str
    path: str
    html: bytes = b""
    assets: int = 0
    """Compressed bytes of all sheets and scripts."""
    painted: list[float] = field(default_factory=list)
    first_byte: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="digests to import")
    parser.add_argument("--data", type=Path, help="a data folder that is there already")
    parser.add_argument("--looks", type=int, default=9, help="how often each page is opened")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data = given.data or import_digests(given.folder, Path(place))
        with serving("app.main:create_app", data, "--factory") as server:
            _show(_look_at(_cases(data), server, given.looks))


def import_digests(folder: Path | None, data: Path) -> Path:
    source = folder or default_folder()
    environment = {**os.environ, "PAPERSHELF_DATA_DIR": str(data)}
    for words in (("db", "upgrade"), ("import", str(source))):
        subprocess.run([sys.executable, "-m", "app", *words], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
    return data


def _cases(data: Path) -> list[Case]:
    return [
        Case("list, 25 papers", "/papers?new={}"),
        Case("newest day", "/?new={}"),
        Case("paper", f"/papers/{quote(some_paper(data))}?new={{}}"),
        Case("search, one English word", "/papers?q=diffusion&new={}"),
        Case("search, two Chinese characters", f"/papers?q={quote('高斯')}&new={{}}"),
    ]


def _look_at(cases: list[Case], server: Server, looks: int) -> list[Case]:
    with chromium() as browser:
        for look in range(looks + 1):
            for case in cases:
                _open(browser, f"http://127.0.0.1:{server.port}{case.path.format(look)}", case, counts=look > 0)
    return cases


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def _open(browser: Browser, address: str, case: Case, *, counts: bool) -> None:
    """In a window of its own; the first look only warms up, and weighs."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page, answers = context.new_page(), list[Response]()
        page.on("response", lambda answer: answers.append(answer))  # playwright takes no builtin
        answer = page.goto(address)
        painted, first_byte = page.evaluate(PAINTED), page.evaluate(FIRST_BYTE)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{address} cannot be looked at")
        if counts:
            case.painted.append(painted)
            case.first_byte.append(first_byte)
        else:
            case.html = answer.body()
            case.assets = _line_bytes(one for one in answers if one.request.resource_type in ("stylesheet", "script"))


def _line_bytes(answers: Iterable[Response]) -> int:
    """Bytes of these bodies as they came over the line."""
    return sum(answer.request.sizes()["responseBodySize"] for answer in answers)


def _show(cases: list[Case]) -> None:
    print(
        "| page | HTML bytes | compressed | sheets and scripts, compressed | first byte ms, median | first paint ms, median (min) |"
    )
    print("|---|---|---|---|---|---|")
    for case in cases:
        packed = len(gzip.compress(case.html, compresslevel=4))
        print(
            f"| {case.name} | {len(case.html):,} | {packed:,} | {case.assets:,} "
            f"| {median(case.first_byte):.0f} | {median(case.painted):.0f} ({min(case.painted):.0f}) |"
        )


if __name__ == "__main__":
    main()
