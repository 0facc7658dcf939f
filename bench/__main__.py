"""Measure import and requests, and print both as Markdown: `python -m bench [FOLDER …]`.

FOLDER holds digests; without one the real ones beside the checkout are taken if they are there, else the samples.
They are copied, as of other papers on other days, until there are as many as asked for.
"""

import argparse
import platform
import tempfile
from pathlib import Path

from bench import importing, libraries, requests
from bench.places import default_folder


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--digests", type=int, default=263, help="how many digests the library is to have")
    arguments.add_argument("--rounds", type=int, default=7, help="slices of each case, in turn with the others")
    arguments.add_argument("--imports", type=int, default=5, help="imports into an empty store")
    arguments.add_argument("--data", type=Path, help="a data folder that is there already: only requests are measured")
    given = arguments.parse_args()
    if given.data:
        requests.measure(given.data, given.rounds)
        return
    folders = given.folders or [default_folder()]
    files = libraries.sound_digests(folders)
    print(f"Python {platform.python_version()}, {platform.machine()}, {given.digests} digests made of {len(files)}\n")
    with tempfile.TemporaryDirectory() as place:
        copies = libraries.copy_digests(files, Path(place) / "digests", given.digests)
        library = importing.measure(copies, Path(place), given.imports)
        print()
        requests.measure(library, given.rounds)


if __name__ == "__main__":
    main()
