"""Which paper is this? By arXiv id without version, else by DOI, else by title with care.

The same title is the same paper only if the authors do not speak against it: an entry that names none may join,
two lists without a common name are two papers. A title too short to mean anything ("Introduction") joins nothing.
Two papers with two ids are never one here, whatever their titles say. What people decided comes before all of this.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from app.digests.decisions import Decided
from app.digests.document import ParsedEntry
from app.digests.naming import fold, free_slugs, title_key
from app.models import Authorship, Paper, PaperVersion

MIN_TITLE_KEY = 10
"""Characters of a folded title from which on it can tell papers apart."""


class Papers:
    """The papers that some entries of a digest are about, found in a few queries, added where they were missing."""

    def __init__(self, session: Session, entries: Sequence[ParsedEntry], digest_id: int) -> None:
        self._session = session
        ids = {entry.arxiv_id for entry in entries if entry.arxiv_id}
        dois = {entry.doi for entry in entries if entry.doi}
        keys = {key for entry in entries if (key := _telling_key(entry))}
        self._by_id: dict[str | None, Paper] = {
            paper.arxiv_id: paper for paper in _load(session, Paper.arxiv_id.in_(ids))
        }
        self._by_doi = {paper.doi: paper for paper in _load(session, Paper.doi.in_(dois))}
        self._by_title: dict[str, list[Paper]] = {}
        same_title = select(PaperVersion.paper_id).where(PaperVersion.title_key.in_(keys))
        for paper in sorted(_load(session, Paper.id.in_(same_title)), key=lambda paper: paper.id):
            for key in {version.title_key for version in paper.versions}:
                self._by_title.setdefault(key, []).append(paper)
        of_title = [paper for papers in self._by_title.values() for paper in papers]
        found = [*self._by_id.values(), *self._by_doi.values(), *of_title]
        self._decided = Decided(session, digest_id, entries, found)

    def find_or_add(self, entry: ParsedEntry) -> Paper:
        """The paper of this entry. A paper met without an id takes the one that the entry tells."""
        if pinned := self._decided.pinned(entry):
            return pinned
        found = self._by_id.get(entry.arxiv_id) or self._decided.pinned_without_id(entry)
        found = found or self._same_doi(entry) or self._same_title(entry)
        paper = self._decided.lead(found, entry) if found else self._add(entry)
        if entry.arxiv_id and entry.arxiv_id not in self._by_id:
            paper.arxiv_id = entry.arxiv_id
            self._by_id[entry.arxiv_id] = paper
        if entry.doi and not paper.doi and entry.doi not in self._by_doi:
            paper.doi = entry.doi
            self._by_doi[entry.doi] = paper
        return paper

    def name_the_nameless(self) -> None:
        """Give a slug to each new paper without an arXiv id: once for all, after the last was added."""
        papers = [paper for paper in self._session.new if isinstance(paper, Paper)]
        nameless = [paper for paper in papers if not (paper.arxiv_id or paper.slug)]
        # An old arXiv id has a slash in it, a paper's slug has none.
        titles = [paper.versions[0].title.replace("/", " ") for paper in nameless]
        slugs = free_slugs(titles, lambda some: set(self._session.scalars(_paper_slugs(some))))
        for paper, slug in zip(nameless, slugs, strict=True):
            paper.slug = slug

    def _same_doi(self, entry: ParsedEntry) -> Paper | None:
        """Unless both know an arXiv id: then these differ, and one of the two was given the wrong DOI."""
        paper = self._by_doi.get(entry.doi) if entry.doi else None
        known = paper and (paper.arxiv_id or self._decided.keeper(paper).arxiv_id)
        return None if known and entry.arxiv_id else paper

    def _same_title(self, entry: ParsedEntry) -> Paper | None:
        """The oldest that fits, so that nothing but the order of import decides among several."""
        for paper in self._by_title.get(_telling_key(entry), ()):
            differ = _ids_differ(paper, entry) or _ids_differ(self._decided.keeper(paper), entry)
            if not differ and _authors_agree(paper, entry.authors):
                return paper
        return None

    def _add(self, entry: ParsedEntry) -> Paper:
        paper = Paper(arxiv_id=entry.arxiv_id, versions=[], changed=0, indexed=0)
        self._session.add(paper)
        if key := _telling_key(entry):
            self._by_title.setdefault(key, []).append(paper)
        return paper


def _ids_differ(paper: Paper, entry: ParsedEntry) -> bool:
    """Whether both have a number of the same kind; were it the same one, the paper had been found by it."""
    return bool((entry.arxiv_id and paper.arxiv_id) or (entry.doi and paper.doi and entry.doi != paper.doi))


def _telling_key(entry: ParsedEntry) -> str:
    """The folded title, or nothing if it is too short to tell papers apart."""
    key = title_key(entry.title)
    return key if len(key) >= MIN_TITLE_KEY else ""


def _paper_slugs(some: set[str]) -> Select[str | None]:
    return select(Paper.slug).where(Paper.slug.in_(some))


def _load(session: Session, condition: ColumnElement[bool]) -> Sequence[Paper]:
    versions = selectinload(Paper.versions).selectinload(PaperVersion.authorships).selectinload(Authorship.author)
    return session.scalars(select(Paper).where(condition).options(versions)).all()


def _authors_agree(paper: Paper, names: Sequence[str]) -> bool:
    known = {fold(author.name) for version in paper.versions for author in version.authors}
    return not known or not names or not known.isdisjoint(fold(name) for name in names)
