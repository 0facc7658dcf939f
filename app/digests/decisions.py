"""What people decided, as an import needs it: which paper an entry goes to, whatever its ids and title say.

A paper that was merged into another leads there. A pinned entry goes to the paper it was split off to. Whenever a
decision leads an entry, the decision remembers the place of that entry, so that undoing it can lead the entry back.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, selectinload

from app.digests.document import ParsedEntry
from app.digests.naming import title_key
from app.models import Authorship, Decision, DecisionKind, EntryPin, MergedPaper, Paper, PaperVersion


class Decided:
    """The decisions that concern the entries of one digest, and the papers that were found for them."""

    def __init__(self, session: Session, digest_id: int, entries: Sequence[ParsedEntry], found: Iterable[Paper]):
        self._digest_id = digest_id
        self._times = Counter(entry.arxiv_id for entry in entries)
        self._pins = session.scalars(select(EntryPin).filter_by(digest_id=digest_id)).all()
        asked = {paper.id for paper in found} | {pin.paper_id for pin in self._pins}
        self._into = _merged(session, asked)
        keepers = set(self._into.values())
        self._papers = {paper.id: paper for paper in _load(session, keepers | {pin.paper_id for pin in self._pins})}
        self._decisions = _decisions(session, keepers, self._pins)

    def keeper(self, paper: Paper) -> Paper:
        """The paper itself, or the one that it was merged into."""
        into = self._into.get(paper.id)
        return paper if into is None else self._papers[into]

    def lead(self, paper: Paper, entry: ParsedEntry) -> Paper:
        """The keeper of the paper that was found for this entry."""
        for decision in self._decisions:
            lent = set(decision.moved.get("lent", {}).values())
            through = [decision.other_id, *decision.moved.get("chained", ())]
            if decision.kind == DecisionKind.MERGE and (paper.id in through or lent & {entry.arxiv_id, entry.doi}):
                self._remember(decision, entry)
        return self.keeper(paper)

    def pinned(self, entry: ParsedEntry) -> Paper | None:
        """The paper that the entry was split off to. An id that stands once in the digest is known by itself."""
        key, stated = title_key(entry.title), entry.arxiv_id or ""
        pins = [pin for pin in self._pins if pin.stated_arxiv_id == stated]
        pin = next((pin for pin in pins if pin.title_key == key), None)
        if pin is None and stated and self._times[stated] == 1 and len(pins) == 1:
            pin = pins[0]
        return self._follow(pin, entry) if pin else None

    def pinned_without_id(self, entry: ParsedEntry) -> Paper | None:
        """The paper that the entry was split off to when its digest did not tell the id yet."""
        key = title_key(entry.title)
        pin = next((pin for pin in self._pins if not pin.stated_arxiv_id and pin.title_key == key), None)
        if pin is None or self.keeper(self._papers[pin.paper_id]).arxiv_id:
            return None
        return self._follow(pin, entry)

    def _follow(self, pin: EntryPin, entry: ParsedEntry) -> Paper:
        for decision in self._decisions:
            if decision.id == pin.decision_id:
                self._remember(decision, entry)
        return self.lead(self._papers[pin.paper_id], entry)

    def _remember(self, decision: Decision, entry: ParsedEntry) -> None:
        name = f"{self._digest_id} {entry.arxiv_id or ''} {title_key(entry.title)}"
        place = [self._digest_id, entry.first_line, entry.arxiv_id]
        led = {**decision.moved.get("led", {}), name: place}
        decision.moved = {**decision.moved, "led": led}  # a new value: changes within JSON are not seen


def _merged(session: Session, paper_ids: set[int]) -> dict[int, int]:
    """The papers merged that are among these, or that were merged into one of these; and what into."""
    if not paper_ids:
        return {}
    query = select(MergedPaper.paper_id, MergedPaper.into_id).where(
        MergedPaper.paper_id.in_(paper_ids) | MergedPaper.into_id.in_(paper_ids)
    )
    return dict(session.execute(query).all())


def _load(session: Session, paper_ids: set[int]) -> Sequence[Paper]:
    if not paper_ids:
        return ()
    versions = selectinload(Paper.versions).selectinload(PaperVersion.authorships).selectinload(Authorship.author)
    return session.scalars(select(Paper).where(Paper.id.in_(paper_ids)).options(versions)).all()


def _decisions(session: Session, keepers: set[int], pins: Sequence[EntryPin]) -> Sequence[Decision]:
    """The standing decisions by which something was merged into these papers, or these entries were split off."""
    if not (keepers or pins):
        return ()
    merged = aliased(MergedPaper)
    into = select(merged.decision_id).where(merged.into_id.in_(keepers))
    return session.scalars(
        select(Decision).where(Decision.id.in_(into) | Decision.id.in_({pin.decision_id for pin in pins}))
    ).all()
