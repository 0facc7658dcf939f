"""Keep the search index in step with the papers. May be stopped, repeated and run twice at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from app.catalog.claims import find_venues, mentions_code
from app.catalog.filters import CLEAN
from app.db import Database, Lock, take
from app.errors import OnlySpareError
from app.models import (
    Authorship,
    Digest,
    DigestTag,
    Entry,
    EntryTag,
    MergedPaper,
    Paper,
    PaperVersion,
    library_version,
    note_change,
)
from app.search import Appearance, SearchDocument, SearchIndex, marking

BATCH = 500


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How far the index is in step with the store."""

    papers: int
    """Papers that search should find."""
    documents: int
    """Documents that the index holds."""
    stale: int
    """Papers that changed since the index saw them, or that it never saw."""
    missing: int
    """Papers that the index does not hold."""
    surplus: int
    """Documents of the index that are of no paper which search should find."""

    @property
    def is_in_step(self) -> bool:
        return not (self.stale or self.missing or self.surplus)


def index_status(session: Session, index: SearchIndex) -> IndexStatus:
    """Compare both sides, paper by paper."""
    listed = set(session.scalars(select(Paper.id).where(Paper.latest_day.is_not(None))))
    held = index.held()
    missing, surplus = len(listed - held.whole), len((held.whole | held.part) - listed)
    return IndexStatus(len(listed), len(held.whole), count_stale(session), missing, surplus)


def count_stale(session: Session) -> int:
    """Papers that the index has not seen as they are now."""
    return session.scalar(select(func.count()).select_from(Paper).where(Paper.changed != Paper.indexed)) or 0


def count_listed(session: Session) -> int:
    """Papers that search should find."""
    return session.scalar(select(func.count()).select_from(Paper).where(Paper.latest_day.is_not(None))) or 0


def is_known_in_step(database: Database, location: Path) -> bool:
    """Whether neither the store nor the index at this place changed since they were found in step: told without
    opening the index, and without naming every paper."""
    note = marking.marked(location)
    with database.read() as session:
        stale = select(Paper.id).where(Paper.changed != Paper.indexed).limit(1)
        return bool(note) and note == _state(session) and session.scalar(stale) is None


def note_in_step(database: Database, index: SearchIndex, location: Path) -> None:
    """Remember for the next time, unless it is not so."""
    before = marking.fingerprint(location)
    with database.read() as session:
        if index_status(session, index).is_in_step:
            marking.mark(location, before, _state(session))


def _state(session: Session) -> str:
    """Which library this is, and how often it has changed."""
    whose = session.execute(select(Digest.sha256, Digest.imported_at).order_by(Digest.id).limit(1)).one_or_none()
    return f"{library_version(session)} {session.scalar(select(func.max(Paper.id)))} {whose}"


def sync_index(
    database: Database,
    index: SearchIndex,
    progress: Callable[[int], None] = lambda _: None,
    *,
    fills_spare: bool = True,
) -> int:
    """Index every stale paper; say how many. What the index lost is put again, what it should not hold is removed.

    While the engine is away its spare, if it has one, takes all of it (without `fills_spare`, for whoever is in a hurry, the
    first batch); the papers stay stale, and SearchUnavailableError is raised in the end.
    """
    with _Spared() as spared:
        with spared.to_the_end():
            _reconcile(database, index)
        return _index_stale(database, index, progress, fills_spare=fills_spare)


def _index_stale(
    database: Database, index: SearchIndex, progress: Callable[[int], None], *, fills_spare: bool = True
) -> int:
    done, after = 0, 0
    with _Spared() as spared:
        while batch := _stale(database, after):
            after = batch[-1].id
            with spared.to_the_end():
                _mark_indexed(database, _write(database, index, batch))
                done += len(batch)
            progress(len(batch))
            if spared.is_away and not fills_spare:
                break
    return done


class _Spared:
    """An engine that is away stops nothing that its spare can still take; at the end it is said."""

    def __init__(self) -> None:
        self._error: OnlySpareError | None = None

    def __enter__(self) -> "_Spared":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._error and kind is None:
            raise self._error

    @property
    def is_away(self) -> bool:
        return self._error is not None

    @contextmanager
    def to_the_end(self) -> Iterator[None]:
        try:
            yield
        except OnlySpareError as error:
            self._error = error


def _write(database: Database, index: SearchIndex, batch: Sequence[Paper]) -> dict[int, int]:
    """Bring papers into the index; say of each as of which change.

    Another process may have written the newest of a paper just before we wrote an older state over it: what changed while
    we wrote is therefore written again, whether or not somebody took care of it already.
    """
    seen: dict[int, int] = {}
    while batch:
        names = _names_before(database, batch)
        with _Spared() as spared:
            with spared.to_the_end():
                index.remove([paper.id for paper in batch if paper.latest_day is None])
            with spared.to_the_end():
                index.put(_document(paper, names.get(paper.id, ())) for paper in batch if paper.latest_day is not None)
        seen |= {paper.id: paper.changed for paper in batch}
        batch = _changed_since(database, seen)
    return seen


def rebuild_index(database: Database, index: SearchIndex, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write every paper anew, and forget all else. Searches go on finding what is there meanwhile."""
    _mark_all_stale(database)
    done = _index_stale(database, index, progress)
    _reconcile(database, index)
    return done


def _reconcile(database: Database, index: SearchIndex) -> None:
    """An index may be deleted, restored from a backup, or left over from another library: believe only its ids."""
    held = index.held()  # first, so that what comes in meanwhile is not taken for surplus
    with database.read() as session:
        listed = set(session.scalars(select(Paper.id).where(Paper.latest_day.is_not(None))))
        put = set(
            session.scalars(select(Paper.id).where(Paper.indexed == Paper.changed, Paper.latest_day.is_not(None)))
        )
    if surplus := (held.whole | held.part) - listed:
        index.remove(surplus)
        with database.write() as session:
            note_change(session)
    if lost := sorted(put - held.whole):
        with database.write() as session:
            take(session, Lock.IMPORT)
            for first in range(0, len(lost), BATCH):
                session.execute(update(Paper).where(Paper.id.in_(lost[first : first + BATCH])).values(indexed=0))


def _mark_all_stale(database: Database) -> None:
    with database.write() as session:
        take(session, Lock.IMPORT)
        session.execute(update(Paper).values(indexed=0))
        note_change(session)


def _stale(database: Database, after: int) -> Sequence[Paper]:
    with database.read() as session:
        return session.scalars(
            select(Paper)
            .where(Paper.changed != Paper.indexed, Paper.id > after)
            .order_by(Paper.id)
            .limit(BATCH)
            .options(*_SEARCHED)
        ).all()


def _changed_since(database: Database, seen: dict[int, int]) -> Sequence[Paper]:
    """Those of the papers that changed after they were seen."""
    with database.read() as session:
        now = session.execute(select(Paper.id, Paper.changed).where(Paper.id.in_(seen)))
        changed = [paper_id for paper_id, count in now if count != seen[paper_id]]
        return session.scalars(select(Paper).where(Paper.id.in_(changed)).options(*_SEARCHED)).all() if changed else ()


def _names_before(database: Database, batch: Sequence[Paper]) -> dict[int, list[str]]:
    """What papers that were merged into one of these went by: who knows such an id finds the other paper."""
    names: dict[int, list[str]] = {}
    with database.read() as session:
        merged = select(MergedPaper.into_id, Paper).join(Paper, Paper.id == MergedPaper.paper_id)
        for into_id, paper in session.execute(merged.where(MergedPaper.into_id.in_([paper.id for paper in batch]))):
            names.setdefault(into_id, []).extend(_names(paper))
    return names


def _names(paper: Paper) -> list[str]:
    return [name for name in (paper.arxiv_id, paper.doi, paper.slug) if name]


_SEARCHED = (
    joinedload(Paper.shown).selectinload(PaperVersion.authorships).joinedload(Authorship.author, innerjoin=True),
    selectinload(Paper.entries).options(
        undefer(Entry.analysis),
        joinedload(Entry.digest, innerjoin=True).options(
            joinedload(Digest.topic), selectinload(Digest.tags).joinedload(DigestTag.tag, innerjoin=True)
        ),
        selectinload(Entry.tags).joinedload(EntryTag.tag, innerjoin=True),
        selectinload(Entry.figures),
        selectinload(Entry.findings),
    ),
)


def _document(paper: Paper, names_before: Iterable[str]) -> SearchDocument:
    entries = paper.entries
    own = [tag.tag.name for entry in entries for tag in entry.tags]
    shared = [tag.tag.name for entry in entries for tag in entry.digest.tags]
    return SearchDocument(
        paper_id=paper.id,
        title=paper.shown.title,
        ids=(*_names(paper), *names_before),
        authors=tuple(author.name for author in paper.shown.authors),
        abstract=paper.shown.abstract,
        summaries=tuple(entry.summary for entry in entries if entry.summary),
        key_points=tuple(point for entry in entries for point in entry.key_points),
        analyses=tuple(entry.analysis for entry in entries if entry.analysis),
        tags=tuple(dict.fromkeys(own + shared)),
        appearances=tuple({_appearance(entry): None for entry in entries}),
        venues=find_venues(paper.shown.comment),
        has_code=mentions_code((paper.shown.comment, paper.shown.abstract)),
        has_figures=any(entry.figures for entry in entries),
        qualities=tuple({finding.rule: None for finding in paper.findings}) or (CLEAN,),
    )


def _appearance(entry: Entry) -> Appearance:
    return Appearance(entry.digest.day, entry.digest.topic.name if entry.digest.topic else None)


def _mark_indexed(database: Database, seen: dict[int, int]) -> None:
    """A paper changed since keeps a higher count, stays stale, and is met again.

    The lock is that of imports and decisions: they change papers too, and two that change many would wait for each other.
    """
    with database.write() as session:
        take(session, Lock.IMPORT)
        _note_seen(session, seen)
        note_change(session)  # a search finds more now


def _note_seen(session: Session, seen: dict[int, int]) -> None:
    session.execute(
        update(Paper).where(Paper.id.in_(seen)).values(indexed=case(seen, value=Paper.id)),
        execution_options={"synchronize_session": False},
    )
