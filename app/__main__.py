"""`python -m app` is `papershelf`."""

from app.cli import run

run()
