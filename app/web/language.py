"""In which language a fragment is written, for fonts, line breaks and screen readers."""

import re

from markupsafe import Markup

from app.i18n import current_language

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def language_of(text: str) -> str:
    """`zh` for a text with Chinese in it, else `en`."""
    return "zh" if _HAN.search(text) else "en"


def lang_attribute(text: str) -> Markup:
    """The attribute of a text in another language than the page's; nothing for one in the same."""
    language = language_of(text)
    return Markup("") if language == current_language() else Markup(' lang="{}"').format(language)
