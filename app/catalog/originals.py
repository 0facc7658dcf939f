"""A digest's original with what is known of its lines: which entry they belong to, what is doubted in them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from app.catalog.reading import require_possible
from app.errors import NotFoundError
from app.i18n import gettext as _
from app.models import Digest, Entry, Finding


class Marks(NamedTuple):
    """What some lines of an original hold."""

    entries: Sequence[Entry]
    """With their papers, in the order of the digest; those that reach into the lines from outside included."""
    findings: Sequence[Finding]


def find_original(session: Session, digest_id: int) -> Digest:
    """The digest with its bytes and the files it came from; none of its entries, of which there may be very many."""
    require_possible(digest_id)
    loaded = (undefer(Digest.original), joinedload(Digest.topic), selectinload(Digest.files))
    digest = session.scalar(select(Digest).where(Digest.id == digest_id).options(*loaded))
    if digest is None:
        raise NotFoundError(_("There is no such digest in the library."))
    return digest


def marks_between(session: Session, digest: Digest, first: int, last: int) -> Marks:
    """The entries and findings in these lines, both ends included."""
    entries = (
        select(Entry)
        .where(Entry.digest_id == digest.id, Entry.first_line <= last, Entry.last_line >= first)
        .options(joinedload(Entry.paper, innerjoin=True), joinedload(Entry.version, innerjoin=True))
        .order_by(Entry.position)
    )
    findings = (
        select(Finding)
        .where(Finding.digest_id == digest.id, Finding.line.between(first, last))
        .order_by(Finding.line, Finding.id)
    )
    return Marks(session.scalars(entries).all(), session.scalars(findings).all())
