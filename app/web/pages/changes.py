"""What changed in a digest from one of its states to another, and the earlier states themselves."""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app import catalog, digests
from app.catalog import DigestState
from app.digests import Changes, EntryChange, FieldChange, Placed
from app.errors import AppError
from app.web.deps import CurrentUser, Db, Repaired
from app.web.paging import page_count
from app.web.params import PageNumber
from app.web.rendering import render_page
from app.web.urls import asking, digest_path

router = APIRouter(default_response_class=Response)
ENTRIES = 30
"""Entries on a page."""
ROWS = 300
"""Lines of a field that are shown."""


@router.get("/digests/{digest_id:number}/revisions/{revision_id:number}.md")
def original(db: Db, digest_id: int, revision_id: int) -> Response:
    """The bytes of an earlier state, untouched, as those of a digest are given."""
    raw = catalog.state_original(db, digest_id, revision_id)
    return Response(raw, media_type="text/plain; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


@router.get("/digests/{digest_id:number}/changes")
def show(
    request: Request,
    db: Db,
    user: CurrentUser,
    repaired: Repaired,
    page: PageNumber,
    digest_id: int,
    start: Annotated[str, Query(alias="from")] = "",
    to: str = catalog.NOW,
) -> Response:
    """The states of a digest, and two of them compared: the last earlier one with what it says now, unless others are
    asked for.
    """
    digest = catalog.find_original(db, digest_id)
    states = catalog.states_of(db, digest)
    before, after = catalog.find_state(states, start), catalog.find_state(states, to)
    changes, reason = None, ""
    try:
        if before != after:
            texts = [
                repaired.read_state(db, state.sha256, catalog.state_bytes(db, digest, state))
                for state in (before, after)
            ]
            changes = digests.compare(*map(digests.parse_digest, texts))
    except AppError as error:
        reason = str(error)
    parts = _parts(changes) if changes else []
    return render_page(
        request,
        "pages/digests/changes.html",
        block="results",
        digest=digest,
        states=states,
        before=before,
        after=after,
        changes=changes,
        reason=reason,
        parts=parts[(page - 1) * ENTRIES : page * ENTRIES],
        rows_of=rows_of,
        most_rows=ROWS,
        page=page,
        pages=page_count(len(parts), ENTRIES),
        url_of=lambda number: changes_url(digest_id, before, after, number),
        compare_url=lambda one, other: changes_url(digest_id, one, other),
    )


def changes_url(digest_id: int, before: DigestState, after: DigestState, page: int = 1) -> str:
    asked = {"from": before.name, "to": after.name, "page": page if page > 1 else None}
    return asking(f"{digest_path(digest_id)}/changes", asked)


def rows_of(change: FieldChange) -> tuple[list[digests.Row], int]:
    """The lines of a field with what was changed in them, and the number in the file of the first one.

    The number is 0 where lines of the field are not lines of the file. At most so many are given as a page can bear.
    """
    before, after = change.texts
    rows = list(islice(digests.by_line(digests.differences(before, after)), ROWS + 1))
    return rows, _first_line(change, before)


def _first_line(change: FieldChange, before: str) -> int:
    if change.lines_before is None or not before:
        return 0
    first, last = change.lines_before
    return first if before.count("\n") == last - first else 0


def _parts(changes: Changes) -> Sequence[tuple[str, Placed | EntryChange]]:
    """Every entry there is something to say of: those of today in their order, then those that are gone."""
    today: list[tuple[int, str, Placed | EntryChange]] = [(one.after.position, "kept", one) for one in changes.kept]
    today += [(one.position, "added", one) for one in changes.added]
    gone: list[tuple[str, Placed | EntryChange]] = [("removed", one) for one in changes.removed]
    return [(kind, one) for _, kind, one in sorted(today, key=lambda part: part[0])] + gone
