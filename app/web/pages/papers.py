"""Lists of papers, one paper, and what a reader can do to it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from app import bookmarks, catalog, citations
from app.catalog.browsing import find_ids
from app.catalog.facts import facts_of, grouped
from app.catalog.neighbouring import links_of, papers_in_order
from app.catalog.reading import tags_of
from app.catalog.related import related_papers
from app.models import Paper
from app.web.appearances import chosen_pair, compare, pictures
from app.web.citing import FORMATS, base_url, citation_response, file_name, work_of
from app.web.deps import CurrentUser, Db, Index, SignedIn
from app.web.headers import content_policy
from app.web.listings import kept_of, render_listing, render_rest, seen_of
from app.web.numbers import read_number
from app.web.params import Wanted
from app.web.places import Place
from app.web.redirects import at_button, elsewhere, moved, opened, see_other
from app.web.rendering import render_component, render_page, wants_fragment
from app.web.turning import in_digest, in_list
from app.web.urls import asking, paper_url, with_query

router = APIRouter(default_response_class=Response)
MOST_CITED = 1_000
"""Citations in one file."""
LEAD = 8
"""Papers that the answer to a key has: more than most windows show. It comes the sooner, and often another key is next."""


@router.get("/papers")
def index(
    request: Request, db: Db, search: Index, user: CurrentUser, wanted: Wanted, rest: Annotated[str, Query()] = ""
) -> Response:
    """Every paper, narrowed by words and filters. A link or id of a paper opens that paper.

    `rest` asks for the cards of the page that come after so many, for a list that has the first ones already.
    """
    place = Place("/papers")
    if wants_fragment(request) and (first := read_number(rest)):
        return render_rest(request, db, search, user, place, wanted, first)
    is_typing = wants_fragment(request) and request.headers.get("HX-Source", "").startswith("input")
    if wanted.q and (not is_typing or "://" in wanted.q) and (paper := catalog.pasted_paper(db, wanted.q)):
        return opened(request, paper_url(paper))
    lead = LEAD if is_typing and wanted.q else None
    return render_listing(request, db, search, user, "pages/papers/index.html", place, wanted, lead)


@router.post("/papers/{paper_id:number}/bookmark")
def bookmark(
    request: Request,
    db: Db,
    user: SignedIn,
    paper_id: int,
    bookmarked: Annotated[bool, Form()],
    next: Annotated[str, Form()] = "/papers",
) -> Response:
    """Keep a paper, or let it go."""
    paper = bookmarks.set_bookmarked(db, user, paper_id, bookmarked)
    if wants_fragment(request):
        return render_component(request, "bookmark_button", paper=paper, is_kept=bookmarked)
    return see_other(at_button(next, "bookmark", paper.id))


@router.get("/papers.bib")
@router.get("/papers.ris")
@router.get("/papers.json")
@router.get("/papers.md")
def cite_all(request: Request, db: Db, search: Index, wanted: Wanted) -> Response:
    """The first papers of a list as citations, in its order."""
    known = request.app.state.terms.equivalents(db)
    ids = find_ids(db, search, replace(wanted, read=None), MOST_CITED, equivalents=known)
    links, base = links_of(db, ids), base_url(request)
    works = [work_of(paper, base=base, link=links.get(paper.id, "")) for paper in papers_in_order(db, ids)]
    return citation_response(request.url.path.rpartition(".")[2], works, "papers")


@router.get("/related/{key:path}")
def related(request: Request, db: Db, search: Index, user: CurrentUser, key: str) -> Response:
    """Papers that have something to do with one, and what. Apart from its page, for a search takes its time."""
    paper = catalog.find_paper(db, key)
    found = related_papers(db, search, paper)
    return render_page(request, "pages/papers/related.html", block="found", paper=paper, found=found)


# Before `show`, which takes any path. No paper's own name ends so: slugs have no dots, and arXiv ids end with digits.
@router.get("/papers/{key:path}.bib")
@router.get("/papers/{key:path}.ris")
@router.get("/papers/{key:path}.json")
@router.get("/papers/{key:path}.md")
def cite(request: Request, db: Db, key: str) -> Response:
    """One paper as a citation."""
    ending = request.url.path.rpartition(".")[2]
    paper = catalog.find_paper(db, key)
    if key != paper.key:
        return _spelled(request, paper, key, f"{paper_url(paper)}.{ending}")
    work = work_of(paper, catalog.newest_first(paper.entries), base_url(request))
    return citation_response(ending, [work], file_name(paper))


@router.get("/papers/{key:path}")
def show(
    request: Request,
    db: Db,
    search: Index,
    user: CurrentUser,
    key: str,
    figures: str = "",
    listed: Annotated[str, Query(alias="list")] = "",
    first: Annotated[str, Query(alias="compare")] = "",
    second: Annotated[str, Query(alias="with")] = "",
) -> Response:
    """One paper with every entry about it. Its figures are on foreign hosts: loaded only when asked for."""
    paper = catalog.find_paper(db, key)
    if key != paper.key:
        return _spelled(request, paper, key, paper_url(paper))
    shows_figures = figures == "shown"
    entries = catalog.newest_first(paper.entries)
    pair = chosen_pair(entries, first, second)
    facts = facts_of(paper.shown, entries)
    turning = in_list(request, db, search, paper, listed) if listed else None
    work = work_of(paper, entries, base_url(request))
    asked = {"list": turning.url if turning else "", "compare": first, "with": second}
    response = render_page(
        request,
        "pages/papers/show.html",
        block="main",
        paper=paper,
        version=paper.shown,
        entries=entries,
        comparison=compare(*pair) if pair else None,
        others=[entry for entry in entries if not pair or entry not in pair],
        tags=tags_of(entries),
        facts=facts,
        fact_groups=grouped(facts),
        pictures=pictures(entries),
        shows_figures=shows_figures,
        shown_url=_address(paper, {**asked, "figures": "shown"}),
        hidden_url=_address(paper, asked),
        turning=turning or in_digest(db, entries),
        listed=asked["list"],
        citation_formats=FORMATS,
        bibtex=citations.to_bibtex([work], with_abstract=False),
        meta_tags=list(citations.meta_tags(work)),
        kept=kept_of(db, user, [paper.id]),
        seen=seen_of(db, user, [paper.id]),
    )
    if shows_figures:
        response.headers["Content-Security-Policy"] = content_policy(("'self'", "https:", "http:"))
    return response


def _address(paper: Paper, asked: dict[str, str]) -> str:
    """The page with what is asked of it."""
    return asking(paper_url(paper), asked)


def _spelled(request: Request, paper: Paper, key: str, address: str) -> Response:
    """To the address that a paper has: for good if it was merely spelled otherwise, else as far as we know today."""
    address = with_query(address, request.url.query)
    is_spelling = bool(paper.arxiv_id and paper.arxiv_id in key)
    return moved(address) if is_spelling else elsewhere(address)
