"""A folder of 120 digests with 1,300 entries, made of the samples: of other papers, on other days, some told twice."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_POSTS = sorted(_SAMPLES.glob("*/*.md"))
_NOTE_FILE = _SAMPLES / "20241205.md"
POSTS, NOTES = 92, 28
_ID = re.compile(r"2412\.9(\d{4})")
_TITLE = re.compile(r"^## +(.*)$", re.MULTILINE)
_DAY = re.compile(r"2024-12-0[67]|20241205")
_ANALYSIS = re.compile(r"^\*\*\[ChatPaperFree\].*?(?=^<details>)", re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r"papershelf0sample0note001")
_UPDATED = re.compile(r"^updated: (\d+)$", re.MULTILINE)


def write_digests(folder: Path, state: int = 0, posts: int = POSTS, notes: int = NOTES) -> Path:
    """The folder as it is for the `state`th time: each state changes every sixth digest. Returns the folder."""
    texts = [_post()] * posts + [_NOTE_FILE.read_text(encoding="utf-8")] * notes
    for number, text in enumerate(texts):
        own = state - (state - number) % 6 if state else 0  # the last state that changed this digest
        target = folder / f"{number % 7}" / f"{number:03}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_digest(text, number, max(own, 0)), encoding="utf-8")
        changed = 1_700_000_000 + max(own, 0) * 10
        os.utime(target, (changed, changed))  # so long ago that its time can be trusted
    return folder


def _post() -> str:
    """The papers of all posts in one, most of them without their analysis: that is soon read and indexed."""
    first, *others = (path.read_text(encoding="utf-8") for path in _POSTS)
    others = [_ANALYSIS.sub("", other) for other in others]
    return "\n\n".join([first.rstrip(), *(other[other.index("\n## ") :].strip() for other in others)])


def _digest(text: str, number: int, state: int) -> str:
    """Every third digest speaks of the papers of the one before, on another day."""
    of = number - 1 if number % 3 == 2 else number
    text = _ID.sub(lambda found: f"2402.{(of * 100 + int(found[1])) % 100_000:05}", text)
    text = _TITLE.sub(lambda found: f"## {found[1]}, part {of}", text)
    text = _DAY.sub(lambda found: _other_day(found[0], number), text)
    text = _UPDATED.sub(lambda found: f"updated: {int(found[1]) + state * 1000}", _NOTE.sub(f"note{number}", text))
    return _changed(text, number, state) if state else text


def _other_day(written: str, number: int) -> str:
    day = date.fromisoformat(written) - timedelta(days=number)
    return day.isoformat() if "-" in written else f"{day:%Y%m%d}"


def _changed(text: str, number: int, state: int) -> str:
    """Without one of its papers, and with another."""
    headings = [found.start() for found in _TITLE.finditer(text)]
    gone = state % len(headings)
    after = [*headings, len(text)][gone + 1]
    return (
        text[: headings[gone]] + text[after:].rstrip() + f"\n\n## A Later Shelf, number {number} of {state}\n\n"
        "**Authors:Ann Reed, Bo Li**\n\nWe shelve what came later.\n\n"
        f"[PDF](http://arxiv.org/abs/2301.{number * 100 + state:05}v1) \n\n**Summary**\n后来的书架。\n"
    )
