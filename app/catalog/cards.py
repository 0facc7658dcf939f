"""Papers as lists show them: the paper with the entry that fits what was asked. A fixed number of queries a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.filters import PaperFilter
from app.catalog.snippets import Snippet, find_snippets
from app.models import Authorship, Digest, DigestTag, Entry, EntryTag, Paper, PaperVersion, Tag
from app.search import Question


@dataclass(frozen=True, slots=True)
class Card:
    """A paper, and the entry whose words stand for it in this list."""

    paper: Paper
    entry: Entry | None
    """None only for a paper that no digest lists any more."""
    others: Sequence[Entry]
    """Its entries elsewhere, newest first."""
    snippets: Sequence[Snippet] = ()
    """Where the words were found, beside the title and the summary that are shown."""
    found_in: Sequence[str] = ()
    """The names of the fields that hold any of them."""

    @property
    def elsewhere(self) -> list[str]:
        """The other topics and days that list it."""
        shown = {self.entry.digest.topic_id, self.entry.digest.day} if self.entry else set()
        topics = [
            other.digest.topic.name
            for other in self.others
            if other.digest.topic and other.digest.topic_id not in shown
        ]
        days = [str(other.digest.day) for other in self.others if other.digest.day not in shown]
        return list(dict.fromkeys(topics + days))

    @property
    def tags(self) -> list[Tag]:
        """Tags of all its entries and of their digests, each once."""
        entries = [self.entry, *self.others] if self.entry else []
        own = [tag.tag for entry in entries for tag in entry.tags]
        shared = [tag.tag for entry in entries for tag in entry.digest.tags]
        return list({tag.id: tag for tag in own + shared}.values())


def load_cards(
    session: Session, paper_ids: Sequence[int], wanted: PaperFilter, sought: Question | None = None
) -> list[Card]:
    """A card for each id, in the order given; ids that the store does not know are left out."""
    query = select(Paper).where(Paper.id.in_(paper_ids)).options(*_SEEN)
    if sought and sought.is_scored:  # the words may stand in the long texts, which lists do without
        query = query.options(selectinload(Paper.entries).undefer(Entry.analysis))
    papers = {paper.id: paper for paper in session.scalars(query)}
    return [_card(papers[paper_id], wanted, sought) for paper_id in paper_ids if paper_id in papers]


_SEEN = (
    joinedload(Paper.shown).selectinload(PaperVersion.authorships).joinedload(Authorship.author, innerjoin=True),
    selectinload(Paper.entries).options(
        joinedload(Entry.digest, innerjoin=True).options(
            joinedload(Digest.topic), selectinload(Digest.tags).joinedload(DigestTag.tag, innerjoin=True)
        ),
        selectinload(Entry.tags).joinedload(EntryTag.tag, innerjoin=True),
        selectinload(Entry.findings),
    ),
)


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By day, the last first; on one day by topic, within a digest by place."""
    return sorted(entries, key=_newness)


def _card(paper: Paper, wanted: PaperFilter, sought: Question | None) -> Card:
    entries = newest_first(paper.entries)
    fitting = [entry for entry in entries if _fits(entry, wanted)] or entries
    # Of several that fit, one that says something.
    entry = next((entry for entry in fitting if entry.summary), fitting[0]) if fitting else None
    others = [other for other in entries if other is not entry]
    if not sought or not sought.is_scored:
        return Card(paper, entry, others)
    found = find_snippets(paper, entry, sought)
    return Card(paper, entry, others, found.snippets, found.fields)


def _newness(entry: Entry) -> tuple[int, str, int]:
    topic = entry.digest.topic.name if entry.digest.topic else ""
    return (-entry.digest.day.toordinal(), topic, entry.position)


def _fits(entry: Entry, wanted: PaperFilter) -> bool:
    digest, period = entry.digest, wanted.period
    in_topic = not wanted.topics or (digest.topic is not None and digest.topic.name in wanted.topics)
    return in_topic and (period is None or period.first <= digest.day <= period.last)
