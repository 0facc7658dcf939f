"""In which language a fragment is written, for fonts, line breaks and screen readers. Pure."""

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def language_of(text: str) -> str:
    """`zh` for a text with Chinese in it, else `en`."""
    return "zh" if _HAN.search(text) else "en"
