"""As many papers as asked for, made of the sentences of real ones: the same number and seed always make the same paper.

Real text never stops bringing new words: after n of them there are about K·n^β different ones (Heaps' law). Sentences put
together anew bring none, so made-up words are put into them at the rate at which the library itself brought new ones.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from app.search import Appearance, SearchDocument
from bench.search.corpus import HAN
from bench.search.invention import Heaps, invent_han, invent_word

LAST_DAY = date(2024, 12, 31)
DAYS = 5 * 365
REUSED = 3
"""Made-up words of earlier papers that a paper takes up again."""
LATIN = Heaps(15.9, 0.543, per_document=268)
PAIRS = Heaps(10.25, 0.635, per_document=1424)
"""As measured on the 581 papers of the shared digests: 10,468 words among 155,466, and 58,675 pairs among 827,209."""
PAIRS_OF_A_WORD = 3
"""A word of two characters, put between others, makes so many new pairs."""

_ENGLISH_END = re.compile(r"(?<=[.!?])\s+")
_CHINESE_END = re.compile(r"(?<=[。；！？\n])")
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])(?=[{HAN}])")


class Generator:
    def __init__(self, documents: Sequence[SearchDocument], seed: int = 20241207) -> None:
        self._models, self._seed = [document for document in documents if document.title], seed
        self._titles = [document.title.split() for document in self._models]
        self._abstracts = _pool((document.abstract for document in documents), _ENGLISH_END)
        self._summaries = _pool((text for document in documents for text in document.summaries), _CHINESE_END)
        self._analyses = _pool((text for document in documents for text in document.analyses), _CHINESE_END)
        self._points = [point for document in documents for point in document.key_points] or [""]
        self._names = [author.split() for document in documents for author in document.authors if author] or [["N. N."]]
        self._tags = [tag for document in documents for tag in document.tags] or ["tag"]
        self._topics = [appearance.topic for document in documents for appearance in document.appearances] or [None]
        self._characters = sorted({character for text in self._summaries for character in re.findall(f"[{HAN}]", text)})

    def documents(self, number: int) -> Iterator[SearchDocument]:
        return map(self.document, range(1, number + 1))

    def document(self, number: int) -> SearchDocument:
        """The paper of this number: as long as a real one, its sentences from all of them."""
        source = Random(f"{self._seed}:{number}")  # noqa: S311
        model = source.choice(self._models)
        latin, han = self._made_up(number, source)
        few, han = han[:2], han[2:]
        abstract = _words_into(self._some(self._abstracts, model.abstract, _ENGLISH_END, source), latin[1:], source)
        return SearchDocument(
            number,
            self._title(latin[0] if latin else "", source),
            ids=(f"{source.randint(2001, 2412)}.{number:05}",),
            authors=tuple(self._author(source) for _ in model.authors),
            abstract=" ".join(abstract),
            summaries=tuple("".join(self._chinese(self._summaries, text, few, source)) for text in model.summaries),
            key_points=tuple(source.choice(self._points) for _ in model.key_points),
            analyses=tuple("".join(self._chinese(self._analyses, text, han, source)) for text in model.analyses),
            tags=tuple({source.choice(self._tags): None for _ in model.tags}),
            appearances=tuple(self._appearance(source) for _ in model.appearances),
            venues=model.venues,
            has_code=model.has_code,
            has_figures=model.has_figures,
            qualities=model.qualities,
        )

    def _made_up(self, number: int, source: Random) -> tuple[list[str], list[str]]:
        """The words that this paper brings, and some that earlier ones brought, the early ones most often."""
        real = len(self._models)
        latin = [invent_word(place) for place in LATIN.taken_by(number, real, REUSED, source)]
        if not self._characters:
            return latin, []
        places = PAIRS.taken_by(number, real, REUSED * PAIRS_OF_A_WORD, source)[::PAIRS_OF_A_WORD]
        return latin, [invent_han(place, self._characters) for place in places]

    def _title(self, made_up: str, source: Random) -> str:
        first, second = source.choice(self._titles), source.choice(self._titles)
        words = [*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]]
        return f"{made_up.capitalize()}: {' '.join(words)}" if made_up and source.random() < 0.3 else " ".join(words)

    def _author(self, source: Random) -> str:
        return f"{source.choice(self._names)[0]} {source.choice(self._names)[-1]}"

    def _some(self, pool: Sequence[str], model: str, end: re.Pattern[str], source: Random) -> list[str]:
        """As many sentences as the model has."""
        return source.choices(pool, k=sum(map(bool, map(str.strip, end.split(model)))))

    def _chinese(self, pool: Sequence[str], model: str, made_up: list[str], source: Random) -> list[str]:
        """The made-up words go into the first text that is written, and are then used up."""
        sentences = self._some(pool, model, _CHINESE_END, source)
        while made_up and sentences:
            place = source.randrange(len(sentences))
            sentences[place] = _put_between(sentences[place], made_up.pop(), source)
        return sentences

    def _appearance(self, source: Random) -> Appearance:
        return Appearance(LAST_DAY - timedelta(days=source.randrange(DAYS)), source.choice(self._topics))


def _pool(texts: Iterator[str], end: re.Pattern[str]) -> list[str]:
    return [sentence for text in texts for sentence in end.split(text) if sentence.strip()] or [""]


def _words_into(sentences: list[str], made_up: Sequence[str], source: Random) -> list[str]:
    for word in made_up if sentences else ():
        place = source.randrange(len(sentences))
        words = sentences[place].split(" ")
        words.insert(source.randrange(len(words)), word)
        sentences[place] = " ".join(words)
    return sentences


def _put_between(sentence: str, word: str, source: Random) -> str:
    places = [found.start() for found in _BETWEEN_HAN.finditer(sentence)]
    place = source.choice(places) if places else 0
    return sentence[:place] + word + sentence[place:]
