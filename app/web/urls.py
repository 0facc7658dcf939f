"""The address of each thing, in one place. Pure."""

from datetime import date
from urllib.parse import quote

from app.models import Author, Digest, Paper, Tag, Topic

_SEGMENT_SAFE = "/~!$&'()*+,;=:@"


def paper_url(paper: Paper) -> str:
    return f"/papers/{_quoted(paper.key)}"


def topic_url(topic: Topic) -> str:
    return f"/topics/{_quoted(topic.slug)}"


def tag_url(tag: Tag) -> str:
    return f"/tags/{_quoted(tag.slug)}"


def author_url(author: Author) -> str:
    return f"/authors/{_quoted(author.slug)}"


def slug_url(kind: str, slug: str) -> str:
    """Of a topic, tag or author of which only the slug is known."""
    return f"/{kind}/{_quoted(slug)}"


def day_url(day: date) -> str:
    return f"/{day.isoformat()}"


def month_url(day: date) -> str:
    return f"/{day.isoformat()[:7]}"


def digest_url(digest: Digest) -> str:
    return f"/digests/{digest.id}"


def _quoted(path: str) -> str:
    return quote(path, safe=_SEGMENT_SAFE)
