"""The words of the interface in the reader's language. Whoever asks need not know which that is: a request has one.

Templates say `_("Papers")` and `ngettext("%(num)d paper", "%(num)d papers", n)`, code the same with these functions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

__all__ = ["current_language", "gettext", "in_language", "ngettext"]

_UNTRANSLATED = NullTranslations()
_TRANSLATIONS: dict[str, NullTranslations] = {"en": _UNTRANSLATED}
_language: ContextVar[str] = ContextVar("language", default="en")


def current_language() -> str:
    """The tag of the language in use, as in `<html lang>`."""
    return _language.get()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Whatever is said within is said in this language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(message: str) -> str:
    return _TRANSLATIONS.get(_language.get(), _UNTRANSLATED).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    return _TRANSLATIONS.get(_language.get(), _UNTRANSLATED).ngettext(singular, plural, number)
