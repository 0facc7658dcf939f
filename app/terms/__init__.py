"""Terms that mean the same in Chinese and English: mined from the library, decided by people, asked by search."""

from app.terms.groups import TermGroup, accepted_groups, find_group, list_groups, load_groups
from app.terms.keeping import MiningResult, keep, mine_library
from app.terms.known import KnownTerms
from app.terms.mining import MinedGroup, MinedTerm, TextPair, mine
from app.terms.table import LONGEST_TERM, accept, add, reject, remove

__all__ = [
    "LONGEST_TERM",
    "KnownTerms",
    "MinedGroup",
    "MinedTerm",
    "MiningResult",
    "TermGroup",
    "TextPair",
    "accept",
    "accepted_groups",
    "add",
    "find_group",
    "keep",
    "list_groups",
    "load_groups",
    "mine",
    "mine_library",
    "reject",
    "remove",
]
