"""Which paper is this? By arXiv id without version, else by DOI, else by title with care.

The same title is the same paper only if the authors do not speak against it: an entry that names none may join,
two lists without a common name are two papers. A title too short to mean anything ("Introduction") joins nothing.
Two papers with two ids are never one here, whatever their titles say. What people decided comes before all of this.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.digests.crowds import Crowd, age
from app.digests.decisions import Decided
from app.digests.document import ParsedEntry
from app.digests.known import KnownPaper, Placed, find_papers
from app.digests.naming import fold

MIN_TITLE_KEY = 10
"""Characters of a folded title from which on it can tell papers apart."""
MOST_NAMESAKES = 20
"""Papers of one title that are looked at one by one."""


class Papers:
    """The papers that some entries are about: those of the store, and those that have to be added."""

    def __init__(self, session: Session, items: Sequence[Placed]) -> None:
        ids = {item.entry.arxiv_id for item in items if item.entry.arxiv_id}
        dois = {item.entry.doi for item in items if item.entry.doi}
        found = find_papers(session, ids, dois, _title_keys(items, with_id=False), _title_keys(items, with_id=True))
        self._by_id = {paper.arxiv_id: paper for paper in found if paper.arxiv_id}
        self._by_doi = {paper.doi: paper for paper in found if paper.doi}
        self._by_title: dict[str, list[KnownPaper]] = defaultdict(list)
        self._without_id: dict[str, list[KnownPaper]] = defaultdict(list)
        self._learnt: set[tuple[str, KnownPaper]] = set()
        self._crowds: dict[str, Crowd] = {}
        for paper in found:
            self.learn_titles(paper)
        self._decided = Decided(session, items, found)

    def find_or_add(self, item: Placed) -> KnownPaper:
        """The paper of this entry. A paper met without an id takes the one that the entry tells."""
        if pinned := self._decided.pinned(item):
            return pinned
        entry = item.entry
        found = (self._by_id.get(entry.arxiv_id) if entry.arxiv_id else None) or self._decided.pinned_without_id(item)
        found = found or self._same_doi(entry) or self._same_title(item)
        paper = self._decided.lead(found, item) if found else KnownPaper(arxiv_id=entry.arxiv_id)
        if entry.arxiv_id and entry.arxiv_id not in self._by_id:
            paper.arxiv_id, paper.is_changed = entry.arxiv_id, True
            self._by_id[entry.arxiv_id] = paper
        if entry.doi and not paper.doi and entry.doi not in self._by_doi:
            paper.doi, paper.is_changed = entry.doi, True
            self._by_doi[entry.doi] = paper
        return paper

    def learn_titles(self, paper: KnownPaper) -> None:
        """The paper can be found by the titles that it has now, as the next entries will find it."""
        for version in paper.versions.values():
            if (title := (version.title_key, paper)) not in self._learnt:
                self._learnt.add(title)
                insort(self._by_title[version.title_key], paper, key=age)
                if not paper.arxiv_id:
                    insort(self._without_id[version.title_key], paper, key=age)
            if version.title_key in self._crowds:
                self._crowds[version.title_key].add(paper)

    def _same_doi(self, entry: ParsedEntry) -> KnownPaper | None:
        """Unless both know an arXiv id: then these differ, and one of the two was given the wrong DOI."""
        paper = self._by_doi.get(entry.doi) if entry.doi else None
        known = paper and (paper.arxiv_id or self._decided.keeper(paper).arxiv_id)
        return None if known and entry.arxiv_id else paper

    def _same_title(self, item: Placed) -> KnownPaper | None:
        """The oldest that fits, so that nothing but the order of import decides among several."""
        key, entry = _telling_key(item), item.entry
        for paper in self._namesakes(key, entry) if key else ():
            if key not in {version.title_key for version in paper.versions.values()}:
                continue  # it was corrected meanwhile
            differ = _ids_differ(paper, entry) or _ids_differ(self._decided.keeper(paper), entry)
            if not differ and _authors_agree(paper, entry.authors):
                return paper
        return None

    def _namesakes(self, key: str, entry: ParsedEntry) -> Iterable[KnownPaper]:
        """The papers of this title, oldest first, as far as they may be the entry's; most often there is hardly one."""
        few = (self._without_id if entry.arxiv_id else self._by_title).get(key, ())
        if len(few) <= MOST_NAMESAKES:
            return few
        if key not in self._crowds:
            self._crowds[key] = Crowd(self._by_title[key])
        likely = self._crowds[key].likely(entry)
        return few if likely is None else likely


def _title_keys(items: Sequence[Placed], *, with_id: bool) -> set[str]:
    """The titles of the entries that have an arXiv id, or of those that have none, as far as they tell papers apart."""
    return {key for item in items if bool(item.entry.arxiv_id) is with_id and (key := _telling_key(item))}


def _ids_differ(paper: KnownPaper, entry: ParsedEntry) -> bool:
    """Whether both have a number of the same kind; were it the same one, the paper had been found by it."""
    return bool((entry.arxiv_id and paper.arxiv_id) or (entry.doi and paper.doi and entry.doi != paper.doi))


def _telling_key(item: Placed) -> str:
    """The folded title, or nothing if it is too short to tell papers apart."""
    return item.title_key if len(item.title_key) >= MIN_TITLE_KEY else ""


def _authors_agree(paper: KnownPaper, names: Sequence[str]) -> bool:
    known = {fold(name) for version in paper.versions.values() for name in version.authors}
    return not known or not names or not known.isdisjoint(fold(name) for name in names)
