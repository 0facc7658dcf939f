"""What the texts about a paper say of its venue, its code and pages, its authors' institutions and its keywords.

Each as it was found, with the line it stands in. Nothing is checked: the words are the authors' or the digest's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from app.catalog.claims import LinkKind, find_links, find_venues
from app.models import Entry, PaperVersion


class FactKind(StrEnum):
    """What a fact is about."""

    VENUE = "venue"
    CODE = "code"
    PROJECT = "project"
    LINK = "link"
    AFFILIATION = "affiliation"
    KEYWORD = "keyword"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was found: a field of an entry, and its line in the digest's original if that is known."""

    entry: Entry
    field: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something found, and every place where it was."""

    kind: FactKind
    value: str
    origins: tuple[Origin, ...] = ()


MOST_KEYWORDS = 24
LONGEST_KEYWORD = 60
LONGEST_VALUE = 160
_LINKS = {LinkKind.CODE: FactKind.CODE, LinkKind.PROJECT: FactKind.PROJECT, LinkKind.OTHER: FactKind.LINK}
_TAG = re.compile(r"<[^<>]{0,300}>")
_LABEL = r"^[\s>*#•·-]*+(?:[（(]?\d{1,2}[.、:：）)]?\s*+)?\**+(?:%s)\**+\s*+[:：]\s*+\**+\s*+(?P<value>\S.*)$"
_AFFILIATION = re.compile(
    _LABEL
    % r"affiliations?|(?:第一|论文)?作者(?:的|所在|所属|隶属|们的)?(?:单位|机构)|(?:所属|隶属|所在)?(?:单位|机构)|隶属",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(_LABEL % r"key\s?words?|关键词|关键字", re.IGNORECASE)
_UNSAID = re.compile(
    r"x{3,}|填写|未提及|未提供|未知|未明确|补充|待查|无法|不详|placeholder|not (?:mentioned|provided|specified|available)|^(?:无|none|n/?a|-+)\W*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:(?<!\s)\s++)?(?:[、,，;；|]|等?。(?:英文关键词[为是]?[:：]?)?)\s*+")


def facts_of(version: PaperVersion, entries: Sequence[Entry]) -> list[Fact]:
    """All that is found: what the authors say first, then what the digests say, newest first; each value once."""
    found: dict[tuple[FactKind, str], tuple[str, list[Origin]]] = {}
    for kind, value, origin in (*_of_authors(version, entries), *_of_digests(entries)):
        _, origins = found.setdefault((kind, value.casefold()), (value, []))
        if origin:
            origins.append(origin)
    facts = [Fact(kind, value, tuple(origins)) for (kind, _), (value, origins) in found.items()]
    return sorted(facts, key=lambda fact: list(FactKind).index(fact.kind))


def grouped(facts: Sequence[Fact]) -> list[tuple[FactKind, list[tuple[list[str], tuple[Origin, ...]]]]]:
    """By kind; the values that stand in the same places together with these."""
    groups: dict[FactKind, dict[tuple[tuple[int, int], ...], tuple[list[str], tuple[Origin, ...]]]] = {}
    for fact in facts:
        places = tuple((origin.entry.digest_id, origin.line) for origin in fact.origins)
        groups.setdefault(fact.kind, {}).setdefault(places, ([], fact.origins))[0].append(fact.value)
    return [(kind, list(rows.values())) for kind, rows in groups.items()]


Found = tuple[FactKind, str, Origin | None]


def _of_authors(version: PaperVersion, entries: Sequence[Entry]) -> Iterator[Found]:
    comment, abstract = (_origin(version, entries, field) for field in ("comment", "abstract"))
    for venue in find_venues(version.comment):
        yield FactKind.VENUE, venue, comment
    for text, origin in ((version.comment, comment), (version.abstract, abstract)):
        for link in find_links(text):
            yield _LINKS[link.kind], link.url, origin


def _origin(version: PaperVersion, entries: Sequence[Entry], field: str) -> Origin | None:
    """The entry whose words the version's are; they may have come from a digest that is no more."""
    for entry in entries:
        if entry.digest_id == version.digest_id and entry.version_id == version.id and field in entry.lines:
            return Origin(entry, field, entry.lines[field][0])
    return None


def _of_digests(entries: Iterable[Entry]) -> Iterator[Found]:
    for entry in entries:
        for number, line in enumerate(entry.analysis.split("\n")):
            for kind, value in _labelled(line):
                yield kind, value, Origin(entry, "analysis", _line_of(entry, number))


def _line_of(entry: Entry, number: int) -> int:
    """An analysis is kept as written, so its lines are those of the file."""
    first, last = entry.lines.get("analysis", [entry.first_line, entry.last_line])
    return min(first + number, last)


def _labelled(line: str) -> Iterator[tuple[FactKind, str]]:
    """What follows a label, unless it is there to be filled in."""
    if not _MAY_HOLD.search(line):
        return
    text = unescape(_TAG.sub("", line))
    if found := _AFFILIATION.match(text):
        value = _shown(found["value"])
        if value:
            yield FactKind.AFFILIATION, value
    elif found := _KEYWORDS.match(text):
        for word in _BETWEEN.split(found["value"])[:MOST_KEYWORDS]:
            if value := _shown(word, LONGEST_KEYWORD):
                yield FactKind.KEYWORD, value


_MAY_HOLD = re.compile(r"ffiliation|单位|机构|隶属|[Kk][Ee][Yy]|关键")


def _shown(value: str, longest: int = LONGEST_VALUE) -> str:
    """As it is shown; nothing for what says nothing, or is a story rather than a name."""
    value = value.strip(" \t*.。;；,，、等")
    return "" if len(value) > longest or _UNSAID.search(value) else value
