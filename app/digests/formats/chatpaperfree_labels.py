"""Summary and key points: two labels in many spellings, and lists in many shapes.

The labels are known by their words; where these are new, or ruined by a wrong encoding, by their place: the first
short bold line is the summary's, and a bold line right above a list is the key points'.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from app.digests.formats.ledger import Ledger, joined
from app.digests.text_lines import is_blank, passage, squeeze, trim

_BOLD = re.compile(r"\s*\*\*(?P<inner>[^*]{1,60})\*\*(?P<rest>.*)$")
_SUMMARY = re.compile(
    r"(?:summary|abstract|tl;?dr|(?:论文|文章|内容)?(?:摘要|概述|总结|概要|概括|简介))", re.IGNORECASE
)
_KEY_POINTS = re.compile(
    r"(?:(?:the )?(?:key|main)? ?(?:takeaways?|points?|insights?|findings?|highlights?|ideas?)"
    r"|(?:主要|关键|重要|核心|重点)?(?:要点|见解|结论|内容|点|观点|发现|启示|洞见|信息|贡献|亮点|重点)(?:总结|概述|归纳)?)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:-(?!-)|[+•·●▪◦‣]|\*(?!\*)|\*(?=\*\*)|\d{1,2}(?:[.．](?!\d)|[、)）]))\s*(?P<text>.*)$")
_COLONS = ":： \t"
_MAX_LABEL_BY_PLACE = 24


def is_label(line: str) -> bool:
    """Whether this line is one of the two labels, by its words."""
    return _says(line, _SUMMARY) or _says(line, _KEY_POINTS)


def read_summary(lines: Sequence[str], start: int, end: int, ledger: Ledger) -> tuple[str, tuple[str, ...], int]:
    """Summary and key points of the lines from `start` to `end`, and the line after the last key point."""
    first = _find_summary_label(lines, start, end)
    second = _find_key_points_label(lines, start if first is None else first + 1, end)
    summary = _read_summary(lines, start, first, second, ledger)
    if second == end:
        return summary, (), end
    return summary, *_read_key_points(lines, second, end, ledger)


def _read_summary(lines: Sequence[str], start: int, label: int | None, end: int, ledger: Ledger) -> str:
    if label is None:
        ledger.read_all("summary", lines, range(start, end))
        return passage(lines[start:end]).strip()
    beside = _text_beside(lines[label])
    ledger.read(label, *([] if is_blank(beside) else ["summary"]), left=_new_words(lines[label], _SUMMARY))
    ledger.read_all("summary", lines, range(label + 1, end))
    return passage([beside, *lines[label + 1 : end]]).strip()


def _find_summary_label(lines: Sequence[str], start: int, end: int) -> int | None:
    """None if there is none; then the text may stand there without."""
    index = next((i for i in range(start, end) if not is_blank(lines[i])), None)
    if index is None:
        return None
    if _says(lines[index], _SUMMARY) or (_is_bold_line(lines[index]) and not _is_key_points(lines, index, end)):
        return index
    return next((i for i in range(start, end) if "**" in lines[i] and _says(lines[i], _SUMMARY)), None)


def _find_key_points_label(lines: Sequence[str], start: int, end: int) -> int:
    bold = [i for i in range(start, end) if "**" in lines[i]]
    known = (i for i in bold if _says(lines[i], _KEY_POINTS))
    by_place = (i for i in bold if _is_key_points(lines, i, end))
    return next(chain(known, by_place), end)


def _is_key_points(lines: Sequence[str], index: int, end: int) -> bool:
    if _says(lines[index], _KEY_POINTS):
        return True
    following = next((line for line in lines[index + 1 : min(index + 4, end)] if not is_blank(line)), "")
    return _is_bold_line(lines[index]) and _ITEM.match(following) is not None


def _is_bold_line(line: str) -> bool:
    """A short bold line with nothing else on it: what a label of unknown wording looks like."""
    bold = _BOLD.match(line)
    return bold is not None and len(bold["inner"]) <= _MAX_LABEL_BY_PLACE and not bold["rest"].strip(_COLONS)


def _says(line: str, label: re.Pattern[str]) -> bool:
    """Whether the label is on this line; the colon may stand inside the bold or outside, and text may follow either."""
    bold = _BOLD.match(line) if "**" in line else None
    return bold is not None and _means(bold["inner"], label)


@lru_cache
def _means(inner: str, label: re.Pattern[str]) -> bool:
    """Remembered, for nearly all labels are written in the same few ways."""
    return label.fullmatch(squeeze(inner.replace("：", ":").partition(":")[0])) is not None


def _new_words(line: str, label: re.Pattern[str]) -> str:
    """The words of a label that is one by its place alone: nobody can say what they mean, so they are kept."""
    if _says(line, label) or not (bold := _BOLD.match(line)):
        return ""
    return bold["inner"].partition(":")[0].partition("：")[0]


def _text_beside(line: str) -> str:
    """What stands on the label's own line: **Summary**：text, or **Summary: text**."""
    bold = _BOLD.match(line)
    if bold is None:
        return ""
    inside = bold["inner"].replace("：", ":", 1).partition(":")[2].strip()
    return inside + bold["rest"].lstrip(_COLONS)


def _read_key_points(lines: Sequence[str], label: int, end: int, ledger: Ledger) -> tuple[tuple[str, ...], int]:
    """The items, and the line after the last. Lines that are neither items nor indented under one are chatter."""
    beside, words = _text_beside(lines[label]), _new_words(lines[label], _KEY_POINTS)
    first = _ITEM.match(beside)
    items: list[list[str]] = [[first["text"]]] if first else []
    ledger.read(
        label, *(["key_points"] if first and first["text"] else []), left=words if first else joined(words, beside)
    )
    read: list[int] = []
    after = label + 1
    for index in range(label + 1, end):
        line = lines[index]
        if item := _ITEM.match(line):
            items.append([item["text"]])
        elif items and index == after and line.startswith(("  ", "\t")) and not is_blank(line):
            items[-1].append(line.strip())
        else:
            continue
        read.append(index)
        after = index + 1
    ledger.read_all("key_points", lines, read)
    points = (item[0].strip() if len(item) == 1 else " ".join(trim(item)).strip() for item in items)
    return tuple(point for point in points if not is_blank(point)), after
