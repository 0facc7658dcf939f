"""Mark in a text what a question finds there, by the same rule of words as the index. The text itself is never changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice

from app.search.clauses import words_in_a_row
from app.search.grammar import ask
from app.search.question import Clause, Compound, Field, HanRun, Phrase, Prefix, Question, Word
from app.search.standing import stand_there
from app.search.stretches import forms_of, stretches
from app.search.words import Place, places

ELLIPSIS = "…"
_MOST_WEIGHED = 8
"""Matches among which the best passage is looked for."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a text, and whether it is what was asked for."""

    text: str
    is_match: bool = False


def highlight(text: str, sought: Question | str, field: Field | None = None) -> tuple[Fragment, ...]:
    """The whole text in pieces; put together again they are exactly the text.

    Words that were asked for in one field are marked only in a text of that field.
    """
    return tuple(_fragments(text, _matches(text, sought, field), 0, len(text)))


def snippet(text: str, sought: Question | str, width: int = 160, field: Field | None = None) -> tuple[Fragment, ...]:
    """Of the first places where something matches, the stretch with most of them, with "…" where it was cut; nothing if
    nothing matches."""
    spans = _merged(islice(_spans(text, _asked_of(field, sought)), _MOST_WEIGHED))
    if not spans:
        return ()
    start, end = _window(text, spans, width)
    before = [Fragment(ELLIPSIS)] if start > 0 else []
    after = [Fragment(ELLIPSIS)] if end < len(text) else []
    return (*before, *_fragments(text, spans, start, end), *after)


def matches(text: str, sought: Question | str, field: Field | None = None) -> bool:
    """Whether anything that was asked for is in the text."""
    clauses = _asked_of(field, sought)
    answer = stand_there(text, clauses)
    return any(True for _ in _spans(text, clauses)) if answer is None else answer


def _matches(text: str, sought: Question | str, field: Field | None) -> list[Span]:
    """Where something matches, in order; spans that touch or overlap are one."""
    return _merged(_spans(text, _asked_of(field, sought)))


def _asked_of(field: Field | None, sought: Question | str) -> list[Clause]:
    question = ask(sought) if isinstance(sought, str) else sought
    return [clause for within, clause in question.clauses() if within is None or within is field]


def _spans(text: str, clauses: Sequence[Clause]) -> Iterator[Span]:
    """One after the other: who wants to know only whether there is any need not wait for the rest."""
    runs = [clause.characters for clause in clauses if isinstance(clause, HanRun)]
    forms = forms_of(text)
    if not runs or not forms.is_aligned:
        yield from _cut_out(text, clauses)
        return
    others = [clause for clause in clauses if not isinstance(clause, HanRun)]
    yield from merge(*(_stand_at(characters, forms.folded) for characters in runs), _cut_out(text, others))


def _stand_at(characters: str, folded: str) -> Iterator[Span]:
    """Han in a row stand wherever the same characters do."""
    at = folded.find(characters)
    while at >= 0:
        yield at, at + len(characters)
        at = folded.find(characters, at + 1)


def _cut_out(text: str, clauses: Sequence[Clause]) -> Iterator[Span]:
    for start, end in stretches(text, clauses) if clauses else ():
        for first, last in _found_in(text[start:end], clauses):
            yield start + first, start + last


@lru_cache(maxsize=512)
def _cut(text: str) -> tuple[Place, ...]:
    """The words of a short text: titles and summaries come again with every letter that is typed."""
    return tuple(places(text))


def _found_in(text: str, clauses: Sequence[Clause]) -> list[Span]:
    found = _cut(text) if clauses else ()
    return [span for clause in clauses for span in _found_by(clause, found)]


def _found_by(clause: Clause, found: Sequence[Place]) -> Iterator[Span]:
    match clause:
        case Word(text, _):
            yield from ((p.start, p.end) for p in found if p.word == text)
            yield from _joined(found, text)
        case Prefix(text):
            yield from ((p.start, p.end) for p in found if p.word.startswith(text))
            yield from _joined(found, text, is_open=True)
        case Compound(words, joined, is_open):
            yield from _in_a_row(found, words, is_open=is_open)
            if joined:
                yield from _found_by((Prefix if is_open else Word)(joined), found)
        case HanRun(characters):
            yield from _in_a_row(found, words_in_a_row(characters).words, is_open=True)
        case Phrase(words, is_open):
            yield from _in_a_row(found, words, is_open=is_open)


def _in_a_row(found: Sequence[Place], words: Sequence[str], *, is_open: bool) -> Iterator[Span]:
    length = len(words)
    for first, place in enumerate(found[: len(found) - length + 1]):
        if not place.word.startswith(words[0]):
            continue
        row = found[first : first + length]
        is_begun = row[-1].word.startswith(words[-1]) if is_open else row[-1].word == words[-1]
        if is_begun and all(p.word == word for p, word in zip(row[:-1], words, strict=False)):
            yield place.start, row[-1].end


def _joined(found: Sequence[Place], text: str, *, is_open: bool = False) -> Iterator[Span]:
    """Compounds that read like this when written as one word; "texttoimage" marks the whole of "text-to-image"."""
    for first, place in enumerate(found):
        run = place.run
        if run.is_han or len(run.parts) == 1:
            continue
        is_first = first == 0 or found[first - 1].run is not run
        if is_first and run.joined and (run.joined.startswith(text) if is_open else run.joined == text):
            yield place.start, found[first + len(run.parts) - 1].end


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _fragments(text: str, spans: Iterable[Span], start: int, end: int) -> Iterator[Fragment]:
    reached = start
    for first, last in spans:
        if last <= reached or first >= end:
            continue
        if first > reached:
            yield Fragment(text[reached:first])
        yield Fragment(text[max(first, reached) : min(last, end)], is_match=True)
        reached = min(last, end)
    if reached < end:
        yield Fragment(text[reached:end])


def _window(text: str, spans: Sequence[Span], width: int) -> Span:
    """Of the windows that begin at a match, the one that marks most; then some of what stands before it."""
    best = max(spans, key=lambda span: (_marked(spans, span[0], span[0] + width), -span[0]))
    last = max([end for start, end in spans if best[0] <= start and end <= best[0] + width], default=best[0])
    start = max(0, min(best[0] - (width - (last - best[0])) // 2, len(text) - width))
    end = min(len(text), start + width)
    return _at_blank(text, start, best[0]), end


def _marked(spans: Sequence[Span], start: int, end: int) -> int:
    return sum(min(last, end) - first for first, last in spans if start <= first < end)


def _at_blank(text: str, start: int, latest: int) -> int:
    """Do not begin in the middle of a Latin word if a blank is near."""
    blank = text.find(" ", start, min(start + 20, latest)) if start else -1
    return start if blank < 0 else blank + 1
