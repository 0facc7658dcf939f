"""From papers with an English abstract and a Chinese summary to terms that mean the same. Pure.

Candidates of both languages (candidates.py) are linked by the papers that have both (linking.py); brackets in the texts
that say outright what is the same weigh most (glosses.py). Of a large library a sample is read: what a term means is
plain long before, and memory and time stay bounded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.terms.candidates import Candidate, han_candidates, latin_candidates
from app.terms.glosses import Gloss, ShortForm, glosses, short_forms
from app.terms.latin import Parts, spelled
from app.terms.linking import LEAST, Link, link

MOST_PAPERS = 2_000
MOST_CANDIDATES = 3_000
"""Of each language, the most frequent ones."""
LONGEST_TEXT = 4_000
"""Characters that are read of each text."""
SURE = 0.6
"""The score from which on a term is accepted unasked; see docs/terms.md for what was read there."""
_LEAST_SHORT = 3
"""Papers that must introduce a short form."""


@dataclass(frozen=True, slots=True)
class TextPair:
    """A paper's own words in English, and what a digest says of it in Chinese."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class MinedTerm:
    """A term that means what the head of its group does."""

    text: str
    score: float
    """From 0 to 1: the share of papers that agree."""

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


@dataclass(frozen=True, slots=True)
class MinedGroup:
    """An English term, and what means the same, best first."""

    head: str
    others: tuple[MinedTerm, ...]


def mine(pairs: Sequence[TextPair]) -> list[MinedGroup]:
    """The groups, those with the best terms first. The same pairs give the same groups."""
    sample = pairs[:: -(-len(pairs) // MOST_PAPERS) or 1]
    english = [pair.english[:LONGEST_TEXT] for pair in sample]
    chinese = [pair.chinese[:LONGEST_TEXT] for pair in sample]
    shorts = [form for form in short_forms(english) if form.papers >= _LEAST_SHORT]
    found = latin_candidates(english, chinese, LEAST, MOST_CANDIDATES)
    known = {candidate.parts for candidate in found}
    brackets = glosses(chinese, {form.short: form.long for form in shorts})
    said = [gloss for gloss in brackets if gloss.papers > 1 or gloss.latin in known]
    latin = _with_short_forms(found, shorts)
    links = link(latin, han_candidates(chinese, LEAST, MOST_CANDIDATES), len(sample), said)
    return _groups(links, said, shorts, english)


def _with_short_forms(latin: Iterable[Candidate], shorts: Iterable[ShortForm]) -> list[Candidate]:
    """A paper that has the short form has the long one."""
    found = {candidate.parts: candidate for candidate in latin}
    for form in shorts:
        if form.long in found and (short := found.pop((form.short,), None)):
            long = found[form.long]
            found[form.long] = replace(long, papers=long.papers | short.papers, left=long.left | short.left)
    return list(found.values())


def _groups(
    links: Iterable[Link], said: Iterable[Gloss], shorts: Iterable[ShortForm], english: Sequence[str]
) -> list[MinedGroup]:
    scores: dict[Parts, dict[str, float]] = defaultdict(dict)
    owner: dict[str, Parts] = {}
    for one in links:
        scores[one.latin.parts][one.han.text] = one.score
        owner[one.han.text] = one.latin.parts
    for gloss in said:
        if owner.setdefault(gloss.han, gloss.latin) == gloss.latin:
            known = scores[gloss.latin].get(gloss.han, 0)
            scores[gloss.latin][gloss.han] = max(known, _told(gloss.papers))
    spelling = spelled(english, {*scores, *((form.short,) for form in shorts)})
    groups = []
    for head, others in scores.items():
        terms = [MinedTerm(text, round(score, 3)) for text, score in others.items()]
        terms += [
            MinedTerm(spelling.get((form.short,), form.short), round(_told(form.papers), 3))
            for form in shorts
            if form.long == head
        ]
        groups.append(MinedGroup(spelling.get(head, " ".join(head)), tuple(sorted(terms, key=_best))))
    return sorted(groups, key=lambda group: (_best(group.others[0]), group.head))


def _told(papers: int) -> float:
    """What so many papers say outright."""
    return papers / (papers + 1)


def _best(term: MinedTerm) -> tuple[float, str]:
    return -term.score, term.text
