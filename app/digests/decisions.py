"""What people decided, as an import needs it: which paper an entry goes to, whatever its ids and title say.

A paper that was merged into another leads there. A pinned entry goes to the paper it was split off to. Whenever a
decision leads an entry, the decision remembers the place of that entry, so that undoing it can lead the entry back.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.digests.known import KnownPaper, Placed, load_papers
from app.digests.rows import in_parts
from app.models import Decision, DecisionKind, EntryPin, MergedPaper


class Decided:
    """The decisions that concern some entries, and the papers that were found for them."""

    def __init__(self, session: Session, items: Sequence[Placed], found: Iterable[KnownPaper]) -> None:
        """`found` are papers of the store."""
        self._times = Counter((item.digest_id, item.entry.arxiv_id) for item in items)
        digests = {item.digest_id for item in items}
        self._pins = session.scalars(select(EntryPin).where(EntryPin.digest_id.in_(digests))).all()
        known = {paper.require_id(): paper for paper in found}
        pinned = {pin.paper_id for pin in self._pins}
        self._into = _merged(session, known.keys() | pinned)
        wanted = set(self._into.values()) | pinned
        loaded = {paper.require_id(): paper for paper in load_papers(session, wanted - known.keys())}
        self._papers = known | loaded
        self._decisions = _decisions(session, set(self._into.values()), self._pins)

    def keeper(self, paper: KnownPaper) -> KnownPaper:
        """The paper itself, or the one that it was merged into."""
        into = self._into.get(paper.id or 0)
        return paper if into is None else self._papers[into]

    def lead(self, paper: KnownPaper, item: Placed) -> KnownPaper:
        """The keeper of the paper that was found for this entry."""
        for decision in self._decisions:
            lent = set(decision.moved.get("lent", {}).values())
            through = [decision.other_id, *decision.moved.get("chained", ())]
            if decision.kind == DecisionKind.MERGE and (
                paper.id in through or lent & {item.entry.arxiv_id, item.entry.doi}
            ):
                self._remember(decision, item)
        return self.keeper(paper)

    def pinned(self, item: Placed) -> KnownPaper | None:
        """The paper that the entry was split off to. An id that stands once in the digest is known by itself."""
        pins = [pin for pin in self._pins_of(item) if pin.stated_arxiv_id == (item.entry.arxiv_id or "")]
        pin = next((pin for pin in pins if pin.title_key == item.title_key), None)
        is_alone = self._times[item.digest_id, item.entry.arxiv_id] == 1
        if pin is None and item.entry.arxiv_id and is_alone and len(pins) == 1:
            pin = pins[0]
        return self._follow(pin, item) if pin else None

    def pinned_without_id(self, item: Placed) -> KnownPaper | None:
        """The paper that the entry was split off to when its digest did not tell the id yet."""
        pins = (pin for pin in self._pins_of(item) if not pin.stated_arxiv_id)
        pin = next((pin for pin in pins if pin.title_key == item.title_key), None)
        if pin is None or self.keeper(self._papers[pin.paper_id]).arxiv_id:
            return None
        return self._follow(pin, item)

    def _pins_of(self, item: Placed) -> list[EntryPin]:
        return [pin for pin in self._pins if pin.digest_id == item.digest_id]

    def _follow(self, pin: EntryPin, item: Placed) -> KnownPaper:
        for decision in self._decisions:
            if decision.id == pin.decision_id:
                self._remember(decision, item)
        return self.lead(self._papers[pin.paper_id], item)

    def _remember(self, decision: Decision, item: Placed) -> None:
        name = f"{item.digest_id} {item.entry.arxiv_id or ''} {item.title_key}"
        place = [item.digest_id, item.entry.first_line, item.entry.arxiv_id]
        led = {**decision.moved.get("led", {}), name: place}
        decision.moved = {**decision.moved, "led": led}  # a new value: changes within JSON are not seen


def _merged(session: Session, paper_ids: Collection[int]) -> dict[int, int]:
    """The papers merged that are among these, or that were merged into one of these; and what into."""
    merged: dict[int, int] = {}
    query = select(MergedPaper.paper_id, MergedPaper.into_id)
    for some in in_parts(paper_ids):
        of_these = query.where(MergedPaper.paper_id.in_(some) | MergedPaper.into_id.in_(some))
        merged.update(session.execute(of_these).all())
    return merged


def _decisions(session: Session, keepers: set[int], pins: Sequence[EntryPin]) -> Sequence[Decision]:
    """The standing decisions by which something was merged into these papers, or these entries were split off."""
    if not (keepers or pins):
        return ()
    merged = aliased(MergedPaper)
    into = select(merged.decision_id).where(merged.into_id.in_(keepers))
    return session.scalars(
        select(Decision).where(Decision.id.in_(into) | Decision.id.in_({pin.decision_id for pin in pins}))
    ).all()
