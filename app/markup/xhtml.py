"""What this room renders, as well-formed XML: for feeds."""

import re

from app.markup.mathml import NAMESPACE

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_DIFFERENT = re.compile(r"<(br|hr)>|&nbsp;|<math(?=[ >])")
"""All that the sanitiser and the converter write otherwise than XML does."""


def as_xhtml(html: str) -> str:
    """HTML of `render_math`, `render_inline` or `render_markdown`, to stand in an element of XHTML."""
    return _DIFFERENT.sub(_well_formed, html)


def fit_for_xml(text: str) -> str:
    """The text without characters that no XML may hold, however written."""
    return _FORBIDDEN.sub(_REPLACEMENT, text)


def _well_formed(match: re.Match[str]) -> str:
    if match[1]:
        return f"<{match[1]}/>"
    return "&#160;" if match[0] == "&nbsp;" else f'<math xmlns="{NAMESPACE}"'
