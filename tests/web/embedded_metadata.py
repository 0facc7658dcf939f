"""What Zotero takes from the head of a page, by the rules of its translator "Embedded Metadata", told in our own words.

A field's value is that of the first tag whose name ends with the field's; authors are those of all such tags in their
order, parted at semicolons, each once in a row, family name first where there is a comma. The kind of item is what
`z:itemType` says if Zotero has such a kind, else that of the first telling field, else an article in a journal.
"""

from dataclasses import dataclass

from tests.web.html import Element

FIELDS = {
    "title": "citation_title",
    "date": "citation_publication_date",
    "abstract": "citation_abstract",
    "doi": "citation_doi",
    "language": "citation_language",
    "url": "citation_abstract_html_url",
    "pdf": "citation_pdf_url",
}
KINDS = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
ITEM_TYPES = {*KINDS.values(), "preprint", "webpage", "book"}


@dataclass(frozen=True)
class Item:
    kind: str
    authors: list[tuple[str, str]]
    """Given and family name."""
    fields: dict[str, str]


def recognise(page: Element) -> Item:
    tags = [(tag.get("name") or "", tag.get("content") or "") for tag in page.one("head").all("meta")]
    fields = {field: _first(tags, name) for field, name in FIELDS.items()}
    return Item(_kind(tags), _authors(tags), {field: value for field, value in fields.items() if value})


def _first(tags: list[tuple[str, str]], name: str) -> str:
    return next((" ".join(content.split()) for tag, content in tags if tag.endswith(name)), "")


def _kind(tags: list[tuple[str, str]]) -> str:
    telling = [KINDS[tag] for tag, content in tags if tag in KINDS and content]
    stated = [content for tag, content in tags if tag == "z:itemType" and content in ITEM_TYPES]
    return telling[-1] if telling else stated[0] if stated else "journalArticle"


def _authors(tags: list[tuple[str, str]]) -> list[tuple[str, str]]:
    names = [part.strip() for tag, content in tags if tag.endswith("citation_author") for part in content.split(";")]
    in_turn = [name for place, name in enumerate(names) if name and names[place - 1 : place] != [name]]
    return [_split(name) for name in in_turn]


def _split(name: str) -> tuple[str, str]:
    if "," in name:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family
