"""Names of people in a row: told from other text, and taken apart."""

import re

from app.digests.text_lines import squeeze

_LATIN = r"(?:(?:van|von|der|de|di|da|del|la|le|el|al|bin|ten|dos|du|den|ter)\s+|d['’])*[^\W\d_a-z][\w.'’\-‐]*"
_NAME = re.compile(rf"{_LATIN}(?:\s+{_LATIN}){{1,4}}|[\u4e00-\u9fff]{{2,4}}(?:·[\u4e00-\u9fff]{{1,8}})?")
_SPLIT = re.compile(r"[,，;；、]\s*+(?:and|&|和)?|\band\b|&")
_AND_OTHERS = re.compile(r"[,，\s]*(?:\bet\.?\s*al\b\.?|\band others\b|等人?)\s*\.?\s*$", re.IGNORECASE)
_LONGEST = 4000


def split_names(written: str) -> tuple[tuple[str, ...], str]:
    """Names that are known to be names, and what says that there are more."""
    others = _AND_OTHERS.search(written[-40:])
    bare = written[: len(written) - len(others[0])] if others else written
    names = tuple(name for name in (squeeze(piece).strip("*_ ") for piece in _SPLIT.split(bare)) if name)
    return names, others[0].strip(" ,，") if others else ""


def are_names(text: str) -> bool:
    """Whether a text can be nothing but names: two or more, or one "et al."."""
    if not text or len(text) > _LONGEST:
        return False
    names, others = split_names(text)
    return (len(names) > 1 or (bool(others) and bool(names))) and all(_NAME.fullmatch(name) for name in names)
