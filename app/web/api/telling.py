"""What the rooms know, as programs are told it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app import models
from app.catalog import Card, CardEntry, CardPaper, Facets, Listing, PaperFilter, newest_first
from app.catalog.answers import Answer
from app.catalog.card import Snippet
from app.catalog.reading import tags_of
from app.iri import as_uri
from app.web.api import schemas
from app.web.places import Place
from app.web.urls import api_url, digest_url, paper_url
from app.web.wording import sentence

PAGE = Place("/papers")
LIST = Place(api_url(PAGE.path))


def listing(found: Listing, cards: Sequence[Card], base: str) -> schemas.Listing:
    """A page of papers; `cards` are of its papers, with their texts."""
    return schemas.Listing(
        total=found.total,
        is_exact=found.answer.is_exact,
        page=found.filter.page,
        pages=found.pages,
        size=found.page_size,
        sort=found.order,
        papers=[_listed(card, base) for card in cards],
        facets=_facets(found.facets),
        search=_search(found.answer),
        links=_links(found, base),
    )


def paper(found: models.Paper, base: str) -> schemas.Paper:
    """A paper with all its entries loaded."""
    shown, entries = found.shown, newest_first(found.entries)
    return schemas.Paper(
        key=found.key,
        arxiv_id=found.arxiv_id,
        doi=found.doi,
        version=shown.number,
        title=shown.title,
        authors=[author.name for author in shown.authors],
        abstract=shown.abstract,
        comment=shown.comment,
        versions=[
            schemas.Version(number=one.number, title=one.title, abstract=one.abstract, comment=one.comment)
            for one in found.versions
        ],
        first_day=found.first_day,
        latest_day=found.latest_day,
        tags=[tag.name for tag in tags_of(entries)],
        entries=[_entry(entry, base) for entry in entries],
        **_addresses(found, base),
    )


def _entry(entry: models.Entry, base: str) -> schemas.Entry:
    digest = entry.digest
    return schemas.Entry(
        digest_id=digest.id,
        digest_title=digest.title,
        digest_url=base + digest_url(digest),
        position=entry.position,
        day=digest.day,
        topic=digest.topic.name if digest.topic else None,
        version=entry.version.number,
        stated_arxiv_id=entry.stated_arxiv_id,
        summary=entry.summary,
        key_points=entry.key_points,
        analysis=entry.analysis,
        rest=entry.rest,
        tags=[tag.tag.name for tag in entry.tags],
        figures=[schemas.Figure(url=figure.url, caption=figure.caption) for figure in entry.figures],
        first_line=entry.first_line,
        last_line=entry.last_line,
        lines=entry.lines,
        findings=[
            schemas.Finding(rule=found.rule, line=found.line, sentence=sentence(found)) for found in entry.findings
        ],
    )


def _listed(card: Card, base: str) -> schemas.ListedPaper:
    found = card.paper
    return schemas.ListedPaper(
        key=found.key,
        arxiv_id=found.arxiv_id,
        version=found.version,
        title=found.title,
        authors=[author.name for author in found.authors],
        abstract=found.abstract,
        comment=found.comment,
        venues=list(found.venues),
        code_url=found.code_url,
        tags=[tag.name for tag in card.tags],
        entries=[_listed_entry(entry) for entry in (card.entry, *card.others) if entry],
        found_in=list(card.found_in),
        passages=[_passage(snippet) for snippet in card.snippets],
        **_addresses(found, base),
    )


def _listed_entry(entry: CardEntry) -> schemas.ListedEntry:
    return schemas.ListedEntry(
        digest_id=entry.digest_id,
        position=entry.position,
        day=entry.day,
        topic=entry.topic.name if entry.topic else None,
        summary=entry.summary,
        key_points=list(entry.key_points),
    )


def _passage(found: Snippet) -> schemas.Passage:
    marked = [fragment.text for fragment in found.fragments if fragment.is_match]
    return schemas.Passage(field=found.field, text=found.text, marked=marked)


def _addresses(found: models.Paper | CardPaper, base: str) -> dict[str, str]:
    path = paper_url(found)
    return {"url": base + api_url(path), "page_url": base + path}


def _facets(facets: Facets) -> dict[str, list[schemas.Count]]:
    named: Mapping[str, Mapping[str, int]] = {
        "topic": facets.topics,
        "date": facets.months,
        "tag": facets.tags,
        "author": facets.authors,
        "venue": facets.venues,
        "has": facets.has,
        "quality": facets.qualities,
    }
    return {
        name: [schemas.Count(value=value, papers=papers) for value, papers in counts.items()]
        for name, counts in named.items()
    }


def _search(answer: Answer) -> schemas.Search:
    return schemas.Search(
        hints=list(answer.question.hints),
        also_searched=_also((one.typed, one.others) for one in answer.also),
        corrections=_also(answer.corrections.items()),
        without=[schemas.Without(left_out=one.text, q=one.rest, papers=one.total) for one in answer.suspects],
        not_searched_yet=answer.behind,
    )


def _also(words: Iterable[tuple[str, Sequence[str]]]) -> list[schemas.Also]:
    return [schemas.Also(typed=typed, others=list(others)) for typed, others in words]


def _links(found: Listing, base: str) -> schemas.Links:
    wanted = found.filter

    def turned(page: int) -> str | None:
        return address(LIST, replace(wanted, page=page)) if 1 <= page <= found.pages else None

    def address(place: Place, asked: PaperFilter) -> str:
        return as_uri(base + place.url(asked))

    everywhere = replace(wanted, size=None, page=1)  # pages and feeds have their own sizes
    return schemas.Links(
        self=address(LIST, wanted),
        next=turned(wanted.page + 1),
        previous=turned(wanted.page - 1),
        page=address(PAGE, everywhere),
        feed=address(PAGE.feed, everywhere),
    )
