"""What git says of a working copy. Its hooks are not run, it asks no questions, and it fetches only when it is to pull."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from app.errors import UnreadableFileError

LOOK_SECONDS = 60
PULL_SECONDS = 300
QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
"""No questions, nothing written, nothing fetched in passing."""


class GitError(UnreadableFileError):
    """Git could not do it; the message is git's own words."""


def is_installed() -> bool:
    return shutil.which("git") is not None


def has_working_copy(folder: Path) -> bool:
    """Whether the folder is, or lies in, what looks like a working copy. Asked without git, which may be missing."""
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def wanted_files(folder: Path) -> list[Path]:
    """What git tracks below the folder, and what is neither tracked nor ignored, whether it is on disk or not."""
    told = _git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    return [folder / os.fsdecode(name) for name in sorted(set(told.split(b"\0"))) if name]


def is_ignored(folder: Path) -> bool:
    """Whether the folder lies in a working copy that does not want it."""
    try:
        _git(folder, "check-ignore", "--quiet", ".")
    except GitError:
        return False
    return True


def commit_of(folder: Path) -> str | None:
    """The commit that the working copy stands at; none before the first."""
    try:
        return _git(folder, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    except GitError:
        return None


def pull(folder: Path) -> None:
    """Bring in what is new, if the working copy can simply move forward."""
    _git(folder, "pull", "--ff-only", "--quiet", seconds=PULL_SECONDS)


def _git(folder: Path, *arguments: str, seconds: float = LOOK_SECONDS) -> bytes:
    command = ["git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", *arguments]
    try:
        # A session of its own has no terminal to ask at, and can be ended with all that git started.
        process = subprocess.Popen(  # noqa: S603  (no shell; the words are ours)
            command,
            cwd=folder,
            env=_environment(arguments[0]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror}") from error
    try:
        told, complaint = process.communicate(timeout=seconds)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise GitError(f"git took more than {seconds:.0f} seconds") from error
        raise
    if process.returncode:
        raise GitError(complaint.decode(errors="replace").strip() or f"git ended with {process.returncode}")
    return told


def _environment(command: str) -> dict[str, str]:
    """Ours, without what would make git look at another repository."""
    ours = {name: value for name, value in os.environ.items() if name not in _POINTING}
    quiet = {"GIT_TERMINAL_PROMPT": "0"} if command == "pull" else QUIET
    return ours | quiet


_POINTING = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX"}


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
