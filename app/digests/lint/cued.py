"""Patterns that are dear to look for, each with cheap words one of which it cannot do without."""

import re
from collections.abc import Iterable, Iterator

from app.digests.lint.view import EntryView, Line

Form = tuple[tuple[str, ...], str]
"""The cues, in lower case, and the pattern: whatever it matches holds one of the cues."""


class Cued:
    """Several forms of one thing. Most prose holds no cue at all, and is passed over with hardly a look."""

    def __init__(self, not_after: str, *forms: Form) -> None:
        """What stands right after one of the characters of `not_after` does not count.

        A pattern that looked behind itself would be tried at every character, and not where it can begin.
        """
        self._not_after = not_after
        compiled = [(cues, re.compile(pattern, re.IGNORECASE)) for cues, pattern in forms]
        self._cues = [(cue, form) for cues, form in compiled for cue in cues]
        # A Latin letter is soon met and slow to tell from a cue; whether a Latin cue is there at all is quickly known.
        self._latin = [cue for cue, _ in self._cues if cue.isascii()]
        self._any_cue = _any_of(cue for cue, _ in self._cues)
        self._chinese_cue = _any_of(cue for cue, _ in self._cues if not cue.isascii())

    def lines(self, entry: EntryView) -> Iterator[Line]:
        """The lines of an entry's prose that may hold a form."""
        index = end = 0
        last = None
        has_latin = any(cue in entry.folded for cue in self._latin)
        for cue in (self._any_cue if has_latin else self._chinese_cue).finditer(entry.folded):
            index += entry.folded.count("\n", end, cue.start())
            end = cue.start()
            if index != last:
                yield entry.prose[index]
            last = index

    def search(self, text: str) -> re.Match[str] | None:
        """The first form in the text."""
        folded = text.lower()
        likely = dict.fromkeys(form for cue, form in self._cues if cue in folded)
        found = [match for form in likely for match in form.finditer(text) if self._counts(match)]
        return min(found, key=lambda match: match.start(), default=None)

    def _counts(self, match: re.Match[str]) -> bool:
        return match.start() == 0 or match.string[match.start() - 1] not in self._not_after


def _any_of(cues: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, dict.fromkeys(cues))))
