"""How arXiv is linked, in the spellings that digests use."""

import re

_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})"  # 2412.04470, or before April 2007: cs/0501001
_LINK = re.compile(
    r"(?:ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)|arxiv\.org/(?:abs|pdf|html|format)"
    r"|papers\.cool/arxiv|alphaxiv\.org/(?:abs|pdf|overview)|(?:huggingface\.co|hf\.co)/papers"
    r"|doi\.org/10\.48550/arxiv\.(?=\d|[a-z]))/?"
    rf"(?-i:{_ID})(?:v(?P<version>\d{{1,3}}))?(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_TYPED = re.compile(
    rf"(?:arxiv:\s*|(?:doi:\s*)?10\.48550/arxiv\.)?{_ID}(?:v\d{{1,3}})?",
    re.ASCII | re.IGNORECASE,
)


def find_arxiv_id(url: str) -> re.Match[str] | None:
    """The part of an address that names a paper on arXiv: its groups are `id` and `version`."""
    return _LINK.search(url)


def read_arxiv_link(url: str) -> tuple[str, int | None] | None:
    """The id and, if it is given, the version that an address names; None if it does not lead to arXiv."""
    found = find_arxiv_id(url)
    if found is None:
        return None
    return found["id"], int(found["version"]) if found["version"] else None


def read_arxiv_id(typed: str) -> str | None:
    """The id that somebody typed, with or without its version, bare or as the DOI that arXiv gives it, and nothing else."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    archive, slash, number = found["id"].rpartition("/")
    name, dot, subject = archive.partition(".")
    return name.lower() + dot + subject.upper() + slash + number
