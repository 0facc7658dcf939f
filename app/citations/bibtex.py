"""BibTeX. Pure.

A paper of which only its preprint is known is `@misc` with `eprint`, as arXiv itself writes it: a venue in the comment
may be one it was merely submitted to, so the comment is quoted as a note and makes no `@inproceedings`.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from app.citations import latex
from app.citations.keys import citation_keys
from app.citations.names import split_name
from app.citations.work import Work

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(works: Sequence[Work], *, with_abstract: bool = True) -> str:
    """An entry for each, with keys of their own."""
    return "\n".join(_entry(work, key, with_abstract) for work, key in zip(works, citation_keys(works), strict=True))


def _entry(work: Work, key: str, with_abstract: bool) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(work, with_abstract))
    return f"@misc{{{key},\n{fields}}}\n"


def _fields(work: Work, with_abstract: bool) -> Iterator[tuple[str, str]]:
    yield "title", _braced(latex.title(_one_line(work.title)))
    if work.authors:
        yield "author", _braced(" and ".join(map(_author, work.authors)))
    if work.submitted:
        yield "year", _braced(str(work.submitted[0]))
        yield "month", _MONTHS[work.submitted[1] - 1]
    if work.arxiv_id:
        yield "eprint", _braced(work.arxiv_id)
        yield "archivePrefix", "{arXiv}"
    plain = [("primaryClass", work.primary_class), ("doi", _address(work.doi)), ("url", _address(work.url))]
    texts = [("note", work.comment), ("abstract", work.abstract if with_abstract else "")]
    yield from ((name, _braced(value)) for name, value in plain if value)
    yield from ((name, _braced(latex.escaped(_one_line(value)))) for name, value in texts if value.strip())


def _author(name: str) -> str:
    """A name that BibTeX would cut in two, it takes whole within braces."""
    written = latex.escaped(split_name(name).inverted)
    return f"{{{written}}}" if " and " in f" {written.lower()} " else written


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _address(url: str) -> str:
    """Printed as it is; only what would end the field is written otherwise."""
    return "".join(quote(char, safe="") if char in "{}\\ " else char for char in url)
