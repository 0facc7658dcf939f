"""Papers that may be one: separate papers of the same title. They are offered for merging and never merged unasked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.db import Lock, take
from app.digests.identity import MIN_TITLE_KEY
from app.digests.merging import names, record, require_standing
from app.errors import InvalidInputError
from app.i18n import gettext
from app.models import Authorship, Decision, DecisionKind, Entry, MergedPaper, Paper, PaperVersion


@dataclass(frozen=True, slots=True)
class Offer:
    """Papers of one title; the one to keep, by ids and number of entries, stands first."""

    papers: Sequence[Paper]

    @property
    def title(self) -> str:
        return self.papers[0].shown.title


def offers(session: Session, limit: int | None = None) -> tuple[list[Offer], int]:
    """The first groups by title, and how many there are in all."""
    groups = _undecided(session)
    wanted = groups[:limit]
    query = select(Paper).where(Paper.id.in_({paper_id for group in wanted for paper_id in group})).options(*_SHOWN)
    papers = {paper.id: paper for paper in session.scalars(query)}
    return [Offer(sorted((papers[paper_id] for paper_id in group), key=_claim)) for group in wanted], len(groups)


def keep_apart(
    session: Session, paper: Paper, other: Paper, user_id: int | None = None, now: datetime | None = None
) -> Decision:
    """Decline to merge the two: they are offered no more. Saying it twice does no harm."""
    take(session, Lock.IMPORT)
    if paper.id == other.id:
        raise InvalidInputError(gettext("That is one paper already."))
    require_standing(session, paper)
    require_standing(session, other)
    standing = select(Decision).filter_by(kind=DecisionKind.APART.value, undone_at=None)
    for decision in session.scalars(standing.where(Decision.paper_id.in_((paper.id, other.id)))):
        if {decision.paper_id, decision.other_id} == {paper.id, other.id}:
            return decision
    return record(session, DecisionKind.APART, paper, other, {"names": names(session, paper, other)}, user_id, now)


def list_decisions(session: Session, limit: int | None = None) -> Sequence[Decision]:
    """What was decided, the newest first."""
    return session.scalars(select(Decision).order_by(Decision.id.desc()).limit(limit)).all()


_SHOWN = (
    joinedload(Paper.shown).selectinload(PaperVersion.authorships).joinedload(Authorship.author, innerjoin=True),
    selectinload(Paper.entries).joinedload(Entry.digest, innerjoin=True),
)


def _claim(paper: Paper) -> tuple[bool, bool, int, int]:
    return not paper.arxiv_id, not paper.doi, -len(paper.entries), paper.id


def _undecided(session: Session) -> list[list[int]]:
    """Groups of one title, in its order, without papers that were told apart from all others of their group."""
    apart = _told_apart(session)
    found: dict[tuple[int, ...], None] = {}
    for _, rows in groupby(session.execute(_SAME_TITLES), key=lambda row: row.title_key):
        group = {row.paper_id for row in rows}
        if left := tuple(sorted(one for one in group if len(apart[one] & group) < len(group) - 1)):
            found[left] = None
    return [list(group) for group in found]


_TITLED = (
    select(PaperVersion.title_key, PaperVersion.paper_id)
    .join(Paper, Paper.id == PaperVersion.paper_id)
    .where(Paper.latest_day.is_not(None), func.length(PaperVersion.title_key) >= MIN_TITLE_KEY)
)
_SHARED = (
    _TITLED.with_only_columns(PaperVersion.title_key)
    .group_by(PaperVersion.title_key)
    .having(func.count(distinct(PaperVersion.paper_id)) > 1)
)
_SAME_TITLES = (
    _TITLED.where(PaperVersion.title_key.in_(_SHARED.scalar_subquery()))
    .distinct()
    .order_by(PaperVersion.title_key, PaperVersion.paper_id)
)


def _told_apart(session: Session) -> dict[int, set[int]]:
    """For each paper the ones that it is not, by an offer declined or a split; those merged since count as one."""
    into = dict(session.execute(select(MergedPaper.paper_id, MergedPaper.into_id)).all())
    kinds = (DecisionKind.APART.value, DecisionKind.SPLIT.value)
    query = select(Decision.paper_id, Decision.other_id).where(Decision.undone_at.is_(None), Decision.kind.in_(kinds))
    apart: dict[int, set[int]] = defaultdict(set)
    for paper_id, other_id in session.execute(query):
        one, other = into.get(paper_id, paper_id), into.get(other_id, other_id)
        if one != other:  # two that were told apart may have been merged since
            apart[one].add(other)
            apart[other].add(one)
    return apart
