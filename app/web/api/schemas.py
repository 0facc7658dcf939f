"""What programs ask and what they are told. Names are those of addresses and of the vocabulary."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.catalog import EXCLUSIONS, PARAMETERS, PaperFilter, Period, Sort
from app.db import LARGEST_ID
from app.web.params import MAX_PAGE, MAX_QUERY

LARGEST_PAGE = 100
"""Papers on one page."""


def _period(text: str) -> str:
    if text and Period.parse(text) is None:
        raise ValueError("no day, week, month, year or span of them, such as 2024-12-07, 2024-W49 or 2024-11..2024-12")
    return text


def _without_null(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a character that no text has")
    return text


Value = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_without_null)]
Values = list[Value]


class Asked(BaseModel):
    """A query string, read strictly: a program that misspells a name is to know."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, StringConstraints(max_length=MAX_QUERY), AfterValidator(_without_null)] = Field(
        "", description="Words, in the grammar of the search box (/help/search). A blank at the end: the last is whole."
    )
    topic: Values = Field([], description="Values of one name are alternatives; different names must all hold.")
    tag: Values = []
    author: Values = []
    venue: Values = []
    quality: Values = Field([], description="Ids of lint rules that found something, or `clean`.")
    not_topic: Values = Field([], description="No digest with one of these topics lists the paper; and so on.")
    not_tag: Values = []
    not_author: Values = []
    not_venue: Values = []
    not_quality: Values = []
    date: Annotated[str, AfterValidator(_period)] = Field("", description="2024-12-07, 2024-W49, 2024-11..2024-12")
    has: list[Literal["code", "figures"]] = []
    after: int | None = Field(
        None, ge=0, le=LARGEST_ID, description="Only papers that came into the library after the one of this number."
    )
    literal: Annotated[bool, BeforeValidator(lambda given: {"1": True, "": False}.get(given, given))] = Field(
        False, description="Whether words that mean the same are left out."
    )
    sort: Sort | None = Field(
        None, description="Best first where there are words, else newest first; the answer says in which order it is."
    )
    size: int | None = Field(
        None, ge=1, le=LARGEST_PAGE, description="Papers on a page; unless asked as many as on the pages for people."
    )
    page: int = Field(1, ge=1, le=MAX_PAGE)

    def as_filter(self) -> PaperFilter:
        """As the catalog is asked."""
        several: dict[str, Any] = {
            facet: tuple(dict.fromkeys(getattr(self, name)))
            for facet, name in (*PARAMETERS.items(), *EXCLUSIONS.items())
        }
        return PaperFilter(
            q=self.q if self.q.strip() else "",
            **several,
            period=Period.parse(self.date) if self.date else None,
            has_code="code" in self.has,
            has_figures="figures" in self.has,
            after=self.after,
            is_literal=self.literal,
            sort=self.sort,
            size=self.size,
            page=self.page,
        )


class Passage(BaseModel):
    """A piece of a field with the words that were sought: these are what `marked` holds, in their order."""

    field: str
    text: str
    marked: list[str]


class ListedEntry(BaseModel):
    """The paper as it stands in one digest."""

    digest_id: int
    position: int
    day: date
    topic: str | None
    summary: str
    key_points: list[str]


class ListedPaper(BaseModel):
    """A paper of a list, with the title, authors and abstract of its highest version."""

    key: str
    arxiv_id: str | None
    version: int
    title: str
    authors: list[str]
    abstract: str
    comment: str
    venues: list[str]
    code_url: str | None
    tags: list[str]
    entries: list[ListedEntry] = Field(description="The one that fits what was asked first, then the newest first.")
    found_in: list[str] = Field(description="The fields that hold any of the words.")
    passages: list[Passage]
    url: str
    page_url: str


class Count(BaseModel):
    value: str
    papers: int


class Also(BaseModel):
    typed: str
    others: list[str]


class Without(BaseModel):
    """A part of the question, and what there is without it."""

    left_out: str
    q: str
    papers: int


class Search(BaseModel):
    """What there is to say of words beside the papers."""

    hints: list[str]
    also_searched: list[Also]
    corrections: list[Also]
    without: list[Without] = Field(description="When nothing was found: the parts that emptied the list.")
    not_searched_yet: int = Field(description="Papers that are new or changed and not in the index yet.")


class Links(BaseModel):
    """The same list elsewhere."""

    self: str
    next: str | None
    previous: str | None
    page: str
    feed: str


class Listing(BaseModel):
    """A page of papers."""

    total: int = Field(description="Every paper that matches.")
    is_exact: bool = Field(description="Whether there are just so many; else at least so many.")
    page: int
    pages: int
    size: int
    sort: Sort
    papers: list[ListedPaper]
    facets: dict[str, list[Count]] = Field(
        description="By the name in addresses (months by `date`), how many papers each value would leave."
    )
    search: Search
    links: Links


class Version(BaseModel):
    number: int = Field(description="0 where no digest names one.")
    title: str
    abstract: str
    comment: str


class Figure(BaseModel):
    url: str
    caption: str


class Finding(BaseModel):
    """What the lint doubts, and the line of the digest."""

    rule: str
    line: int
    sentence: str


class Entry(BaseModel):
    """All that one digest says of the paper."""

    digest_id: int
    digest_title: str
    digest_url: str
    position: int
    day: date
    topic: str | None
    version: int
    stated_arxiv_id: str | None
    summary: str
    key_points: list[str]
    analysis: str = Field(description="Markdown or HTML of strangers, as written.")
    rest: str = Field(description="What stands in the entry's lines and is in no other field.")
    tags: list[str]
    figures: list[Figure]
    first_line: int
    last_line: int
    lines: dict[str, list[int]] = Field(description="For each field its first and last line in the digest's original.")
    findings: list[Finding]


class Paper(BaseModel):
    """A paper with all that its digests say of it."""

    key: str
    arxiv_id: str | None
    doi: str | None
    version: int
    title: str
    authors: list[str]
    abstract: str
    comment: str
    versions: list[Version]
    first_day: date | None
    latest_day: date | None
    tags: list[str]
    entries: list[Entry]
    url: str
    page_url: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    parameters: dict[str, str] = Field({}, description="What is wrong with each parameter, by its name.")
