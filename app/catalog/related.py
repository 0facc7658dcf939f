"""Papers that have something to do with one, and what: authors, rare tags, words of the title. Worked out here, from the
store and the index alone.

As dear for a paper among a hundred thousand as among a hundred: authors and tags are looked up by number and no more
than so many papers are looked at; a tag that many papers have says nothing and is passed over.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from app.catalog.neighbouring import papers_in_order
from app.errors import SearchUnavailableError
from app.models import Author, Authorship, Entry, EntryTag, Paper, PaperVersion, Tag
from app.search import Field, Question, SearchIndex, SearchQuery
from app.search.clauses import quoted, whole
from app.search.question import AnyOf, Within

MOST = 6
RARE = 60
"""A tag on more entries than this is a topic rather than a tie."""
_LOOKED_AT = 400
_FOUND = 40
_WEIGHTS = {"authors": 4.0, "tags": 2.0, "terms": 3.0}
_FEWEST_TERMS = 2
_SMALL = """
    2d 3d a an and are as at based be by can data do does efficient enhanced for from generation high-fidelity high-quality how image images improved in into is it its learning let method model models more
    network networks new no not novel of on one or over paper per real-time self study that the their them this to toward towards under
    using via we what when where which while who why with within without your you
"""
_SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_IS_NAME = re.compile(r"\d|[a-z][A-Z]|[A-Z]{2}")


class Tie(StrEnum):
    """What two papers share."""

    AUTHORS = "authors"
    TAGS = "tags"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Related:
    """A paper, and what it shares with the one in question."""

    paper: Paper
    ties: Mapping[Tie, Sequence[str]]


Shared = dict[int, list[str]]
"""By the paper's number, the names it shares."""


def related_papers(session: Session, index: SearchIndex, paper: Paper, most: int = MOST) -> list[Related]:
    """The closest first; without what the index knows while that is away. The paper's entries must be loaded."""
    ties = {
        Tie.AUTHORS: _by_authors(session, paper),
        Tie.TAGS: _by_tags(session, paper),
        Tie.TERMS: _by_terms(session, index, paper),
    }
    scores: dict[int, float] = defaultdict(float)
    for tie, shared in ties.items():
        for paper_id, names in shared.items():
            scores[paper_id] += _WEIGHTS[tie.value] * log2(1 + len(names))
    best = sorted(scores, key=lambda paper_id: (-scores[paper_id], -paper_id))[: 2 * most]
    listed = [one for one in papers_in_order(session, best) if one.latest_day]
    return [Related(one, _of(one.id, ties)) for one in listed[:most]]


def _of(paper_id: int, ties: Mapping[Tie, Shared]) -> dict[Tie, Sequence[str]]:
    return {tie: shared[paper_id] for tie, shared in ties.items() if paper_id in shared}


def _by_authors(session: Session, paper: Paper) -> Shared:
    query = (
        select(PaperVersion.paper_id, Author.name)
        .join(Authorship, Authorship.version_id == PaperVersion.id)
        .join(Author, Author.id == Authorship.author_id)
        .where(Author.id.in_([author.id for author in paper.shown.authors]))
        .where(PaperVersion.is_shown, PaperVersion.paper_id != paper.id)
        .limit(_LOOKED_AT)
    )
    return _grouped(session.execute(query))


def _by_tags(session: Session, paper: Paper) -> Shared:
    rare = _rare(session, {tag.tag_id for entry in paper.entries for tag in entry.tags})
    if not rare:
        return {}
    query = (
        select(Entry.paper_id, Tag.name)
        .join(EntryTag, EntryTag.entry_id == Entry.id)
        .join(Tag, Tag.id == EntryTag.tag_id)
        .where(EntryTag.tag_id.in_(rare), Entry.paper_id != paper.id)
        .limit(_LOOKED_AT)
    )
    return _grouped(session.execute(query))


def _rare(session: Session, tag_ids: Iterable[int]) -> list[int]:
    """Counting stops where a tag is common."""
    counts = []
    for tag_id in sorted(tag_ids):
        some = select(EntryTag.entry_id).where(EntryTag.tag_id == tag_id).limit(RARE + 1).subquery()
        counts.append(select(literal(tag_id), func.count()).select_from(some))
    found = session.execute(union_all(*counts)) if counts else ()
    return [tag_id for tag_id, number in found if number <= RARE]


def _grouped(pairs: Iterable[tuple[int, str]]) -> Shared:
    shared: dict[int, dict[str, None]] = defaultdict(dict)
    for paper_id, name in pairs:
        shared[paper_id][name] = None
    return {paper_id: list(names) for paper_id, names in shared.items()}


def _by_terms(session: Session, index: SearchIndex, paper: Paper) -> Shared:
    """By words that stand in both titles: one alone is chance, unless it is a name such as "NeRF"."""
    terms = _terms(paper.shown.title)
    if not terms:
        return {}
    anywhere = AnyOf(tuple(Within(Field.TITLE, clause) for word, _ in terms for clause in quoted(word)))
    try:
        hits = index.search(SearchQuery(question=Question((anywhere,)), limit=_FOUND)).hits
    except SearchUnavailableError:
        return {}
    ids = [hit.paper_id for hit in hits if hit.paper_id != paper.id]
    titles = select(PaperVersion.paper_id, PaperVersion.title).where(PaperVersion.is_shown)
    found = session.execute(titles.where(PaperVersion.paper_id.in_(ids)))
    shared = {paper_id: _shared_terms(terms, title) for paper_id, title in found}
    return {paper_id: names for paper_id, names in shared.items() if _says_something(names)}


Term = tuple[str, frozenset[str]]
"""As it is written, and its words as the index knows them."""


def _terms(title: str) -> list[Term]:
    """The telling words of a title, each once."""
    words = {word.casefold(): word for word in _WORD.findall(title) if len(word) > 1}
    return [(word, _words(word)) for folded, word in words.items() if folded not in _SMALL_WORDS and _words(word)]


def _words(text: str) -> frozenset[str]:
    return frozenset(whole(text).split())


def _shared_terms(terms: Sequence[Term], title: str) -> list[str]:
    words = _words(title)
    return [word for word, parts in terms if parts <= words]


def _says_something(names: Sequence[str]) -> bool:
    return len(names) >= _FEWEST_TERMS or any(_IS_NAME.search(name) for name in names)
