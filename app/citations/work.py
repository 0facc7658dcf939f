"""What can be said of a paper in a citation: plain values, nothing guessed."""

import re
from dataclasses import dataclass

_MONTH_IN_ID = re.compile(
    r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})", re.ASCII
)
_CLASS_IN_ID = re.compile(r"(?P<name>[a-z-]+(?:\.[A-Z]{2})?)/\d{7}", re.ASCII)
_FIRST_YEAR = 91
"""arXiv began in 1991."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What one digest says of a paper."""

    heading: str
    summary: str = ""
    key_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A paper to be cited; what is not known is empty."""

    title: str
    authors: tuple[str, ...] = ()
    """As they write themselves."""
    abstract: str = ""
    comment: str = ""
    """The authors' own: "Accepted by CVPR 2024"."""
    arxiv_id: str = ""
    """Without a version."""
    version: int = 0
    """The version whose words these are; 0 where none is known."""
    doi: str = ""
    link: str = ""
    """The address the digest gives it, where it has neither of the two."""
    page: str = ""
    """Its page here."""
    language: str = "en"
    remarks: tuple[Remark, ...] = ()

    @property
    def url(self) -> str:
        """Where the paper itself is found."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{self.doi}" if self.doi else self.link

    @property
    def pdf(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}" if self.arxiv_id else ""

    @property
    def submitted(self) -> tuple[int, int] | None:
        """Year and month in which its first version came to arXiv: the id begins with them."""
        found = _MONTH_IN_ID.fullmatch(self.arxiv_id)
        if found is None:
            return None
        year = int(found["year"])
        return (1900 if year >= _FIRST_YEAR else 2000) + year, int(found["month"])

    @property
    def primary_class(self) -> str:
        """The subject in arXiv's order; only ids from before April 2007 tell it."""
        found = _CLASS_IN_ID.fullmatch(self.arxiv_id)
        return found["name"] if found else ""
