"""What a line says once its markup is taken away."""

import re

from app.digests.text_lines import INVISIBLE

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_NUMBER = re.compile(r"[\s>#*_•·-]*(?:(?:[(（]?\d{1,2}[)）]?\s*[.、．:：)）]?|[-•·])\s*)?[\s*_]*")
_EDGES = f" \t\u00a0*_{INVISIBLE}"
URL = re.compile(r"https?://[^\s<>()（）\[\]，。；、“”\"'）】]+", re.IGNORECASE | re.ASCII)


def plain(line: str) -> str:
    """Without HTML tags, and without emphasis and blanks around it."""
    return (_TAG.sub("", line) if "<" in line else line).strip(_EDGES)


def said(text: str) -> str:
    """What is plain already, without the number or bullet of a list before it."""
    number = _NUMBER.match(text)
    return text[number.end() if number else 0 :]


def without_urls(text: str) -> str:
    return URL.sub(" ", text) if "http" in text else text
