"""Pieces of pages, made once for each version of the library, and what is put into them later.

A card says the same to every reader. What belongs to the one who reads, and the list that one comes from, is put in later.
"""

import secrets
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import NamedTuple

from fastapi import Request
from markupsafe import Markup

from app.catalog import Card, Period
from app.remembering import Memory
from app.web.rendering import render_html
from app.web.urls import list_query

MOST_PIECES = 10_000
"""Of each kind; cards have some two kilobytes."""
MOST_FRAMED = 500
"""With their texts some twenty kilobytes each."""
_ANY_ID = f"paper{secrets.token_hex(8)}"
"""Nobody can guess it, so it stands nowhere else."""
LISTED = "\ue000list\ue000"
MARKS = "\ue000marks\ue000"
"""Stand in a card for the address of the list, and for what belongs to the reader. No reader ever sees it, and whoever writes it into a digest gains nothing."""


class ShownPaper(NamedTuple):
    """What must be known of a paper beside what its card says."""

    id: int
    key: str


class Shown(NamedTuple):
    """A card as it is shown."""

    paper: ShownPaper
    html: str

    def within(self, query: str, marks: str) -> str:
        """With what an address says of the list it stands in, so that the paper's page can lead back, and its reader's
        marks."""
        return self.html.replace(LISTED, query).replace(MARKS, marks)


class CardKey(NamedTuple):
    """What the card of a paper depends on."""

    paper_id: int
    topics: tuple[str, ...]
    period: Period | None
    language: str


class Framed(NamedTuple):
    """A card with all texts of its paper, and as HTML but for what a search marks in it."""

    card: Card
    html: str


class Pieces:
    """Remembers pieces of pages."""

    def __init__(self) -> None:
        self.cards: Memory[CardKey, Shown] = Memory(MOST_PIECES)
        self.framed: Memory[CardKey, Framed] = Memory(MOST_FRAMED)
        """Cards that were searched last: who types sees the same ones again with every letter."""
        self._others: Memory[Hashable, Markup] = Memory(MOST_PIECES)

    def of(self, version: int, key: Hashable, make: Callable[[], str]) -> Markup:
        """Any other piece, made if there is none."""
        if known := self._others.find(version, [key]):
            return known[key]
        piece = Markup(make())  # noqa: S704  (rendered by a template)
        self._others.keep(version, {key: piece})
        return piece


class Marks:
    """Puts cards together with what their reader says of each paper of a page: whether they keep it, and have read it.

    There are but four ways to say it, so a page renders each of them once, of a paper whose id is put in afterwards.
    """

    def __init__(self, request: Request, kept: Collection[int], seen: Collection[int]) -> None:
        self._request, self._kept, self._seen = request, kept, seen
        self._made: dict[tuple[bool, bool], str] = {}

    def on(self, cards: Sequence[Shown], listed: str = "") -> Markup:
        """The cards, whole; `listed` is the address of their list, if it is one that a paper's page can turn to."""
        query = list_query(listed)
        whole = [card.within(query, self._of(card.paper.id)) for card in cards]
        return Markup("\n".join(whole))  # noqa: S704  (rendered by templates)

    def _of(self, paper_id: int) -> str:
        state = paper_id in self._kept, paper_id in self._seen
        if state not in self._made:
            self._made[state] = self._make(*state)
        return self._made[state].replace(_ANY_ID, str(paper_id))

    def _make(self, is_kept: bool, is_seen: bool) -> str:
        kept, seen = ({_ANY_ID} if is_so else set() for is_so in (is_kept, is_seen))
        user = getattr(self._request.state, "user", None)
        paper = {"id": _ANY_ID}
        html = render_html("components/marks.html", user=user, paper=paper, kept=kept, seen=seen)
        return html.strip()
