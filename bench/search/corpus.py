"""Which papers hold what, told by plain substrings: the truth that an index is held against."""

import re
from collections.abc import Iterator, Sequence

from app.search import SearchDocument
from app.search.folding import UNSEEN, fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HAN_RUN = re.compile(f"[{HAN}]+")


def folded(text: str) -> str:
    """As the rule of words folds it; the zero-width blank parts no Chinese."""
    return fold(text).replace(UNSEEN, "")


def texts_of(document: SearchDocument) -> Iterator[str]:
    """Everything of it that is searched, value by value."""
    yield from (document.title, document.abstract)
    for values in (document.ids, document.authors, document.tags):
        yield from values
    for values in (document.summaries, document.key_points, document.analyses):
        yield from values


class Corpus:
    """All texts, folded. Values are kept apart by line ends, which no fragment has."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.documents = documents
        self.titles = [folded(document.title) for document in documents]
        self.authors = [folded("\n".join(document.authors)) for document in documents]
        self.texts = [
            "\n".join(folded(text).replace("\n", "\v") for text in texts_of(document)) for document in documents
        ]

    def holders(self, fragment: str) -> int:
        """How many papers say this somewhere."""
        wanted = folded(fragment)
        return sum(wanted in text for text in self.texts)
