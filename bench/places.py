"""Where things are that a measurement needs: the checkout, digests to read, a free port."""

import socket
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REAL_DIGESTS = ROOT.parent / "shared" / "digests"


def default_folder() -> Path:
    """The real digests beside the checkout, else the samples."""
    return REAL_DIGESTS if REAL_DIGESTS.exists() else ROOT / "samples"


def free_port() -> int:
    """One that nobody listens at now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
