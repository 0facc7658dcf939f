"""The tags in a page's head by which Zotero, Google Scholar and their like know the paper. Pure.

The names are HighWire's, which Zotero's translator "Embedded Metadata" reads: a name it takes wherever its ending fits,
one author a tag, "Family, Given" where there is a comma. `z:itemType` makes a preprint what it would otherwise take for
an article in a journal.
"""

from collections.abc import Iterator

from app.citations.names import split_name
from app.citations.work import Work


def meta_tags(work: Work) -> Iterator[tuple[str, str]]:
    """Name and content of each; the authors in their order."""
    yield "citation_title", " ".join(work.title.split())
    yield from (("citation_author", _author(name)) for name in work.authors)
    if work.submitted:
        yield "citation_publication_date", "{}/{:02}".format(*work.submitted)
    if work.arxiv_id and not work.doi:
        yield "z:itemType", "preprint"
    values = [
        ("citation_arxiv_id", work.arxiv_id),
        ("citation_doi", work.doi),
        ("citation_abstract_html_url", work.url),
        ("citation_pdf_url", work.pdf),
        ("citation_abstract", " ".join(work.abstract.split())),
        ("citation_language", work.language),
    ]
    yield from ((name, value) for name, value in values if value)


def _author(name: str) -> str:
    """Names are parted by semicolons there, so none may stand in one."""
    return " ".join(split_name(name.replace(";", " ")).inverted.split())
