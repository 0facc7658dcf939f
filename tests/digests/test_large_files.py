"""What is large is read in time that grows with it and no faster, or refused with a sentence that names the limit."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from app.digests import decoding
from app.digests.decoding import MAX_DAMAGED, MAX_LINES, read_text
from app.digests.files import MAX_BYTES, read_file
from app.digests.formats.limits import MAX_ENTRIES
from app.digests.lint.linting import MOST_FINDINGS
from app.digests.parsing import parse_digest
from app.digests.reading import read_digest
from app.digests.source_files import Origin
from app.errors import AppError, DigestFormatError, UnreadableFileError

POST = "---\ntitle: Kites\ndate: 2031-05-06\n---\n# 2031-05-06 更新\n"
NOTE = "---\nid: kite1\ntitle: '20310506'\nupdated: 1935857646000\ncreated: 1935853200000\n---\n"
LIST = "# Kites 2031-05-06\n\n- [One](https://arxiv.org/abs/3105.90001)\n- [Two](https://arxiv.org/abs/3105.90002)\n"
TABLE = "# Kites 2031-05-06\n\n| Title | PDF |\n|---|---|\n"
KITE = "## A Kite\n**Authors:Ann Reed**\nWe fly.\n[PDF](http://arxiv.org/abs/3105.90001v1) \n"
ANALYSIS = f"{POST}{KITE}**[ChatPaperFree](https://x.example/y)**\n"
SMALL, TIMES = 20_000, 8
"""Characters, and how many times as many the larger file has; what is quadratic takes its square as long."""

SHAPES = {
    "headings of a post": (POST + KITE, "## a\n"),
    "headings of a note": (NOTE, "## a\n"),
    "tagged headings of a note": (NOTE, "## a\n#b\n"),
    "headings in a list": (LIST, "## a\n### b\n#### c\n"),
    "papers of a post": (POST, KITE),
    "items": (LIST, "- a\n"),
    "items that are papers": (LIST, "- [A Kite](https://arxiv.org/abs/3105.90001) Ann Reed\n"),
    "rows": (TABLE, "| A Kite | [Paper](https://arxiv.org/abs/3105.90001) |\n"),
    "one row of many cells": (f"{LIST}\n|T|\n|---|\n| [One](https://arxiv.org/abs/3105.90001)", "a|"),
    "dated headings": (LIST, "# 2031-05-06\n"),
    "preambles again": (POST + KITE, "# 2031-05-06 更新\n"),
    "galleries": (ANALYSIS, "<details>\n<summary>x</summary>\n"),
    "galleries that close": (ANALYSIS, "<details><summary>x</summary>\n<img src='a'>\n</details>\n"),
    "galleries on one line": (POST + KITE, "<details>"),
    "images on one line": (f"{POST}{KITE}<details><summary>x</summary>\n", "<img src="),
    "one line": (ANALYSIS, "a"),
    "one line without a full stop": (ANALYSIS, "风筝飞得很高因为有风"),
    "one line that repeats": (ANALYSIS, "同样的话说了一遍又一遍，同样的话说了一遍又一遍。"),
    "brackets in a list": (f"{LIST}- ", "["),
    "links in a list": (f"{LIST}- ", "[a]("),
    "brackets in a note": (f"{NOTE}## A\n", "![["),
    "links in a note": (f"{NOTE}## A\n", "![a]("),
    "stars": (POST + KITE, "**a "),
    "blanks": (POST + KITE, " "),
    "blank lines": (POST + KITE, "\n"),
    "authors": (f"{POST}## A\n**Authors:", "  Ann,"),
    "tags": (f"{NOTE}## A\n", "#a "),
    "an address": (f"{NOTE}## A\nhttps://", "a."),
    "delimiters": ("", "---\n"),
    "front matter that never ends": ("---\n", "a: b\n"),
    "lines that say what a chatbot says": (ANALYSIS, "好的，抱歉我无法\n"),
    "lost characters": (ANALYSIS, "a\ufffdb\n"),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_time_to_read_a_file_grows_with_the_file(shape):
    before, again = shape
    small, large = (before + again * (size // len(again)) for size in (SMALL, SMALL * TIMES))
    _seconds(small)  # what is done once is done
    quick = min(_seconds(small) for _ in range(3))
    # A quadratic reader would need 64 times as long; twice the proportion, and what a busy machine adds, is far less.
    assert min(_seconds(large) for _ in range(2)) < max(quick, 0.005) * TIMES * 3


def _seconds(text: str) -> float:
    began = process_time()
    with suppress(AppError):
        read_digest(text.encode())
    return process_time() - began


HEADS = [POST + KITE, ANALYSIS, f"{NOTE}## A\n", LIST, f"{TABLE}| [A](https://arxiv.org/abs/3105.90001) | x |\n"]
BEFORE_RUN = [
    "",
    "- ",
    "- [A](https://arxiv.org/abs/3105.90003) a",
    "| - |",
    "| [A](https://arxiv.org/abs/3105.90003) arxiv",
]
BEFORE_RUN += ["Authors", "**", "# 1", "关键词:", "填写", "[填写", "[链接]", "(TBD", "<br", "[a]("]
RUNS = [" ", "*", "|", "-", "- ", "| ", "|        ", "填写"]


@pytest.mark.parametrize("head", HEADS, ids=["post", "analysis", "note", "list", "table"])
def test_a_run_of_one_character_is_passed_over_at_once(head):
    """A pattern that tries each end of a run with each beginning takes seconds here, some would take years."""
    lines = [before + run * 2000 + "x\n" for before in BEFORE_RUN for run in RUNS]
    assert max(_seconds(head + line) for line in lines) < 0.25


@pytest.mark.parametrize(
    "text",
    [
        POST + "## a\n**Authors:A**\n" * (MAX_ENTRIES + 1),
        NOTE + "## a\n" * (MAX_ENTRIES + 1),
        TABLE + "| [A](https://arxiv.org/abs/3105.90001) |\n" * (MAX_ENTRIES + 1),
    ],
    ids=["chatpaperfree", "dendron", "paper_list"],
)
def test_more_papers_than_a_file_may_list_are_refused_with_their_number_and_the_line(text):
    line = [number for number, line in enumerate(text.split("\n"), 1) if line[:3] in ("## ", "| [")][MAX_ENTRIES]
    with pytest.raises(DigestFormatError, match=f"line {line}: .*{MAX_ENTRIES:,}"):
        parse_digest(text)


def test_as_many_papers_as_a_file_may_list_are_read():
    assert len(parse_digest(NOTE + "## a\n" * MAX_ENTRIES).entries) == MAX_ENTRIES


def test_more_lines_than_are_read_are_refused():
    assert read_text(b"\n" * (MAX_LINES - 1)).text.count("\n") == MAX_LINES - 1
    with pytest.raises(UnreadableFileError, match=f"more than {MAX_LINES:,} lines"):
        read_text(b"\r\n" * MAX_LINES)


def test_a_damaged_file_that_is_too_long_to_repair_is_refused():
    damaged = "风筝飞得很高，因为有风。这是一段很长的分析。\n".encode().decode("cp1252", "replace")
    with pytest.raises(UnreadableFileError, match=f"damaged: .* at most {MAX_DAMAGED:,} are repaired"):
        read_text((damaged * (MAX_DAMAGED // len(damaged) + 1)).encode())


def test_a_file_of_more_bytes_than_are_read_is_refused_unread(tmp_path):
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableFileError, match=f"at most {MAX_BYTES:,} are read"):
        read_file(Origin(tmp_path / "a.md", tmp_path))


def test_of_one_rule_no_more_is_kept_than_anybody_reads():
    _, reading = read_digest((ANALYSIS + "a\ufffdb\n" * (MOST_FINDINGS + 10)).encode())
    assert Counter(finding.rule for finding in reading.findings)["lost-text"] == MOST_FINDINGS


def test_the_readme_names_the_limits():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for limit in (f"{MAX_BYTES // 1024**2} MiB", *(f"{n:,}" for n in (decoding.MAX_LINES, MAX_ENTRIES, MAX_DAMAGED))):
        assert limit in readme
