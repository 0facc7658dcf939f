"""Whether the analysis is about a paper by the same people."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.markup import said
from app.digests.lint.view import DigestView, EntryView, Line
from app.digests.naming import fold

AUTHORS_DISAGREE = Rule(
    id="authors-disagree",
    title="Author list disagrees",
    title_zh="作者名单不一致",
    why="Authors that the model made up are credited with a paper they did not write.",
)

_SECTION = re.compile(r"(?:作者(?:名单|姓名)?|authors?)(?:\*\*)?\s*[:：](?:\*\*)?\s*(?P<names>\S.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,，、;；(（\[【&]|\s和\s|和|\sand\s|\set al|等|\d")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z\u00c0-\u024f'’.-]+(?:[ \u00a0][A-Z][A-Za-z\u00c0-\u024f'’.-]*){1,3}")
_TORN_ACCENT = re.compile(r"\s?[\u00b4\u00a8\u02da\u02c7\u02dc\u00b8\u02c6`^]\s?")
"""As PDF gives accents: “M¨uller”, “Jan ˇCech”."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_NAMES = """
    not provided unknown anonymous none author authors first second name names university institute laboratory lab
    research team group submission student member paper various multiple department college school company inc ai
    google microsoft nvidia meta adobe tencent alibaba bytedance huawei the see no et al placeholder
"""
_NOT_A_NAME = frozenset(_NOT_NAMES.split())
_LIKENESS = 0.7
_FIRST_LINES = 16
"""The section of authors is the second of eight; far below, “Authors:” is part of something else."""


def authors_disagree(digest: DigestView) -> Iterator[Finding]:
    """Only a first author named in full, in Latin script, of whose name no word is like one in the entry's authors."""
    for view in digest.entries:
        for line, first in _first_author(view):
            if view.entry.authors[:1] == (first,):
                continue
            words = _words(view.entry.authors)
            if words and not any(_is_like(word, words) for word in _words([first])):
                yield Finding(
                    rule=AUTHORS_DISAGREE.id,
                    sentence=f"The analysis names {first} as first author, who is not among the paper's authors.",
                    sentence_zh=f"分析所写的第一作者 {first} 不在这篇论文的作者之中。",
                    line=line.number,
                    position=view.position,
                    excerpt=excerpt(line.plain),
                )


def _first_author(view: EntryView) -> Iterator[tuple[Line, str]]:
    """Line and name of the first author that the analysis states, if it can be read without doubt."""
    for index, plain in enumerate(view.analysis.plains[:_FIRST_LINES]):
        if "作者" not in plain and "uthor" not in plain and "UTHOR" not in plain:
            continue  # one of them is in every section of authors; the pattern is dear
        section = _SECTION.match(said(plain))
        if section is None:
            continue
        name = _BETWEEN.split(_TORN_ACCENT.sub("", section["names"]).replace("*", ""), 1)[0].strip(" .。:：")
        if _LATIN_NAME.fullmatch(name) and _NOT_A_NAME.isdisjoint(fold(name).split()):
            yield view.analysis.line(index), name
        return


def _words(names: Sequence[str]) -> set[str]:
    """The words of names, without initials, and each name's in one as well: “Fei Fei Li”, “Fei-Fei”, “Feifei”."""
    folded = [fold(name) for name in names]
    return {word for name in folded for word in _WORD.findall(name)} | {
        "".join(_WORD.findall(name)) for name in folded if _WORD.search(name)
    }


def _is_like(word: str, words: set[str]) -> bool:
    """Equal, or so like one that it is a slip of the pen."""
    if word in words:
        return True
    return any(_likeness(word, other) >= _LIKENESS for other in words if other[0] == word[0])


def _likeness(word: str, other: str) -> float:
    """The ratio of `difflib`, or something quickly known that it cannot exceed if that is too little already."""
    matcher = SequenceMatcher(None, word, other)
    at_most = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return at_most if at_most < _LIKENESS else matcher.ratio()
