"""Patterns that are dear to look for, each with cheap words one of which it cannot do without."""

import re
from collections.abc import Callable, Iterator, Sequence

from app.digests.lint.view import EntryView, Line

Form = tuple[tuple[str, ...], str]
"""The cues, either Latin in lower case or with Chinese in them, and the pattern: whatever it matches holds one of the cues."""
_Cue = tuple[str, int, Sequence[re.Pattern[str]]]
"""A cue, where in it its telltale stands, and the forms that it may be of."""
_Cues = dict[str, list[_Cue]]
"""By the telltale with the character after it, else the one before: where neither is in a cue, none needs a look."""


class Cued:
    """Several forms of one thing. Most prose holds no cue at all, and is passed over with hardly a look."""

    def __init__(self, not_after: str, telltales: str, *forms: Form) -> None:
        """What stands right after one of the characters of `not_after` does not count.

        A pattern that looked behind itself would be tried at every character, and not where it can begin.

        `telltales` are words, the best first, by which Chinese cues are looked for; each of them holds one. One rare
        character is found many times as quickly as a pattern of all the cues.
        """
        self._not_after = not_after
        compiled = [(cues, re.compile(pattern, re.IGNORECASE)) for cues, pattern in forms]
        of_cues = {cue: [form for cues, form in compiled if cue in cues] for cues, _ in forms for cue in cues}
        self._latin = {cue: of_cue for cue, of_cue in of_cues.items() if cue.isascii()}
        self._chinese: dict[str, _Cues] = {}
        for cue in of_cues.keys() - self._latin.keys():
            telltale = next(word for word in telltales.split() if word in cue)
            at = cue.index(telltale)
            pair = cue[at : at + 2] if at + 1 < len(cue) else cue[at - 1 : at + 1]
            self._chinese.setdefault(telltale, {}).setdefault(pair, []).append((cue, at, of_cues[cue]))

    def find(self, entry: EntryView, clean: Callable[[str], str]) -> Iterator[tuple[Line, str, int]]:
        """The lines of an entry's prose in which a form is left when cleaned; the clean line, and where the first is."""
        likely: dict[int, set[re.Pattern[str]]] = {}
        for index, forms in self._likely(entry):
            likely.setdefault(index, set()).update(forms)
        for index in sorted(likely):
            text = clean(entry.plains[index])
            starts = [match.start() for form in likely[index] for match in form.finditer(text) if self._counts(match)]
            if starts:
                yield entry.line(index), text, min(starts)

    def _likely(self, entry: EntryView) -> Iterator[tuple[int, Sequence[re.Pattern[str]]]]:
        """The lines that hold a cue, by number from 0, and the forms that it may be of."""
        for telltale, cues in self._chinese.items():
            if telltale in entry.prose:
                yield from _find(telltale, cues, entry.prose)
        for cue, forms in self._latin.items():
            if cue in entry.latin:
                yield from _find(cue, {cue[:2]: [(cue, 0, forms)]}, entry.prose.lower())

    def _counts(self, match: re.Match[str]) -> bool:
        return match.start() == 0 or match.string[match.start() - 1] not in self._not_after


def _find(telltale: str, cues: _Cues, text: str) -> Iterator[tuple[int, Sequence[re.Pattern[str]]]]:
    """The lines that hold one of these cues, which have the telltale in common."""
    line = before = 0
    at = text.find(telltale)
    while at >= 0:
        for pair in (text[at : at + 2], text[at - 1 : at + 1]):
            if pair not in cues:
                continue
            for cue, offset, forms in cues[pair]:
                if at >= offset and text.startswith(cue, at - offset):
                    line += text.count("\n", before, at)
                    before = at
                    yield line, forms
        at = text.find(telltale, at + 1)
