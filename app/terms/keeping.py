"""What mining found goes into the table. Repeatable, and it never changes what a person decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Database, Lock, take
from app.models import Term, TermOrigin, TermState, note_change
from app.search.clauses import whole
from app.terms.mining import MinedGroup, mine
from app.terms.reading import text_pairs
from app.terms.table import free_group, new_term


@dataclass(frozen=True, slots=True)
class MiningResult:
    """What the library told."""

    papers: int
    """Papers that were read."""
    accepted: int
    offered: int
    """Terms that mining found, beside those they were compared with, by what became of them."""
    decided: int
    """Terms that it found too, and that a person had decided on."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A term as mining would have it."""

    text: str
    score: float | None
    state: TermState


def mine_library(database: Database) -> MiningResult:
    """Read the library, and note what it tells. Nobody has to wait while it is thought about."""
    with database.read() as session:
        pairs = text_pairs(session)
    groups = mine(pairs)
    with database.write() as session:
        return keep(session, groups, len(pairs))


def keep(session: Session, groups: Iterable[MinedGroup], papers: int = 0) -> MiningResult:
    """Put mined groups into the table in place of what mining found before."""
    take(session, Lock.TERMS)
    known = session.scalars(select(Term).order_by(Term.id)).all()
    plan = _Plan(session, known)
    for group in groups:
        plan.take_in(group)
    if _write(session, known, plan.wanted):
        note_change(session)
    found = [one.state for terms in plan.wanted.values() for one in terms.values() if one.score is not None]
    return MiningResult(papers, found.count(TermState.ACCEPTED), found.count(TermState.OFFERED), plan.decided)


class _Plan:
    """Which terms should be there, by group and key."""

    def __init__(self, session: Session, known: Sequence[Term]) -> None:
        self.wanted: dict[int, dict[str, _Wanted]] = defaultdict(dict)
        self.decided = 0
        self._edited = {(term.group_id, term.key): term for term in known if _is_edited(term)}
        self._groups: dict[str, set[int]] = defaultdict(set)
        for term in known:
            self._groups[term.key].add(term.group_id)
        self._free = free_group(session)
        self._accepted: dict[str, int] = {}
        """In which group each key is accepted, or is going to be."""
        decided_groups = {group_id for group_id, _ in self._edited}
        for term in known:
            is_head = not _is_edited(term) and term.score is None
            if term.state == TermState.ACCEPTED.value and (is_head or _is_edited(term)):
                self._accepted[term.key] = term.group_id
            if is_head and term.group_id in decided_groups:  # without it nobody knew what was decided there
                self.wanted[term.group_id][term.key] = _Wanted(term.text, None, TermState.ACCEPTED)

    def take_in(self, group: MinedGroup) -> None:
        head = whole(group.head)
        terms = {key: term for term in reversed(group.others) if (key := whole(term.text)) not in ("", head)}
        left = {key: term for key, term in terms.items() if not self._is_decided(head, key, term.score)}
        if not head or not left:
            return
        group_id = self._group_of(head, group.head)
        for key, term in sorted(left.items(), key=lambda item: -item[1].score):
            is_free = self._accepted.get(key, group_id) == group_id
            state = TermState.ACCEPTED if term.is_sure and is_free else TermState.OFFERED
            if state is TermState.ACCEPTED:
                self._accepted[key] = group_id
            self.wanted[group_id][key] = _Wanted(term.text, term.score, state)

    def _is_decided(self, head: str, key: str, score: float) -> bool:
        """Whether a person put the two together, or apart; then only the score is noted."""
        for group_id in self._groups[head] & self._groups[key]:
            one, other = self._edited.get((group_id, key)), self._edited.get((group_id, head))
            if one or (other and other.state == TermState.REJECTED.value):
                self.decided += 1
                if one:
                    one.score = score
                return True
        return False

    def _group_of(self, head: str, text: str) -> int:
        if head not in self._accepted:
            self._accepted[head] = self._free
            self._free += 1
        group_id = self._accepted[head]
        if (group_id, head) not in self._edited:
            self.wanted[group_id].setdefault(head, _Wanted(text, None, TermState.ACCEPTED))
        return group_id


def _write(session: Session, known: Sequence[Term], wanted: dict[int, dict[str, _Wanted]]) -> bool:
    """First what makes room, then what takes it: a key is accepted only once at any moment."""
    missing = {group_id: dict(terms) for group_id, terms in wanted.items()}
    risen: list[Term] = []
    for term in known:
        one = None if _is_edited(term) else missing.get(term.group_id, {}).pop(term.key, None)
        if one:
            term.text, term.score = one.text, one.score
            if term.state == TermState.OFFERED.value and one.state is TermState.ACCEPTED:
                risen.append(term)
            else:
                term.state = one.state.value
        elif not _is_edited(term):
            session.delete(term)
    is_changed = bool(session.deleted or risen or any(missing.values()))
    is_changed = is_changed or any(session.is_modified(term) for term in known)
    session.flush()
    for term in risen:
        term.state = TermState.ACCEPTED.value
    session.add_all(
        new_term(group_id, key, one.text, one.score, TermOrigin.MINED, one.state)
        for group_id, terms in missing.items()
        for key, one in terms.items()
    )
    session.flush()
    return is_changed


def _is_edited(term: Term) -> bool:
    return term.origin == TermOrigin.EDITED.value
