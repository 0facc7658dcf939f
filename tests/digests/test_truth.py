"""Real digests against what they are known to hold. They are not ours to publish, so they are not in the repository."""

import json
from typing import Any

import pytest

from app.digests.decoding import with_newlines
from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.encoding import read
from app.digests.parsing import parse_digest
from app.errors import NotADigestError
from tests.conftest import REAL_DIGESTS, SHARED

TRUTH = SHARED / "truth" / "digests.jsonl"

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="the real digests are not on this machine")


def _truths() -> list[dict[str, Any]]:
    if not TRUTH.exists():
        return []
    return [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines() if line]


DIGESTS = [truth for truth in _truths() if truth.get("is_digest") is not False]
OTHERS = sorted({truth["file"] for truth in _truths() if truth.get("is_digest") is False})


@pytest.mark.parametrize("truth", DIGESTS, ids=lambda truth: truth["file"])
def test_a_real_digest_is_read_in_every_field(truth):
    digest = _parse(truth["file"])

    assert _digest_fields(digest, truth) == _true_digest_fields(truth)
    assert [_fields(entry, truth) for entry in digest.entries] == [
        _true_fields(paper, truth) for paper in truth["papers"]
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_a_real_note_on_one_paper_is_no_digest(name):
    with pytest.raises(NotADigestError):
        _parse(name)


def test_every_real_file_that_the_truth_does_not_know_is_no_digest():
    known = {truth["file"] for truth in _truths()}
    names = {str(path.relative_to(REAL_DIGESTS)) for path in REAL_DIGESTS.rglob("*") if path.is_file()}

    for name in sorted(names - known):
        with pytest.raises(NotADigestError):
            _parse(name)


def _parse(name: str) -> ParsedDigest:
    return parse_digest(with_newlines(read((REAL_DIGESTS / name).read_bytes()).text))


def _digest_fields(digest: ParsedDigest, truth: dict[str, Any]) -> dict[str, Any]:
    is_dated_by_its_title = digest.stated_date == truth["date"]
    return {
        "format": digest.format,
        "topic": digest.topic,
        "tags": sorted({*digest.tags, *(tag for entry in digest.entries for tag in entry.tags)}),
        "note_id": digest.note_id,
        "source_url": digest.source_url,
        # A note whose title is no date is dated by its creation, which the truth has as a number.
        "date": digest.stated_date if is_dated_by_its_title or digest.note_id is None else truth["date"],
        "entries": len(digest.entries),
    }


def _true_digest_fields(truth: dict[str, Any]) -> dict[str, Any]:
    as_written = {key: truth.get(key) for key in ("format", "topic", "note_id", "source_url", "date")}
    return {**as_written, "tags": sorted(truth["tags"]), "entries": len(truth["papers"])}


def _fields(entry: ParsedEntry, truth: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "line": entry.first_line,
        "title": entry.title,
        "arxiv": entry.arxiv_id,
        "version": entry.version,
        "authors": list(entry.authors),
        "takeaways": len(entry.key_points),
        "figures": len(entry.figures),
        "has_analysis": bool(entry.analysis),
        "analysis_chars": sum(len(line.strip()) for line in entry.analysis.split("\n")),
    }
    if truth["format"] == "dendron":
        return {**fields, "tags": sorted(entry.tags)}
    chars = {"abstract_chars": len(entry.abstract), "summary_chars": len(entry.summary)}
    return {**fields, **chars, "comment": entry.comment}


def _true_fields(paper: dict[str, Any], truth: dict[str, Any]) -> dict[str, Any]:
    fields = {key: paper[key] for key in ("line", "title", "arxiv", "version", "has_analysis", "analysis_chars")}
    fields["authors"] = paper.get("authors_nickname_fixed") or paper["authors"] or []
    fields["takeaways"] = paper["n_takeaways"]
    fields["figures"] = paper.get("n_screenshots_distinct", paper["n_screenshots"])
    if truth["format"] == "dendron":
        return {**fields, "tags": sorted(paper["tags"])}
    return {**fields, **{key: paper[key] for key in ("abstract_chars", "summary_chars", "comment")}}
