"""Some entries are about another paper: they become a paper of their own, or go to the one named.

Pins make it last: whenever their digests are imported again, these entries go to that paper. An arXiv id belongs to
the paper where it is stated: it goes along if no entry that stays states it. A DOI stays.

What undoing must know is in `Decision.moved`, beside what merging.py tells of it (`names`, `entries`, `led`, `copies`):

- `is_new`: whether the paper was made for them
- `forgotten`: the words of versions that no entry that stayed was of
- `gained`: the arXiv id that came to the other paper; `given`: whether the first one held it before
- `named`: whether the first paper was given a slug, having lost its id
- `pins`: papers and decisions that the pins of these entries pointed at before
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Lock, take
from app.digests.merging import hand_over, names, record, require_listed, require_standing
from app.digests.moving import Words, entries_of, move_entries, versions_of, words_of
from app.digests.own_words import own_words
from app.digests.rows import paper_slugs
from app.digests.settling import settle_papers
from app.errors import InvalidInputError
from app.i18n import gettext as _
from app.models import Decision, DecisionKind, Entry, EntryPin, Paper, PaperVersion


def split(
    session: Session,
    entries: Sequence[Entry],
    into: Paper | None = None,
    user_id: int | None = None,
    now: datetime | None = None,
) -> Decision:
    """Part these entries from their paper. An entry's twins, of which its digest says the same, go along."""
    take(session, Lock.IMPORT)
    paper = _common_paper(session, entries)
    told = own_words(session, all_entries := entries_of(session, paper))
    going, staying = _part(all_entries, entries, told)
    other = _other(session, paper, into, going, told)
    moved: dict[str, Any] = {"names": names(session, paper, other), "is_new": into is None}
    moved["forgotten"] = _forgotten(session, paper, staying)
    moved["entries"] = [entry.id for entry in going]
    keys = {entry.id: _key(entry, told) for entry in going}
    moved["copies"] = move_entries(session, going, other, told)
    moved |= _move_id(session, paper, other, going, staying)
    moved["named"] = _name_nameless(session, paper, staying)
    moved["names"][1] = [other.key, moved["names"][1][1] or told_title(session, going[0])]
    decision = record(session, DecisionKind.SPLIT, paper, other, moved, user_id, now)
    decision.moved = moved | {"pins": _pin(session, decision, going, keys)}
    settle_papers(session, {paper.id, other.id})
    session.refresh(decision)  # settling made the session forget it
    return decision


def told_title(session: Session, entry: Entry) -> str:
    """The title of the version that the entry is of."""
    return session.scalars(select(PaperVersion.title).filter_by(id=entry.version_id)).one()


def _common_paper(session: Session, entries: Sequence[Entry]) -> Paper:
    papers = {entry.paper_id for entry in entries}
    if len(papers) != 1:
        raise InvalidInputError(_("Choose one or more entries, all of one paper."))
    return session.get_one(Paper, papers.pop())


def _part(entries: Sequence[Entry], chosen: Sequence[Entry], told: dict[int, Words]) -> tuple[list[Entry], list[Entry]]:
    def face(entry: Entry) -> tuple[object, ...]:
        return entry.digest_id, entry.stated_arxiv_id, _key(entry, told)

    faces = {face(entry) for entry in entries if entry.id in {one.id for one in chosen}}
    going = [entry for entry in entries if face(entry) in faces]
    if len(going) == len(entries):
        raise InvalidInputError(_("These are all the entries of the paper. To join it with another, merge the two."))
    return going, [entry for entry in entries if face(entry) not in faces]


def _key(entry: Entry, told: dict[int, Words]) -> str:
    """The folded title as the digest itself tells it."""
    key: str = told[entry.id]["title_key"] if entry.id in told else entry.version.title_key
    return key


def _other(session: Session, paper: Paper, into: Paper | None, going: Sequence[Entry], told: dict[int, Words]) -> Paper:
    """The paper they go to."""
    if into is None:
        other = Paper(changed=0, indexed=0)
        title = told[going[0].id]["title"] if going[0].id in told else going[0].version.title
        [other.slug] = paper_slugs(session, [title])
        session.add(other)
        session.flush()
        return other
    if into.id == paper.id:
        raise InvalidInputError(_("The entries belong to that paper already."))
    require_standing(session, into)
    require_listed(session, into)
    return into


def _forgotten(session: Session, paper: Paper, staying: Sequence[Entry]) -> list[Words]:
    told = {entry.version_id for entry in staying}
    return [words_of(version) for version in versions_of(session, paper).values() if version.id not in told]


def _move_id(
    session: Session, paper: Paper, other: Paper, going: Sequence[Entry], staying: Sequence[Entry]
) -> dict[str, Any]:
    """The one id that the entries state, unless the other paper has an id, or some paper has a better claim to it."""
    stated = {entry.stated_arxiv_id for entry in going} - {None}
    arxiv_id = stated.pop() if len(stated) == 1 else None
    holder = session.scalar(select(Paper).filter_by(arxiv_id=arxiv_id)) if arxiv_id else None
    is_free = holder is None or (holder.id == paper.id and arxiv_id not in {entry.stated_arxiv_id for entry in staying})
    if not arxiv_id or other.arxiv_id or not is_free:
        return {"gained": None, "given": False}
    if holder:
        hand_over(session, {"arxiv_id": arxiv_id}, holder, other)
    other.arxiv_id = arxiv_id
    session.flush()
    return {"gained": arxiv_id, "given": holder is not None}


def _name_nameless(session: Session, paper: Paper, staying: Sequence[Entry]) -> bool:
    if paper.arxiv_id or paper.slug:
        return False
    [paper.slug] = paper_slugs(session, [told_title(session, staying[0])])
    session.flush()
    return True


def _pin(session: Session, decision: Decision, going: Sequence[Entry], keys: dict[int, str]) -> list[list[int]]:
    """Pins that were there are turned; their papers and decisions before, by the id of the pin."""
    before: list[list[int]] = []
    for entry in going:
        face = {
            "digest_id": entry.digest_id,
            "stated_arxiv_id": entry.stated_arxiv_id or "",
            "title_key": keys[entry.id],
        }
        pin = session.scalar(select(EntryPin).filter_by(**face))
        if pin is None:
            session.add(EntryPin(**face, paper_id=decision.other_id, decision_id=decision.id))
        elif pin.decision_id != decision.id:
            before.append([pin.id, pin.paper_id, pin.decision_id])
            pin.paper_id, pin.decision_id = decision.other_id, decision.id
        session.flush()
    return before
