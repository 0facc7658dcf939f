"""Measure search: `python -m bench.search relevance|counts|latency …`; each says with --help what it takes."""

import sys
from importlib import import_module

MEASURES = ("relevance", "counts", "latency", "keystrokes")


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in MEASURES:
        raise SystemExit(f"python -m bench.search {'|'.join(MEASURES)} …")
    import_module(f"bench.search.{name}").main(sys.argv[2:])


if __name__ == "__main__":
    main()
