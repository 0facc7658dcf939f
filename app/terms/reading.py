"""The texts that terms are mined from: of each paper its English title and abstract, and what digests say in Chinese."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Entry, PaperVersion
from app.terms.mining import MOST_PAPERS, TextPair

_BATCH = 500


def text_pairs(session: Session) -> list[TextPair]:
    """Papers that have both, in the order of their ids. Of a large library every second one, or third, and so on."""
    ids = session.scalars(select(Entry.paper_id).where(Entry.summary != "").distinct().order_by(Entry.paper_id)).all()
    chosen = ids[:: -(-len(ids) // MOST_PAPERS) or 1]
    return [pair for at in range(0, len(chosen), _BATCH) for pair in _pairs(session, chosen[at : at + _BATCH])]


def _pairs(session: Session, ids: Sequence[int]) -> list[TextPair]:
    english = {
        paper_id: f"{title}.\n{abstract}"
        for paper_id, title, abstract in session.execute(
            select(PaperVersion.paper_id, PaperVersion.title, PaperVersion.abstract).where(
                PaperVersion.paper_id.in_(ids), PaperVersion.is_shown
            )
        )
    }
    chinese: dict[int, list[str]] = defaultdict(list)
    told = select(Entry.paper_id, Entry.summary, Entry.key_points).where(Entry.paper_id.in_(ids)).order_by(Entry.id)
    for paper_id, summary, key_points in session.execute(told):
        chinese[paper_id] += [summary, *key_points]
    return [TextPair(english[one], "\n".join(chinese[one])) for one in ids if one in english]
