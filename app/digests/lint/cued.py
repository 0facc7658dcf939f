"""Patterns that are dear to look for, each with cheap words one of which it cannot do without."""

import re
from collections.abc import Iterator, Sequence

from app.digests.lint.view import EntryView, Line

Form = tuple[tuple[str, ...], str]
"""The cues, in lower case, and the pattern: whatever it matches holds one of the cues."""


class Cued:
    """Several forms of one thing. Most prose holds no cue at all, and is passed over with hardly a look."""

    def __init__(self, hints: Sequence[str], *forms: Form) -> None:
        """`hints` are few and short, since they are looked for in all prose: every form holds one of them too."""
        self._hints = hints
        compiled = [(cues, re.compile(pattern, re.IGNORECASE)) for cues, pattern in forms]
        self._cues = [(cue, form) for cues, form in compiled for cue in cues]

    def lines(self, entry: EntryView) -> Iterator[Line]:
        """The lines of an entry's prose that may hold a form."""
        hints = [hint for hint in self._hints if hint in entry.folded]
        for line, folded in zip(entry.prose, entry.folded_lines, strict=True) if hints else ():
            if any(hint in folded for hint in hints):
                yield line

    def search(self, text: str) -> re.Match[str] | None:
        """The first form in the text."""
        folded = text.lower()
        likely = dict.fromkeys(form for cue, form in self._cues if cue in folded)
        found = [match for form in likely if (match := form.search(text))]
        return min(found, key=lambda match: match.start(), default=None)
