"""All commands, and their way out. A command's module is imported when the command is called: most need little."""

import gc
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand

from app.errors import AppError

_COMMANDS = {
    "import": ("importing", "import_", "Import digests. Those already imported and unchanged are left alone."),
    "serve": ("serving", "serve", "Serve the library in the browser, until stopped with Ctrl-C."),
    "search": ("searching", "search", "Find papers, best first."),
    "lint": ("linting", "lint", "Report what the lint found."),
    "coverage": ("coverage", "show", "Show the coverage: for each topic and day the number of entries."),
    "changes": ("changes", "show", "Show the states of a digest, and what changed from one to another."),
    "papers": ("papers", "commands", "Which papers are one: merge, split, see what is offered, undo."),
    "terms": ("terms", "commands", "Which terms mean the same: mine them, decide, add."),
    "export": ("exporting", "commands", "Take what the library holds out of it."),
    "imports": ("runs", "commands", "What earlier imports did."),
    "sources": ("sources", "commands", "The folders that an import which names nothing reads again."),
    "index": ("indexing", "commands", "The search index: look at it, make it anew."),
    "user": ("users", "commands", "Accounts: make one, list them, give a new password."),
    "db": ("storing", "commands", "The store: its schema."),
}
"""For each: its module, what to call there, and what the list of commands says of it."""

app = typer.Typer(
    name="papershelf",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help; to draw frames around it took longer than all the rest
    help="Import, browse, search and keep digests of research papers.",
    epilog="Settings come from PAPERSHELF_* variables or papershelf.toml; the README lists them.",
)


class _Late(TyperCommand):
    """Stands in the list of commands for one, until that is called."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        return load(self.name or "").make_context(*args, **extra)


for _name, (_, _, _sentence) in _COMMANDS.items():
    app.command(_name, cls=_Late, help=_sentence)(lambda: None)


def load(name: str) -> Any:
    """The command, or group of commands, of that name, imported now."""
    module, called, _ = _COMMANDS[name]
    found = getattr(_import(f"app.cli.{module}"), called)
    whole = typer.Typer(rich_markup_mode=None)
    if isinstance(found, typer.Typer):
        whole.add_typer(found, name=name)
    else:
        whole.command(name)(found)
    return typer.main.get_group(whole).commands[name]


def load_all() -> dict[str, Any]:
    """Every command by its name, imported now."""
    return {name: load(name) for name in _COMMANDS}


def _import(module: str) -> Any:
    """What is imported is never garbage: to look for some meanwhile took a fifth of the time."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


def run() -> None:
    """Run a command. What we raise on purpose ends as a sentence; anything else is a bug and shows its traceback."""
    try:
        app()
    except AppError as error:
        typer.secho(str(error), fg="red", err=True)
        sys.exit(1)
    except Exception as error:
        from app.cli.failing import what_failed  # here, not above: it knows the store

        if (sentence := what_failed(error)) is None:
            raise
        typer.secho(sentence, fg="red", err=True)
        sys.exit(1)
