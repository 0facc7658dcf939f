"""Names folded for comparing, and names fit for an address. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable

MAX_SLUG = 80
MAX_STEM_BYTES, MAX_ENDING_BYTES = 180, 20
"""Of a file's name: most disks take 255 bytes in all, and a number may have to fit in too."""
_NUMBERS = 20
"""Of a slug that is taken; asked for together."""
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
    last: dict[str, int] = {}
    free: list[str] = []
    for base in wanted:
        candidate, number = base, last.get(base, 1)
        while candidate in used:
            if number % _NUMBERS == 1:
                used |= taken({f"{base}-{number + step}" for step in range(1, _NUMBERS + 1)})
            number += 1
            candidate = f"{base}-{number}"
        used.add(candidate)
        last[base] = number
        free.append(candidate)
    return free


def safe_file_name(name: str) -> str:
    """The name of a file as it was sent, fit for a folder of ours: no path, nothing invisible, none that imports pass over."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = " ".join(name.split()).lstrip(".#~- ").rstrip("~ .") or "digest.md"
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > MAX_ENDING_BYTES:
        stem, dot, ending = name, "", ""
    if ending.lower() in ("tmp", "part", "swp"):
        stem, dot, ending = name, ".", "md"
    return stem.encode()[:MAX_STEM_BYTES].decode(errors="ignore").rstrip(" .") + dot + ending
