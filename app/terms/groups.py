"""Groups of terms that mean the same, as they are listed and asked for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import Term, TermState
from app.search.clauses import whole

LEAST = 2
"""Terms of a group that mean something together."""
_ORDER = (Term.group_id, func.coalesce(Term.score, 2).desc(), Term.id)


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that mean the same: those that others were compared with first, then the best."""

    id: int
    terms: tuple[Term, ...]

    def of(self, state: TermState) -> list[Term]:
        return [term for term in self.terms if term.state == state.value]

    @property
    def accepted(self) -> list[Term]:
        return self.of(TermState.ACCEPTED)

    @property
    def offered(self) -> list[Term]:
        return self.of(TermState.OFFERED)

    @property
    def rejected(self) -> list[Term]:
        return self.of(TermState.REJECTED)


def accepted_groups(session: Session) -> list[tuple[str, ...]]:
    """What search may ask for instead of each other; one query, texts only."""
    is_accepted = Term.state == TermState.ACCEPTED.value
    groups: dict[int, list[str]] = defaultdict(list)
    for group_id, text in session.execute(select(Term.group_id, Term.text).where(is_accepted).order_by(*_ORDER)):
        groups[group_id].append(text)
    return [tuple(texts) for texts in groups.values() if len(texts) >= LEAST]


def list_groups(
    session: Session, words: str = "", state: TermState | None = None, first: int = 0, most: int | None = None
) -> tuple[list[TermGroup], int]:
    """Groups with a term that contains the words, and one in that state besides their head; and how many there are."""
    wanted = select(Term.group_id).group_by(Term.group_id)
    if state is TermState.ACCEPTED:
        wanted = wanted.where(Term.state == state.value).having(func.count() >= LEAST)
    elif state:
        wanted = wanted.where(Term.state == state.value)
    if key := whole(words):  # Han is kept as pairs, the last character alone: a part of a term is a part of its key
        wanted = wanted.where(Term.group_id.in_(select(Term.group_id).where(Term.key.contains(key, autoescape=True))))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    best = wanted.order_by(func.coalesce(func.max(Term.score), 2).desc(), Term.group_id)
    return load_groups(session, session.scalars(best.offset(first).limit(most)).all()), total


def load_groups(session: Session, ids: Sequence[int]) -> list[TermGroup]:
    """These groups, in this order."""
    terms: dict[int, list[Term]] = {number: [] for number in ids}
    for term in session.scalars(select(Term).where(Term.group_id.in_(ids)).order_by(*_ORDER)):
        terms[term.group_id].append(term)
    return [TermGroup(number, tuple(found)) for number, found in terms.items()]


def find_group(session: Session, text: str, other: str) -> int:
    """The group that holds both terms, in whatever state. Raises NotFoundError if there is none."""
    groups = [set(session.scalars(select(Term.group_id).filter_by(key=key))) for key in (whole(text), whole(other))]
    if not (found := sorted(groups[0] & groups[1])):
        raise NotFoundError(_("“%(term)s” and “%(other)s” are in no group together.") % {"term": text, "other": other})
    return found[0]
