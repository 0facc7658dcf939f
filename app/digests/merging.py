"""Two papers are one: the entries of the other go to the paper kept, its row stays for its ids and its old address.

What undoing must know is in `Decision.moved`:

- `names`: key and title of both papers, as they were
- `entries`: ids of the entries that moved; `led`: places of those that imports led since (see decisions.py)
- `copies`: numbers of the versions made for them, each with the digest whose words it copied
- `filled`: numbers of versions of the paper kept that lacked words, with the names of the fields filled
- `bookmarks`, `readings`: user, time, and whether the user kept, or had read, both papers
- `lent`: arXiv id and DOI that the paper kept had none of, and has from the other
- `chained`: papers merged into the other before, which now lead to the paper kept

Versions are named by their numbers: one that is forgotten and comes back has another id, and its old one may by then be
another paper's.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Lock, take
from app.digests.marks import move_marks
from app.digests.moving import entries_of, move_entries, name_authors, versions_of, words_of
from app.digests.settling import settle_papers
from app.errors import InvalidInputError
from app.i18n import gettext as _
from app.models import Decision, DecisionKind, Entry, MergedPaper, Paper, PaperVersion, note_change

IDS = ("arxiv_id", "doi")
FILLED = ("abstract", "comment", "authors")


def merge(
    session: Session, keep: Paper, other: Paper, user_id: int | None = None, now: datetime | None = None
) -> Decision:
    """Make the other paper part of the one kept."""
    take(session, Lock.IMPORT)
    if keep.id == other.id:
        raise InvalidInputError(_("That is one paper already."))
    require_standing(session, other)
    require_standing(session, keep)
    require_listed(session, keep)
    moved: dict[str, Any] = {"names": names(session, keep, other)}
    entries = entries_of(session, other)
    moved["filled"] = _fill(session, keep, other)
    moved["entries"], moved["copies"] = [entry.id for entry in entries], move_entries(session, entries, keep)
    moved |= move_marks(session, keep, other)
    moved["lent"] = _lend_ids(session, keep, other)
    moved["chained"] = _cut_chains(session, keep, other)
    decision = record(session, DecisionKind.MERGE, keep, other, moved, user_id, now)
    session.add(MergedPaper(paper_id=other.id, into_id=keep.id, decision_id=decision.id))
    settle_papers(session, {keep.id, other.id})
    session.refresh(decision)  # settling made the session forget it
    return decision


def record(
    session: Session,
    kind: DecisionKind,
    paper: Paper,
    other: Paper,
    moved: dict[str, Any],
    user_id: int | None,
    now: datetime | None,
) -> Decision:
    """Write a decision down."""
    decision = Decision(
        kind=kind.value,
        paper_id=paper.id,
        other_id=other.id,
        user_id=user_id,
        decided_at=now or datetime.now(UTC),
        moved=moved,
    )
    session.add(decision)
    session.flush()
    note_change(session)
    return decision


def names(session: Session, *papers: Paper) -> list[list[str]]:
    """Each paper's name in addresses and its title, for the list of decisions: both may change."""
    shown = select(PaperVersion.title).filter_by(is_shown=True)
    return [[paper.key, session.scalar(shown.filter_by(paper_id=paper.id)) or ""] for paper in papers]


def require_standing(session: Session, paper: Paper) -> None:
    """Refuse a paper that was merged already."""
    if session.get(MergedPaper, paper.id):
        raise InvalidInputError(_("The paper %(paper)s was merged into another one already.") % {"paper": paper.key})


def require_listed(session: Session, paper: Paper) -> None:
    """Refuse a paper that no digest lists: its words would be forgotten as soon as it has entries of others."""
    if session.scalar(select(Entry.id).filter_by(paper_id=paper.id).limit(1)) is None:
        raise InvalidInputError(
            _("No digest lists the paper %(paper)s any more: nothing can be moved into it.") % {"paper": paper.key}
        )


def _fill(session: Session, keep: Paper, other: Paper) -> list[list[Any]]:
    """Words that a version of the paper kept lacks, and the other's version of the same number has."""
    filled: list[list[Any]] = []
    theirs = versions_of(session, other)
    for number, version in versions_of(session, keep).items():
        mine, words = words_of(version), words_of(theirs[number]) if number in theirs else {}
        lacking = [name for name in FILLED if words.get(name) and not mine[name]]
        for name in lacking:
            if name == "authors":
                name_authors(session, version, words[name])
            else:
                setattr(version, name, words[name])
        if lacking:
            filled.append([number, lacking])
    return filled


def _lend_ids(session: Session, keep: Paper, other: Paper) -> dict[str, str]:
    """A paper without an arXiv id is known by the other's from now on."""
    lent = {name: getattr(other, name) for name in IDS if getattr(other, name) and not getattr(keep, name)}
    hand_over(session, lent, other, keep)
    return lent


def hand_over(session: Session, ids: dict[str, str], giver: Paper, taker: Paper) -> None:
    """Given away before taken: never do two papers hold one id, not even between two statements."""
    for name in ids:
        setattr(giver, name, None)
    session.flush()
    for name, value in ids.items():
        setattr(taker, name, value)
    session.flush()


def _cut_chains(session: Session, keep: Paper, other: Paper) -> list[int]:
    before = session.scalars(select(MergedPaper).filter_by(into_id=other.id).order_by(MergedPaper.paper_id)).all()
    for merged in before:
        merged.into_id = keep.id
    return [merged.paper_id for merged in before]
