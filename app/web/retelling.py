"""What an import says of a file is stored in English. Here it is told in the reader's language, recognised by its form.

A sentence that is in no table is shown as it is stored: nothing is lost, and a test holds the table to the code.
"""

import re
from functools import lru_cache

from app.i18n import DEFAULT, current_language, gettext, message

# Wholes before their parts. What stands for `%(reason)s` and the like is told again; names and numbers are as they are.
_SENTENCES = (
    message("line %(line)s: %(told)s"),
    message("This is no digest: %(told)s; and no list of papers: %(also)s."),
    message("This is no digest: %(told)s."),
    message("This is no digest but a note on one paper: its headings are all parts, such as “Method”."),
    message("the file is empty"),
    message("it has no front matter (a block between two lines “---” at the top)"),
    message("it has front matter, but no papers (headings “## ”)"),
    message("it has front matter and headings, but none of them is followed by a paper's authors"),
    message("the note lists no papers (headings “## ”)"),
    message(
        "it links to papers in its text, but a list of papers has at least two headings, list items or table rows that "
        "link to one each"
    ),
    message("no heading, list item or table row links to a paper"),
    message("it has a list of papers, but that is the smaller part of it, as in the references of a post"),
    message("an entry without a title."),
    message("the digest has no front matter (a block between two lines “---” at the top)."),
    message("the digest has no title."),
    message("the digest has no date, neither here nor in a heading."),
    message("the note has no date, neither in its title nor in `created`."),
    message("the list of papers has a date without a year, “%(date)s”."),
    message("the list of papers has no date, neither as `date` in front matter nor in a heading."),
    message("“%(date)s” is no date."),
    message("here begins one paper more than the %(number)s that a file may list."),
    message("%(named)s has %(number)s characters, but at most %(most)s are read."),
    message("the name of the topic"),
    message("the note's id"),
    message("a tag"),
    message("an author's name"),
    message("the DOI"),
    message("the front matter is not valid YAML (%(problem)s)."),
    message("the front matter is not valid YAML."),
    message("the front matter is longer than %(number)s characters."),
    message("the front matter holds a control character, %(character)s."),
    message("the front matter is no list of keys and values."),
    message("the front matter is nested too deeply."),
    message("the front matter uses a YAML alias (*%(alias)s), which we do not read."),
    message("The name of the file is no valid text."),
    message("There is no such file."),
    message("This is no regular file."),
    message("The file has %(bytes)s bytes; at most %(most)s are read."),
    message("The file has more than %(most)s lines; at most so many are read."),
    message("The file cannot be read: %(problem)s."),
    message("This file is no text we can read: byte %(place)s is not %(encoding)s."),
    message("This is a binary file, not text: it holds NUL bytes."),
    message("The file ends in the middle of a character: its last %(number)s byte is left out."),
    message("The file ends in the middle of a character: its last %(number)s bytes are left out."),
    message(
        "This file is damaged: UTF-8 that was read as %(encoding)s. It has %(number)s characters; at most %(most)s are "
        "repaired."
    ),
    message(
        "This file was damaged: UTF-8 that was read as %(encoding)s. It is repaired; a few characters may be wrong."
    ),
    message("The database did not take it: %(problem)s"),
    message("the file had vanished and is back"),
    message("the file is gone; its digest stays"),
    message("an earlier revision of a note that is in the library already"),
    message(
        "The folder is empty, though %(number)s of its files are known: is a disk missing? None of them is taken for "
        "vanished."
    ),
    message("The folder cannot be read: %(problem)s. None of its files is taken for vanished."),
    message("The folder cannot be read: %(problem)s."),
    message("git pull failed, and the folder was read as it stands. Git says: %(problem)s"),
)
_TOLD = frozenset({"told", "also"})
_NAMED = "named"
"""Told again if it is known, and else as it stands."""
_PLACE = re.compile(r"%\((\w+)\)s")
_BETWEEN = re.compile(r"(?<=[.?]) (?=[A-Z])")


def retold(sentence: str) -> str:
    """A sentence that was stored in English, or several, in the reader's language."""
    if not sentence or current_language() == DEFAULT:
        return sentence
    return _retold(sentence) or _retold_each(sentence)


def is_known(sentence: str) -> bool:
    """Whether the sentence, with all it is made of, is in the table."""
    return any(
        match is not None and all(is_known(match[name]) for name in _TOLD & match.groupdict().keys())
        for match in (pattern.fullmatch(sentence) for pattern, _ in _patterns())
    )


def _retold(sentence: str) -> str:
    for pattern, text in _patterns():
        if match := pattern.fullmatch(sentence):
            found = match.groupdict().items()
            values = {name: retold(value) if name in _TOLD or name == _NAMED else value for name, value in found}
            return gettext(text) % values
    return ""


def _retold_each(sentences: str) -> str:
    """Sentences one after the other; a form has at most two. As they are stored if one is not known."""
    parts, told = _BETWEEN.split(sentences), ""
    while parts:
        length = next((length for length in (2, 1) if _retold(" ".join(parts[:length]))), 0)
        if not length:
            return sentences
        told += _retold(" ".join(parts[:length]))
        del parts[:length]
    return told


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(text), text) for text in _SENTENCES]


def _pattern(text: str) -> re.Pattern[str]:
    pieces = _PLACE.split(text)  # text, name, text, name, … text
    return re.compile(
        "".join(f"(?P<{piece}>.+?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)),
        re.DOTALL,
    )
