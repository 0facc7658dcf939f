"""Many papers of one title, from which those that may be an entry's are picked without a look at each."""

from collections import defaultdict, deque
from collections.abc import Iterable

from app.db import LARGEST_ID
from app.digests.document import ParsedEntry
from app.digests.known import KnownPaper
from app.digests.naming import fold

_NUMBERS = ("arxiv_id", "doi")
_NOBODY = ""


def age(paper: KnownPaper) -> int:
    """What is not in the store yet comes after all that is."""
    return LARGEST_ID if paper.id is None else paper.id


class Crowd:
    """The papers of one title, oldest first; by their authors, and by the numbers that they lack."""

    def __init__(self, papers: Iterable[KnownPaper]) -> None:
        self._lacking: dict[str, deque[KnownPaper]] = {kind: deque() for kind in _NUMBERS}
        self._named: dict[str, set[KnownPaper]] = defaultdict(set)
        self._came: dict[KnownPaper, int] = {}
        """Which in turn it was to come: of two that are not in the store yet the first one is the older."""
        for paper in papers:
            self.add(paper)

    def add(self, paper: KnownPaper) -> None:
        """Know it by the authors that it has now; what is known already may be told others."""
        names = {fold(name) for version in paper.versions.values() for name in version.authors}
        for name in names or {_NOBODY}:
            self._named[name].add(paper)
        if paper in self._came:
            return
        self._came[paper] = len(self._came)
        for kind, some in self._lacking.items():
            if not getattr(paper, kind):
                _put(some, paper)

    def likely(self, entry: ParsedEntry) -> Iterable[KnownPaper] | None:
        """Oldest first, all that may be the entry's, and perhaps some that are not; none if nothing narrows them."""
        lacking = [self._without(kind) for kind in _NUMBERS if getattr(entry, kind)]
        fewest = min(lacking, key=len, default=None)
        if not entry.authors:
            return fewest
        of_names = [self._named[name] for name in {_NOBODY, *map(fold, entry.authors)} if name in self._named]
        if fewest is not None and len(fewest) <= sum(map(len, of_names)):
            return fewest
        return sorted(set().union(*of_names), key=lambda paper: (age(paper), self._came[paper]))

    def _without(self, kind: str) -> deque[KnownPaper]:
        """Those that lack this number; the oldest of them may have been told one meanwhile."""
        some = self._lacking[kind]
        while some and getattr(some[0], kind):
            some.popleft()
        return some


def _put(some: deque[KnownPaper], paper: KnownPaper) -> None:
    """Most often it is the youngest."""
    if not some or age(some[-1]) <= age(paper):
        some.append(paper)
    else:
        some.insert(next(place for place, other in enumerate(some) if age(other) > age(paper)), paper)
