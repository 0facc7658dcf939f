"""Take a decision back: entries, words, ids and marks go to where they were, and so does what came in since."""

from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.db import Lock, take
from app.digests.marks import inherit_marks, return_marks
from app.digests.merging import hand_over
from app.digests.moving import entries_of, move_entries, name_authors, say, say_again, versions_of, words_of
from app.digests.settling import settle_papers
from app.errors import InvalidInputError, NotFoundError
from app.i18n import gettext
from app.models import (
    Decision,
    DecisionKind,
    Digest,
    Entry,
    EntryPin,
    MergedPaper,
    Paper,
    PaperVersion,
    SavedSearch,
    note_change,
)


def find_decision(session: Session, decision_id: int | None = None) -> Decision:
    """The decision of that number, or the newest that stands."""
    query = select(Decision).where(Decision.undone_at.is_(None)).order_by(Decision.id.desc()).limit(1)
    decision = session.scalar(query) if decision_id is None else session.get(Decision, decision_id)
    if decision is None:
        raise NotFoundError(
            gettext("There is no such decision.") if decision_id else gettext("There is no decision to undo.")
        )
    return decision


def undo(session: Session, decision: Decision, now: datetime | None = None) -> Decision:
    """Take it back, unless a later decision stands that touches the same papers."""
    take(session, Lock.IMPORT)
    _require_last(session, decision)
    decision.undone_at = now or datetime.now(UTC)
    if decision.kind == DecisionKind.MERGE:
        _undo_merge(session, decision)
    elif decision.kind == DecisionKind.SPLIT:
        _undo_split(session, decision)
    note_change(session)
    session.flush()
    session.refresh(decision)
    return decision


def _require_last(session: Session, decision: Decision) -> None:
    if decision.undone_at:
        raise InvalidInputError(gettext("Decision %(number)d was undone already.") % {"number": decision.id})
    if decision.kind == DecisionKind.APART:
        return
    moving = Decision.kind != DecisionKind.APART.value
    later = select(Decision).where(Decision.id > decision.id, Decision.undone_at.is_(None), moving)
    for other in session.scalars(later.order_by(Decision.id)):
        if touched(decision) & touched(other):
            raise InvalidInputError(
                gettext("Decision %(number)d was made later about the same papers. Undo that one first.")
                % {"number": other.id}
            )


def touched(decision: Decision) -> set[int]:
    """The papers it is about."""
    return {decision.paper_id, decision.other_id, *decision.moved.get("chained", ())}


def _undo_merge(session: Session, decision: Decision) -> None:
    keep, other = session.get_one(Paper, decision.paper_id), session.get_one(Paper, decision.other_id)
    changed = _changed_since(session, decision)
    _take_away(session, decision, other, changed)
    _bring_back_words(session, decision, keep, other, changed)
    move_entries(session, _returning(session, decision, keep, changed), other)
    _drop_copies(session, decision, keep)
    return_marks(session, decision)
    hand_over(session, _still_lent(decision, keep), keep, other)
    session.execute(delete(MergedPaper).where(MergedPaper.paper_id == other.id))
    chained = MergedPaper.paper_id.in_(decision.moved["chained"])
    session.execute(update(MergedPaper).where(chained).values(into_id=other.id))
    settle_papers(session, {keep.id, other.id})


def _undo_split(session: Session, decision: Decision) -> None:
    paper, other = session.get_one(Paper, decision.paper_id), session.get_one(Paper, decision.other_id)
    is_new, changed = decision.moved["is_new"], _changed_since(session, decision)
    returning = entries_of(session, other) if is_new else _returning(session, decision, other, changed)
    _say_forgotten(session, decision, paper, other, changed)
    move_entries(session, returning, paper)
    _drop_copies(session, decision, other)
    _return_id(session, decision, paper, other)
    _turn_pins_back(session, decision)
    if is_new:
        _remove(session, paper, other)
    settle_papers(session, {paper.id} if is_new else {paper.id, other.id})


def _changed_since(session: Session, decision: Decision) -> set[int]:
    """Digests that were imported again since: of their entries only the places are known."""
    query = select(Digest.id).join(Entry, Entry.digest_id == Digest.id).distinct()
    of_both = Entry.paper_id.in_({decision.paper_id, decision.other_id})
    return set(session.scalars(query.where(of_both, Digest.updated_at > decision.decided_at)))


def _returning(session: Session, decision: Decision, paper: Paper, changed: set[int]) -> list[Entry]:
    """The entries that moved and are as they were, and those that imports led since."""
    moved = set(decision.moved["entries"])
    led = {tuple(place) for place in decision.moved.get("led", {}).values()}
    return [
        entry
        for entry in entries_of(session, paper)
        if (entry.id in moved and entry.digest_id not in changed)
        or (entry.digest_id, entry.first_line, entry.stated_arxiv_id) in led
    ]


def _take_away(session: Session, decision: Decision, other: Paper, changed: set[int]) -> None:
    """Words filled in go, unless they are not the other's any more."""
    theirs = versions_of(session, other)
    held = versions_of(session, session.get_one(Paper, decision.paper_id))
    for number, filled in decision.moved["filled"]:
        version = held.get(number)
        if version is None or version.digest_id in changed or number not in theirs:
            continue
        mine, words = words_of(version), words_of(theirs[number])
        for name in filled:
            if mine[name] != words[name]:
                continue
            if name == "authors":
                name_authors(session, version, ())
            else:
                setattr(version, name, "")


def _bring_back_words(session: Session, decision: Decision, keep: Paper, other: Paper, changed: set[int]) -> None:
    """What a digest corrected in a copy since, it corrected in the version that the copy stands for."""
    held, theirs = versions_of(session, keep), versions_of(session, other)
    for number, _ in decision.moved["copies"]:
        copy, version = held.get(number), theirs.get(number)
        if copy and version and copy.digest_id in changed and copy.digest_id == version.digest_id:
            say_again(session, version, words_of(copy))


def _drop_copies(session: Session, decision: Decision, paper: Paper) -> None:
    """A copy that entries of its own paper speak of meanwhile stays, and is told anew by the next of these."""
    made = dict(decision.moved["copies"])
    versions = versions_of(session, paper).values()
    ids = [one.id for one in versions if one.number in made and one.digest_id in (made[one.number], None)]
    told = select(Entry.version_id).where(Entry.version_id.in_(ids))
    copies = PaperVersion.id.in_(ids)
    session.execute(delete(PaperVersion).where(copies, PaperVersion.id.not_in(told)))
    session.execute(update(PaperVersion).where(copies).values(digest_id=None))
    session.expire_all()


def _still_lent(decision: Decision, keep: Paper) -> dict[str, str]:
    return {name: value for name, value in decision.moved["lent"].items() if getattr(keep, name) == value}


def _say_forgotten(session: Session, decision: Decision, paper: Paper, other: Paper, changed: set[int]) -> None:
    """Versions that went with the entries; where their digest was imported again, its new words are copied instead."""
    held, theirs = versions_of(session, paper), versions_of(session, other)
    for words in decision.moved["forgotten"]:
        number, digest_id = words["number"], words["digest_id"]
        is_corrected = digest_id in changed and number in theirs and theirs[number].digest_id == digest_id
        if number not in held and not is_corrected:
            known = session.get(Digest, digest_id) if digest_id else None
            say(session, paper, {**words, "digest_id": known.id if known else None})


def _return_id(session: Session, decision: Decision, paper: Paper, other: Paper) -> None:
    gained = decision.moved["gained"]
    if gained and other.arxiv_id == gained:
        other.arxiv_id = None
        session.flush()
        if decision.moved["given"] and not paper.arxiv_id:
            paper.arxiv_id = gained
    if decision.moved["named"] and paper.arxiv_id:
        paper.slug = None
    session.flush()


def _turn_pins_back(session: Session, decision: Decision) -> None:
    for pin_id, paper_id, decision_id in decision.moved["pins"]:
        of_pin = update(EntryPin).where(EntryPin.id == pin_id)
        session.execute(of_pin.values(paper_id=paper_id, decision_id=decision_id))
    session.execute(delete(EntryPin).where(EntryPin.decision_id == decision.id))


def _remove(session: Session, paper: Paper, other: Paper) -> None:
    """The paper that a split made; what users said of it is said of the one it came from."""
    inherit_marks(session, paper, other)
    session.execute(update(Decision).where(Decision.other_id == other.id).values(other_id=paper.id))
    session.execute(update(Decision).where(Decision.paper_id == other.id).values(paper_id=paper.id))
    session.execute(delete(PaperVersion).where(PaperVersion.paper_id == other.id))
    session.execute(delete(Paper).where(Paper.id == other.id))
    # SQLite may give the highest number again: the paper that gets it is to be new to those who saw this one.
    session.execute(update(SavedSearch).where(SavedSearch.seen == other.id).values(seen=other.id - 1))
