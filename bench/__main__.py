"""Measure import and requests, and print both as Markdown: `python -m bench [FOLDER …]`.

FOLDER holds digests; without one the real ones beside the checkout are taken if they are there, else the samples.
"""

import argparse
import platform
import tempfile
from pathlib import Path

from bench import importing, requests

ROOT = Path(__file__).resolve().parents[1]
REAL_DIGESTS = ROOT.parent / "shared" / "digests"


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--rounds", type=int, default=7, help="slices of each case, in turn with the others")
    arguments.add_argument("--imports", type=int, default=5, help="imports into an empty store")
    given = arguments.parse_args()
    folders = given.folders or [REAL_DIGESTS if REAL_DIGESTS.exists() else ROOT / "samples"]
    print(f"Python {platform.python_version()}, {platform.machine()}, digests: {', '.join(f.name for f in folders)}\n")
    with tempfile.TemporaryDirectory() as place:
        library = importing.measure(folders, Path(place), given.imports)
        print()
        requests.measure(library, given.rounds)


if __name__ == "__main__":
    main()
