"""How many entries a second an import takes in, first without the index, then the index, then all of it unchanged."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from app import catalog, digests
from app.cli.opening import upgrade_schema
from app.db import Database
from app.digests import Trigger
from app.search import open_index


class Run(NamedTuple):
    """One run of one step: seconds on the wall and of the processor, and how much was done."""

    wall: float
    cpu: float
    done: int


def measure(folder: Path, place: Path, times: int) -> Path:
    """Print the table; the data folder of the last library is left for whoever measures on."""
    rows: dict[str, list[Run]] = {}
    for number in range(times):
        database = empty_store(place / str(number))
        index = open_index(place / str(number) / "index")
        _time(rows, "import with lint, without indexing", partial(import_all, database, folder))
        _time(rows, "indexing (papers)", partial(catalog.sync_index, database, index))
        _time(rows, "import again, unchanged", partial(import_all, database, folder))
        _time(rows, "import again, unchanged, each file read", partial(import_all, database, folder, reread=True))
        index.close()
        database.close()
    _show(rows)
    return place / str(times - 1)


def _time(rows: dict[str, list[Run]], name: str, work: Callable[[], int]) -> None:
    started, cpu = perf_counter(), process_time()
    done = work()
    rows.setdefault(name, []).append(Run(perf_counter() - started, process_time() - cpu, done))


def empty_store(data: Path) -> Database:
    """A store with its tables in a folder that is not there yet."""
    url = f"sqlite:///{data / 'papershelf.db'}"
    upgrade_schema(url)
    return Database(url)


def import_all(database: Database, folder: Path, *, reread: bool = False) -> int:
    """The entries of all files."""
    result = digests.run_import(database, digests.look_into([folder]), Trigger.COMMAND, reread=reread)
    return sum(report.entries for report in result.reports)


def _show(rows: dict[str, list[Run]]) -> None:
    print("| step | entries | wall s, median | CPU s, median | entries/s |")
    print("|---|---|---|---|---|")
    for name, runs in rows.items():
        wall, cpu = median(run.wall for run in runs), median(run.cpu for run in runs)
        print(f"| {name} | {runs[0].done} | {wall:.3f} | {cpu:.3f} | {runs[0].done / wall:.0f} |")
