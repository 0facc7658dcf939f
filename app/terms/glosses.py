"""What texts themselves say is the same: 高斯泼溅（Gaussian Splatting）, Neural Radiance Fields (NeRF). Pure.

Such a bracket is as good as a dictionary, except that nothing says where the Chinese term before it begins. The longest
ending that most brackets of the same English share is taken; with one bracket only, what follows the last stop word.
Short forms are told from their long ones by their letters (Schwartz and Hearst, 2003).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.search.folding import fold
from app.search.words import HAN
from app.terms.candidates import LONGEST_HAN, STOP_HAN
from app.terms.latin import COUNTED, LONGEST_LATIN, Parts, latin_words, uncounted

_SHARED = 0.6
"""The share of brackets that must agree on a longer ending."""
_LATIN = r"[a-z][a-z0-9]*(?:[-\u2010\u2011'’/ ]+[a-z0-9]+)*"
_HAN_FIRST = re.compile(f"([{HAN}]{{2,}}) ?[（(]({_LATIN}|3d {_LATIN})[)）]")
_LATIN_FIRST = re.compile(f"({_LATIN}) ?[（(]([{HAN}]{{2,{LONGEST_HAN}}})[)）]")
_BEGINS_NO_TERM = STOP_HAN | frozenset("用个种如")
_SHORT_FORM = re.compile(r"((?:[A-Za-z0-9]+[- ]+){1,10}?)\(([A-Za-z0-9]*[A-Z][A-Za-z0-9-]*[A-Z][A-Za-z0-9]*)\)")
_MOST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Gloss:
    """So many papers say that the two are the same."""

    latin: Parts
    han: str
    papers: int


@dataclass(frozen=True, slots=True)
class ShortForm:
    """So many papers introduce a long form by this short one."""

    short: str
    long: Parts
    papers: int


def glosses(texts: Sequence[str], short_forms: dict[str, Parts]) -> list[Gloss]:
    """Every Chinese term that stands with an English one in brackets, or the other way round."""
    runs: dict[Parts, set[tuple[int, str]]] = defaultdict(set)
    for paper, text in enumerate(texts):
        for latin, han in _brackets(fold(text)):
            parts = uncounted(tuple(latin_words(latin)))
            if len(parts) == 1:
                parts = short_forms.get(parts[0], parts)
            if len(parts) <= LONGEST_LATIN and len("".join(parts)) > 1:
                runs[parts].add((paper, han))
    return [Gloss(latin, han, papers) for latin, found in runs.items() for han, papers in _terms(found)]


def _brackets(text: str) -> Iterator[tuple[str, str]]:
    for han, latin in _HAN_FIRST.findall(text):
        yield latin, han
    for latin, han in _LATIN_FIRST.findall(text):
        yield latin, han


def _terms(runs: set[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Of all the Chinese before the same English the terms: those with another end are other terms."""
    by_end: dict[str, dict[int, str]] = defaultdict(dict)
    for paper, run in sorted(runs):
        by_end[run[-2:]][paper] = run
    for found in by_end.values():
        shared = _shared_ending(list(found.values()))
        terms = [shared] * len(found) if len(shared) > 2 else map(_behind_last_stop, found.values())
        yield from ((term, papers) for term, papers in Counter(terms).items() if term)


def _shared_ending(runs: Sequence[str]) -> str:
    endings = Counter(run[-length:] for run in runs for length in range(2, min(LONGEST_HAN, len(run)) + 1))
    shared = [ending for ending, times in endings.items() if times > 1 and times >= _SHARED * len(runs)]
    return _behind_last_stop(max(shared, key=len, default=""))


def _behind_last_stop(run: str) -> str:
    at = max((place + 1 for place, character in enumerate(run[:-2]) if character in _BEGINS_NO_TERM), default=0)
    return run[at:] if 2 <= len(run) - at <= LONGEST_HAN else ""


def short_forms(texts: Sequence[str]) -> list[ShortForm]:
    """The short forms that papers introduce, each with its most frequent long form."""
    found: dict[str, Counter[Parts]] = defaultdict(Counter)
    for text in texts:
        pairs = {(short, long) for words, short in _SHORT_FORM.findall(text) if (long := _long_form(words, short))}
        for short, long in pairs:
            found[next(latin_words(fold(short)))][tuple(latin_words(fold(long)))] += 1
    best = {short: longs.most_common(1)[0] for short, longs in found.items()}
    forms = (ShortForm(short, uncounted(long), papers) for short, (long, papers) in best.items())
    return [form for form in forms if 1 < len(form.long) <= LONGEST_LATIN and form.short not in COUNTED]


def _long_form(words: str, short: str) -> str:
    """Read from right to left, each letter of the short form must come up, the first one where a word begins."""
    letters = re.sub("[^a-z0-9]", "", short.removesuffix("s").lower())
    text = words.rstrip()
    at = len(text)
    if not 2 <= len(letters) <= _MOST_LETTERS:
        return ""
    for place, letter in reversed(list(enumerate(letters))):
        at = text.lower().rfind(letter, 0, at)
        while place == 0 and at > 0 and text[at - 1].isalnum():
            at = text.lower().rfind(letter, 0, at)
        if at < 0:
            return ""
    return text[at:]
