"""Papers as lists show them: the paper with the entry that fits what was asked, as plain values.

Lists are read all day: a fixed number of plain statements a page, and no objects of the mapper.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.catalog import card_rows
from app.catalog.card import Card, CardEntry, CardPaper, Doubt, Name
from app.catalog.filters import PaperFilter
from app.db import LARGEST_ID
from app.errors import NotFoundError
from app.i18n import gettext
from app.models import Entry, Topic


def load_cards(
    session: Session,
    paper_ids: Sequence[int],
    wanted: PaperFilter,
    *,
    with_texts: bool = False,
) -> list[Card]:
    """A card for each id, in the order given; ids that the store does not know are left out."""
    if not paper_ids:
        return []
    papers = {row.id: row for row in card_rows.papers(session, paper_ids)}
    authors = _named(card_rows.authors(session, paper_ids))
    entries = _entries(session, paper_ids, with_texts=with_texts)
    chosen = {paper_id: _choose(entries[paper_id], wanted) for paper_id in papers}
    doubts = _doubts(session, [entry for entry, _ in chosen.values() if entry])
    cards = []
    for paper_id in paper_ids:
        if paper_id in papers:
            row = papers[paper_id]
            texts = row.title, row.abstract, row.comment
            paper = CardPaper(row.id, row.arxiv_id, row.slug, row.number, *texts, authors[paper_id], row.first_day)
            entry, others = chosen[paper_id]
            cards.append(Card(paper, entry, others, doubts[entry.id] if entry else ()))
    return cards


def find_inside(session: Session, paper_id: int, entry_id: int) -> Card:
    """What a card has no room for: the abstract, and the key points of this entry if it is one of the paper's."""
    cards = load_cards(session, [paper_id] if paper_id <= LARGEST_ID else [], PaperFilter())
    if not cards:
        raise NotFoundError(gettext("There is no such paper in the library."))
    card = cards[0]
    entries = [card.entry, *card.others] if card.entry else []
    entry = next((entry for entry in entries if entry.id == entry_id), card.entry)
    texts = {row.id: row.key_points for row in card_rows.texts(session, [paper_id])}
    return replace(card, entry=replace(entry, key_points=texts[entry.id]) if entry else None)


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By day, the last first; on one day by topic, within a digest by place."""
    return sorted(entries, key=lambda e: _newest_first(e.digest.day, e.digest.topic, e.position))


def _newest_first(day: date, topic: Topic | Name | None, position: int) -> tuple[int, str, int]:
    return -day.toordinal(), topic.name if topic else "", position


def _entries(session: Session, paper_ids: Sequence[int], *, with_texts: bool) -> dict[int, list[CardEntry]]:
    """Of each paper, the newest first."""
    rows = card_rows.entries(session, paper_ids)
    own = _named(card_rows.entry_tags(session, paper_ids))
    shared = _named(card_rows.digest_tags(session, {row.digest_id for row in rows}))
    texts = (
        {row.id: (row.key_points, row.analysis) for row in card_rows.texts(session, paper_ids)} if with_texts else {}
    )
    found: dict[int, list[CardEntry]] = defaultdict(list)
    for row in rows:
        topic = Name(row.topic, row.topic_slug) if row.topic else None
        names = own[row.id], shared[row.digest_id]
        entry = CardEntry(
            row.id,
            row.digest_id,
            row.position,
            row.day,
            topic,
            row.summary,
            *names,
            row.updated_at,
            *texts.get(row.id, ()),
        )
        found[row.paper_id].append(entry)
    for of_paper in found.values():
        of_paper.sort(key=lambda e: _newest_first(e.day, e.topic, e.position))
    return found


def _named(rows: Iterable[tuple[int, str, str]]) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = defaultdict(list)
    for of, name, slug in rows:
        found[of].append(Name(name, slug))
    return found


def _choose(entries: list[CardEntry], wanted: PaperFilter) -> tuple[CardEntry | None, list[CardEntry]]:
    """The entry to show, and the others. Of several that fit, one that says something."""
    fitting = [entry for entry in entries if _fits(entry, wanted)] or entries
    entry = next((entry for entry in fitting if entry.summary), fitting[0]) if fitting else None
    return entry, [other for other in entries if other is not entry]


def _fits(entry: CardEntry, wanted: PaperFilter) -> bool:
    period = wanted.period
    in_topic = not wanted.topics or (entry.topic is not None and entry.topic.name in wanted.topics)
    return in_topic and (period is None or period.first <= entry.day <= period.last)


def _doubts(session: Session, entries: list[CardEntry]) -> dict[int, list[Doubt]]:
    found: dict[int, list[Doubt]] = defaultdict(list)
    for row in card_rows.findings(session, [entry.id for entry in entries]):
        found[row.entry_id].append(Doubt(*row[1:]))
    return found
