"""What readers ask, by chance and in fixed shares, in the words of generated papers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from app.search import SearchDocument, SearchOrder, SearchQuery
from bench.search.corpus import HAN_RUN
from bench.search.edits import mistyped
from bench.search.fragments import han_fragments, mixed, sentences
from bench.search.generator import DAYS, LAST_DAY, Generator

LIMIT = 20
DEEPEST = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    query: SearchQuery


def draw(generator: Generator, documents: int, number: int, seed: int) -> list[Asked]:
    """So many questions, the kinds in turn; they are about papers that are in the index."""
    source = Random(f"{seed} questions")  # noqa: S311
    kinds = list(_KINDS.items())
    return [_one(*kinds[place % len(kinds)], generator, documents, source) for place in range(number)]


def _one(kind: str, make: "Make", generator: Generator, documents: int, source: Random) -> Asked:
    while True:
        query = make(generator.document(source.randint(1, documents)), source)
        if query:
            return Asked(kind, query)


Make = Callable[[SearchDocument, Random], SearchQuery | None]


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, limit=LIMIT)


def _words_of(document: SearchDocument, shortest: int = 4) -> list[str]:
    """Latin words of title and abstract, as often as they stand there."""
    words = f"{document.title} {document.abstract}".split()
    return [word for word in words if len(word) >= shortest and word.isascii() and word.isalpha()]


def _word(document: SearchDocument, source: Random, *, shortest: int = 4) -> str | None:
    words = _words_of(document, shortest)
    return source.choice(words) if words else None


def _one_word(document: SearchDocument, source: Random) -> SearchQuery | None:
    word = _word(document, source)
    return _query(f"{word} ") if word else None


def _some_words(document: SearchDocument, source: Random) -> SearchQuery | None:
    words = sorted(set(_words_of(document)))
    return _query(" ".join(source.sample(words, source.randint(2, 3))) + " ") if len(words) > 2 else None


def _prefix(document: SearchDocument, source: Random) -> SearchQuery | None:
    word = _word(document, source, shortest=5)
    return _query(word[: source.randint(2, 5)]) if word else None


def _typo(document: SearchDocument, source: Random) -> SearchQuery | None:
    word = _word(document, source, shortest=6)
    return _query(f"{mistyped(word.lower(), source)} ") if word else None


def _author(document: SearchDocument, source: Random) -> SearchQuery | None:
    name = source.choice(document.authors) if document.authors else ""
    return _query(source.choice((name, name.split()[-1])) + " ") if name else None


def _han(length: int) -> Make:
    def make(document: SearchDocument, source: Random) -> SearchQuery | None:
        pieces = _han_pieces(document, length)
        return _query(source.choice(pieces)) if pieces else None

    return make


def _long_han(document: SearchDocument, source: Random) -> SearchQuery | None:
    pieces = _han_pieces(document, source.randint(4, 8))
    return _query(source.choice(pieces)) if pieces else None


def _han_pieces(document: SearchDocument, length: int) -> list[str]:
    texts = "\n".join((*document.summaries, *document.key_points))
    return (
        han_fragments(texts, length) if length > 1 else HAN_RUN.findall(texts) and list("".join(HAN_RUN.findall(texts)))
    )


def _mixed(document: SearchDocument, source: Random) -> SearchQuery | None:
    said = [sentence for text in (*document.summaries, *document.key_points) for sentence in sentences(text)]
    found = mixed(source.choice(said), source) if said else None
    return _query(found[0]) if found else None


def _phrase(document: SearchDocument, source: Random) -> SearchQuery | None:
    words = document.title.split()
    length = source.randint(2, 4)
    start = source.randint(0, max(0, len(words) - length))
    text = " ".join(words[start : start + length]).replace('"', "")
    return _query(f'"{text}"') if len(words) >= length else None


def _filtered(document: SearchDocument, source: Random) -> SearchQuery | None:
    word = _word(document, source)
    if not word or not document.appearances or not document.tags:
        return None
    topic, tag = document.appearances[0].topic, source.choice(document.tags)
    since = LAST_DAY - timedelta(days=source.randrange(DAYS))
    return source.choice(
        (
            SearchQuery(f"{word} ", topics=(topic,) if topic else (), limit=LIMIT),
            SearchQuery(f"{word} ", tags=(tag,), limit=LIMIT),
            SearchQuery(f"{word} ", since=since, limit=LIMIT),
        )
    )


def _by_date(document: SearchDocument, source: Random) -> SearchQuery:
    topic = document.appearances[0].topic if document.appearances and source.random() < 0.5 else None
    return SearchQuery("", topics=(topic,) if topic else (), order=SearchOrder.NEWEST, limit=LIMIT)


def _deep(document: SearchDocument, source: Random) -> SearchQuery | None:
    word = _word(document, source)
    return SearchQuery(f"{word} ", offset=source.randrange(100, DEEPEST), limit=LIMIT) if word else None


_KINDS: dict[str, Make] = {
    "word": _one_word,
    "two or three words": _some_words,
    "prefix": _prefix,
    "typing error": _typo,
    "author": _author,
    "Chinese, 1 character": _han(1),
    "Chinese, 2": _han(2),
    "Chinese, 4 to 8": _long_han,
    "Latin and Chinese": _mixed,
    "phrase": _phrase,
    "word and filter": _filtered,
    "empty, by date": _by_date,
    "deep page": _deep,
}


def kinds() -> Iterator[str]:
    return iter(_KINDS)
