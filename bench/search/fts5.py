"""What SQLite's own text search would be: the same words and pairs in FTS5, filters and facets by SQL."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.search import SearchDocument, SearchHit, SearchQuery, SearchResults
from app.search.words import Run, read_words, runs
from bench.search.engines import Engine

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(ids, title, authors, tags, summary, key_points, abstract, analysis,
    content='', tokenize='ascii', prefix='1 2 3');
INSERT INTO words(words, rank) VALUES ('rank', 'bm25(12.0, 8.0, 5.0, 4.0, 3.0, 2.0, 1.5, 1.0)');
CREATE TABLE paper (id INTEGER PRIMARY KEY, newest TEXT);
CREATE INDEX paper_newest ON paper (newest DESC, id);
CREATE TABLE appearance (day TEXT, topic TEXT, paper_id INTEGER, PRIMARY KEY (topic, day, paper_id)) WITHOUT ROWID;
CREATE INDEX appearance_day ON appearance (day, paper_id);
CREATE TABLE value (id INTEGER PRIMARY KEY, name TEXT, value TEXT, UNIQUE (name, value));
CREATE TABLE paper_value (paper_id INTEGER, value_id INTEGER, PRIMARY KEY (paper_id, value_id)) WITHOUT ROWID;
CREATE INDEX value_papers ON paper_value (value_id, paper_id);
"""
_FACETS = """
SELECT name, value, papers FROM (
    SELECT value_id, count(*) AS papers FROM found JOIN paper_value ON paper_id = found.id GROUP BY value_id
) JOIN value ON value.id = value_id
"""

TOGETHER = 20_000
"""Papers of one transaction: the log beside the database stays small, however many there are in all."""
HELD = 512 << 20
"""Bytes of words that FTS5 gathers before it writes and merges them. It takes 1 MiB unasked, and a sixth longer."""


class Fts5Index:
    """Papers are put once: this is to be measured, not to be lived with."""

    def __init__(self, place: Path) -> None:
        place.mkdir(parents=True, exist_ok=True)
        is_new = not (place / "fts5.db").exists()
        self._store = sqlite3.connect(place / "fts5.db", isolation_level=None)
        self._store.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-256000;")
        self._store.executescript("PRAGMA temp_store=MEMORY; PRAGMA mmap_size=8000000000;")
        self._store.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY, score REAL)")
        if is_new:
            self._store.executescript(_TABLES)
            self._store.execute("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (HELD,))
        self._values: dict[tuple[str, str], int] = {}

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self._store.execute("BEGIN")
        for number, document in enumerate(documents, 1):
            self._put(document)
            if not number % TOGETHER:
                self._store.execute("COMMIT")
                self._store.execute("BEGIN")
        self._store.execute("COMMIT")
        self._store.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def search(self, query: SearchQuery) -> SearchResults:
        self._find(query)
        total = int(self._store.execute("SELECT count(*) FROM found").fetchone()[0])
        facets: dict[str, dict[str, int]] = {}
        for name, value, papers in self._store.execute(_FACETS):
            facets.setdefault(name, {})[value] = papers
        return SearchResults(list(self._page(query)), total, facets)

    def close(self) -> None:
        self._store.close()

    def _put(self, document: SearchDocument) -> None:
        texts = (
            document.ids,
            (document.title,),
            document.authors,
            document.tags,
            document.summaries,
            document.key_points,
            (document.abstract,),
            document.analyses,
        )
        written = [" ".join(word for text in values for word in read_words(text).in_a_row) for values in texts]
        newest = max((str(a.day) for a in document.appearances), default="")
        self._store.execute(
            f"INSERT INTO words (rowid, ids, title, authors, tags, summary, key_points, abstract, analysis)"  # noqa: S608
            f" VALUES (?{', ?' * 8})",
            (document.paper_id, *written),
        )
        self._store.execute("INSERT INTO paper VALUES (?, ?)", (document.paper_id, newest))
        days = {(str(a.day), a.topic or "", document.paper_id) for a in document.appearances}
        self._store.executemany("INSERT INTO appearance VALUES (?, ?, ?)", days)
        values = {(document.paper_id, self._value(*named)) for named in _values(document)}
        self._store.executemany("INSERT INTO paper_value VALUES (?, ?)", values)

    def _value(self, name: str, value: str) -> int:
        if (name, value) not in self._values:
            made = self._store.execute("INSERT INTO value (name, value) VALUES (?, ?)", (name, value))
            self._values[name, value] = made.lastrowid or 0
        return self._values[name, value]

    def _find(self, query: SearchQuery) -> None:
        """Every paper that matches, once, with its score: total, page and facets are all read from these.

        The plus keeps SQLite from asking for the words anew for every paper that a filter lets through, which it would.
        """
        self._store.execute("DELETE FROM found")
        conditions, values = _filters(query)
        if asked := match(query.text):
            where = " AND ".join(["words MATCH ?", *(condition.format("+rowid") for condition in conditions)])
            found = f"SELECT rowid, rank FROM words WHERE {where}"  # noqa: S608
            values = [asked, *values]
        else:
            where = " AND ".join(condition.format("id") for condition in conditions) or "true"
            found = f"SELECT id, 0 FROM paper WHERE {where}"  # noqa: S608
        self._store.execute(f"INSERT INTO found {found}", values)

    def _page(self, query: SearchQuery) -> Iterator[SearchHit]:
        order = "score, id" if query.text.strip() else "(SELECT newest FROM paper WHERE paper.id = found.id) DESC, id"
        page = f"SELECT id, -score FROM found ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        return (SearchHit(*row) for row in self._store.execute(page, (query.limit, query.offset)))


def match(text: str) -> str:
    """A text without grammar, or all of it quoted, as FTS5 is asked; of the last word only the beginning is known."""
    found = list(runs(text))
    if text.strip().startswith('"'):
        return f'"{" ".join(word for run in found for word in _row(run))}"' if found else ""
    is_typing = not text.endswith(" ")
    return " AND ".join(_clause(run, is_open=is_typing and run is found[-1]) for run in found)


def _clause(run: Run, *, is_open: bool) -> str:
    """A single Chinese character is the beginning of a pair, or stands alone at the end of its run."""
    is_begun = len(run.parts) == 1 if run.is_han else is_open
    return f'"{" ".join(_row(run))}"{"*" if is_begun else ""}'


def _row(run: Run) -> tuple[str, ...]:
    return run.words[:-1] if run.is_han and len(run.parts) > 1 else run.words


def _filters(query: SearchQuery) -> tuple[list[str], list[str]]:
    """Conditions on the id of a paper, and their values."""
    conditions, values = [], []
    for name, wanted in (("tag", query.tags), ("author", query.authors), ("quality", query.qualities)):
        if wanted:
            marks = ", ".join("?" * len(wanted))
            ids = f"SELECT id FROM value WHERE name = ? AND value IN ({marks})"  # noqa: S608
            conditions.append(f"{{}} IN (SELECT paper_id FROM paper_value WHERE value_id IN ({ids}))")  # noqa: S608
            values += [name, *wanted]
    if query.topics or query.since or query.until:
        topics = f"topic IN ({', '.join('?' * len(query.topics))}) AND " if query.topics else ""
        conditions.append(f"{{}} IN (SELECT paper_id FROM appearance WHERE {topics}day BETWEEN ? AND ?)")  # noqa: S608
        values += [*query.topics, str(query.since or ""), str(query.until or "9999")]
    return conditions, values


def _values(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """What is counted, as the contract names it."""
    yield from (("topic", a.topic) for a in document.appearances if a.topic)
    yield from (("month", str(a.day)[:7]) for a in document.appearances)
    named = {"tag": document.tags, "author": document.authors, "venue": document.venues, "quality": document.qualities}
    yield from ((name, value) for name, values in named.items() for value in values)
    features = {"code": document.has_code, "figures": document.has_figures, "analysis": bool(document.analyses)}
    yield from (("has", name) for name, is_there in features.items() if is_there)


@contextmanager
def fts5(place: Path) -> Iterator[Engine[Fts5Index]]:
    index = Fts5Index(place)
    yield Engine("fts5", index)
    index.close()
