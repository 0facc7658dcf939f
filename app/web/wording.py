"""Words of the code that readers see, such as what became of a file, as they are said in the reader's language."""

from collections.abc import Sequence

from app.i18n import current_language, gettext, message
from app.models import Finding

_WORDS = {
    # what became of a file
    "new": message("new"),
    "updated": message("updated"),
    "unchanged": message("unchanged"),
    "skipped": message("skipped"),
    "failed": message("failed"),
    "vanished": message("vanished"),
    # how far an import got, and what set it off
    "finished": message("finished"),
    "running": message("running"),
    "did not finish": message("did not finish"),
    "command": message("by command"),
    "watch": message("by watching"),
    "upload": message("by upload"),
    # what a source is
    "folder": message("folder"),
    "git": message("git working copy"),
    "uploads": message("uploads"),
    # fields of digests and entries
    "abstract": message("abstract"),
    "analysis": message("analysis"),
    "arxiv_id": message("arXiv id"),
    "authors": message("authors"),
    "comment": message("comment"),
    "doi": message("DOI"),
    "figures": message("figures"),
    "first_day": message("first day"),
    "format": message("format"),
    "key_points": message("key points"),
    "last_day": message("last day"),
    "note_id": message("id of the note"),
    "preamble": message("preamble"),
    "rest": message("other text"),
    "revised_at": message("time of the note"),
    "source_url": message("address"),
    "stated_date": message("stated date"),
    "summary": message("summary"),
    "tags": message("tags"),
    "title": message("title"),
    "topic": message("topic"),
    "url": message("link"),
    "version": message("version"),
}


def worded(name: str) -> str:
    """A word of the code, as people say it; one that is not in the table as it is written."""
    return gettext(_WORDS[name]) if name in _WORDS else name.replace("_", " ")


def by_sentence(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """What the lint says, once, and all that it says so of."""
    said: dict[str, list[Finding]] = {}
    for finding in findings:
        said.setdefault(sentence(finding), []).append(finding)
    return said


def sentence(finding: Finding) -> str:
    """What the lint says: it says everything in both languages."""
    return finding.sentence_zh if current_language() == "zh" else finding.sentence
