"""What makes two spellings of a name one person's, as far as letters can tell. Pure."""

import re

from app.search.folding import fold

_HYPHENS = re.compile("[-\u00ad\u2010-\u2015\u2212\ufe63\uff0d]")
_BREAKS = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """The name without accents, case, widths, hyphens and dots: "Yi-Hua Huáng" and "Yihua Huang" are one.

    Blanks count: "Yu Nan" is not "Yun An".
    """
    folded = fold(_HYPHENS.sub("", name))
    return _BREAKS.sub(" ", folded).strip() or folded
