"""How a DOI is linked, in the spellings that digests use."""

import re
from typing import NamedTuple

_RESOLVER = (
    r"(?:(?:https?://)?(?:(?:(?:dx|www)\.)?doi\.org/|(?:www\.)?dl\.acm\.org/doi/(?:abs/|pdf/|full/|epdf/)?)|doi:\s*)"
)
_DOI = r"(?P<doi>10\.\d{4,9}/[^\s\"<>?#]+)"
_LINK = re.compile(_RESOLVER + _DOI, re.ASCII | re.IGNORECASE)
_TYPED = re.compile(rf"{_RESOLVER}?{_DOI}(?:[?#]\S*)?", re.ASCII | re.IGNORECASE)
_ENDS = ".,;/"


class FoundDoi(NamedTuple):
    """A DOI in lower case, and where what names it begins and ends."""

    doi: str
    start: int
    end: int


def find_doi(address: str) -> FoundDoi | None:
    """The part of an address that names a paper by its DOI."""
    found = _LINK.search(address)
    if found is None:
        return None
    doi = found["doi"].rstrip(_ENDS)
    return FoundDoi(doi.lower(), found.start(), found.start("doi") + len(doi))


def read_doi(typed: str) -> str | None:
    """The DOI that somebody typed, bare or as a link, and nothing else."""
    found = _TYPED.fullmatch(typed.strip())
    return found["doi"].rstrip(_ENDS).lower() if found else None
