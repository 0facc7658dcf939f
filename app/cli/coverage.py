"""`papershelf coverage`: which topic has digests on which days, and which days are missing."""

import json
from typing import Annotated, Any

import typer

from app import catalog
from app.catalog import Cell, Coverage, Period, State
from app.cli.opening import opened_database, read_settings
from app.db import Database

WITHOUT = "(without a topic)"


def show(
    month: Annotated[str, typer.Option(help="By day, such as 2024-12; the newest month if nothing is said.")] = "",
    year: Annotated[str, typer.Option(help="By month, such as 2024.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write it as one JSON object, missing days listed.")] = False,
) -> None:
    """Show the coverage: for each topic and day the number of entries, "-" for a missing day, "." for one on which none
    is expected.

    A day is missing if the topic has digests before and after it and none that covers it.
    """
    asked = _asked(month, year)
    with opened_database(read_settings()) as database:
        found = _read(database, asked)
    if as_json:
        typer.echo(json.dumps(_as_json(found) if found else {}, ensure_ascii=False, indent=2))
    else:
        typer.echo(_as_text(found) if found and found.rows else "There are no digests then.")


def _asked(month: str, year: str) -> Period | None:
    if month and year:
        raise typer.BadParameter("Say --month or --year, not both.")
    period = Period.parse(month or year)
    fits = period and (period.is_month if month else period.is_year)
    if (month or year) and not fits:
        raise typer.BadParameter(
            f"“{month or year}” is no {'month such as 2024-12' if month else 'year such as 2024'}."
        )
    return period


def _read(database: Database, asked: Period | None) -> Coverage | None:
    """None in an empty library."""
    with database.read() as session:
        newest = catalog.newest_day(session)
        return catalog.coverage_of(session, asked or Period.of_month(newest)) if newest else None


def _as_text(found: Coverage) -> str:
    """Columns of numbers. The names come last: how wide Chinese is in a terminal is hard to know."""
    names = [f"{one.first.day if one.is_day else one.first.month:02}" for one in found.columns]
    table = [[*names, "digests", "entries", "doubts", "missing", "topic"]]
    table += [[*map(_sign, row.cells), *map(str, row.total), row.name or WITHOUT] for row in found.rows]
    table.append([*(str(tally.entries) for tally in found.totals()), *map(str, found.total), "all"])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    lines = ["  ".join([*map(str.rjust, line, widths), line[-1]]) for line in table]
    return "\n".join([f"Coverage of {found.period}: entries; - missing, . none expected", "", *lines])


def _sign(cell: Cell) -> str:
    return {State.PRESENT: str(cell.tally.entries), State.MISSING: "-", State.OUTSIDE: "."}[cell.state]


def _as_json(found: Coverage) -> dict[str, Any]:
    by = "days" if found.period.is_month else "months"
    return {
        "period": str(found.period),
        "topics": [
            {
                "topic": row.name,
                **row.total._asdict(),
                "missing_days": [str(day) for day in row.missing],
                by: {
                    str(cell.period): {"state": cell.state.value, **cell.tally._asdict()}
                    for cell in row.cells
                    if cell.state is not State.OUTSIDE
                },
            }
            for row in found.rows
        ],
        "total": found.total._asdict(),
    }
