"""What a ChatPaperFree digest says; each golden file beside this module is one surprise of the real ones."""

import pytest

from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.parsing import parse_digest
from app.errors import DigestFormatError, NotADigestError
from tests.digests.goldens import expected, golden_files, parsed

HEAD = "---\ntitle: Kites\ndate: 2031-05-06 18:35:16\ntags:\n    - Kites\n---\n\n# 2031-05-06 更新\n\n"
FRAME = "## A Kite\n\n**Authors:Ann Reed**\n\nWe fly. \n\n[PDF](http://arxiv.org/abs/3105.90001v1) \n\n"


@pytest.mark.parametrize("path", golden_files("chatpaperfree"), ids=lambda path: path.stem)
def test_a_golden_digest_says_what_stands_beside_it(path):
    assert parsed(path) == expected(path)


@pytest.mark.parametrize(
    "label",
    ["Summary", "摘要", "概述", "Summary:", "摘要：", "SUMMARY", "æ‘˜è¦", "Ein neues Wort"],
)
def test_a_summary_is_found_under_any_label(label):
    entry = _entry(f"**{label}**\n风筝会飞。\n\n**Key Takeaways**\n- 一\n- 二\n")

    assert (entry.summary, entry.key_points) == ("风筝会飞。", ("一", "二"))


@pytest.mark.parametrize(
    "label",
    [
        *("Key Takeaways", "Key Takeaways:", "要点", "要点：", "关键要点", "主要要点", "关键见解", "主要结论"),
        *("主要内容", "重要要点", "关键点", "è¦ç‚¹", "Ein neues Wort"),
    ],
)
def test_key_points_are_found_under_any_label(label):
    entry = _entry(f"**摘要**\n风筝会飞。\n\n**{label}**\n- 一\n- 二\n")

    assert (entry.summary, entry.key_points) == ("风筝会飞。", ("一", "二"))


@pytest.mark.parametrize(
    "line", ["**Summary**：会飞。", "**Summary:** 会飞。", "**摘要：会飞。**", "**Summary**\n会飞。"]
)
def test_a_summary_may_begin_on_the_line_of_its_label(line):
    assert _entry(line + "\n\n**要点**\n- 一\n").summary == "会飞。"


@pytest.mark.parametrize("count", [0, 1, 12])
def test_there_are_as_many_key_points_as_there_are(count):
    items = "".join(f"{number}. 点\n" for number in range(1, count + 1))

    assert len(_entry("**Summary**\n会飞。\n\n**Key Takeaways**\n" + items).key_points) == count


def test_a_number_at_the_start_of_chatter_is_no_key_point():
    assert _entry("**Summary**\n会飞。\n\n**Key Takeaways**\n3.5 倍是结论。\n- 一\n").key_points == ("一",)


def test_an_indented_line_belongs_to_the_key_point_above():
    assert _entry("**Summary**\n会飞。\n\n**Key Takeaways**\n- 一\n  续\n- 二\n").key_points == ("一 续", "二")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("**Authors:Ann Reed**", ("Ann Reed",), id="one"),
        pytest.param("**Authors: Ann Reed, Bo Li**  ", ("Ann Reed", "Bo Li"), id="blanks around"),
        pytest.param("**Authors:** Ann Reed, Bo Li", ("Ann Reed", "Bo Li"), id="bold label only"),
        pytest.param("**Authors:A B,  Yun,  Lind, C D**", ("A B", "Yun Lind", "C D"), id="lost nickname"),
        pytest.param("**Authors:A B,  C D,  E F**", ("A B", "C D", "E F"), id="two blanks throughout"),
        pytest.param("**Authors:A B,Santo**", ("A B", "Santo"), id="one word"),
    ],
)
def test_authors_are_read_by_name(line, names):
    digest = parse_digest(HEAD + f"## A Kite\n{line}\n\nWe fly.\n\n[PDF](http://arxiv.org/abs/3105.90001v1)\n")

    assert digest.entries[0].authors == names


def test_an_entry_without_authors_or_labels_is_still_an_entry():
    digest = parse_digest(HEAD + "## A Kite\n\nWe fly.\n\n[PDF](http://arxiv.org/abs/3105.90001v1)\n")

    lines = {"title": (10, 10), "abstract": (12, 12), "arxiv_id": (14, 14), "version": (14, 14)}
    assert digest.entries == (
        ParsedEntry(*("A Kite", 10, 14), arxiv_id="3105.90001", version=1, abstract="We fly.", lines=lines),
    )


def test_what_stands_between_the_fields_is_left_over_in_order():
    entry = _entry(
        "Odd.\n\n**Summary**\n会飞。\n\n**Key Takeaways**\n以下是要点：\n- 一\n以上。\n\n**[ChatPaperFree](x)**\n\n风。\n\n"
        '<details>\n<summary>点此查看论文截图</summary>\n<img src="a.png" align="middle" alt="Fig. 1">\n</details>\nEnd.\n'
    )

    assert entry.rest == 'Odd.\n\n以下是要点：\n\n以上。\n\nalt="Fig. 1"\n\nEnd.'
    assert entry.lines["rest"] == (18, 36)


def test_a_second_run_that_says_something_new_adds_to_the_preamble():
    second = "\n> New words.\n\n# 2031-05-06 更新\n\n"

    digest = parse_digest(HEAD + FRAME + second + FRAME)

    assert digest.preamble == "# 2031-05-06 更新\n\n\n\n\n> New words.\n\n# 2031-05-06 更新"
    assert [entry.rest for entry in digest.entries] == ["", ""]


def test_text_after_the_key_points_is_kept_when_no_marker_stands_above_it():
    assert _entry("**Summary**\n会飞。\n\n**Key Takeaways**\n- 一\n\n### 分析\n\n风。\n").analysis == "### 分析\n\n风。"


def test_a_digest_without_tags_has_its_title_as_its_topic():
    digest = parse_digest("---\ntitle: Kites\ndate: 2031-05-06\n---\n" + FRAME)

    assert (digest.topic, digest.tags, digest.preamble) == ("Kites", (), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(HEAD + FRAME + "##\n**Authors:B**\n", "line 18: an entry without a title.", id="no title"),
        pytest.param("---\ntags: [Kites]\n---\n" + FRAME, "line 2: the digest has no date", id="no date"),
        pytest.param("---\ntitle: Kites\ndate: soon\n---\n" + FRAME, "line 3: “soon” is no date.", id="no such date"),
        pytest.param("---\ntitle:\ndate: 2031-05-06\n---\n" + FRAME, "line 2: the digest has no title.", id="no name"),
        pytest.param("---\ntitle: a: b\n---\n" + FRAME, "line 2: the front matter is not valid YAML", id="no YAML"),
        pytest.param("\n" + FRAME, "line 1: the digest has no front matter", id="no front matter"),
    ],
)
def test_a_broken_digest_names_the_line(text, message):
    with pytest.raises(DigestFormatError, match=message):
        parse_digest(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "the file is empty", id="empty"),
        pytest.param("# Notes\n\nNothing.\n", "no front matter", id="plain text"),
        pytest.param("---\ntitle: A post\ndate: 2031-05-06\n---\n\nText.\n", "no papers", id="post"),
        pytest.param(
            "---\ntitle: A post\ndate: 2031-05-06\n---\n\n## Introduction\n\nText.\n",
            "authors",
            id="post with headings",
        ),
    ],
)
def test_a_file_that_holds_no_digest_is_told_why(text, reason):
    with pytest.raises(NotADigestError, match=reason):
        parse_digest(text)


@pytest.mark.parametrize("unit", ["## a\n", "<details>\n<summary>\n", "<img src=", ",  a", "- a\n", "**", "\n", "> \n"])
def test_a_hostile_file_takes_no_more_time_than_its_length(unit):
    text = HEAD + FRAME + "**[ChatPaperFree](x)**\n" + unit * (200_000 // len(unit))

    assert parse_digest(text).entries[0].title == "A Kite"


def _entry(rest: str) -> ParsedEntry:
    digest: ParsedDigest = parse_digest(HEAD + FRAME + rest)
    return digest.entries[0]
