"""`papershelf changes`: what changed in a digest since an earlier state of it."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from app import catalog, digests
from app.catalog import DigestState
from app.cli.opening import opened_database, read_settings
from app.digests import Changes, FieldChange, Placed, RepairedTexts
from app.models import Digest

_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def show(
    number: Annotated[int, typer.Argument(metavar="DIGEST_ID", help="As in the digest's address.", min=1)],
    start: Annotated[str, typer.Option("--from", help="An earlier state by its number; else the last one.")] = "",
    to: Annotated[str, typer.Option("--to", help="The state to compare it with.")] = catalog.NOW,
    as_json: Annotated[bool, typer.Option("--json", help="Write states and changes as one JSON object.")] = False,
) -> None:
    """Show the states of a digest, and what changed from one to another, entry by entry and field by field.

    [-What was taken out-] and {+what was put in+} are marked so.
    """
    with opened_database(read_settings()) as database, database.read() as session:
        digest = catalog.find_original(session, number)
        states = catalog.states_of(session, digest)
        before, after = catalog.find_state(states, start), catalog.find_state(states, to)
        changes = _compare(session, digest, before, after)
    if as_json:
        typer.echo(json.dumps(_as_json(states, before, after, changes), ensure_ascii=False, indent=2))
        return
    for state in states:
        typer.echo(f"{state.name:>6}  {state.came_at:%Y-%m-%d %H:%M}  {state.sha256[:10]}")
    _tell(before, after, changes)


def since_last_state(session: Session, digest_id: int) -> Changes | None:
    """What a digest says otherwise than before it last changed; none if it never did."""
    digest = catalog.find_original(session, digest_id)
    states = catalog.states_of(session, digest)
    return _compare(session, digest, catalog.find_state(states, ""), catalog.find_state(states, catalog.NOW))


def _compare(session: Session, digest: Digest, before: DigestState, after: DigestState) -> Changes | None:
    """None for one and the same state."""
    if before == after:
        return None
    texts = RepairedTexts()
    parsed = [
        digests.parse_digest(texts.read_state(session, state.sha256, catalog.state_bytes(session, digest, state)))
        for state in (before, after)
    ]
    return digests.compare(*parsed)


def _tell(before: DigestState, after: DigestState, changes: Changes | None) -> None:
    if not changes:
        same = "one and the same" if changes is None else "different in nothing that is read from them"
        typer.echo(f"{before.name} and {after.name} are {same}.")
        return
    typer.echo(f"\nFrom {before.name} to {after.name}:")
    _tell_fields(changes.fields)
    for one in changes.kept:
        moved = f", moved from place {one.before.position} to {one.after.position}" if one.is_moved else ""
        typer.echo(f"\n~ {one.after.entry.title} ({_lines(one.before)}, then {_lines(one.after)}{moved})")
        _tell_fields(one.fields)
    for sign, some in (("+", changes.added), ("-", changes.removed)):
        for placed in some:
            typer.echo(f"\n{sign} {placed.entry.title} ({_lines(placed)})")


def _tell_fields(fields: Sequence[FieldChange]) -> None:
    for change in fields:
        typer.echo(f"  {change.name}:")
        for row in digests.by_line(digests.differences(*change.texts)):
            said = "".join(_MARKS[piece.kind].format(piece.text) for piece in row.pieces)
            typer.echo(f"    {said}" if not row.skipped else f"    … {row.skipped} lines as before")


def _lines(placed: Placed) -> str:
    return f"lines {placed.entry.first_line}–{placed.entry.last_line}"


def _as_json(
    states: Sequence[DigestState], before: DigestState, after: DigestState, changes: Changes | None
) -> dict[str, Any]:
    told = changes and {
        "digest": _fields(changes.fields),
        "added": [_placed(placed) for placed in changes.added],
        "removed": [_placed(placed) for placed in changes.removed],
        "kept": [
            {
                "before": _placed(one.before),
                "after": _placed(one.after),
                "moved": one.is_moved,
                "fields": _fields(one.fields),
            }
            for one in changes.kept
        ],
    }
    return {"states": list(map(_state, states)), "from": before.name, "to": after.name, "changes": told}


def _state(state: DigestState) -> dict[str, Any]:
    return {
        "state": state.name,
        "sha256": state.sha256,
        "came_at": state.came_at.isoformat(timespec="seconds"),
        "revised_at": state.revised_at.isoformat(timespec="seconds") if state.revised_at else None,
    }


def _placed(placed: Placed) -> dict[str, Any]:
    entry = placed.entry
    return {
        "position": placed.position,
        "title": entry.title,
        "arxiv_id": entry.arxiv_id,
        "lines": [entry.first_line, entry.last_line],
    }


def _fields(fields: Sequence[FieldChange]) -> dict[str, Any]:
    return {
        change.name: {
            "before": change.before,
            "after": change.after,
            "lines_before": change.lines_before,
            "lines_after": change.lines_after,
        }
        for change in fields
    }
