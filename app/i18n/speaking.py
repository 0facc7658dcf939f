"""Which language is spoken now, and what a message is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.i18n.catalogues import DEFAULT, translations

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


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


def message(text: str) -> str:
    """Mark a message where no language is spoken yet, as in a table; `gettext` says it when it is shown."""
    return text


def gettext(message: str) -> str:
    language = _language.get()
    return message if language == DEFAULT else translations(language).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    return translations(_language.get()).ngettext(singular, plural, number)
