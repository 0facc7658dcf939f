"""Pieces of Chinese text as readers type them: they begin and end where words do."""

import re
from itertools import accumulate
from random import Random

import jieba  # type: ignore[import-untyped]

from bench.search.corpus import HAN, HAN_RUN

_SENTENCE_END = re.compile(r"[。！？；\n]+")
_LATIN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_TOUCHING = re.compile(rf"([A-Za-z0-9][A-Za-z0-9-]*)([{HAN}]+)")


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def han_fragments(text: str, length: int) -> list[str]:
    """Every piece of so many characters, of one run, that begins and ends with a word of two characters or more."""
    return [piece for run in HAN_RUN.findall(text) if len(run) >= length for piece in _of_words(run, length)]


def _of_words(run: str, length: int) -> list[str]:
    words = jieba.lcut(run)
    ends = list(accumulate(map(len, words)))
    spans = [(end - len(word), end) for word, end in zip(words, ends, strict=True) if len(word) > 1]
    last = {end for _, end in spans}
    return [run[start : start + length] for start, _ in spans if start + length in last]


def mixed(sentence: str, source: Random) -> tuple[str, tuple[str, ...]] | None:
    """A Latin word and Chinese of the same sentence, together if they touch there, and the parts that must be held."""
    if touching := [found for found in _TOUCHING.findall(sentence) if len(found[0]) > 1 and len(found[1]) > 1]:
        latin, run = source.choice(touching)
        begun = [run[:end] for end in accumulate(map(len, jieba.lcut(run))) if 2 <= end <= 4]
        if begun and source.random() < 0.5:
            return latin + begun[-1], (latin + begun[-1],)
    latins, pieces = [word for word in _LATIN.findall(sentence) if len(word) > 2], han_fragments(sentence, 4)
    if not latins or not pieces:
        return None
    parts = (source.choice(latins), source.choice(pieces))
    return " ".join(parts), parts
