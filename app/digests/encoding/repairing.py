"""Mojibake back to what it was, as far as that can be known."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from heapq import nlargest
from operator import itemgetter

from app.digests.encoding.character_model import ORDER, CharacterModel, fold
from app.digests.encoding.likelihood import Likelihood, is_everyday, likelihood
from app.digests.encoding.mojibake import Codec, Piece, split

_REACH = ORDER - 1
"""So many characters before another have a say in how likely it is."""
_MOST_READINGS = 48
"""Of all ways to read what came so far, this many are followed up. More gain nothing."""

_FEWEST_SIGHTINGS = 3
"""Rarer characters are not tried unless the nearest model has them: it halves the time and costs nothing."""

_Readings = dict[str, tuple[float, str]]
"""By the last characters read: how likely, and all that was read since nothing was in doubt."""
_NOTHING_READ: _Readings = {" " * _REACH: (0.0, "")}


def repair(text: str, codec: Codec, models: Sequence[CharacterModel]) -> str:
    """The likeliest of all texts that the process makes this of, by models from the most general to the nearest.

    Where the text is mojibake from end to end, `corrupt(repair(text, codec, models), codec) == text`.
    """
    return "".join(_read(_spots(split(text, codec), models), likelihood(models)))


def _spots(pieces: Iterable[Piece], models: Sequence[CharacterModel]) -> Iterator[Sequence[str]]:
    """What is known in long stretches, what is in doubt as the characters it may be."""

    @cache
    def in_use(candidates: str) -> Sequence[str]:
        """Most of what bytes can spell is not."""
        return [char for char in candidates if is_in_use(char)] or candidates

    def is_in_use(char: str) -> bool:
        sightings = [model.counts.get(char, 0) for model in models]
        return is_everyday(char) or any(sightings[-1:]) or sum(sightings) >= _FEWEST_SIGHTINGS

    known: list[str] = []
    for piece in pieces:
        spot = in_use(piece.candidates) if piece.candidates else [piece.text]
        if len(spot) == 1:
            known.append(spot[0])
            continue
        yield ["".join(known)]
        yield spot
        known = []
    yield ["".join(known)]


def _read(spots: Iterable[Sequence[str]], score: Likelihood) -> Iterator[str]:
    """Viterbi's algorithm, on as many readings as a beam holds; enough known text makes them one again."""
    readings = _NOTHING_READ
    for spot in spots:
        known = fold(spot[0])
        if len(spot) > 1:
            readings = _go_on(readings, zip(spot, spot, strict=True), score)
        elif len(known) < _REACH:
            readings = _go_on(readings, [(known, spot[0])], score) if known else readings
        else:
            yield _likeliest(readings, known, score) + spot[0]
            readings = {known[-_REACH:]: (0.0, "")}
    yield _likeliest(readings, "", score)


def _go_on(readings: _Readings, ways: Iterable[tuple[str, str]], score: Likelihood) -> _Readings:
    """Every reading, continued in every way: by a character as the models count it, and by what it stands for."""
    longer: _Readings = {}
    for char, text in ways:
        for context, (so_far, read) in readings.items():
            likely = so_far + score(context, char)
            best = longer.get(key := context[1:] + char)
            if best is None or best[0] < likely:
                longer[key] = (likely, read + text)
    if len(longer) <= _MOST_READINGS:
        return longer
    return dict(nlargest(_MOST_READINGS, longer.items(), key=itemgetter(1)))


def _likeliest(readings: _Readings, known: str, score: Likelihood) -> str:
    """The reading that goes best with what comes next."""
    if len(readings) > 1:
        for char in known[:_REACH]:
            readings = _go_on(readings, [(char, "")], score)
    return max(readings.values())[1]
