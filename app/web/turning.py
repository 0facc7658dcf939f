"""Where a reader of a paper can turn to: the list they came from, and the papers before and after in it.

Without a list it is the digest that lists the paper last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.catalog.neighbouring import neighbours_in_digest
from app.i18n import format_date
from app.models import Entry, Paper
from app.web.urls import digest_url, paper_url


@dataclass(frozen=True, slots=True)
class Turning:
    """A list, and the papers next to one in it, each with its address."""

    url: str
    label: str
    before: Paper | None = None
    after: Paper | None = None
    before_url: str = ""
    after_url: str = ""


def in_digest(session: Session, entries: Sequence[Entry]) -> Turning | None:
    """Within the digest of the first of these entries."""
    if not entries:
        return None
    digest = entries[0].digest
    found = neighbours_in_digest(session, entries[0])
    label = f"{digest.topic.name if digest.topic else digest.title} · {format_date(digest.day)}"
    urls = [paper_url(paper) if paper else "" for paper in (found.before, found.after)]
    return Turning(digest_url(digest), label, found.before, found.after, *urls)
