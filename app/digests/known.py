"""What the library knows of some papers, as plain values: an import decides on these, then writes all in bulk.

The mapped classes would do the same with an object and a unit of work for each row, at several times the price.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from app.digests.document import ParsedEntry
from app.digests.rows import among, in_parts, table_of
from app.models import Author, Authorship, Paper, PaperVersion


class Placed(NamedTuple):
    """An entry on its way into the store, with its place there."""

    digest_id: int
    position: int
    """1 for the first of the digest."""
    entry: ParsedEntry
    title_key: str
    """The title folded for comparing."""
    days: tuple[date, date]
    """The first and the last that the digest covers."""


@dataclass(slots=True, eq=False)
class KnownVersion:
    """A version of a paper, as `PaperVersion` has it."""

    number: int
    told_by: int | None
    """The digest whose words these are."""
    id: int | None = None
    """None until it is written."""
    title: str = ""
    title_key: str = ""
    abstract: str = ""
    comment: str = ""
    authors: tuple[str, ...] = ()
    is_changed: bool = False
    are_authors_changed: bool = False
    is_shown: bool = False
    """Of a new paper's versions the one shown; of others that is known to the store."""


@dataclass(slots=True, eq=False)
class KnownPaper:
    """A paper with all its versions by number."""

    id: int | None = None
    """None until it is written."""
    arxiv_id: str | None = None
    doi: str | None = None
    slug: str | None = None
    versions: dict[int, KnownVersion] = field(default_factory=dict)
    is_changed: bool = False
    days: list[date] = field(default_factory=list)
    """First and last days of the digests that list it, as far as they were met on the way into the store."""

    def require_id(self) -> int:
        """Its id, once it is written."""
        if self.id is None:
            raise RuntimeError("The paper is not in the store yet.")
        return self.id


def find_papers(
    session: Session,
    arxiv_ids: Collection[str],
    dois: Collection[str],
    title_keys: Collection[str],
    title_keys_without_id: Collection[str] = (),
) -> list[KnownPaper]:
    """The papers with one of these arXiv ids, DOIs or folded titles, oldest first.

    Of the last titles only papers without an arXiv id: thousands with one may be called "Gaussian Splatting".
    """
    paper, version = table_of(Paper).c, table_of(PaperVersion).c
    titled = select(version.paper_id)
    nameless = titled.join(table_of(Paper), paper.id == version.paper_id).where(paper.arxiv_id.is_(None))
    kinds = [
        (arxiv_ids, select(paper.id).where(among(session, paper.arxiv_id, list(arxiv_ids)))),
        (dois, select(paper.id).where(among(session, paper.doi, list(dois)))),
        (title_keys, titled.where(among(session, version.title_key, list(title_keys)))),
        (title_keys_without_id, nameless.where(among(session, version.title_key, list(title_keys_without_id)))),
    ]
    asked: list[Select[int]] = [query for wanted, query in kinds if wanted]
    return load_papers(session, set(session.scalars(union(*asked)))) if asked else []


def load_papers(session: Session, paper_ids: Collection[int]) -> list[KnownPaper]:
    """These papers, oldest first."""
    return [paper for some in in_parts(sorted(paper_ids)) for paper in _load_some(session, some)]


def _load_some(session: Session, paper_ids: Collection[int]) -> list[KnownPaper]:
    columns = select(Paper.id, Paper.arxiv_id, Paper.doi, Paper.slug).where(Paper.id.in_(paper_ids))
    papers = {row.id: KnownPaper(*row) for row in session.execute(columns.order_by(Paper.id))}
    versions: dict[int, KnownVersion] = {}
    for paper_id, version in _versions(session, paper_ids):
        papers[paper_id].versions[version.number] = version
        versions[version.id or 0] = version
    for version_id, name in _authors(session, versions):
        versions[version_id].authors += (name,)
    return list(papers.values())


def _versions(session: Session, paper_ids: Collection[int]) -> list[tuple[int, KnownVersion]]:
    rows = session.execute(select(*table_of(PaperVersion).c).where(PaperVersion.paper_id.in_(paper_ids)))
    return [
        (
            row.paper_id,
            KnownVersion(row.number, row.digest_id, row.id, row.title, row.title_key, row.abstract, row.comment),
        )
        for row in rows
    ]


def _authors(session: Session, version_ids: Collection[int]) -> list[tuple[int, str]]:
    query = select(Authorship.version_id, Author.name).join(Authorship.author)
    query = query.order_by(Authorship.version_id, Authorship.position)
    return [
        (version_id, name)
        for some in in_parts(version_ids)
        for version_id, name in session.execute(query.where(Authorship.version_id.in_(some)))
    ]
