"""Patterns that are dear to look for, each with cheap words one of which it cannot do without."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

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
        cues = {cue for cues, _ in forms for cue in cues}
        # Where a cue is found, so is each that it begins with.
        self._forms = {cue: [form for begun, form in compiled if cue.startswith(begun)] for cue in cues}
        # A Latin letter is soon met and slow to tell from a cue; whether a Latin cue is there at all is quickly known.
        self._latin = [cue for cue in cues if cue.isascii()]
        self._any_cue = _any_of(cues)
        self._chinese_cue = _any_of(cue for cue in cues if not cue.isascii())

    def find(self, entry: EntryView, clean: Callable[[str], str]) -> Iterator[tuple[Line, str, int]]:
        """The lines of an entry's prose in which a form is left when cleaned; the clean line, and where the first is."""
        for index, forms in self._likely(entry.folded).items():
            text = clean(entry.plains[index])
            starts = [match.start() for form in forms for match in form.finditer(text) if self._counts(match)]
            if starts:
                yield entry.line(index), text, min(starts)

    def _likely(self, folded: str) -> dict[int, dict[re.Pattern[str], None]]:
        """The lines that hold a cue, by number from 0, and the forms of their cues."""
        has_latin = any(map(folded.__contains__, self._latin))
        cues = self._any_cue if has_latin else self._chinese_cue
        likely: dict[int, dict[re.Pattern[str], None]] = {}
        index = start = 0
        found = cues.search(folded)
        while found:
            index += folded.count("\n", start, found.start())
            start = found.start()
            likely.setdefault(index, {}).update(dict.fromkeys(self._forms[found[0]]))
            found = cues.search(folded, start + 1)
        return likely

    def _counts(self, match: re.Match[str]) -> bool:
        return match.start() == 0 or match.string[match.start() - 1] not in self._not_after


def _any_of(cues: Iterable[str]) -> re.Pattern[str]:
    """The longest cue that stands there; those that begin alike are told apart behind their first character."""
    alike = groupby(sorted(cues, reverse=True), key=lambda cue: cue[0])
    return re.compile("|".join(f"{re.escape(first)}(?:{_ends(same)})" for first, same in alike))


def _ends(cues: Iterable[str]) -> str:
    return "|".join(re.escape(cue[1:]) for cue in cues)
