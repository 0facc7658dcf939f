"""What a Dendron note says; each golden file beside this module is one surprise of the real ones."""

from datetime import UTC, date, datetime

import pytest

from app.digests.parsing import parse_digest
from app.errors import DigestFormatError, NotADigestError
from tests.digests.goldens import expected, golden_files, parsed

HEAD = "---\nid: kite1\ntitle: '{title}'\nupdated: 1935857646000\ncreated: {created}\n---\n\n"


@pytest.mark.parametrize("path", golden_files("dendron"), ids=lambda path: path.stem)
def test_a_golden_note_says_what_stands_beside_it(path):
    assert parsed(path) == expected(path)


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        pytest.param("20310506", date(2031, 5, 6), date(2031, 5, 6), id="day"),
        pytest.param("20310501-20310506", date(2031, 5, 1), date(2031, 5, 6), id="range"),
        pytest.param("20310506-20310501", date(2031, 5, 1), date(2031, 5, 6), id="range backwards"),
        pytest.param("20311399", date(2030, 12, 31), date(2030, 12, 31), id="no such day"),
        pytest.param("Kites", date(2030, 12, 31), date(2030, 12, 31), id="words"),
    ],
)
def test_the_date_is_the_title_or_else_the_day_of_creation_in_utc(title, first, last):
    digest = parse_digest(_head(title, created=1924991999000) + "## A Kite\n")

    assert (digest.first_day, digest.last_day) == (first, last)


def test_the_last_change_is_an_instant_in_utc():
    digest = parse_digest(_head() + "## A Kite\n")

    assert digest.revised_at == datetime(2031, 5, 6, 18, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "heading",
    [
        "介绍",
        "研究背景",
        "研究动机：",
        "贡献和创新点",
        "**Motivation**",
        "2. Method",
        "一、相关工作",
        "IN A WORD",
        "Tags",
    ],
)
def test_a_part_of_a_paper_is_no_paper(heading):
    digest = parse_digest(_head() + f"## A Kite\n\n## {heading}\n\n风。\n\n## Another Kite\n")

    assert [entry.title for entry in digest.entries] == ["A Kite", "Another Kite"]
    assert digest.entries[0].analysis == f"## {heading}\n\n风。"


def test_a_note_on_one_paper_is_no_digest():
    with pytest.raises(NotADigestError, match="a note on one paper"):
        parse_digest(_head("A Kite") + "## In a word\n\n风。\n\n## Motivation\n\n## Results\n")


def test_a_note_without_papers_is_no_digest():
    with pytest.raises(NotADigestError, match="lists no papers"):
        parse_digest(_head() + "# 2031-05-06\n\n今天没有。\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(HEAD.format(title="20310506", created=1) + "##   \n", "line 8: an entry without", id="title"),
        pytest.param(HEAD.format(title="K", created="x") + "## A\n", "line 5: the note has no date", id="date"),
        pytest.param(
            HEAD.format(title="K", created="9" * 16) + "## A\n", "line 5: the note has no date", id="far date"
        ),
        pytest.param(HEAD.format(title="K' x", created=1) + "## A\n", "line 3: the front matter is not", id="YAML"),
    ],
)
def test_a_broken_note_names_the_line(text, message):
    with pytest.raises(DigestFormatError, match=message):
        parse_digest(text)


@pytest.mark.parametrize("link", ["https://arxiv.org/abs/3105.90001v3", "<https://arxiv.org/pdf/3105.90001v3>"])
def test_a_link_to_arxiv_on_its_own_line_is_the_papers_own(link):
    entry = parse_digest(_head() + f"## A Kite\n\n风。\n\n{link}\n").entries[0]

    assert (entry.arxiv_id, entry.version, entry.analysis) == ("3105.90001", 3, "风。")


def test_a_link_within_the_text_leads_to_another_paper():
    entry = parse_digest(_head() + "## A Kite\n\n参见 https://arxiv.org/abs/3105.90001v3\n").entries[0]

    assert entry.arxiv_id is None


def test_what_is_marked_twice_in_the_head_is_left_over():
    links = "https://arxiv.org/abs/3105.90001?x=1\n\nhttps://arxiv.org/abs/3105.90002\n"
    entry = parse_digest(_head() + f"## A Kite\n\n{links}\nAuthors: A B\nAuthors: C D\n\n风。\n").entries[0]

    assert (entry.arxiv_id, entry.authors, entry.analysis) == ("3105.90001", ("A B",), "风。")
    assert entry.rest == "?x=1\n\nhttps://arxiv.org/abs/3105.90002\n\nAuthors: C D"


def _head(title: str = "20310506", created: int = 1935853200000) -> str:
    return HEAD.format(title=title, created=created)
