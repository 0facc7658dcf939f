"""Libraries that pages are looked at in: made once for all tests of a worker, which only read."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import select

from app import bookmarks, catalog, digests, readings, saved_searches, terms
from app.db import Database
from app.digests import Trigger
from app.digests.arrivals import content_hash
from app.models import Digest, DigestRevision, Entry, Finding, Role
from app.search import open_index
from app.settings import Settings
from app.terms import MinedGroup, MinedTerm
from tests.cli.conftest import SAMPLES
from tests.conftest import BrokenStore, Library, entry

PASSWORD = "correct horse"
LONG_TITLE = "A rather long title about the shelving of papers by lanterns, moons and other lights at night"
Furnish = Callable[[Library], None]


def settings_of(folder: Path, **more: object) -> Settings:
    """Said in full, so that no variable of this machine leads to another store."""
    database_url = f"sqlite:///{folder / 'papershelf.db'}"
    return Settings(**{"data_dir": folder, "database_url": database_url, "search_url": "", "threads": 2, **more})


def furnish(settings: Settings, *steps: Furnish) -> None:
    """Bring in what the steps say, and put it into the index."""
    database, index = Database(settings.database, connections=2), open_index(settings.index_dir)
    for step in steps:
        step(Library(database, index, is_served=True))
    catalog.sync_index(database, index)
    index.close()
    database.close()


def the_samples(library: Library) -> None:
    """The library that new users see, imported by a command; its first digest has said something else twice."""
    digests.run_import(library.database, digests.look_into([SAMPLES]), Trigger.COMMAND)
    with library.database.write() as session:
        said = session.get_one(Digest, 1).original
        for year, raw in enumerate((said.replace(b"e", b"a"), said.replace(b" the ", b" one ")), start=2022):
            came = datetime(year, 1, 1, tzinfo=UTC)
            session.add(DigestRevision(digest_id=1, sha256=content_hash(raw), original=raw, imported_at=came))


def what_is_doubtful(library: Library) -> None:
    """Doubts about an entry, two of them the same, and one about its whole digest."""
    with library.database.write() as session:
        entry_id = session.scalars(select(Entry.id).filter_by(digest_id=1, position=2)).one()
        of_entry = {"digest_id": 1, "entry_id": entry_id, "excerpt": "…"}
        form = {"rule": "placeholder-text", "sentence": "Here stands a form.", "sentence_zh": "这里留下的是占位文字。"}
        stop = {
            "rule": "analysis-cut-off",
            "sentence": "The analysis stops here.",
            "sentence_zh": "分析在这里戛然而止。",
        }
        repaired = {"rule": "repaired-encoding", "sentence": "It was repaired.", "sentence_zh": "文字已修复。"}
        session.add_all(Finding(**of_entry, **form, line=line) for line in (75, 76))
        session.add(Finding(**of_entry, **stop, line=80))
        session.add(Finding(**of_entry | {"entry_id": None}, **repaired, line=1))


def what_is_rare(library: Library) -> None:
    """Two papers of one title, long names, mathematics, an empty summary; terms that were found."""
    library.paper(LONG_TITLE, arxiv_id="2412.90801", authors=("A. Adams",), topic="NeRF", day="2024-11-30")
    library.paper(LONG_TITLE, arxiv_id="2412.90802", authors=("C. Clark",) * 2, topic="NeRF", day="2024-11-29")
    library.digest(
        entry(
            r"A Bound of $\mathcal{O}(n^2)$ on " + "Un" * 30 + "breakable Words",
            arxiv_id="2412.90803",
            authors=tuple(f"Author Number {number} of Many" for number in range(40)),
            abstract=r"We bound $\sum_{i=1}^{n} \frac{x_i^2}{\sqrt{1 + \lVert x \rVert_2^2}} \le "
            + r" + ".join(rf"\alpha_{{{number}}} x^{{{number}}}" for number in range(2))
            + "$ from above.",
            summary="",
            analysis="| a table | of many | columns |\n|---|---|---|\n"
            + "| cell " * 3
            + "|\n\n```\n"
            + "code " * 60
            + "\n```",
        ),
        topic="A topic with a name that is long enough to need a second line on a phone",
        day="2023-12-31",
    )
    groups = MinedGroup("Gaussian Splatting", (MinedTerm("高斯泼溅", 0.9), MinedTerm("高斯分层", 0.4)))
    with library.database.write() as session:
        terms.keep(session, [groups, MinedGroup("NeRF", (MinedTerm("神经辐射场", 0.8),))])


def its_people(library: Library) -> None:
    """An administrator, and a reader who has kept and read a little."""
    library.user("Ada", PASSWORD, Role.ADMIN)
    reader = library.user("Bo", PASSWORD)
    library.user("Cy", PASSWORD)
    with library.database.write() as session:
        bookmarks.set_bookmarked(session, reader, 1, True)
        bookmarks.set_bookmarked(session, reader, 4, True)
        readings.set_read(session, reader, 2, True)
        saved_searches.save(session, reader, "?topic=3DGS&not_tag=NeRF", "3DGS")
        saved_searches.save(session, reader, "?q=高斯", "高斯").seen = 1  # all others came in later


def one_paper(library: Library) -> None:
    library.paper("Of shelves")


def fail_at_everything(app: FastAPI) -> None:
    app.state.database = BrokenStore()
