"""What a list of papers says; each golden file beside this module is one way to write one."""

from datetime import date

import pytest

from app.digests.parsing import parse_digest
from app.errors import DigestFormatError, NotADigestError
from tests.digests.goldens import expected, golden_files, parsed

ITEMS = "- [A Kite](https://arxiv.org/abs/3105.90001)\n- [Another Kite](https://arxiv.org/abs/3105.90002)\n"


@pytest.mark.parametrize("path", golden_files("paper_list"), ids=lambda path: path.stem)
def test_a_golden_list_says_what_stands_beside_it(path):
    assert parsed(path) == expected(path)


@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        pytest.param("Top Papers (June 23 - June 29) - 2031", date(2031, 6, 23), date(2031, 6, 29), id="year last"),
        pytest.param("Papers (December 30 - January 5) - 2031", date(2030, 12, 30), date(2031, 1, 5), id="new year"),
        pytest.param("Dec 2 - Dec 8, 2031", date(2031, 12, 2), date(2031, 12, 8), id="short months"),
        pytest.param("Dec 2-8, 2031", date(2031, 12, 2), date(2031, 12, 8), id="one month"),
        pytest.param("2 - 8 December 2031", date(2031, 12, 2), date(2031, 12, 8), id="day first"),
        pytest.param("December 7th, 2031", date(2031, 12, 7), date(2031, 12, 7), id="ordinal"),
        pytest.param("论文速递 2031年12月7日", date(2031, 12, 7), date(2031, 12, 7), id="Chinese"),
        pytest.param("2031年12月30日至2032年1月5日", date(2031, 12, 30), date(2032, 1, 5), id="Chinese range"),
        pytest.param("2031-12-07", date(2031, 12, 7), date(2031, 12, 7), id="ISO"),
        pytest.param("2031-12-30 ~ 01-05", date(2031, 12, 30), date(2032, 1, 5), id="ISO range"),
        pytest.param("20311202-20311208", date(2031, 12, 2), date(2031, 12, 8), id="digits"),
        pytest.param("Week 2031-W19", date(2031, 5, 5), date(2031, 5, 11), id="week"),
        pytest.param("May 2031", date(2031, 5, 1), date(2031, 5, 31), id="month"),
    ],
)
def test_the_days_are_what_the_heading_states(heading, first, last):
    digest = parse_digest(f"# {heading}\n\n{ITEMS}")

    assert (digest.first_day, digest.last_day) == (first, last)


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        pytest.param("https://arxiv.org/pdf/3105.90001v2.pdf", ("3105.90001", 2, None, ""), id="arXiv"),
        pytest.param("https://www.alphaxiv.org/abs/3105.90001", ("3105.90001", None, None, ""), id="alphaXiv"),
        pytest.param("https://huggingface.co/papers/3105.90001", ("3105.90001", None, None, ""), id="Hugging Face"),
        pytest.param("https://doi.org/10.48550/arXiv.3105.90001", ("3105.90001", None, None, ""), id="arXiv's DOI"),
        pytest.param("https://doi.org/10.1145/ABC.9", (None, None, "10.1145/abc.9", ""), id="DOI"),
        pytest.param("https://www.doi.org/10.1145/ABC.9/", (None, None, "10.1145/abc.9", ""), id="DOI with www"),
        pytest.param(
            "https://openreview.net/forum?id=x",
            (None, None, None, "https://openreview.net/forum?id=x"),
            id="OpenReview",
        ),
    ],
)
def test_a_paper_is_known_by_its_link(address, fields):
    entry = parse_digest(f"# 2031-05-06\n\n- [A Kite]({address})\n{ITEMS}").entries[0]

    assert (entry.arxiv_id, entry.version, entry.doi, entry.url) == fields


@pytest.mark.parametrize(
    ("head", "topic"),
    [
        pytest.param("tags: [Kites]", "Kites", id="the only tag"),
        pytest.param("tags: [wind, string]", None, id="many tags"),
        pytest.param("tags: [wind, string]\ncategory: Kites", "Kites", id="category"),
        pytest.param("mood: good", None, id="nothing"),
    ],
)
def test_the_topic_is_never_guessed(head, topic):
    assert parse_digest(f"---\ndate: 2031-05-06\n{head}\n---\n{ITEMS}").topic == topic


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("# Kites\n\n" + ITEMS, "line 1: the list of papers has no date", id="no date"),
        pytest.param("# Kites (May 5 - May 11)\n\n" + ITEMS, "line 1: .* a date without a year", id="no year"),
        pytest.param("---\ndate: soon\n---\n" + ITEMS, "line 2: “soon” is no date", id="no such date"),
    ],
)
def test_a_list_without_a_day_says_what_is_missing(text, message):
    with pytest.raises(DigestFormatError, match=message):
        parse_digest(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "# Kite 2031-05-06\n\nSee [A](https://arxiv.org/abs/3105.90001) and https://arxiv.org/abs/3105.90002.\n",
            "links to papers in its text",
            id="prose",
        ),
        pytest.param("# 2031-05-06\n\n- [A](https://arxiv.org/abs/3105.90001)\n", "at least two", id="one paper"),
        pytest.param(
            "# A post of 2031-05-06\n\n" + "Kites fly in the wind.\n\n" * 20 + "## References\n\n" + ITEMS,
            "the smaller part of it",
            id="references",
        ),
        pytest.param(
            "# Code, 2031-05-06\n\n- [A](https://github.com/kites/a)\n- [B](https://github.com/kites/b)\n",
            "links to a paper",
            id="only code",
        ),
    ],
)
def test_a_text_that_is_no_list_of_papers_is_told_why(text, reason):
    with pytest.raises(NotADigestError, match=reason):
        parse_digest(text)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "- [a](https://arxiv.org/abs/3105.90001)\n",
            "## a\n",
            "[",
            "[](",
            "[a](b ",
            "| ",
            "- \n  ",
            "**",
            "![",
            "\n",
        ),
        *(
            "# [a](https://arxiv.org/abs/3105.90001)\n",
            "A B, ",
            "<br>",
            "https://",
            "2031-",
            "A. ",
            "Paper: ",
            "`",
            ">",
        ),
    ],
)
def test_a_hostile_list_takes_no_more_time_than_its_length(unit):
    text = "# 2031-05-06\n\n" + ITEMS * 9 + "- [a](https://arxiv.org/abs/3105.90001) " + unit * (200_000 // len(unit))
    try:
        assert parse_digest(text).entries
    except NotADigestError:
        return
