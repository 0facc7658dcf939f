"""What happened to the characters of a digest before it came to us."""

from bisect import bisect_right
from collections.abc import Iterator

from app.digests.lint.finding import Finding, Rule, excerpt
from app.digests.lint.view import DigestView

REPAIRED_ENCODING = Rule(
    id="repaired-encoding",
    title="Repaired encoding",
    title_zh="编码已修复",
    why="The text had been saved in a wrong encoding; a few characters are our best guess.",
)
LOST_TEXT = Rule(
    id="lost-text",
    title="Text lost at the source",
    title_zh="原文缺字",
    why="The sign U+FFFD stands where characters were lost before the digest was published.",
)

_LOST = "\ufffd"


def repaired_encoding(digest: DigestView) -> Iterator[Finding]:
    if digest.is_repaired:
        yield Finding(
            rule=REPAIRED_ENCODING.id,
            sentence="This digest was saved in a wrong encoding and has been repaired; some characters are guessed.",
            sentence_zh="本文摘曾以错误的编码保存，现已修复；个别文字为推测。",
            line=1,
            position=None,
        )


def lost_text(digest: DigestView) -> Iterator[Finding]:
    if _LOST not in digest.text:
        return
    starts = [view.entry.first_line for view in digest.entries]
    for number, text in enumerate(digest.lines, 1):
        if _LOST not in text:
            continue
        count = text.count(_LOST)
        position = bisect_right(starts, number)
        is_inside = position > 0 and number <= digest.entries[position - 1].entry.last_line
        yield Finding(
            rule=LOST_TEXT.id,
            sentence=f"Characters that were lost at the source: {count}.",
            sentence_zh=f"此行有 {count} 个字符在来源处已经丢失。",
            line=number,
            position=position if is_inside else None,
            excerpt=excerpt(text, text.index(_LOST)),
        )
