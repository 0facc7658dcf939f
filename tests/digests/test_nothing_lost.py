"""Nothing of an entry is dropped: every character of its lines is in a field, in `rest`, or known markup."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.digests.decoding import read_text
from app.digests.document import ParsedDigest, ParsedEntry
from app.digests.parsing import parse_digest
from app.digests.text_lines import INVISIBLE, squeeze
from app.errors import DigestFormatError, NotADigestError, UnreadableFileError

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in (ROOT / "samples", ROOT / "tests" / "digests" / "formats", ROOT.parent / "shared" / "digests")
    for path in sorted(folder.rglob("*"))
    if path.suffix in {".md", ".txt"}
]

LABELS = (
    r"summary|key takeaways|takeaways|abstract|tl;?dr|论文摘要|摘要|概述"
    r"|(?:关键|主要|重要)?(?:要点|见解|结论|内容|点)"
)
MARKUP = {
    "chatpaperfree": [
        r"^##",
        r"^\s*\*\*\s*Authors?(?:\*\*)?\s*[:：]",
        r"^\s*\[PDF\]\(\s*(?:https?://(?:www\.)?(?=arxiv\.org))?|^(\s*\[PDF\]\()|arxiv\.org/(?:abs|pdf)/|papers\.cool/arxiv/|https?://doi\.org/|https?://(?=papers)|(?<=\d)v(?=\d)|\.pdf\b",
        r"^\s*(?:\*\*)?\[ChatPaperFree\]\([^()]*\)(?:\*\*)?\s*$",
        rf"^\s*\*\*\s*(?:{LABELS})\s*(?:[:：]|(?=\*\*))",
        r"^\s*(?:-(?!-)|[+•·●▪◦‣]|\*(?!\*)|\*(?=\*\*)|\d{1,2}(?:[.．](?!\d)|[、)）]))",
        r"</?details>|</?summary>|点此查看论文截图|<img\b|\bsrc\s*=\s*|align=\"middle\"|/?>|[\"']",
    ],
    "dendron": [
        r"^##",
        r"^\s*(?:\*\*)?(?:Authors?|Summary|Abstract)(?:\*\*)?\s*[:：](?:\*\*)?",
        r"https?://(?:www\.)?(?:arxiv\.org/(?:abs|pdf)|papers\.cool/arxiv)/|(?<=\d)v(?=\d)|\.pdf\b",
        r"(?<!\S)#(?=\S)",
        r"!\[|\]\(",
    ],
    "paper_list": [
        r"^\s*(?:#{1,6}|\|)?\s*(?:[-*+•●]\s+)?(?:\d{1,3}[.)、）:：])?\s*(?:\[[ x]\])?|!\[|#|10\.48550/arxiv\.",
        r"<br\s*/?>|https?://(?:www\.)?(?:dx\.)?(?:arxiv\.org/(?:abs|pdf|html)|papers\.cool/arxiv|alphaxiv\.org/abs"
        r"|huggingface\.co/papers|doi\.org)/|(?<=\d)v(?=\d)|\.pdf\b",
        r"\b(?:authors?|paper|pdf|arxiv|link|abstract|summary|tl;?dr|comments?|tags|keywords|venue|acl)\b"
        r"|作者|论文|链接|摘要|总结|标签|关键词|会议",
    ],
}
FREE = set("&+~*_`,;；，、.。:：-–—|()[]（）【】<>\"'/\\")
"""Separators, which are markup wherever names, labels and links meet; letters and digits never are."""


def lost(text: str, digest: ParsedDigest, entry: ParsedEntry) -> Counter[str]:
    """The characters that stand in the entry's lines and nowhere in the entry."""
    markup = [re.compile(pattern, re.IGNORECASE) for pattern in MARKUP[digest.format]]
    source: Counter[str] = Counter()
    for line in text.split("\n")[entry.first_line - 1 : entry.last_line]:
        for pattern in markup:
            line = pattern.sub(" ", line)
        source.update(line.casefold())
    for kept in _values(text, entry):
        source.subtract(f"{kept} {unescape(kept)}".casefold() if "&" in kept else kept.casefold())
    ignored = FREE | set(INVISIBLE)
    return Counter({char: n for char, n in source.items() if n > 0 and not char.isspace() and char not in ignored})


def _values(text: str, entry: ParsedEntry) -> list[str]:
    """All that an entry says, and what stands in its lines more than once as often as it stands there."""
    span = "\n".join(text.split("\n")[entry.first_line - 1 : entry.last_line])
    repeated = [(figure.url, figure.caption) for figure in entry.figures for _ in range(_times(span, figure.url))]
    tags = [tag for tag in entry.tags for _ in range(max(1, span.count(f"#{tag}")))]
    texts = [entry.title, entry.abstract, entry.comment, entry.summary, entry.analysis, entry.rest, entry.url]
    times = max(1, span.count(entry.arxiv_id or "-"))
    link = [entry.arxiv_id or "", "" if entry.version is None else str(entry.version)] * times + [entry.doi or ""]
    return [*texts, *link, *entry.authors, *entry.key_points, *tags, *(word for pair in repeated for word in pair)]


def _times(span: str, url: str) -> int:
    return max(1, len(re.findall(rf"[\"'(]\s*{re.escape(url)}", unescape(span))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_nothing_of_a_digest_on_disk_is_lost(path):
    text = read_text(path.read_bytes()).text
    try:
        digest = parse_digest(text)
    except NotADigestError:
        return

    assert {entry.first_line: gone for entry in digest.entries if (gone := lost(text, digest, entry))} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_field_says_where_it_stands(path):
    text = read_text(path.read_bytes()).text
    try:
        digest = parse_digest(text)
    except NotADigestError:
        return

    for entry in digest.entries:
        assert set(entry.lines) == set(_beginnings(entry))
        for field, beginning in _beginnings(entry).items():
            first, last = entry.lines[field]
            assert entry.first_line <= first <= last <= entry.last_line
            there = unescape(squeeze("\n".join(text.split("\n")[first - 1 : last]))).casefold()
            assert squeeze(beginning.split("\n")[0])[:12].casefold() in there, (entry.first_line, field)


def _beginnings(entry: ParsedEntry) -> dict[str, str]:
    """Of every field that is not empty, how it begins."""
    fields = {name: getattr(entry, name) for name in ("title", "abstract", "comment", "summary", "analysis", "rest")}
    fields |= {"arxiv_id": entry.arxiv_id, "version": entry.version, "doi": entry.doi, "url": entry.url}
    fields |= {"authors": next(iter(entry.authors), ""), "key_points": next(iter(entry.key_points), "")}
    fields |= {"tags": next(iter(entry.tags), ""), "figures": next((figure.url for figure in entry.figures), "")}
    return {name: str(value) for name, value in fields.items() if value not in (None, "")}


WORDS = st.text(st.sampled_from("wxyzq风筝é😀 \u200b\u00a0\u2028\x0b*:：[]()<>#&;,.|-"), min_size=1, max_size=14)
LINKS = st.sampled_from(
    [
        "http://arxiv.org/abs/3105.90001v1",
        "https://arxiv.org/pdf/3105.90002v2.pdf",
        "https://papers.cool/arxiv/3105.90003?q=1",
        "https://doi.org/10.1145/ABC.9",
        "https://kites.example/a.pdf",
        "not a link",
    ]
)
CHATPAPERFREE_LINES = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"- {word}"),
    WORDS.map(lambda word: f"  {word}"),
    WORDS.map(lambda word: f"**{word}**"),
    WORDS.map(lambda word: f"**Summary**：{word}"),
    WORDS.map(lambda word: f"**Key Takeaways: {word}**"),
    WORDS.map(lambda word: f"**Authors:{word}, A B,  Yun,  Lind**"),
    WORDS.map(lambda word: f'<img src="{word}" align="middle" alt="zz">'),
    st.tuples(LINKS, WORDS).map(lambda both: f"[PDF]({both[0]}) {both[1]}"),
    st.sampled_from(
        [
            *("", "", "**Summary**", "**Key Takeaways**", "**摘要**", "**要点**", "**Authors:Ann Reed, Bo Li**"),
            *("[PDF](http://arxiv.org/abs/3105.90001v1) ", "<details>", "  <summary>点此查看论文截图</summary>"),
            *("</details>", "**[ChatPaperFree](https://huggingface.co/spaces/Kedreamix/ChatPaperFree)**"),
            *("# 2031-05-06 更新", "> wq", "## A Kite", "---", "1. zz", "• zz", "3.5 zz", "```"),
        ]
    ),
)
DENDRON_LINES = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"#{word}"),
    WORDS.map(lambda word: f"Authors: {word} ; Bo Li"),
    WORDS.map(lambda word: f"Summary: {word}"),
    WORDS.map(lambda word: f'![图 0](assets/kite.png "{word}")'),
    LINKS,
    st.tuples(WORDS, LINKS).map(lambda both: f"[{both[0]}]({both[1]})"),
    st.sampled_from(
        ["", "", "## A Kite", "## 研究方法", "#wind", "#wind #kite", "![图 0](a.png)", "```", "- **研究背景**：zz"]
    ),
)
PAPER_LIST_LINES = st.one_of(
    WORDS,
    st.tuples(WORDS, LINKS).map(lambda both: f"- [{both[0]}]({both[1]}) zz"),
    st.tuples(WORDS, LINKS).map(lambda both: f"{both[0]} <{both[1]}>"),
    st.tuples(WORDS, WORDS, LINKS).map(
        lambda all_: f"1. **{all_[0]}** - {all_[1]} [Paper]({all_[2]}) | [Tweet](https://x.z/q)"
    ),
    st.tuples(WORDS, WORDS, LINKS).map(lambda all_: f"| {all_[0]} | {all_[1]} | [wq]({all_[2]}) |"),
    st.tuples(WORDS, LINKS).map(lambda both: f'### [{both[0]}]({both[1]} "zz")'),
    st.tuples(st.sampled_from(["Authors", "摘要", "**Tags**", "Link", "TL;DR", "Comments"]), WORDS).map(": ".join),
    st.sampled_from(
        [
            *(
                "",
                "",
                "Ann Reed, Bo Li et al.",
                "*Ann Reed, Bo Li*",
                "  - zz",
                "## zz",
                "```",
                "| Title | Authors | PDF |",
            ),
            *("|---|---|---|", "- [Kite](https://arxiv.org/abs/3105.90007)", '![wq](https://f.example/1.png "zz")'),
            *("- A kite. Ann Reed, Bo Li. [arXiv:3105.90008](https://arxiv.org/abs/3105.90008)", "    - wq zz"),
            *(
                "| 1) **A Kite** - wq. <br> ● zz | [Paper](https://arxiv.org/abs/3105.90009v1), [Code](https://g.z/q) |",
            ),
        ]
    ),
)
PAPER_LIST_HEAD = (
    "# Kites 2031-05-06\n\n- [One](https://arxiv.org/abs/3105.90001)\n- [Two](https://arxiv.org/abs/3105.90002)\n"
)
CHATPAPERFREE_HEAD = "---\ntitle: Kites\ndate: 2031-05-06\n---\n# 2031-05-06 更新\n## A Kite\n**Authors:Ann Reed**\n"
DENDRON_HEAD = "---\nid: kite1\ntitle: '20310506'\nupdated: 1935857646000\ncreated: 1935853200000\n---\n## A Kite\n"
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


def _read(text: str, end: str) -> str:
    """As it comes from a file."""
    return read_text(text.replace("\n", end).encode()).text


@settings(deadline=None, max_examples=400)
@given(st.lists(CHATPAPERFREE_LINES, max_size=24), LINE_ENDS)
def test_nothing_of_a_chatpaperfree_entry_is_lost(lines, end):
    _nothing_is_lost(_read(CHATPAPERFREE_HEAD + "\n".join(lines), end))


@settings(deadline=None, max_examples=400)
@given(st.lists(DENDRON_LINES, max_size=24), LINE_ENDS)
def test_nothing_of_a_dendron_entry_is_lost(lines, end):
    _nothing_is_lost(_read(DENDRON_HEAD + "\n".join(lines), end))


@settings(deadline=None, max_examples=400)
@given(st.lists(PAPER_LIST_LINES, max_size=24), LINE_ENDS)
def test_nothing_of_a_listed_paper_is_lost(lines, end):
    _nothing_is_lost(_read(PAPER_LIST_HEAD + "\n".join(lines), end))


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_sample_with_its_lines_dropped_repeated_and_moved_loses_nothing(data):
    path = data.draw(st.sampled_from([path for path in FILES if ROOT / "samples" in path.parents]))
    lines = read_text(path.read_bytes()).text.split("\n")
    start = data.draw(st.integers(0, len(lines)))
    for _ in range(data.draw(st.integers(1, 8))):
        a, b = sorted(data.draw(st.integers(start, min(len(lines), start + 60))) for _ in range(2))
        part = data.draw(st.sampled_from([[], lines[a:b] * 2, lines[a:b][::-1], [*lines[a:b], "wq"]]))
        lines[a:b] = part
    _nothing_is_lost("\n".join(lines))


@settings(deadline=None, max_examples=300)
@given(
    st.text(max_size=200) | st.lists(CHATPAPERFREE_LINES | DENDRON_LINES | PAPER_LIST_LINES, max_size=20).map("\n".join)
)
def test_any_text_is_read_or_refused(text):
    try:
        parse_digest(read_text(text.encode("utf-8", "replace")).text)
    except (DigestFormatError, NotADigestError, UnreadableFileError):
        return


def _nothing_is_lost(text: str) -> None:
    try:
        digest = parse_digest(text)
    except (DigestFormatError, NotADigestError):
        return
    for entry in digest.entries:
        assert lost(text, digest, entry) == {}, entry
