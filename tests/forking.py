"""Commands in processes of their own, fifty at the price of one start: a process with all imports done forks itself.

Run as `python -m tests.forking`, it is that process; `Forks` is its other end, in the test.
"""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TICK = 0.002


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """The exit code, or minus the number of the signal."""
    seconds: float
    output: str

    @property
    def was_killed(self) -> bool:
        return self.code == -signal.SIGKILL


@dataclass
class Forks:
    """The process that forks. `environment` is that of all its commands."""

    environment: Mapping[str, str]
    process: Any = field(init=False)

    def __enter__(self) -> "Forks":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"],
            cwd=ROOT,
            env=dict(os.environ) | dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def run(self, *arguments: object, kill_after: float | None = None, largest_file: int | None = None) -> Ended:
        """Run `papershelf` with these arguments; `largest_file` is how many bytes any file it writes may have."""
        self.begin(*arguments, kill_after=kill_after, largest_file=largest_file)
        return self.end()

    def begin(self, *arguments: object, kill_after: float | None = None, largest_file: int | None = None) -> None:
        wanted = {"arguments": list(map(str, arguments)), "kill_after": kill_after, "largest_file": largest_file}
        self.process.stdin.write(json.dumps(wanted) + "\n")
        self.process.stdin.flush()

    def end(self) -> Ended:
        return Ended(**json.loads(self.process.stdout.readline()))


def _serve() -> None:
    import app.cli.commands

    app.cli.commands.load_all()  # all that a command needs is there before the first fork
    _warm_up()
    for line in sys.stdin:
        wanted = json.loads(line)
        began = time.monotonic()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            _limit(wanted["largest_file"])
            sys.argv = ["papershelf", *wanted["arguments"]]
            app.cli.commands.run()
        os.close(writing)
        code = _wait(child, wanted["kill_after"])
        seconds = time.monotonic() - began
        with open(reading, errors="replace") as output:  # noqa: PTH123 - a descriptor, no path
            said = output.read()
        sys.stdout.write(json.dumps({"code": code, "seconds": seconds, "output": said}) + "\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """What every command does for the first time is done before the first fork. No thread may be left running by it."""
    from sqlalchemy.orm import configure_mappers

    import app.digests.reading
    import app.search

    configure_mappers()
    for path in sorted((ROOT / "samples").rglob("*.md")):
        app.digests.reading.read_digest(path.read_bytes())
    gc.freeze()


def _limit(largest_file: int | None) -> None:
    """From then on a disk that is full: what would make a file larger fails."""
    if largest_file is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


def _wait(child: int, kill_after: float | None) -> int:
    """It is killed before it is waited for, so its number cannot have become another's."""
    latest = None if kill_after is None else time.monotonic() + kill_after
    while latest is not None and time.monotonic() < latest:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(TICK)
    if latest is not None:
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    _serve()
