"""Names folded for comparing, and names fit for an address. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable

MAX_SLUG = 80
_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_WORD = re.compile(r"[^\w/]+|_+")
_SLASHES = re.compile(r"-*/[-/]*")


def title_key(title: str) -> str:
    """A title without case, accents, spaces, punctuation and LaTeX marks: equal for what is the same title."""
    return _NOT_ALNUM.sub("", fold(title))


def fold(text: str) -> str:
    """Compatibility forms made one, case and accents dropped."""
    if text.isascii():
        return text.casefold()  # all that there is to do, at a tenth of the price
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def slug(name: str) -> str:
    """The name as it stands in an address: words joined by "-", Chinese kept, slashes between words kept."""
    joined = _SLASHES.sub("/", _NOT_WORD.sub("-", fold(name)).strip("-/"))
    return joined[:MAX_SLUG].strip("-/") or "untitled"


def free_slugs(names: Iterable[str], taken: Callable[[set[str]], set[str]]) -> list[str]:
    """A slug for each name, none of them taken and none twice. `taken` says which of some slugs are."""
    wanted = [slug(name) for name in names]
    used = taken(set(wanted)) if wanted else set()
    free: list[str] = []
    for base in wanted:
        candidate, number = base, 1
        while candidate in used or (number > 1 and taken({candidate})):
            number += 1
            candidate = f"{base}-{number}"
        used.add(candidate)
        free.append(candidate)
    return free
