"""RIS, which every reference manager reads. Pure. Lines end with CR LF, as its description asks."""

from collections.abc import Iterator, Sequence

from app.citations.names import split_name
from app.citations.work import Work

_PREPRINT, _ANYTHING = "UNPB", "GEN"


def to_ris(works: Sequence[Work]) -> str:
    """A record for each."""
    return "".join(f"{tag}  - {value}\r\n" for work in works for tag, value in _lines(work))


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", _PREPRINT if work.arxiv_id else _ANYTHING
    yield "TI", _one_line(work.title)
    yield from (("AU", _author(name)) for name in work.authors)
    if work.submitted:
        year, month = work.submitted
        yield "PY", str(year)
        yield "DA", f"{year}/{month:02}//"
    fields = [
        ("AB", work.abstract),
        ("DO", work.doi),
        ("UR", work.url),
        ("L1", work.pdf),
        ("AN", f"arXiv:{work.arxiv_id}" if work.arxiv_id else ""),
        ("N1", work.comment),
        ("LA", work.language),
    ]
    yield from ((tag, _one_line(value)) for tag, value in fields if value.strip())
    yield "ER", ""


def _author(name: str) -> str:
    """Family, given, suffix: in another order than BibTeX."""
    parts = split_name(name)
    family = f"{parts.particle} {parts.family}".strip()
    return ", ".join(_one_line(part) for part in (family, parts.given, parts.suffix) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
