"""What people decide about terms: which mean the same, and which do not.

What a person decided is marked as edited; mining never changes it again.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import LARGEST_ID, Lock, take
from app.errors import InvalidInputError, NotFoundError
from app.i18n import gettext as _
from app.models import Language, Term, TermOrigin, TermState, note_change
from app.search.clauses import whole
from app.search.words import runs
from app.terms.groups import LEAST, load_groups

LONGEST_TERM = 80


def add(session: Session, texts: Iterable[str]) -> int:
    """Say that these mean the same; the number of their group. Groups that have one of them already become one."""
    terms = dict(map(_checked, texts))
    if len(terms) < LEAST:
        raise InvalidInputError(_("Name at least two different terms that mean the same."))
    take(session, Lock.TERMS)
    accepted = select(Term.group_id).where(Term.key.in_(terms), Term.state == TermState.ACCEPTED.value)
    joined = sorted(set(session.scalars(accepted)))
    group_id = joined[0] if joined else free_group(session)
    _join(session, group_id, joined[1:])
    known = {term.key: term for term in session.scalars(select(Term).filter_by(group_id=group_id))}
    for key, text in terms.items():
        if key in known:
            _decide(known[key], TermState.ACCEPTED)
        else:
            session.add(new_term(group_id, key, text))
    session.flush()
    note_change(session)
    return group_id


def accept(session: Session, group_id: int, text: str) -> Term:
    """Say that the term belongs to its group. Raises InvalidInputError if it is accepted in another one."""
    take(session, Lock.TERMS)
    term = _find(session, group_id, text)
    elsewhere = select(Term.group_id).where(
        Term.key == term.key, Term.state == TermState.ACCEPTED.value, Term.group_id != group_id
    )
    if other := session.scalar(elsewhere):
        (group,) = load_groups(session, [other])
        means = ", ".join(one.text for one in group.accepted if one.key != term.key)
        raise InvalidInputError(
            _("“%(term)s” is accepted with another meaning: %(meaning)s. Reject it there first.")
            % {"term": term.text, "meaning": means}
        )
    return _settle(session, term, TermState.ACCEPTED)


def reject(session: Session, group_id: int, text: str) -> Term:
    """Say that the term does not belong to its group; mining will not offer it there again."""
    take(session, Lock.TERMS)
    return _settle(session, _find(session, group_id, text), TermState.REJECTED)


def remove(session: Session, group_id: int, text: str) -> None:
    """Take a term out of its group. One that mining found stays as rejected, for it would find it again."""
    take(session, Lock.TERMS)
    term = _find(session, group_id, text)
    if term.score is not None or term.origin == TermOrigin.MINED.value:
        _settle(session, term, TermState.REJECTED)
        return
    session.delete(term)
    session.flush()
    left = session.scalars(select(Term).filter_by(group_id=group_id)).all()
    if len(left) < LEAST:  # alone it says nothing
        for one in left:
            session.delete(one)
    note_change(session)


def free_group(session: Session) -> int:
    """A number that no group has."""
    return (session.scalar(select(func.max(Term.group_id))) or 0) + 1


def new_term(
    group_id: int,
    key: str,
    text: str,
    score: float | None = None,
    origin: TermOrigin = TermOrigin.EDITED,
    state: TermState = TermState.ACCEPTED,
) -> Term:
    language = Language.CHINESE if any(run.is_han for run in runs(text)) else Language.ENGLISH
    return Term(
        group_id=group_id,
        key=key,
        text=text,
        language=language.value,
        score=score,
        origin=origin.value,
        state=state.value,
    )


def _checked(text: str) -> tuple[str, str]:
    """Key and text of a term. No store takes a NUL, and no term has one."""
    text = " ".join(text.replace("\0", " ").split())
    key = whole(text)
    if not key or len(text) > LONGEST_TERM:
        raise InvalidInputError(
            _("A term has letters or digits, and at most %(most)d characters.") % {"most": LONGEST_TERM}
        )
    return key, text


def _find(session: Session, group_id: int, text: str) -> Term:
    known = select(Term).filter_by(group_id=group_id, key=whole(text))
    term = session.scalar(known) if 0 < group_id <= LARGEST_ID else None
    if term is None:
        raise NotFoundError(_("“%(term)s” is not in this group any more.") % {"term": text})
    return term


def _settle(session: Session, term: Term, state: TermState) -> Term:
    _decide(term, state)
    session.flush()
    note_change(session)
    return term


def _decide(term: Term, state: TermState) -> None:
    term.state, term.origin = state.value, TermOrigin.EDITED.value


def _join(session: Session, group_id: int, others: Collection[int]) -> None:
    """Make the terms of the other groups this group's; of one that is in several the accepted one stays."""
    if not others:
        return
    moving = session.scalars(select(Term).where(Term.group_id.in_({group_id, *others}))).all()
    kept: dict[str, Term] = {}
    for term in sorted(moving, key=lambda term: (term.state != TermState.ACCEPTED.value, term.group_id)):
        if kept.setdefault(term.key, term) is not term:
            session.delete(term)
    session.flush()
    for term in kept.values():
        term.group_id = group_id
    session.flush()
