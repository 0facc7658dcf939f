"""Names folded for comparing, and names fit for an address. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

MAX_SLUG = 80
MAX_TITLE_KEY = 500
"""Characters by which titles are compared; what goes on for longer is no title. PostgreSQL's indexes take 2,704 bytes."""
MAX_STEM_BYTES, MAX_ENDING_BYTES = 180, 20
"""Of a file's name: most disks take 255 bytes in all, and a number may have to fit in too."""
_NUMBERS = 20
"""Of a slug that is taken; asked for together."""
_NOT_ALNUM = re.compile(r"[\W_]+")
_NOT_WORD = re.compile(r"[^\w/]+|_+")
_SLASHES = re.compile(r"-*/[-/]*")


def title_key(title: str) -> str:
    """A title without case, accents, spaces, punctuation and LaTeX marks: equal for what is the same title."""
    return _NOT_ALNUM.sub("", fold(title))[:MAX_TITLE_KEY]


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
    if not wanted:
        return []
    times = Counter(wanted)
    used = taken(set(times))
    # For most slugs that are taken these numbers will do, and all of them are asked for together.
    asked = {base: often + _NUMBERS for base, often in times.items() if often > 1 or base in used}
    if asked:
        used |= taken({f"{base}-{number}" for base, most in asked.items() for number in range(2, most + 1)})
    last: dict[str, int] = {}
    return [_free_slug(base, last, asked, used, taken) for base in wanted]


def _free_slug(
    base: str, last: dict[str, int], asked: dict[str, int], used: set[str], taken: Callable[[set[str]], set[str]]
) -> str:
    """The slug itself, else with the next number that is free; `last` and `asked` are how far the numbers came."""
    candidate, number = base, last.get(base, 1)
    while candidate in used:
        if number == asked.setdefault(base, 1):
            used |= taken({f"{base}-{number + step}" for step in range(1, _NUMBERS + 1)})
            asked[base] += _NUMBERS
        number += 1
        candidate = f"{base}-{number}"
    used.add(candidate)
    last[base] = number
    return candidate


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
