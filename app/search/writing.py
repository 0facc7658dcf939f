"""A part of a question written as a reader would type it: so that it can be named, and asked without. Pure."""

import re

from app.search.question import (
    AllOf,
    Also,
    AnyOf,
    Compound,
    Days,
    HanRun,
    Has,
    Known,
    Named,
    Node,
    Not,
    Phrase,
    Prefix,
    Quality,
    Within,
    Word,
)
from app.search.words import HAN

_PAIR = re.compile(f"[{HAN}]{{2}}")


def write(node: Node) -> str:
    """In the grammar of the search box; read again, it asks for the same papers."""
    match node:
        case Word(text, is_exact):
            return f'"{text}"' if is_exact else text
        case Prefix(text):
            return text
        case Compound(words):
            return "-".join(words)
        case HanRun(characters):
            return characters
        case Phrase(words):
            return f'"{_unpaired(words)}"'
        case Within(field, clause):
            return f"{field}:{write(clause)}"
        case Also(clause):
            return write(clause)
        case Not(inner):
            return f"-{write(inner)}"
        case AllOf(nodes):
            return f"({' '.join(map(write, nodes))})"
        case AnyOf(nodes):
            return f"({' OR '.join(map(write, nodes))})"
        case _:
            return _write_named(node)


def _write_named(node: Named | Known | Days | Has | Quality) -> str:
    match node:
        case Named(naming, key):
            return f'{naming}:"{key}"'
        case Known(name):
            return f"id:{name}"
        case Days(since, until):
            return f"date:{since}" if since == until else f"date:{since or ''}..{until or ''}"
        case Has(feature):
            return f"has:{feature}"
        case Quality(name):
            return f"quality:{name}"


def _unpaired(words: tuple[str, ...]) -> str:
    """Han pairs as the characters they were made of; a run ends with a character by itself."""
    return " ".join("".join(word[0] if _PAIR.fullmatch(word) else f"{word} " for word in words).split())
