"""The YAML at the head of a digest, and where it ends.

Only the two delimiter lines are looked for, so that a `---` in someone's analysis does not count. Values stay
what is written: nobody here turns the title 20231208 into a number or a date into a moment without a zone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.digests.text_lines import BLANKS, INVISIBLE, is_blank
from app.errors import DigestFormatError

MAX_CHARACTERS = 65_536
"""Far more than any digest has; YAML can be made slow to read, and strangers write these files."""
MAX_DEPTH = 10

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NO_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML refuses, and what can't be encoded: found first, so that the line can be named."""


@dataclass(frozen=True, slots=True)
class SplitDigest:
    """A file cut into its front matter, not yet understood, and its body."""

    head: tuple[str, ...]
    """The lines between the delimiters."""
    head_line: int
    """The 1-based line that `head` begins on."""
    body_index: int
    """How many lines of the file come before the body."""
    source_url: str | None = None
    """From a line `#! URL` above the front matter."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys and values as written, and the lines they are on."""

    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A single value; "" if it is missing, blank, or not single."""
        value = self.values.get(key, "")
        return value.strip(" \t\n" + INVISIBLE) if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list; a single value is a list of one."""
        value = self.values.get(key, ())
        items = (value,) if isinstance(value, str) else value
        return tuple(text for item in items if (text := item.strip(BLANKS)))


def split_front_matter(lines: list[str]) -> SplitDigest | None:
    """None if the file does not begin with front matter, or never ends it."""
    index, source_url = 0, None
    while index < len(lines) and (is_blank(lines[index]) or lines[index].startswith("#!")):
        if lines[index].startswith("#!"):
            source_url = source_url or lines[index][2:].strip() or None
        index += 1
    if index == len(lines) or not _is_delimiter(lines[index]):
        return None
    end = next((i for i in range(index + 1, len(lines)) if _is_delimiter(lines[i])), None)
    if end is None:
        return None
    return SplitDigest(tuple(lines[index + 1 : end]), index + 2, end + 1, source_url)


def read_front_matter(split: SplitDigest) -> FrontMatter:
    """The values of the front matter. DigestFormatError names the line where it is no YAML of keys and values."""
    text = "\n".join(split.head)
    _refuse_what_no_one_writes(text, split.head_line)
    try:
        return _read_mapping(yaml.parse(text, Loader=_LOADER), split.head_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = split.head_line + (mark.line if mark is not None else 0)
        raise DigestFormatError(f"line {line}: the front matter is not valid YAML ({error.problem}).") from error
    except yaml.YAMLError as error:
        raise DigestFormatError(f"line {split.head_line}: the front matter is not valid YAML.") from error


def _is_delimiter(line: str) -> bool:
    return line.startswith("---") and line.strip(" \t" + INVISIBLE) == "---"


def _refuse_what_no_one_writes(text: str, first_line: int) -> None:
    if len(text) > MAX_CHARACTERS:
        raise DigestFormatError(f"line {first_line}: the front matter is longer than {MAX_CHARACTERS} characters.")
    if bad := _NO_YAML.search(text):
        line = first_line + text.count("\n", 0, bad.start())
        raise DigestFormatError(f"line {line}: the front matter holds a control character, U+{ord(bad[0]):04X}.")


def _read_mapping(events: Iterator[Any], first_line: int) -> FrontMatter:
    """Built from events and not by a loader: what aliases and nesting would cost is never paid."""
    front_matter = FrontMatter()
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            _fill(front_matter, events, first_line)
        elif isinstance(event, yaml.ScalarEvent | yaml.SequenceStartEvent) and getattr(event, "value", True):
            line = _line(event, first_line)
            raise DigestFormatError(f"line {line}: the front matter is no list of keys and values.")
        elif isinstance(event, yaml.AliasEvent):
            raise _alias(event, first_line)
    return front_matter


def _fill(front_matter: FrontMatter, events: Iterator[Any], first_line: int) -> None:
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        key = _read_value(event, events, first_line, depth=1)
        value = _read_value(next(events), events, first_line, depth=1)
        if isinstance(key, str):
            front_matter.values[key] = value
            front_matter.lines[key] = _line(event, first_line)


def _read_value(event: Any, events: Iterator[Any], first_line: int, depth: int) -> str | tuple[str, ...]:
    """A text, or the texts of a list; whatever is nested deeper means nothing to us and is passed over."""
    if isinstance(event, yaml.AliasEvent):
        raise _alias(event, first_line)
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    if depth > MAX_DEPTH:
        line = _line(event, first_line)
        raise DigestFormatError(f"line {line}: the front matter is nested too deeply.")
    items = []
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            break
        items.append(_read_value(inner, events, first_line, depth + 1))
    is_list = isinstance(event, yaml.SequenceStartEvent)
    return tuple(item for item in items if isinstance(item, str)) if is_list else ()


def _alias(event: Any, first_line: int) -> DigestFormatError:
    line = _line(event, first_line)
    return DigestFormatError(
        f"line {line}: the front matter uses a YAML alias (*{event.anchor}), which we do not read."
    )


def _line(event: Any, first_line: int) -> int:
    return first_line + int(event.start_mark.line)
