"""Many entries into the store at once, with the papers they are about: decide on plain values, then write in bulk."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.digests.document import ParsedEntry
from app.digests.identity import Papers
from app.digests.known import KnownPaper, KnownVersion, Placed
from app.digests.rows import delete_rows, in_parts, insert_rows, new_ids, paper_slugs, row_ids, update_rows
from app.digests.telling import tell
from app.models import Author, Authorship, Entry, EntryTag, Figure, Paper, PaperVersion, Tag

CHUNK = 2000
"""Entries looked up and written at a time: bounds the memory and the length of a statement."""

OldEntries = dict[tuple[int, int], list[int]]
"""Ids of the entries that stand in the store, by digest and paper: used again, so that what points there stays true."""


class _Told(NamedTuple):
    """An entry, and what it is about."""

    item: Placed
    paper: KnownPaper
    version: KnownVersion


def write_entries(session: Session, items: Sequence[Placed], old: OldEntries) -> set[int]:
    """Write entries in their order; the ids of the papers that have to be settled, for they stood in the store before.

    What is left of `old` afterwards is listed no more.
    """
    touched: set[int] = set()
    for chunk in in_parts(items, CHUNK):
        papers = Papers(session, chunk)
        told = []
        for item in chunk:
            paper = papers.find_or_add(item)
            told.append(_Told(item, paper, tell(paper, item)))
            papers.learn_titles(paper)
            paper.days += item.days
        touched.update(each.paper.id for each in told if each.paper.id is not None)
        _write_papers(session, {id(each.paper): each.paper for each in told}.values())
        _write_rows(session, told, old)
    return touched


def _write_papers(session: Session, papers: Collection[KnownPaper]) -> None:
    """All that there is to know of a new paper is known here, so it is written settled."""
    new = [paper for paper in papers if paper.id is None]
    changed = [paper for paper in papers if paper.is_changed and paper.id is not None]
    _name_the_nameless(session, new)
    for paper, paper_id in zip(new, new_ids(session, Paper, len(new)), strict=True):
        paper.id = paper_id
        paper.versions[max(paper.versions)].is_shown = True
    insert_rows(session, Paper, [_settled(paper) for paper in new])
    update_rows(session, Paper, [{"row": paper.id, **_numbers(paper)} for paper in changed])
    _write_versions(session, [(paper.require_id(), version) for paper in papers for version in paper.versions.values()])


def _settled(paper: KnownPaper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "slug": paper.slug,
        **_numbers(paper),
        "first_day": min(paper.days),
        "latest_day": max(paper.days),
        "changed": 1,
        "indexed": 0,
    }


def _numbers(paper: KnownPaper) -> dict[str, Any]:
    return {"arxiv_id": paper.arxiv_id, "doi": paper.doi}


def _name_the_nameless(session: Session, papers: Iterable[KnownPaper]) -> None:
    """Give a slug to each new paper without an arXiv id."""
    nameless = [paper for paper in papers if not paper.arxiv_id]
    slugs = paper_slugs(session, [next(iter(paper.versions.values())).title for paper in nameless])
    for paper, slug in zip(nameless, slugs, strict=True):
        paper.slug = slug


def _write_versions(session: Session, versions: Sequence[tuple[int, KnownVersion]]) -> None:
    changed = [version for _, version in versions if version.is_changed and version.id is not None]
    renamed = [version.id for _, version in versions if version.are_authors_changed and version.id is not None]
    new = [(paper_id, version) for paper_id, version in versions if version.id is None]
    for (_, version), version_id in zip(new, new_ids(session, PaperVersion, len(new)), strict=True):
        version.id = version_id
    rows = [
        {"id": v.id, "paper_id": paper_id, "number": v.number, "is_shown": v.is_shown, **_words(v)}
        for paper_id, v in new
    ]
    insert_rows(session, PaperVersion, rows)
    update_rows(session, PaperVersion, [{"row": version.id, **_words(version)} for version in changed])
    delete_rows(session, Authorship, "version_id", renamed)
    _write_authors(session, [version for _, version in versions if version.are_authors_changed])


def _words(version: KnownVersion) -> dict[str, Any]:
    return {
        "digest_id": version.told_by,
        "title": version.title,
        "title_key": version.title_key,
        "abstract": version.abstract,
        "comment": version.comment,
    }


def _write_authors(session: Session, versions: Sequence[KnownVersion]) -> None:
    authors = row_ids(session, Author, (name for version in versions for name in version.authors))
    rows = [
        {"version_id": version.id, "position": position, "author_id": authors[name]}
        for version in versions
        for position, name in enumerate(version.authors, start=1)
    ]
    insert_rows(session, Authorship, rows)


def _write_rows(session: Session, told: Sequence[_Told], old: OldEntries) -> None:
    """The rows of entries: one that stood in the store for the same digest and paper is used again."""
    kept = [_pop(old, each) for each in told]
    fresh = iter(new_ids(session, Entry, kept.count(None)))
    ids = [next(fresh) if entry_id is None else entry_id for entry_id in kept]
    rows = list(zip(kept, ids, told, strict=True))
    again = [entry_id for entry_id in kept if entry_id is not None]
    delete_rows(session, EntryTag, "entry_id", again)
    delete_rows(session, Figure, "entry_id", again)
    update_rows(session, Entry, [{"row": row_id, **_columns(each)} for was, row_id, each in rows if was is not None])
    insert_rows(session, Entry, [{"id": row_id, **_columns(each)} for was, row_id, each in rows if was is None])
    _write_parts(session, [(row_id, each.item.entry) for _, row_id, each in rows])


def _pop(old: OldEntries, each: _Told) -> int | None:
    same = old.get((each.item.digest_id, each.paper.require_id()))
    return same.pop(0) if same else None


def _columns(each: _Told) -> dict[str, Any]:
    entry = each.item.entry
    return {
        "digest_id": each.item.digest_id,
        "paper_id": each.paper.id,
        "version_id": each.version.id,
        "position": each.item.position,
        "first_line": entry.first_line,
        "last_line": entry.last_line,
        "stated_arxiv_id": entry.arxiv_id,
        "url": entry.url,
        "lines": entry.lines,
        "summary": entry.summary,
        "key_points": entry.key_points,
        "analysis": entry.analysis,
        "rest": entry.rest,
    }


def _write_parts(session: Session, entries: Sequence[tuple[int, ParsedEntry]]) -> None:
    tags = row_ids(session, Tag, (name for _, entry in entries for name in entry.tags))
    tag_rows = [
        {"entry_id": entry_id, "tag_id": tag_id, "position": position}
        for entry_id, entry in entries
        for position, tag_id in enumerate(dict.fromkeys(tags[name] for name in entry.tags), start=1)
    ]
    insert_rows(session, EntryTag, tag_rows)
    figures = [
        {"entry_id": entry_id, "position": position, "url": figure.url, "caption": figure.caption}
        for entry_id, entry in entries
        for position, figure in enumerate(entry.figures, start=1)
    ]
    insert_rows(session, Figure, figures)
