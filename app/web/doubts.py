"""What the lint found in one digest, rule by rule."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app import digests
from app.catalog import PaperFilter, Period
from app.models import Digest, Finding
from app.web.narrowing import quality_label
from app.web.urls import period_url


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rule that found something, its findings by line, and where else it did."""

    title: str
    findings: Sequence[Finding]
    url: str
    """The papers of the digest's topic and day with such findings."""


def doubts_by_rule(digest: Digest) -> list[Doubt]:
    """In the order in which rules are explained; a finding of a rule that is no more comes last."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in digest.findings:
        found[finding.rule].append(finding)
    order = {rule.id: place for place, rule in enumerate(digests.RULES)}
    ordered = sorted(found, key=lambda rule: (order.get(rule, len(order)), rule))
    return [Doubt(quality_label(rule), found[rule], _alike(digest, rule)) for rule in ordered]


def _alike(digest: Digest, rule: str) -> str:
    topics = (digest.topic.name,) if digest.topic else ()
    return period_url(Period(digest.day, digest.day)) + PaperFilter(topics=topics, qualities=(rule,)).query()
