"""Move entries from one paper to another, with the words about the version that each of them is of."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.models import Authorship, Entry, Paper, PaperVersion

Words = dict[str, Any]
"""The words about a version of a paper, as JSON can hold them."""


_WITH_AUTHORSHIPS = selectinload(PaperVersion.authorships)


def versions_of(session: Session, paper: Paper) -> dict[int, PaperVersion]:
    """By number, with their authorships."""
    query = select(PaperVersion).filter_by(paper_id=paper.id).options(_WITH_AUTHORSHIPS)
    return {version.number: version for version in session.scalars(query)}


def entries_of(session: Session, paper: Paper) -> list[Entry]:
    """In the order in which they came in."""
    query = select(Entry).filter_by(paper_id=paper.id).order_by(Entry.id).options(selectinload(Entry.version))
    return list(session.scalars(query))


def words_of(version: PaperVersion) -> Words:
    return {
        "number": version.number,
        "digest_id": version.digest_id,
        "title": version.title,
        "title_key": version.title_key,
        "abstract": version.abstract,
        "comment": version.comment,
        "authors": [authorship.author_id for authorship in version.authorships],
    }


def say(session: Session, paper: Paper, words: Words) -> PaperVersion:
    """A version of the paper in these words, hidden until the paper is settled."""
    texts = {name: value for name, value in words.items() if name != "authors"}
    version = PaperVersion(paper_id=paper.id, is_shown=False, **texts)
    version.authorships = _authorships(words["authors"])
    session.add(version)
    session.flush()
    return version


def say_again(session: Session, version: PaperVersion, words: Words) -> None:
    """Other words in place of its own."""
    version.title, version.title_key = words["title"], words["title_key"]
    version.abstract, version.comment = words["abstract"], words["comment"]
    name_authors(session, version, words["authors"])


def name_authors(session: Session, version: PaperVersion, author_ids: Iterable[int]) -> None:
    """The old ones go first, out of the way of the new ones' places."""
    version.authorships = []
    session.flush()
    version.authorships = _authorships(author_ids)
    session.flush()


def _authorships(author_ids: Iterable[int]) -> list[Authorship]:
    return [Authorship(position=place, author_id=author_id) for place, author_id in enumerate(author_ids, start=1)]


def move_entries(
    session: Session, entries: Iterable[Entry], paper: Paper, told: Mapping[int, Words] | None = None
) -> list[list[int | None]]:
    """Give the entries to the paper: under its version of the same number, else under a copy of the one they had.

    `told` are an entry's own words, by its id, where they are known: they are used in place of a copy. The answer
    is the number of each version that was made, and the digest whose words it has.
    """
    entries, held = list(entries), versions_of(session, paper)
    made: list[list[int | None]] = []
    of_these = select(PaperVersion).where(PaperVersion.id.in_({entry.version_id for entry in entries}))
    known = {version.id: version for version in session.scalars(of_these.options(_WITH_AUTHORSHIPS))}
    for entry in entries:
        old = known[entry.version_id]
        if old.number not in held:
            held[old.number] = say(session, paper, (told or {}).get(entry.id) or words_of(old))
            made.append([old.number, held[old.number].digest_id])
        entry.paper_id, entry.version_id = paper.id, held[old.number].id
    session.flush()
    return made
