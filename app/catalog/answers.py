"""A search as its reader sees it: what was understood, what was searched as well, and why nothing was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.search import Question, ask, pieces
from app.search.expanding import Widened
from app.search.question import Node, Piece
from app.search.words import places

MOST_BLAMED = 8
"""Parts of a question that are left out in turn."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A part of a question, and how many papers there are without it."""

    text: str
    rest: str
    """The question without that part, as it would be typed."""
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say of a search beside its papers."""

    question: Question = field(default_factory=Question)
    also: Sequence[Widened] = ()
    """Words as they were typed, and others that mean the same and were searched as well."""
    corrections: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words that are hardly ever written so, and the words like them that were searched as well."""
    suspects: Sequence[Suspect] = ()
    """When nothing was found: the parts without which something is, most papers first."""
    is_exact: bool = True
    """Whether the total is the number of papers; else there are at least so many."""
    behind: int = 0
    """Papers that the index has not seen yet, or not as they are now."""

    def instead(self, typed: str, word: str, other: str) -> str:
        """What was typed, with another word in place of this one."""
        for place in reversed(places(typed)):
            if place.word == word:
                typed = typed[: place.start] + other + typed[place.end :]
        return typed


def find_suspects(typed: str, count: Callable[[str], int]) -> list[Suspect]:
    """Leave out one part after the other, to see which of them emptied the list. `count` says what a text would find.

    A part is passed over if the others mean something else without it: what stood behind it may begin a word then.
    """
    found = pieces(typed)
    if len(found) < 2:
        return []
    suspects = [
        Suspect(piece.text, piece.rest, count(piece.rest))
        for place, piece in enumerate(found[:MOST_BLAMED])
        if ask(piece.rest).nodes == _asked_by(found[:place] + found[place + 1 :])
    ]
    return sorted((suspect for suspect in suspects if suspect.total), key=lambda suspect: -suspect.total)


def _asked_by(parts: Sequence[Piece]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(node for part in parts for node in part.nodes))
