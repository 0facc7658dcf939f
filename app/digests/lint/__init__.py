"""What is wrong with a digest, told to those who read it and to who wrote it. Pure: no database, no files.

Precision before recall: a false alarm costs the trust in all the others, so each rule keeps silent when in doubt.
How often each of them was wrong on real digests is in docs/lint.md.
"""

from app.digests.lint.finding import Finding, Rule
from app.digests.lint.linting import RULES, lint, require_rules

__all__ = ["RULES", "Finding", "Rule", "lint", "require_rules"]
