"""How arXiv is linked, in the spellings that digests use."""

import re

_LINK = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)|papers\.cool/arxiv)/"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})"  # 2412.04470, or before April 2007: cs/0501001
    r"(?:v(?P<version>\d{1,3}))?(?!\d)",
    re.ASCII,
)


def read_arxiv_link(url: str) -> tuple[str, int | None] | None:
    """The id and, if it is given, the version that an address names; None if it does not lead to arXiv."""
    found = _LINK.search(url)
    if found is None:
        return None
    return found["id"], int(found["version"]) if found["version"] else None
