"""The judged set: queries drawn from the library by chance, each for one paper that a reader would have in mind.

A fragment that many papers hold names none of them, so only those are taken that at most ten do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from random import Random

from app.search import SearchDocument
from bench.search.corpus import Corpus, folded
from bench.search.edits import mistyped
from bench.search.fragments import han_fragments, mixed, sentences
from bench.search.terms import TermPair, mine, says

SEED = 20241207
PER_KIND = 50
MOST_HOLDERS = 10
TRIES = 12
"""Draws from one paper before another one is taken."""


class Kind(StrEnum):
    """What is typed."""

    TITLE = "title fragment"
    AUTHOR = "author and a keyword of the title"
    HAN_2 = "Chinese, 2 characters of the summary"
    HAN_4 = "Chinese, 4 characters"
    HAN_8 = "Chinese, 8 characters"
    MIXED = "Latin and Chinese of one sentence"
    TYPO = "title fragment with a typing error"
    CHINESE_FOR_ENGLISH = "Chinese term, the paper has only the English one"
    ENGLISH_FOR_CHINESE = "English term, the paper has only the Chinese one"


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the one paper that is wanted."""

    kind: Kind
    text: str
    paper_id: int
    holders: int
    """How many papers hold what was drawn, the wanted one among them."""


Drawn = tuple[str, int]
"""A text, and how many papers hold it."""
Draw = Callable[[int, Random], Drawn | None]


def draw(documents: Sequence[SearchDocument], seed: int = SEED, per_kind: int = PER_KIND) -> list[Judged]:
    """The same documents and seed give the same queries."""
    corpus = Corpus(documents)
    return [judged for kind, how in _draws(corpus).items() for judged in _of_kind(corpus, kind, how, seed, per_kind)]


def _of_kind(corpus: Corpus, kind: Kind, how: Draw, seed: int, wanted: int) -> Iterator[Judged]:
    source = Random(f"{seed} {kind}")  # noqa: S311
    places = source.sample(range(len(corpus.documents)), len(corpus.documents))
    seen: set[str] = set()
    for place in places:
        found = _first(how, place, source)
        if found and found[0] not in seen:
            seen.add(found[0])
            yield Judged(kind, found[0], corpus.documents[place].paper_id, found[1])
        if len(seen) == wanted:
            return


def _first(how: Draw, place: int, source: Random) -> Drawn | None:
    """The first of some draws that few enough papers hold."""
    drawn = (how(place, source) for _ in range(TRIES))
    return next((found for found in drawn if found and 1 <= found[1] <= MOST_HOLDERS), None)


def _draws(corpus: Corpus) -> dict[Kind, Draw]:
    pairs = mine(corpus)
    return {
        Kind.TITLE: partial(_title, corpus),
        Kind.AUTHOR: partial(_author, corpus),
        Kind.HAN_2: partial(_han, corpus, 2),
        Kind.HAN_4: partial(_han, corpus, 4),
        Kind.HAN_8: partial(_han, corpus, 8),
        Kind.MIXED: partial(_mixed, corpus),
        Kind.TYPO: partial(_typo, corpus, {word for title in corpus.titles for word in title.split()}),
        Kind.CHINESE_FOR_ENGLISH: partial(_chinese_for_english, corpus, pairs),
        Kind.ENGLISH_FOR_CHINESE: partial(_english_for_chinese, corpus, pairs),
    }


def _title(corpus: Corpus, place: int, source: Random, most: int = 5) -> Drawn | None:
    words = corpus.documents[place].title.split()
    if len(words) < 2:
        return None
    length = min(source.randint(2, most), len(words))
    start = source.randint(0, len(words) - length)
    text = " ".join(words[start : start + length]).strip(" .,:;?!-–—\"'")
    return text, sum(folded(text) in title for title in corpus.titles)


def _author(corpus: Corpus, place: int, source: Random) -> Drawn | None:
    """The surname or all of the name, with a longer word of the title."""
    document = corpus.documents[place]
    words = [word for word in corpus.titles[place].split() if len(word) > 4 and word.isalpha()]
    if not document.authors or not words:
        return None
    author = source.choice(document.authors)
    name, word = source.choice((author, author.split()[-1])), source.choice(words)
    held = (folded(name) in a and word in t for a, t in zip(corpus.authors, corpus.titles, strict=True))
    return f"{name} {word}", sum(held)


def _han(corpus: Corpus, length: int, place: int, source: Random) -> Drawn | None:
    pieces = han_fragments("\n".join(corpus.documents[place].summaries), length)
    if not pieces:
        return None
    piece = source.choice(pieces)
    return piece, corpus.holders(piece)


def _mixed(corpus: Corpus, place: int, source: Random) -> Drawn | None:
    of_summaries = [sentence for text in corpus.documents[place].summaries for sentence in sentences(text)]
    found = mixed(source.choice(of_summaries), source) if of_summaries else None
    return (found[0], _holding(corpus, *found[1])) if found else None


def _typo(corpus: Corpus, known: set[str], place: int, source: Random) -> Drawn | None:
    """One edit in a word of five letters or more; what it gives is no word of another title."""
    drawn = _title(corpus, place, source, most=4)
    words = drawn[0].split() if drawn else []
    long = [number for number, word in enumerate(words) if len(word) > 4 and word.isascii() and word.isalpha()]
    if not drawn or not long:
        return None
    number = source.choice(long)
    words[number] = mistyped(words[number].lower(), source)
    return (" ".join(words), drawn[1]) if words[number] not in known else None


def _chinese_for_english(corpus: Corpus, pairs: Sequence[TermPair], place: int, source: Random) -> Drawn | None:
    """A term of the English title in Chinese, which the paper says nowhere; with a word of the title if it has to be."""
    title, text = corpus.titles[place], corpus.texts[place]
    usable = [pair for pair in pairs if says(title, pair.english) and pair.chinese not in text]
    if not usable:
        return None
    pair = source.choice(usable)
    titles = [other for other in corpus.titles if says(other, pair.english)]
    if len(titles) <= MOST_HOLDERS:
        return pair.chinese, len(titles)
    words = [word for word in title.split() if len(word) > 4 and word.isalpha() and word not in pair.english.split()]
    word = source.choice(words) if words else ""
    return (f"{pair.chinese} {word}", sum(word in other for other in titles)) if word else None


def _english_for_chinese(corpus: Corpus, pairs: Sequence[TermPair], place: int, source: Random) -> Drawn | None:
    """A term of the Chinese texts in English, which the paper says nowhere; with other Chinese if it has to be."""
    text, summary = corpus.texts[place], "\n".join(corpus.documents[place].summaries)
    usable = [pair for pair in pairs if pair.chinese in text and not says(text, pair.english)]
    if not usable:
        return None
    pair = source.choice(usable)
    if (held := corpus.holders(pair.chinese)) <= MOST_HOLDERS:
        return pair.english, held
    pieces = [piece for piece in han_fragments(summary, 4) if piece not in pair.chinese]
    piece = source.choice(pieces) if pieces else ""
    return (f"{piece} {pair.english}", _holding(corpus, pair.chinese, piece)) if piece else None


def _holding(corpus: Corpus, *parts: str) -> int:
    wanted = [folded(part) for part in parts]
    return sum(all(part in text for part in wanted) for text in corpus.texts)
