"""The command-line door: `papershelf …`."""

from app.cli.commands import run

__all__ = ["run"]
