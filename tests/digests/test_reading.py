from pathlib import Path

import pytest

from app.digests.encoding import corrupt
from app.digests.reading import read_digest
from app.errors import UnreadableFileError

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "2024-12-07" / "3DGS.md"


def test_a_clean_file_is_read_as_it_is():
    parsed, reading = read_digest(SAMPLE.read_bytes())
    assert (reading.encoding.lower(), reading.is_repaired, reading.note) == ("utf-8", False, "")
    assert parsed.entries


def test_a_damaged_file_is_repaired_and_marked():
    text = SAMPLE.read_text(encoding="utf-8")
    parsed, reading = read_digest(corrupt(text, "cp1254").encode())
    assert reading.is_repaired
    assert "repaired" in reading.note
    assert "repaired-encoding" in {finding.rule for finding in reading.findings}
    assert "夜间街景的重建更加完整" in parsed.entries[0].summary  # a character here and there may be wrong


def test_a_file_in_another_encoding_says_the_same():
    text = SAMPLE.read_text(encoding="utf-8")
    plain, _ = read_digest(text.encode())
    for encoding in ("utf-16", "utf-8-sig", "gb18030"):
        assert read_digest(text.replace("é", "e").encode(encoding))[0].title == plain.title


def test_what_is_no_text_is_refused():
    with pytest.raises(UnreadableFileError):
        read_digest(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_a_rule_that_is_switched_off_finds_nothing():
    text = SAMPLE.read_text(encoding="utf-8").replace("**Summary**\n", "**Summary**\nxxx待补充\n", 1)
    rules = {finding.rule for finding in read_digest(text.encode())[1].findings}
    assert rules
    assert not read_digest(text.encode(), switched_off=rules)[1].findings
