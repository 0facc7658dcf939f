"""The catalogues of messages. They are read as they are written: nothing is compiled, so nothing can be out of step."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "locales"
DEFAULT = "en"
"""The language of the messages themselves."""
LANGUAGES = {"en": "English", "zh": "中文"}
"""The tag of each language that the interface speaks, as in `<html lang>`, and its own name."""


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "papershelf.po"


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: str) -> NullTranslations:
    """The messages in this language; as they are for English, and for a language there is none of."""
    if language == DEFAULT or language not in LANGUAGES:
        return NullTranslations()
    # Only now: commands that speak English need not wait for Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
