"""Import what changes in folders, as it changes, until told to stop."""

import os
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from app.db import Database
from app.digests.files import is_wanted_name
from app.digests.runs import Look, RunResult, Trigger, run_import
from app.digests.sources import look_into, registered_sources
from app.errors import UnreadableFileError

QUIET_MS = 200
"""So long nothing may happen before what changed is read: who replaces a file may take it away first."""
LONGEST_MS = 5_000
"""What changes without a rest is read after this time all the same."""
TICK_MS = 1_000
"""How often to see whether a folder came or went as a whole."""

Identity = dict[Path, tuple[int, int]]


def watch_sources(
    database: Database,
    stop: Event,
    folders: Collection[Path] = (),
    *,
    switched_off: Collection[str] = (),
    passing_over: Collection[Path] = (),
    tick_ms: int = TICK_MS,
) -> Iterator[RunResult | None]:
    """Import whatever changes in the folders, or in those that are registered, if none is named.

    Gives what each cycle did, and None when nothing happened for a moment. A cycle looks at all files, so that no
    change is missed; those that look as they did are not read.
    """
    passed_over: dict[Path, Look] = {}

    def cycle(wanted: list[Path]) -> RunResult | None:
        held = look_into(wanted, registered=wanted, passing_over=passing_over)
        held = [replace(holding, is_registered=False) for holding in held]  # it may have been forgotten meanwhile
        result = run_import(database, held, Trigger.WATCH, switched_off=switched_off, passed_over=passed_over)
        return result if result.has_news else None

    while not stop.is_set():
        wanted = _wanted(database, folders)
        present = _identify(wanted)
        if not present:
            yield cycle(wanted)
            stop.wait(tick_ms / 1000)
            continue
        is_fresh = True  # what changed before the watch began was not seen
        with closing(_changes(present, stop, passing_over, tick_ms)) as changes:
            for has_changed in changes:
                yield cycle(wanted) if has_changed or is_fresh else None
                is_fresh = False
                now_wanted = _wanted(database, folders)
                if now_wanted != wanted or _identify(wanted) != present:
                    break


def _wanted(database: Database, folders: Collection[Path]) -> list[Path]:
    if folders:
        return [folder.resolve() for folder in folders]
    with database.read() as session:
        return [Path(source.location) for source in registered_sources(session)]


def _identify(folders: Collection[Path]) -> Identity:
    """Which folders these are: one that was replaced is another, and must be watched anew."""
    return {folder: (found.st_dev, found.st_ino) for folder in folders if (found := _stat(folder))}


def _stat(folder: Path) -> os.stat_result | None:
    try:
        return folder.stat()
    except OSError:
        return None


def _changes(
    present: Identity, stop: Event, passing_over: Collection[Path], tick_ms: int
) -> Generator[bool, None, None]:
    try:
        for changes in watch(
            *present,
            watch_filter=_filter(present, set(passing_over)),
            debounce=LONGEST_MS,
            step=QUIET_MS,
            stop_event=stop,
            rust_timeout=tick_ms,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield bool(changes)
    except FileNotFoundError:
        return  # it went while we turned to it
    except OSError as error:
        raise UnreadableFileError(f"The folders cannot be watched: {error}") from error


def _filter(folders: Collection[Path], passing_over: Collection[Path]) -> Callable[[Change, str], bool]:
    def is_wanted(_: Change, name: str) -> bool:
        path = Path(name)
        if any(place in passing_over for place in (path, *path.parents)):
            return False
        return any(
            all(map(is_wanted_name, path.relative_to(folder).parts))
            for folder in folders
            if path.is_relative_to(folder)
        )

    return is_wanted
