"""One paper, one digest, with all that their pages show."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from app.arxiv import read_arxiv_id, read_arxiv_link
from app.db import LARGEST_ID
from app.doi import read_doi
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import Authorship, Digest, DigestTag, Entry, EntryTag, MergedPaper, Paper, PaperVersion, Tag


def pasted_paper(session: Session, typed: str) -> Paper | None:
    """The paper whose link or id was put into the search box, and nothing else, if the library has it.

    That of a paper which was merged leads to the other one.
    """
    name = typed.strip()
    if len(name.split()) == 1 and (link := read_arxiv_link(name)):
        wanted = Paper.arxiv_id == link[0]
    elif arxiv_id := read_arxiv_id(name):
        wanted = Paper.arxiv_id == arxiv_id
    elif doi := read_doi(name):
        wanted = Paper.doi == doi
    else:
        return None
    paper = session.scalar(select(Paper).where(wanted))
    if paper is None or paper.latest_day is not None:
        return paper
    return session.get(Paper, into) if (into := _merged_into(session, paper)) else None


def find_paper(session: Session, key: str) -> Paper:
    """The paper of that arXiv id (a version or a prefix is no matter) or slug, with all its entries loaded.

    A paper that was merged into another is that other one.
    """
    arxiv_id = read_arxiv_id(key) or key
    query = select(Paper).where((Paper.arxiv_id == arxiv_id) | (Paper.slug == key)).options(*_WHOLE_PAPER)
    paper = session.scalar(query)
    if paper is None:
        raise NotFoundError(_("There is no such paper in the library."))
    into = None if paper.entries else _merged_into(session, paper)
    return session.scalars(select(Paper).filter_by(id=into).options(*_WHOLE_PAPER)).one() if into else paper


def _merged_into(session: Session, paper: Paper) -> int | None:
    """The number of the paper that this one is part of now."""
    return session.scalar(select(MergedPaper.into_id).filter_by(paper_id=paper.id))


_VERSION = selectinload(PaperVersion.authorships).joinedload(Authorship.author, innerjoin=True)
_TAGS = selectinload(Entry.tags).joinedload(EntryTag.tag, innerjoin=True)
_ABOUT_DIGEST = (joinedload(Digest.topic), selectinload(Digest.tags).joinedload(DigestTag.tag, innerjoin=True))
_WHOLE_PAPER = (
    joinedload(Paper.shown).options(_VERSION),
    selectinload(Paper.versions),
    selectinload(Paper.entries).options(
        undefer(Entry.analysis),
        undefer(Entry.rest),
        undefer(Entry.lines),
        selectinload(Entry.findings),
        joinedload(Entry.digest, innerjoin=True).options(*_ABOUT_DIGEST),
        joinedload(Entry.version, innerjoin=True),
        selectinload(Entry.figures),
        _TAGS,
    ),
)


def tags_of(entries: Sequence[Entry]) -> list[Tag]:
    """The tags of entries and of their digests, each once, the entries' own first."""
    own = [tag.tag for entry in entries for tag in entry.tags]
    shared = [tag.tag for entry in entries for tag in entry.digest.tags]
    return list({tag.id: tag for tag in own + shared}.values())


def find_digest(session: Session, digest_id: int) -> Digest:
    """The digest with its entries in their order, as imported."""
    require_possible(digest_id)
    digest = session.scalar(
        select(Digest)
        .where(Digest.id == digest_id)
        .options(
            *_ABOUT_DIGEST,
            undefer(Digest.preamble),
            selectinload(Digest.files),
            selectinload(Digest.findings),
            selectinload(Digest.entries).options(
                undefer(Entry.analysis),
                undefer(Entry.rest),
                undefer(Entry.lines),
                selectinload(Entry.findings),
                joinedload(Entry.paper, innerjoin=True),
                joinedload(Entry.version, innerjoin=True).options(_VERSION),
                selectinload(Entry.figures),
                _TAGS,
            ),
        )
    )
    if digest is None:
        raise NotFoundError(_("There is no such digest in the library."))
    return digest


def digest_original(session: Session, digest_id: int) -> bytes:
    """The bytes that were imported."""
    require_possible(digest_id)
    original = session.scalar(select(Digest.original).where(Digest.id == digest_id))
    if original is None:
        raise NotFoundError(_("There is no such digest in the library."))
    return original


def require_possible(digest_id: int) -> None:
    """A number that no digest can have is one that no store need be asked for."""
    if digest_id > LARGEST_ID:
        raise NotFoundError(_("There is no such digest in the library."))
