"""Text for LaTeX: what is special there is escaped, mathematics and accents stay. Pure.

Accents are written as they are: LaTeX reads UTF-8 since 2018, and so do biber and every BibTeX in use.
"""

import re

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts every brace, escaped or not
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MATH = re.compile(r"\$(?=[^\s$])(?P<within>[^$\n]{1,200}?)(?<=[^\s\\])\$(?!\d)")
_IS_MATH = re.compile(r"[\\^_]|^[A-Za-z0-9+\-*/=<>()., ]{1,12}$")


def escaped(text: str) -> str:
    """As LaTeX prints it. What is between dollars and looks like mathematics, with its braces in order, is left alone."""
    done, pieces = 0, []
    for found in _MATH.finditer(text):
        if _is_math(found["within"]):
            pieces += [_plain(text[done : found.start()]), found[0]]
            done = found.end()
    return "".join([*pieces, _plain(text[done:])])


def title(text: str) -> str:
    """A title whose names keep their capitals: BibTeX styles write all else small."""
    return "".join(_guarded(word) for word in re.split(r"(\s+)", escaped(text)))


def _guarded(word: str) -> str:
    """A word with a capital behind its first letter: "NeRF", "3D", "CLIP-guided"."""
    if word[1:] == word[1:].lower() or "$" in word or "\\" in word or "{" in word:
        return word
    lead, tail = re.match(r"^\W*", word), re.search(r"\W*$", word)
    start, end = lead.end() if lead else 0, tail.start() if tail else len(word)
    return f"{word[:start]}{{{word[start:end]}}}{word[end:]}"


def _plain(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def _is_math(within: str) -> bool:
    return bool(_IS_MATH.search(within)) and _is_balanced(within)


def _is_balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"[{}]", text):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not re.search(r"(?<!\\)[%#&]", text)
