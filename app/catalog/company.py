"""What comes along with a topic, a tag or an author: who wrote with whom, which tags occur together, under which topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from app.catalog.filters import PaperFilter
from app.catalog.matching import matching_papers, tagged_papers
from app.catalog.names import NameCount
from app.models import Author, Authorship, Digest, Entry, PaperVersion, Tag, Topic

MOST = 12
"""Names shown of each kind, those with most papers in common first."""


@dataclass(frozen=True, slots=True)
class Company:
    """The names that share papers with one, and how many papers."""

    topics: Sequence[NameCount]
    tags: Sequence[NameCount]
    authors: Sequence[NameCount]


def company_of(session: Session, wanted: PaperFilter) -> Company:
    """What the filter's papers have besides what it asks for. A tag that is called like a topic is told once."""
    papers = matching_papers(wanted)
    topics = _named(session, _topics(papers))
    known = {*wanted.tags, *wanted.topics, *(topic.name for topic in topics)}
    tags = [tag for tag in _named(session, _tags(papers)) if tag.name not in known]
    return Company(
        topics=[topic for topic in topics if topic.name not in wanted.topics][:MOST],
        tags=tags[:MOST],
        authors=_authors(session, papers, set(wanted.authors))[:MOST],
    )


def _named(session: Session, query: Select[str, str, int]) -> list[NameCount]:
    """Counts by name; the column of counts comes last."""
    *_, papers = query.selected_columns
    ordered = query.order_by(papers.desc(), query.selected_columns[0]).limit(4 * MOST)
    return [NameCount(*row) for row in session.execute(ordered)]


def _topics(papers: Select[int]) -> Select[str, str, int]:
    return (
        select(Topic.name, Topic.slug, func.count(distinct(Entry.paper_id)))
        .select_from(Entry)
        .join(Entry.digest)
        .join(Digest.topic)
        .where(Entry.paper_id.in_(papers))
        .group_by(Topic.id)
    )


def _tags(papers: Select[int]) -> Select[str, str, int]:
    pairs = tagged_papers(papers)
    return select(Tag.name, Tag.slug, func.count()).join(pairs, pairs.c.tag_id == Tag.id).group_by(Tag.id)


def _authors(session: Session, papers: Select[int], own: set[str]) -> list[NameCount]:
    """Each person once, under the spelling met first."""
    number = func.count(distinct(PaperVersion.paper_id))
    query = (
        select(Author.name_key, number)
        .join(Authorship, Authorship.author_id == Author.id)
        .join(PaperVersion, PaperVersion.id == Authorship.version_id)
        .where(PaperVersion.is_shown, PaperVersion.paper_id.in_(papers), Author.name.not_in(own))
        .group_by(Author.name_key)
        .order_by(number.desc(), func.min(Author.id))
        .limit(MOST)
    )
    counts = dict(session.execute(query).all())
    spelt: dict[str, list[tuple[str, str]]] = {key: [] for key in counts}
    of_keys = select(Author.name_key, Author.name, Author.slug).where(Author.name_key.in_(counts)).order_by(Author.id)
    for key, name, slug in session.execute(of_keys):
        spelt[key].append((name, slug))
    return [
        NameCount(*spelt[key][0], papers, also=tuple(name for name, _ in spelt[key][1:]))
        for key, papers in counts.items()
    ]
