"""Cards as HTML. A list is put together from them.

Of a search only the title, the summary, the passages and perhaps the authors have anything marked; all else of a card is
the same whatever is sought, and made once.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import catalog, markup
from app.catalog import Card, Listing, PaperFilter
from app.catalog.card import Snippet
from app.i18n import current_language
from app.models import library_version
from app.remembering import Memory
from app.search import Field, Question, highlight
from app.web.language import lang_attribute
from app.web.pieces import LISTED, MARKS, CardKey, Framed, Pieces, Shown, ShownPaper
from app.web.rendering import render_html

_TITLE, _SUMMARY, _PASSAGES, _FOUND_IN, _LANG, _TEXT = (
    f"\ue000{name}\ue000" for name in ("title", "summary", "passages", "found in", "lang", "text")
)
"""Stand in a frame for what is put into it."""
Value = TypeVar("Value")


def show_papers(session: Session, pieces: Pieces, paper_ids: Sequence[int], wanted: PaperFilter) -> list[Shown]:
    """The cards of these papers, in this order, each with the entry that fits what is wanted."""

    def make(missing: Sequence[int]) -> Iterable[tuple[int, Shown]]:
        cards = catalog.load_cards(session, missing, wanted)
        return [(card.paper.id, _show(card, _plain(card))) for card in cards]

    return _remembered(session, pieces.cards, paper_ids, wanted, make)


def show_listing(
    session: Session, pieces: Pieces, listing: Listing, first: int = 0, end: int | None = None
) -> list[Shown]:
    """The cards of a listing, or those of them from `first`, counted from 0, up to but not `end`; of a search with its
    words marked."""
    sought, wanted = listing.answer.question, listing.filter
    paper_ids = listing.paper_ids[first:end]
    if not sought.is_scored:
        return show_papers(session, pieces, paper_ids, wanted)

    def make(missing: Sequence[int]) -> Iterable[tuple[int, Framed]]:
        cards = catalog.load_cards(session, missing, wanted, with_texts=True)
        return [(card.paper.id, Framed(card, _show(card, _FRAME).html)) for card in cards]

    framed = _remembered(session, pieces.framed, paper_ids, wanted, make)
    return [_show_found(catalog.with_snippets(one.card, sought), one.html, sought) for one in framed]


def _remembered(
    session: Session,
    memory: Memory[CardKey, Value],
    paper_ids: Sequence[int],
    wanted: PaperFilter,
    make: Callable[[Sequence[int]], Iterable[tuple[int, Value]]],
) -> list[Value]:
    """What is known of these papers, in their order; what is not is made. What a card shows depends on no other part of
    the filter than these."""
    version = library_version(session)
    keys = {paper_id: CardKey(paper_id, wanted.topics, wanted.period, current_language()) for paper_id in paper_ids}
    found = memory.find(version, keys.values())
    if missing := [paper_id for paper_id, key in keys.items() if key not in found]:
        made = {keys[paper_id]: value for paper_id, value in make(missing)}
        memory.keep(version, made)
        found |= made
    return [found[keys[paper_id]] for paper_id in paper_ids if keys[paper_id] in found]


class _Texts(NamedTuple):
    """What of a card is not always the same, as HTML."""

    title: str
    summary: str
    passages: str = ""
    found_in: str = ""
    authors: Sequence[str] = ()
    """Only where some name is marked."""


_FRAME = _Texts(_TITLE, _SUMMARY, _PASSAGES, _FOUND_IN)


def _show(card: Card, texts: _Texts) -> Shown:
    paper = card.paper
    names = texts.authors or [markup.render_math(author.name) for author in paper.authors]
    html = render_html(
        "components/card.html",
        card=card,
        names=list(map(Markup, names)),
        listed=LISTED,
        marks=MARKS,
        **{name: Markup(getattr(texts, name)) for name in ("title", "summary", "passages", "found_in")},  # noqa: S704
    )
    return Shown(ShownPaper(paper.id, paper.key), html)


def _plain(card: Card) -> _Texts:
    return _Texts(markup.render_math(card.paper.title), markup.render_math(card.entry.summary if card.entry else ""))


def _show_found(card: Card, frame: str, sought: Question) -> Shown:
    texts = _marked(card, sought)
    if texts.authors:
        return _show(card, texts)
    html = frame.replace(_TITLE, texts.title).replace(_SUMMARY, texts.summary)
    html = html.replace(_PASSAGES, texts.passages).replace(_FOUND_IN, texts.found_in)
    return Shown(ShownPaper(card.paper.id, card.paper.key), html)


def _marked(card: Card, sought: Question) -> _Texts:
    def mark(text: str, field: Field) -> str:
        return markup.render_marked(highlight(text, sought, field))

    return _Texts(
        mark(card.paper.title, Field.TITLE),
        mark(card.entry.summary, Field.SUMMARY) if card.entry else "",
        "".join(map(_passage, card.snippets)),
        _found_in(current_language(), tuple(card.found_in)),
        [mark(author.name, Field.AUTHOR) for author in card.paper.authors] if "authors" in card.found_in else (),
    )


def _passage(found: Snippet) -> str:
    frame = _passage_frame(current_language(), found.field)
    return frame.replace(_LANG, lang_attribute(found.text)).replace(_TEXT, markup.render_marked(found.fragments))


@lru_cache(maxsize=64)
def _passage_frame(_language: str, field: str) -> str:
    """There are few fields, and a template takes as long as all else that is done for a card."""
    return render_html("components/passage.html", field=field, lang=Markup(_LANG), text=Markup(_TEXT))  # noqa: S704


@lru_cache(maxsize=1024)
def _found_in(_language: str, fields: tuple[str, ...]) -> str:
    return render_html("components/found_in.html", fields=fields) if fields else ""
