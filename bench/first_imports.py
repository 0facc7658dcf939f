"""First imports, each in turn with other work on the same files: `python -m bench.first_imports [FOLDER …] --times 15`.

The other work is what a Markdown renderer takes (markdown-it-py with HTML and tables), of which no line is ours: where the machine
is shared, entries per second by themselves tell more of its other tenants than of the import.
"""

import argparse
import gc
import os
import platform
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

from markdown_it import MarkdownIt

from app.digests.decoding import read_text
from bench import importing, libraries
from bench.places import default_folder

RENDERED = 4
"""One file of so many is rendered: that takes about as long as an import of all."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.first_imports", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--digests", type=int, default=263, help="how many digests the library is to have")
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    files = libraries.sound_digests(given.folders or [default_folder()])
    print(
        f"Python {platform.python_version()}, markdown-it-py {version('markdown-it-py')}, load {os.getloadavg()[0]:.2f}"
    )
    with tempfile.TemporaryDirectory() as place:
        copies = libraries.copy_digests(files, Path(place) / "digests", given.digests)
        _show(_measure(copies, Path(place), given.times))


def _measure(folder: Path, place: Path, times: int) -> list[tuple[float, float]]:
    """Entries per second of each import, and MB per second that were rendered just before and after it."""
    texts = [read_text(path.read_bytes()).text for path in sorted(folder.rglob("*")) if path.is_file()][::RENDERED]
    rates = []
    before = _rendered(texts)
    for number in range(times):
        database = importing.empty_store(place / str(number))
        gc.collect()
        started = perf_counter()
        entries = importing.import_all(database, folder)
        taken = perf_counter() - started
        database.close()
        after = _rendered(texts)
        rates.append((entries / taken, (before + after) / 2))
        before = after
    return rates


def _rendered(texts: Sequence[str]) -> float:
    renderer = MarkdownIt("commonmark", {"html": True}).enable("table")
    gc.collect()
    started = perf_counter()
    for text in texts:
        renderer.render(text)
    return sum(len(text.encode()) for text in texts) / 1e6 / (perf_counter() - started)


def _show(rates: Sequence[tuple[float, float]]) -> None:
    imported, rendered = [entries for entries, _ in rates], [megabytes for _, megabytes in rates]
    ratios = [entries / megabytes for entries, megabytes in rates]
    print("\n| | median | least | most |")
    print("|---|---|---|---|")
    for name, values, places in (
        ("entries/s, first import with lint, without indexing", imported, 0),
        ("MB/s rendered", rendered, 2),
        ("entries imported while a MB is rendered", ratios, 0),
    ):
        cells = " | ".join(f"{value:,.{places}f}" for value in (median(values), min(values), max(values)))
        print(f"| {name} | {cells} |")


if __name__ == "__main__":
    main()
