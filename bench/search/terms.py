"""Chinese terms and the English ones they stand for, as texts say it: 神经辐射场（Neural Radiance Field）."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce

from bench.search.corpus import HAN, Corpus

_TOLD = re.compile(
    rf"(?P<before>[^{HAN}]?)(?P<chinese>[{HAN}]{{2,16}})\s*[（(](?P<english>[A-Za-z][A-Za-z -]{{2,50}})[）)]"
)
_LENGTHS = range(3, 9)
_LEAST_LIFT = 2.0
_NO_BEGINNING = "的其了在是用与和对从为于及"
"""Characters that stand before a term rather than begin it."""
_PLURAL = re.compile("(?<=..)(?<![siu])s$")


@dataclass(frozen=True, slots=True)
class TermPair:
    chinese: str
    english: str


def mine(corpus: Corpus) -> list[TermPair]:
    """The pairs whose Chinese is more frequent in papers that say the English than in the library as a whole."""
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for document in corpus.documents:
        for text in (*document.summaries, *document.key_points, *document.analyses):
            for found in _TOLD.finditer(text):
                told[_singular(found["english"])].add((found["before"], found["chinese"]))
    pairs = (
        TermPair(chinese, english)
        for english, said in sorted(told.items())
        if len(english) > 2 and (chinese := _term(said))
    )
    return [pair for pair in pairs if _belong_together(pair, corpus)]


def says(text: str, english: str) -> bool:
    """Whether the folded text has this term, in the singular or the plural."""
    return english in text and re.search(rf"\b{re.escape(english)}(?:s|es)?\b", text) is not None


def _singular(english: str) -> str:
    return _PLURAL.sub("", english.strip()).casefold()


def _term(said: Collection[tuple[str, str]]) -> str:
    """Where the Chinese term begins is known if something other than Chinese stands before it, or different Chinese."""
    whole = [chinese for before, chinese in said if before]
    common = reduce(_common_ending, (chinese for _, chinese in said))
    term = min(whole, key=len, default=common if len(set(said)) > 1 else "").lstrip(_NO_BEGINNING)
    return term if len(term) in _LENGTHS else ""


def _common_ending(one: str, other: str) -> str:
    return next(one[start:] for start in range(len(one) + 1) if other.endswith(one[start:]))


def _belong_together(pair: TermPair, corpus: Corpus) -> bool:
    english = [says(text, pair.english) for text in corpus.texts]
    chinese = [pair.chinese in text for text in corpus.texts]
    both = sum(map(bool.__and__, english, chinese))
    return both >= 2 and both * len(english) >= _LEAST_LIFT * sum(english) * sum(chinese)
