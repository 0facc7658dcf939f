"""Cards as HTML, made once for each version of the library and language; a list is put together from them.

A card says the same to every reader. What belongs to the one who reads, and the list that one comes from, is put in later.
"""

import secrets
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, NamedTuple

from fastapi import Request
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import catalog
from app.catalog import Card, Listing, PaperFilter
from app.i18n import current_language, gettext
from app.models import library_version
from app.remembering import Memory
from app.search import Question
from app.web.rendering import render_component, render_html
from app.web.urls import list_query

MOST_PIECES = 10_000
"""Some two kilobytes each."""
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

    def within(self, address: str, marks: str) -> str:
        """With the address of the list it stands in, so that the paper's page can lead back, and its reader's marks."""
        return self.html.replace(LISTED, list_query(address)).replace(MARKS, marks)


class Pieces(Memory[Hashable, Any]):
    """Pieces of pages."""

    def __init__(self) -> None:
        super().__init__(MOST_PIECES)

    def of(self, version: int, key: Hashable, make: Callable[[], str]) -> Markup:
        """One piece, made if there is none."""
        found = self.find(version, [key])
        if key not in found:
            found = {key: Markup(make())}  # noqa: S704  (rendered by a template)
            self.keep(version, found)
        piece: Markup = found[key]
        return piece


class Marks:
    """Puts cards together with what their reader says of each paper of a page: whether they keep it, and have read it.

    There are but four ways to say it, so a page renders each of them once, of a paper whose id is put in afterwards.
    """

    def __init__(self, request: Request, kept: Collection[int], seen: Collection[int], here: str) -> None:
        self._request, self._kept, self._seen, self._here = request, kept, seen, here
        self._made: dict[tuple[bool, bool], str] = {}

    def on(self, cards: Sequence[Shown], listed: str = "") -> Markup:
        """The cards, whole; `listed` is the address of their list, if it is one that a paper's page can turn to."""
        whole = [card.within(listed, self._of(card.paper.id)) for card in cards]
        return Markup("\n".join(whole))  # noqa: S704  (rendered by templates)

    def _of(self, paper_id: int) -> str:
        state = paper_id in self._kept, paper_id in self._seen
        if state not in self._made:
            self._made[state] = self._make(*state)
        return self._made[state].replace(_ANY_ID, str(paper_id))

    def _make(self, is_kept: bool, is_seen: bool) -> str:
        kept, seen = ({_ANY_ID} if is_so else set() for is_so in (is_kept, is_seen))
        response = render_component(
            self._request, "marks", paper={"id": _ANY_ID}, kept=kept, seen=seen, next=self._here
        )
        return bytes(response.body).decode().strip()


def show_listing(session: Session, pieces: Pieces, listing: Listing) -> list[Shown]:
    """The cards of a listing; of a search they are made anew, with its words marked."""
    sought = listing.answer.question
    if sought.is_scored:
        cards = catalog.load_cards(session, listing.paper_ids, listing.filter, sought)
        return [_show(card, sought) for card in cards]
    return show_papers(session, pieces, listing.paper_ids, listing.filter)


def show_papers(session: Session, pieces: Pieces, paper_ids: Sequence[int], wanted: PaperFilter) -> list[Shown]:
    """The cards of these papers, in this order, each with the entry that fits what is wanted."""
    version = library_version(session)
    # What a card shows depends on no other part of the filter.
    keys: dict[int, Hashable] = {
        paper_id: (paper_id, wanted.topics, wanted.period, current_language()) for paper_id in paper_ids
    }
    found = pieces.find(version, list(keys.values()))
    missing = [paper_id for paper_id, key in keys.items() if key not in found]
    if missing:
        made = {keys[card.paper.id]: _show(card) for card in catalog.load_cards(session, missing, wanted)}
        pieces.keep(version, made)
        found |= made
    return [found[keys[paper_id]] for paper_id in paper_ids if keys[paper_id] in found]


def _show(card: Card, sought: Question | None = None) -> Shown:
    paper = card.paper
    found_in = gettext(", ").join(map(gettext, card.found_in))
    html = render_html("components/card.html", card=card, sought=sought, found_in=found_in, listed=LISTED, marks=MARKS)
    return Shown(ShownPaper(paper.id, paper.key), html)
