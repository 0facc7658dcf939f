"""Every message that code and templates say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

ROOT = Path(__file__).resolve().parents[1]
_KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "message": None, "ngettext": (1, 2)}
_SOURCES = (("app", "*.py", "python"), ("templates", "*.html", "jinja2"))
_OPTIONS = {"newstyle_gettext": "true", "trimmed": "true", "silent": "false", "trim_blocks": "true"}


def extract() -> Catalog:
    """A catalogue of all messages, without translations."""
    catalogue = Catalog()
    for folder, pattern, method in _SOURCES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            for text in _messages(path, method):
                catalogue.add(text, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalogue


def _messages(path: Path, method: str) -> Iterator[str | tuple[str, ...]]:
    found = extract_from_file(method, path, keywords=_KEYWORDS, options=_OPTIONS)
    for _, text, _, _ in found:
        yield tuple(text) if isinstance(text, (list, tuple)) else text
