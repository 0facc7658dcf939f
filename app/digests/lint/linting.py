"""All rules, and how they are asked."""

from collections.abc import Callable, Collection, Iterator
from itertools import islice

from app.digests.document import ParsedDigest
from app.digests.lint import authors, chat, completeness, encoding, links, placeholders, shape
from app.digests.lint.finding import Finding, Rule
from app.digests.lint.view import DigestView, view
from app.errors import InvalidInputError

MOST_FINDINGS = 100_000
"""Of one rule in one digest. Who has read so many knows; and a file can be made of nothing else."""

Check = Callable[[DigestView], Iterator[Finding]]

_CHECKS: tuple[tuple[Rule, Check], ...] = (
    (placeholders.PLACEHOLDER_TEXT, placeholders.placeholder_text),
    (completeness.MISSING_SUMMARY, completeness.missing_summary),
    (completeness.NO_KEY_POINTS, completeness.no_key_points),
    (links.FAKE_URL, links.fake_url),
    (links.OTHER_PAPER, links.other_paper),
    (shape.CUT_OFF, shape.cut_off),
    (shape.REPEATING, shape.repeating),
    (chat.CHAT_RESIDUE, chat.chat_residue),
    (authors.AUTHORS_DISAGREE, authors.authors_disagree),
    (completeness.PAPER_REPEATED, completeness.paper_repeated),
    (links.DEAD_IMAGE, links.dead_image),
    (encoding.REPAIRED_ENCODING, encoding.repaired_encoding),
    (encoding.LOST_TEXT, encoding.lost_text),
)

RULES: tuple[Rule, ...] = tuple(rule for rule, _ in _CHECKS)
"""In the order in which they are explained to a reader."""


def lint(
    parsed: ParsedDigest, text: str, *, repaired: bool = False, switched_off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """All that is wrong with a digest, by line. `text` is what `parsed` was read from, after any repair."""
    require_rules(switched_off)
    digest = view(parsed, text, is_repaired=repaired)
    wanted = (check for rule, check in _CHECKS if rule.id not in switched_off)
    found = [finding for check in wanted for finding in islice(check(digest), MOST_FINDINGS)]
    return tuple(sorted(found, key=lambda finding: finding.line))


def require_rules(ids: Collection[str]) -> None:
    """Refuse ids that are no rule's: who mistypes one would switch nothing off, and not know."""
    if ids and (unknown := sorted(set(ids) - {rule.id for rule in RULES})):
        known = ", ".join(rule.id for rule in RULES)
        raise InvalidInputError(f"There is no lint rule “{unknown[0]}”. The rules are: {known}.")
