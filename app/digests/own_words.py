"""What the entries of a digest say in its own file, whatever the library knows from other digests."""

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.digests.decoding import read_text
from app.digests.document import ParsedEntry
from app.digests.moving import Words
from app.digests.naming import title_key
from app.digests.parsing import parse_digest
from app.digests.rows import row_ids
from app.errors import AppError
from app.models import Author, Digest, Entry


def own_words(session: Session, entries: list[Entry]) -> dict[int, Words]:
    """By the id of the entry. An entry that cannot be found in its original again is left out."""
    stated = {digest_id: _read_again(session, digest_id) for digest_id in {entry.digest_id for entry in entries}}
    found = [(entry, stated[entry.digest_id].get(entry.position)) for entry in entries]
    return {
        entry.id: _words(session, entry, parsed)
        for entry, parsed in found
        if parsed and (parsed.first_line, parsed.arxiv_id) == (entry.first_line, entry.stated_arxiv_id)
    }


def _read_again(session: Session, digest_id: int) -> dict[int, ParsedEntry]:
    """By position; nothing of a file that is read in another way today."""
    digest = session.scalars(select(Digest).filter_by(id=digest_id).options(undefer(Digest.original))).one()
    try:
        parsed = parse_digest(read_text(digest.original).text)
    except AppError:
        return {}
    return dict(enumerate(parsed.entries, start=1))


def _words(session: Session, entry: Entry, parsed: ParsedEntry) -> Words:
    authors = row_ids(session, Author, parsed.authors)
    return {
        "number": parsed.version or 0,
        "digest_id": entry.digest_id,
        "title": parsed.title,
        "title_key": title_key(parsed.title),
        "abstract": parsed.abstract,
        "comment": parsed.comment,
        "authors": [authors[name] for name in parsed.authors],
    }
