"""Which words of a question are searched with those like them as well, and what was done so."""

from collections.abc import Sequence

from tantivy import Searcher

from app.search.embedded.spelling import ONE_EDIT_FROM, Spelling

RARE = 3
"""A word that fewer papers have is held for a mistyped one, if one like it is more frequent."""
MOST_LIKE = 5


class Corrections:
    """The corrections of one search."""

    def __init__(self, spelling: Spelling, searcher: Searcher) -> None:
        self._spelling, self._searcher = spelling, searcher
        self.made: dict[str, tuple[str, ...]] = {}
        """By word, the words like it, nearest first."""
        self._known: dict[tuple[str, bool], tuple[str, ...]] = {}

    def near(self, word: str, *, is_open: bool = False) -> Sequence[str]:
        """The words to be searched as well. Of an open one only the beginning is known: it is wrong if nothing begins so."""
        key = word, is_open
        if key not in self._known:
            self._known[key] = self._find(word, is_open)
            if self._known[key]:
                self.made[word] = self._known[key]
        return self._known[key]

    def _find(self, word: str, is_open: bool) -> tuple[str, ...]:
        if len(word) < ONE_EDIT_FROM:
            return ()
        documents = self._searcher.doc_freq("all", word)
        if documents >= RARE or (is_open and self._searcher.terms_with_prefix("all", word, limit=1)):
            return ()
        return tuple(like.word for like in self._spelling.near(word, MOST_LIKE) if like.documents > documents)
