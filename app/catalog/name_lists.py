"""All topics, tags or authors, a page at a time, in any order. What is kept of them is small, however many there are."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.kept import Kept
from app.catalog.matching import tagged_papers
from app.catalog.names import NameCount
from app.models import Author, Authorship, Digest, Entry, Paper, PaperVersion, Tag, Topic
from app.search.folding import fold

NameTable = type[Author] | type[Tag] | type[Topic]
CHINESE, OTHER = "zh", "other"
"""Initials of names that do not begin with one of 26 letters."""
ROWS = 200
"""Names on a page."""


class NameSort(StrEnum):
    """In which order names are listed."""

    PAPERS = "papers"
    NAME = "name"
    LATEST = "latest"


class NameRow(NamedTuple):
    """A name as a few values."""

    id: int
    key: str
    """What it is sorted by, and found under by its initial."""
    papers: int
    latest_day: date | None


@dataclass(frozen=True, slots=True)
class NameList:
    """A page of names."""

    names: Sequence[NameCount]
    total: int
    """Those that begin as was asked, not only those of this page."""
    initials: Mapping[str, int]
    """How many names there are under each."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))


class Names:
    """Every name of a table as a few numbers, in the order of the names."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        ordered = sorted(rows, key=lambda row: (row.key, row.id))
        self._ids = array("q", [row.id for row in ordered])
        self._papers = array("l", [row.papers for row in ordered])
        self._days = array("l", [row.latest_day.toordinal() if row.latest_day else 0 for row in ordered])
        self._initials = [initial_of(row.key) for row in ordered]
        self._by_papers = self._descending(self._papers)
        self._by_day = self._descending(self._days)

    @property
    def initials(self) -> Mapping[str, int]:
        """The letters, then Chinese, then all others."""
        counts = Counter(self._initials)
        return {
            name: counts[name]
            for name in sorted(counts, key=lambda name: (name in (CHINESE, OTHER), name == OTHER, name))
        }

    def places(self, sort: NameSort, initial: str = "") -> Sequence[int]:
        """In this order, those that begin so."""
        orders = {NameSort.PAPERS: self._by_papers, NameSort.LATEST: self._by_day}
        places: Sequence[int] = orders.get(sort, range(len(self._ids)))
        return [place for place in places if self._initials[place] == initial] if initial else places

    def rows(self, session: Session, table: NameTable, places: Sequence[int]) -> list[NameCount]:
        """With their names, in the order of the places."""
        ids = [self._ids[place] for place in places]
        named = {
            row.id: row for row in session.execute(select(table.id, table.name, table.slug).where(table.id.in_(ids)))
        }
        return [
            NameCount(row.name, row.slug, self._papers[place], self._day(place))
            for place, row in ((place, named[self._ids[place]]) for place in places)
        ]

    def _day(self, place: int) -> date | None:
        return date.fromordinal(self._days[place]) if self._days[place] else None

    def _descending(self, numbers: Sequence[int]) -> Sequence[int]:
        return array("l", sorted(range(len(numbers)), key=numbers.__getitem__, reverse=True))


def initial_of(key: str) -> str:
    """What a name is found under: "a" to "z", CHINESE or OTHER."""
    first = key[:1]
    if first.isascii() and first.isalpha():
        return first
    return CHINESE if "\u3400" <= first <= "\u9fff" or "\uf900" <= first <= "\ufaff" else OTHER


def known_names() -> Kept[NameTable, Names]:
    """Where the names of each table are kept."""
    return Kept(lambda session, table: Names(_ROWS[table](session)))


def list_names(
    session: Session, known: Kept[NameTable, Names], table: NameTable, sort: NameSort, initial: str = "", page: int = 1
) -> NameList:
    """A page of the names that some paper can be found under; past the end it is empty."""
    names = known.of(session, table)
    places = names.places(sort, initial)
    shown = places[(page - 1) * ROWS : page * ROWS]
    return NameList(names.rows(session, table, shown), len(places), names.initials)


def _topics(session: Session) -> Iterable[NameRow]:
    """Every topic that some digest has."""
    query = (
        select(Topic.id, Topic.name, func.count(distinct(Entry.paper_id)), func.max(Digest.day))
        .join(Digest, Digest.topic_id == Topic.id)
        .join(Entry, Entry.digest_id == Digest.id, isouter=True)
        .group_by(Topic.id)
    )
    return [NameRow(row[0], fold(row[1]), *row[2:]) for row in session.execute(query)]


def _tags(session: Session) -> Iterable[NameRow]:
    """Every tag that some paper can be found under."""
    pairs = tagged_papers()
    query = (
        select(Tag.id, Tag.name, func.count(), func.max(Paper.latest_day))
        .join(pairs, pairs.c.tag_id == Tag.id)
        .join(Paper, Paper.id == pairs.c.paper_id)
        .group_by(Tag.id)
    )
    return [NameRow(row[0], fold(row[1]).lstrip("_"), *row[2:]) for row in session.execute(query)]


def _authors(session: Session) -> Iterable[NameRow]:
    """Every author that a paper shows, once however spelt.

    Counted here: of half a million authorships a store makes temporary trees, and takes several times as long.
    """
    days = dict(session.execute(_SHOWN).all())
    keys = dict(session.execute(select(Author.id, Author.name_key)).all())
    rows: dict[str, _Tally] = {}
    for version_id, author_id in session.execute(_AUTHORSHIPS):
        if day := days.get(version_id):
            key = keys[author_id]
            if key not in rows:
                rows[key] = _Tally(author_id, day)
            rows[key].add(author_id, version_id, day)
    return [NameRow(tally.id, key, tally.papers, tally.latest_day) for key, tally in rows.items()]


class _Tally:
    """The papers of an author so far; the versions of papers come in order."""

    __slots__ = ("_version_id", "id", "latest_day", "papers")

    def __init__(self, author_id: int, day: date) -> None:
        self.id, self.latest_day, self.papers, self._version_id = author_id, day, 0, 0

    def add(self, author_id: int, version_id: int, day: date) -> None:
        self.id = min(self.id, author_id)
        if version_id != self._version_id:  # one paper may name two spellings
            self._version_id = version_id
            self.papers += 1
            self.latest_day = max(self.latest_day, day)


_SHOWN = (
    select(PaperVersion.id, Paper.latest_day)
    .join(Paper, Paper.id == PaperVersion.paper_id)
    .where(PaperVersion.is_shown, Paper.latest_day.is_not(None))
)
_AUTHORSHIPS = select(Authorship.version_id, Authorship.author_id).order_by(Authorship.version_id)
_ROWS: dict[NameTable, Callable[[Session], Iterable[NameRow]]] = {Author: _authors, Tag: _tags, Topic: _topics}
