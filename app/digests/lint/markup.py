"""What a line says once its markup is taken away."""

import re
from collections.abc import Sequence

from app.digests.text_lines import INVISIBLE

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_NUMBER = re.compile(r"[\s>#*_•·-]*(?:(?:[(（]?\d{1,2}[)）]?\s*[.、．:：)）]?|[-•·])\s*)?[\s*_]*")
_EDGES = f" \t\u00a0*_{INVISIBLE}"
URL = re.compile(r"https?://[^\s<>()（）\[\]，。；、“”\"'）】]+", re.IGNORECASE | re.ASCII)


def plain(lines: Sequence[str]) -> list[str]:
    """Lines without HTML tags, and without emphasis and blanks around them."""
    text = "\n".join(lines)
    if "<" in text:
        lines = _TAG.sub("", text).split("\n")
    return [line.strip(_EDGES) for line in lines]


def said(text: str) -> str:
    """What is plain already, without the number or bullet of a list before it."""
    number = _NUMBER.match(text)
    return text[number.end() if number else 0 :]


def without_urls(text: str) -> str:
    return URL.sub(" ", text) if "http" in text else text
