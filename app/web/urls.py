"""The address of each thing, in one place. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from urllib.parse import quote, urlencode

from app.catalog import Period
from app.iri import quote_address


class HasKey(Protocol):
    """A paper, whichever value stands for it."""

    @property
    def key(self) -> str: ...


class HasSlug(Protocol):
    """A topic, tag or author."""

    @property
    def slug(self) -> str: ...


class HasId(Protocol):
    """A digest."""

    @property
    def id(self) -> int: ...


API = "/api/v1"
"""What all addresses for programs begin with."""
LINES = 2000
"""Lines of a digest's original on a page."""
_SEGMENT_SAFE = "/~!$&'()*+,;=:@"


def paper_url(paper: HasKey, listed: str = "") -> str:
    """Of a paper's page; with the address of the list it stands in, so that its neighbours there can be turned to."""
    return f"/papers/{_quoted(paper.key)}{list_query(listed)}"


def list_query(listed: str) -> str:
    """What a paper's address says of the list it stands in."""
    return f"?list={quote_address(listed)}" if listed else ""


def related_url(paper: HasKey) -> str:
    """Of the papers that have something to do with one."""
    return f"/related/{_quoted(paper.key)}"


def api_url(path: str) -> str:
    """What programs read where a page of this path has it for people."""
    return API + path


def topic_url(topic: HasSlug) -> str:
    return f"/topics/{_quoted(topic.slug)}"


def tag_url(tag: HasSlug) -> str:
    return f"/tags/{_quoted(tag.slug)}"


def author_url(author: HasSlug) -> str:
    return f"/authors/{_quoted(author.slug)}"


def slug_url(kind: str, slug: str) -> str:
    """Of a topic, tag or author of which only the slug is known."""
    return f"/{kind}/{_quoted(slug)}"


def day_url(day: date) -> str:
    return f"/{day.isoformat()}"


def period_url(period: Period) -> str:
    """Of a day, a week, a month or a year."""
    return f"/{period}"


def coverage_url(period: Period, page: int = 1) -> str:
    """The calendar of a month, or of a year by month."""
    return asking("/coverage", {"month" if period.is_month else "year": period, "page": page if page > 1 else None})


def digest_url(digest: HasId) -> str:
    return digest_path(digest.id)


def digest_path(digest_id: int) -> str:
    """Of a digest of which only the number is known."""
    return f"/digests/{digest_id}"


def line_url(digest: HasId, line: int, *, as_original: bool = False) -> str:
    """A line of a digest's original, on the page of it that the line is on."""
    first = (page_of_line(line) - 1) * LINES + 1
    return source_url(digest, first, as_original=as_original) + f"#L{line}"


def page_of_line(line: int) -> int:
    """Of a digest's original, counted from 1."""
    return -(-line // LINES)


def source_url(digest: HasId, first: int = 1, *, as_original: bool = False) -> str:
    """A digest's original from a line on; of a repaired one also as it came."""
    asked = {"from": first if first > 1 else None, "as": "original" if as_original else None}
    return asking(f"{digest_url(digest)}/source", asked)


def asking(path: str, values: Mapping[str, object]) -> str:
    """A path with what is asked of it, by name; what is empty is not asked."""
    return with_query(path, urlencode({name: value for name, value in values.items() if value}))


def with_query(path: str, query: str) -> str:
    """A path with what was asked of it, if anything. Browsers send a backslash as it is; no address of ours has one."""
    return f"{path}?{query}".replace("\\", "%5C") if query else path


def _quoted(path: str) -> str:
    return quote(path, safe=_SEGMENT_SAFE)
