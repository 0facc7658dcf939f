"""Where the index lies on disk. It is a cache: what cannot be used is thrown away, and the library writes it anew."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tantivy import Index, Query, Schema

from app.errors import SearchUnavailableError
from app.i18n import gettext as _
from app.i18n import message
from app.search.embedded.errors import as_unavailable, is_engine_error
from app.search.embedded.schema import COUNTED
from app.search.marking import VERSION, folder

_OURS = re.compile(r"v(?P<version>\d+)(-broken-[0-9a-f]+)?")


def prepare(location: Path, schema: Schema) -> Index:
    """The index at this place, as it is if it can be read, else empty. That of an older version is thrown away.

    Raises SearchUnavailableError if a newer version made it: who still runs the older one must not take it away again.
    """
    with as_unavailable(message("The search index cannot be opened; see that its folder can be written.")):
        location.mkdir(parents=True, exist_ok=True)
        with _alone(location):
            _refuse_newer(location)
            _throw_away(other for other in location.iterdir() if other != folder(location))
            return _open(folder(location), schema) or _make(folder(location), schema)


def _refuse_newer(location: Path) -> None:
    found = [_OURS.fullmatch(other.name) for other in location.iterdir()]
    if any(int(one["version"]) > VERSION for one in found if one):
        raise SearchUnavailableError(
            _(
                "The search index is that of a newer version of Papershelf. Please update the program, or delete the index."
            )
        )


def _open(place: Path, schema: Schema) -> Index | None:
    """None if there is no index, or one that we cannot read."""
    if not place.exists():
        return None
    try:
        index = Index(schema, path=str(place), reuse=True)
        _read_through(index)
    except BaseException as error:
        if not is_engine_error(error):
            raise
        return None
    return index


def _read_through(index: Index) -> None:
    """Touch terms and columns once: a damaged file shows here rather than in a reader's search."""
    index.config_reader("manual")
    index.reload()
    searcher = index.searcher()
    searcher.search(Query.all_query(), 1, order_by_field="newest", weight_by_field=None)
    searcher.terms_with_prefix("title", "\uffff")
    for name in COUNTED:
        searcher.aggregate(Query.all_query(), {name: {"terms": {"field": name, "size": 1}}})


def _make(place: Path, schema: Schema) -> Index:
    if place.exists():
        broken = place.with_name(f"{place.name}-broken-{uuid4().hex}")
        place.rename(broken)
        _throw_away([broken])
    place.mkdir()
    index = Index(schema, path=str(place), reuse=True)
    index.config_reader("manual")
    return index


def _throw_away(places: Iterator[Path] | list[Path]) -> None:
    """Only what we made: a folder given by mistake keeps all else."""
    for place in places:
        if _OURS.fullmatch(place.name):
            shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink()


@contextmanager
def _alone(location: Path) -> Iterator[None]:
    """Two processes that start together do not both make the index."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (location / "opening.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
