"""How a document is written down for the server."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from app.search.clauses import whole
from app.search.index import Appearance, SearchDocument
from app.search.meilisearch.checking import in_plain
from app.search.meilisearch.encoding import EVERY, in_sequence, is_plain, token, value
from app.search.meilisearch.settings import EDGES, LONGEST_WITHOUT_TYPO, MORE, PLAIN, SPELLED
from app.search.spans import beginnings
from app.search.words import Run, runs

BEFORE_AN_EDGE = 3
"""Words in front of a Han run's first character: as far as the server looks at the order of a phrase."""

Written = dict[str, Any]


def written(paper: SearchDocument) -> Written:
    """All the server holds of a paper."""
    texts = {name: [list(runs(text)) for text in values if text] for name, values in _texts(paper).items()}
    rows = {name: [" ".join(in_sequence(read)) for read in values] for name, values in texts.items()}
    plain = {PLAIN[name]: [in_plain(read) for read in values] for name, values in texts.items()}
    every = [read for values in texts.values() for read in values]
    return {"paper_id": paper.paper_id, **rows, **plain, **_hidden(every), **_values(paper), **_day(paper)}


def appearance_value(day: str, topic: str) -> str:
    """The day may be only its beginning, and the topic nothing, for "any"."""
    return value(f"{day}|{topic}")


def _texts(paper: SearchDocument) -> dict[str, tuple[str, ...]]:
    return {
        "ids": paper.ids,
        "title": (paper.title,),
        "authors": paper.authors,
        "tags": paper.tags,
        "summary": paper.summaries,
        "key_points": paper.key_points,
        "abstract": (paper.abstract,),
        "analysis": paper.analyses,
    }


def _hidden(texts: list[list[Run]]) -> Written:
    all_runs = [run for text in texts for run in text]
    joined = {run.joined for run in all_runs if run.joined}
    words = {word for run in all_runs if not run.is_han for word in run.parts} | joined
    single = {character for run in all_runs if run.is_han for character in run.parts}
    return {
        MORE: [EVERY, *sorted(map(token, joined | single))],
        EDGES: sorted({edge for text in texts for edge in _edges(text)}),
        SPELLED: sorted(word for word in map(token, words) if _may_be_misspelled(word)),
    }


def _may_be_misspelled(word: str) -> bool:
    return is_plain(word) and len(word) >= LONGEST_WITHOUT_TYPO and not word.isdigit()


def _edges(text: list[Run]) -> Iterator[str]:
    before: list[str] = []
    for run in text:
        if run.is_han and before:
            yield " ".join([*before, token(run.parts[0])])
        before = [*before, *map(token, run.words)][-BEFORE_AN_EDGE:]


def _values(paper: SearchDocument) -> Written:
    topics = [a.topic for a in paper.appearances if a.topic]
    return {
        "tag": _each(paper.tags),
        "tag_key": _each(map(whole, paper.tags)),
        "topic": _each(topics),
        "topic_key": _each(map(whole, topics)),
        "venue": _each(paper.venues),
        "venue_key": _each(map(whole, paper.venues)),
        "author": _each(paper.authors),
        "name": _each(map(whole, paper.ids)),
        "quality": _each(paper.qualities),
        "month": _each(a.day.isoformat()[:7] for a in paper.appearances),
        "appearance": sorted({written for a in paper.appearances for written in _beginnings(a)}),
        "has": _each(paper.features),
    }


def _each(values: Iterable[str]) -> list[str]:
    return sorted({value(one) for one in values if one})


def _beginnings(appearance: Appearance) -> Iterator[str]:
    for topic in {"", appearance.topic or ""}:
        yield from (appearance_value(beginning, topic) for beginning in beginnings(appearance.day))


def _day(paper: SearchDocument) -> Written:
    """Its newest; papers without one are put last by the server, whichever way it sorts."""
    newest: date | None = max((a.day for a in paper.appearances), default=None)
    return {"day": newest.toordinal()} if newest else {}
