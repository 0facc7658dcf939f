"""What an entry should have and has not, or what a digest has twice."""

import re
from collections.abc import Iterator

from app.digests.document import ParsedEntry
from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.view import DigestView
from app.digests.naming import fold, title_key

MISSING_SUMMARY = Rule(
    id="missing-summary",
    title="No summary",
    title_zh="缺少总结",
    why="The summary is what a reader sees first, and in lists the only thing.",
)
NO_KEY_POINTS = Rule(
    id="no-key-points",
    title="No key points",
    title_zh="缺少要点",
    why="The machine that made the digest gives each paper key points; these were lost on the way.",
)
PAPER_REPEATED = Rule(
    id="paper-repeated",
    title="Paper repeated",
    title_zh="论文重复",
    why="The same paper twice on one page is read twice.",
)

_NOTHING = re.compile(r"[\W_]*+(?:无|暂无|没有|空|none|null|n/?a)?[\W_]*+", re.IGNORECASE)
_MIN_TITLE_KEY = 10


def missing_summary(digest: DigestView) -> Iterator[Finding]:
    for view in digest.entries if digest.is_machine_made else ():
        if _NOTHING.fullmatch(view.entry.summary):
            yield Finding(
                rule=MISSING_SUMMARY.id,
                sentence="This paper has no summary.",
                sentence_zh="这篇论文没有总结。",
                line=view.entry.lines.get("summary", (view.entry.first_line, 0))[0],
                position=view.position,
                excerpt=excerpt(view.entry.title),
            )


def no_key_points(digest: DigestView) -> Iterator[Finding]:
    for view in digest.entries if digest.is_machine_made else ():
        if all(map(_NOTHING.fullmatch, view.entry.key_points)):
            yield Finding(
                rule=NO_KEY_POINTS.id,
                sentence="This paper has no key points.",
                sentence_zh="这篇论文没有要点。",
                line=view.entry.lines.get("key_points", (view.entry.first_line, 0))[0],
                position=view.position,
                excerpt=excerpt(view.entry.title),
            )


def paper_repeated(digest: DigestView) -> Iterator[Finding]:
    seen: dict[str, ParsedEntry] = {}
    for view in digest.entries:
        entry = view.entry
        key = entry.arxiv_id or entry.doi or title_key(entry.title)
        first = seen.setdefault(key, entry) if len(key) >= _MIN_TITLE_KEY or entry.arxiv_id else entry
        if first is not entry and _may_be_one_paper(first, entry):
            yield Finding(
                rule=PAPER_REPEATED.id,
                sentence=f"This paper stands in the digest already, on line {first.first_line}.",
                sentence_zh=f"这篇论文在本文摘中已经出现过（第 {first.first_line} 行）。",
                line=entry.first_line,
                position=view.position,
                excerpt=excerpt(entry.title),
            )


def _may_be_one_paper(first: ParsedEntry, second: ParsedEntry) -> bool:
    """With a common id for certain; by title alone unless their authors speak against it."""
    if first.arxiv_id or first.doi or not (first.authors and second.authors):
        return True
    return not {fold(name) for name in first.authors}.isdisjoint(fold(name) for name in second.authors)
