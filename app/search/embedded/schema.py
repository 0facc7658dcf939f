"""What the index holds of a paper, and how a document is written down in it.

`all` decides whether a paper matches, without positions and so cheaply. The named fields decide how well, and settle
phrases. Nothing is stored: the library has it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

from tantivy import Document, Schema, SchemaBuilder

from app.search.clauses import whole
from app.search.index import FACETS, Appearance, SearchDocument
from app.search.spans import beginnings
from app.search.words import Words, read_words

BOOSTS = {
    "ids": 12.0,
    "title": 8.0,
    "authors": 5.0,
    "tags": 4.0,
    "summary": 3.0,
    "key_points": 2.0,
    "abstract": 1.5,
    "analysis": 1.0,
}
"""The named fields, and how much a match in each of them says."""
OPENED = ("ids", "title", "authors", "tags", "summary")
"""Fields in which the beginning of a word says how well a paper matches: in long texts nearly every one is found."""
LONGEST_OPENING = 3
"""So few letters begin so many words that to look all of them up takes long: they are terms of their own, of the field
`opening`. Four begin few enough."""
FIRST_HAN = "\u1100"
NAMES = ("tag_key", "topic_key", "venue_key")
"""Names as nothing but their words, as `tag:` and the like ask for them."""

COUNTED = (*(name for name in FACETS if name != "author"), "author_key")
"""Columns that are counted; names of authors stand in one as numbers."""

GAP = "|"
"""A position that no word ever fills, so that no phrase reaches from one value into the next."""
LONGEST_TERM = 1_000
SAMPLES = 64
"""Every paper is in one of so many samples of the library."""
LARGEST_ID = 2**39 - 1
EPOCH = date(1970, 1, 1)


def build_schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_integer_field("paper_id", indexed=True, fast=True)
    for name in ("all", "opening"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("whole_title", "name", "appearance", *NAMES):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in COUNTED)
    builder.add_integer_field("author_key", indexed=True, fast=True)
    builder.add_integer_field("sample", indexed=True)
    for name in ("newest", "oldest"):
        builder.add_integer_field(name, fast=True)
    builder.add_float_field("recency", fast=True)
    return builder.build()


def to_document(paper: SearchDocument) -> Document:
    document = Document()
    document.add_integer("paper_id", paper.paper_id)
    _add_words(document, paper)
    _add_filters(document, paper)
    _add_days(document, paper)
    return document


def term(value: str) -> str:
    """A value as an exact term: what cannot be written is replaced, what is endless is cut."""
    return value[:LONGEST_TERM].encode("utf-8", "replace").decode()


def author_key(name: str) -> int:
    """A number that stands for a name, 64 bits of its hash: there are so many names that to count them as text is dear.

    Two of a million names have the same one with a chance of 3 in a hundred million.
    """
    return int.from_bytes(blake2b(term(name).encode(), digest_size=8).digest(), signed=True)


def author_term(name: str) -> str:
    """A name behind its number, so that the number leads to the name."""
    return term(author_prefix(author_key(name)) + name)


def author_prefix(key: int) -> str:
    return f"{key & 2**64 - 1:016x}"


def author_name(written: str) -> str:
    """The name in a term of the field `author`."""
    return written[16:]


def appearance_term(day: str, topic: str) -> str:
    """The day may be only its beginning, and the topic nothing, for "any"."""
    return term(f"{day}|{topic}")


def _add_words(document: Document, paper: SearchDocument) -> None:
    texts = {
        "ids": paper.ids,
        "title": (paper.title,),
        "authors": paper.authors,
        "tags": paper.tags,
        "summary": paper.summaries,
        "key_points": paper.key_points,
        "abstract": (paper.abstract,),
        "analysis": paper.analyses,
    }
    found: set[str] = set()
    openings: set[str] = set()
    for name, values in texts.items():
        read = list(map(read_words, values))
        document.add_text(name, _in_sequence(read))
        for value in read:
            found.update(value.in_a_row, value.joined, value.characters)
        if name in OPENED:
            openings.update(_openings(name, read))
    openings.update(opening("all", beginning) for beginning in _beginnings(found))
    document.add_text("all", " ".join(found))
    document.add_text("opening", " ".join(openings))
    document.add_text("whole_title", term(whole(paper.title)))


def opening(name: str, beginning: str) -> str:
    """As a term, that a word of this field begins so."""
    return f"{name}^{beginning}"


def is_opening(beginning: str) -> bool:
    """Whether it stands in the index as a term. Of Han every character does so anyway."""
    return len(beginning) <= LONGEST_OPENING and beginning < FIRST_HAN


def _openings(name: str, values: list[Words]) -> Iterator[str]:
    return (opening(name, beginning) for value in values for beginning in _beginnings(value.in_a_row + value.joined))


def _beginnings(words: Iterable[str]) -> set[str]:
    latin = [word for word in words if word < FIRST_HAN]
    return {word[:length] for word in latin for length in range(1, LONGEST_OPENING + 1)}


def _in_sequence(values: list[Words]) -> str:
    """Every word at its position, then, apart, the compounds as one word."""
    apart = [" ".join(value.in_a_row) for value in values] + [joined for value in values for joined in value.joined]
    return f" {GAP} ".join(apart)


def _add_filters(document: Document, paper: SearchDocument) -> None:
    topics = [a.topic for a in paper.appearances if a.topic]
    for name, values in (("tag", paper.tags), ("topic", topics), ("venue", paper.venues)):
        _add_terms(document, name, values)
        _add_terms(document, f"{name}_key", map(whole, values))
    _add_terms(document, "author", map(author_term, paper.authors))
    for number in set(map(author_key, paper.authors)):
        document.add_integer("author_key", number)
    document.add_integer("sample", paper.paper_id % SAMPLES)
    _add_terms(document, "name", (key for known in paper.ids if (key := whole(known))))
    _add_terms(document, "quality", paper.qualities)
    _add_terms(document, "month", (a.day.isoformat()[:7] for a in paper.appearances))
    _add_terms(document, "appearance", (t for a in paper.appearances for t in _appearance_terms(a)))
    _add_terms(document, "has", paper.features)


def _add_terms(document: Document, name: str, values: Iterable[str]) -> None:
    for value in {term(value) for value in values}:
        document.add_text(name, value)


def _appearance_terms(appearance: Appearance) -> Iterator[str]:
    for topic in {"", appearance.topic or ""}:
        yield from (appearance_term(beginning, topic) for beginning in beginnings(appearance.day))


def _add_days(document: Document, paper: SearchDocument) -> None:
    """Papers without a day come last whichever way they are put; those of one day stand in order of their ids."""
    newest = max((a.day for a in paper.appearances), default=None)
    document.add_integer("newest", _day_and_id(newest or date.min, -paper.paper_id))
    document.add_integer("oldest", _day_and_id(newest or date.max, paper.paper_id))
    document.add_float("recency", max(0, (newest or EPOCH).toordinal() - EPOCH.toordinal()) / 1_000_000)


def _day_and_id(day: date, paper_id: int) -> int:
    """Two keys in one number: the day, and within it the id (which is below 2**39 in any library there will be)."""
    return (day.toordinal() << 40) + max(-LARGEST_ID, min(paper_id, LARGEST_ID))
