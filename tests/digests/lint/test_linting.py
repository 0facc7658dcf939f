"""All rules together: switched off, in order, on good digests, on large ones, on real ones."""

from collections import Counter
from dataclasses import replace
from time import process_time

import pytest

from app.digests.decoding import read_text
from app.digests.lint import RULES, lint
from app.digests.parsing import parse_digest
from app.errors import InvalidInputError, NotADigestError
from tests.conftest import REAL_DIGESTS, ROOT
from tests.digests.lint.writing import digest, entry, findings, in_analysis, rules

IDS = [rule.id for rule in RULES]
ALL_BAD = digest(
    entry(
        summary="无",
        points=(),
        image="./1.png",
        analysis="好的，我会按照您的要求回答。\n\n2. 作者：Bram Verhoeven\n\n3. 单位：xxx\n\n4. 全文\ufffd\n\n"
        "5. Urls: https://arxiv.org/abs/2302.00042\n\n[代码](链接地址)\n\n"
        + "风筝线的张力给出相机在屋顶上空的准确高度。\n\n" * 3
        + "8. 结论：最后得到的",
    ),
    entry(),
)


def test_a_good_digest_has_no_findings():
    assert findings(digest(entry(), entry(title="Ropes and their knots in the wind", arxiv_id="2412.90002"))) == []


def test_every_rule_can_find_and_every_finding_is_explained():
    found = findings(ALL_BAD, repaired=True)

    assert {finding.rule for finding in found} == set(IDS)
    assert all(finding.sentence and finding.sentence_zh and finding.line >= 1 for finding in found)
    assert all(len(finding.excerpt) <= 90 and "\n" not in finding.excerpt for finding in found)


def test_rules_have_names_of_their_own_and_say_why():
    assert len(set(IDS)) == len(IDS)
    assert all(rule.title and rule.title_zh and rule.why for rule in RULES)


def test_findings_are_sorted_by_line():
    lines = [finding.line for finding in findings(ALL_BAD, repaired=True)]

    assert lines == sorted(lines)


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_that_is_switched_off_is_silent_and_the_others_are_not(rule):
    found = {finding.rule for finding in findings(ALL_BAD, repaired=True, switched_off=(rule,))}

    assert found == set(IDS) - {rule}


def test_a_rule_that_does_not_exist_cannot_be_switched_off():
    with pytest.raises(InvalidInputError, match=r"no lint rule “spelling”.*placeholder-text"):
        findings(digest(), switched_off=("spelling", "fake-url"))


def test_a_digest_without_papers_has_no_findings():
    assert findings(digest()) == []


def test_lines_are_right_without_the_parsers_help():
    """Formats need not say where a field stands."""
    text = in_analysis("2. 作者：xxx")
    parsed = parse_digest(text)
    blind = replace(parsed, entries=tuple(replace(each, lines={}) for each in parsed.entries))

    assert lint(blind, text) == lint(parsed, text)
    assert len(lint(blind, text)) == 1


@pytest.mark.parametrize(
    "path", sorted((ROOT / "samples").rglob("*.md")), ids=lambda path: str(path.relative_to(ROOT / "samples"))
)
def test_our_samples_are_clean(path):
    assert rules(read_text(path.read_bytes()).text) == set()


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("好的，xxx（待补充）https://example.com/xxx 希望以上内容对您有所帮助。\n", id="lines of defects"),
        pytest.param("风筝在屋顶上空", id="one line without end"),
        pytest.param("(（[【<li><a href=", id="brackets"),
        pytest.param("https://xxx/a/", id="an address without end"),
        pytest.param("- **作者**：Bram Verhoeven, 风\n\n", id="lists"),
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit):
    def seconds(times: int) -> float:
        text = digest(entry(analysis=unit * times + "。"))
        parsed = parse_digest(text)
        begun = process_time()
        lint(parsed, text)
        return process_time() - begun

    small, large = 20_000 // len(unit), 160_000 // len(unit)
    seconds(small)

    assert min(seconds(large) for _ in range(2)) < 8 * 4 * min(seconds(small) for _ in range(3)) + 0.1


@pytest.mark.skipif(not REAL_DIGESTS.exists(), reason="the real digests are not on this machine")
def test_real_digests_have_the_defects_that_a_reader_counted():
    counts: Counter[str] = Counter()
    entries = 0
    for path in sorted(REAL_DIGESTS.rglob("*")):
        if path.is_file():
            text = read_text(path.read_bytes()).text
            try:
                parsed = parse_digest(text)
            except NotADigestError:
                continue
            entries += len(parsed.entries)
            found = lint(parsed, text)
            assert all(1 <= finding.line <= text.count("\n") + 1 for finding in found)
            assert all(finding.position is None or 1 <= finding.position <= len(parsed.entries) for finding in found)
            counts.update(finding.rule for finding in found)

    assert entries == 662
    # As docs/lint.md tells them; another parser may move a few.
    expected = {
        "placeholder-text": 307, "no-key-points": 1, "fake-url": 29, "other-paper": 39, "analysis-cut-off": 5,
        "analysis-repeats": 41, "chat-residue": 296, "authors-disagree": 27, "paper-repeated": 6, "dead-image": 76,
        "lost-text": 5,
    }  # fmt: skip
    assert set(counts) == set(expected)
    assert all(abs(counts[rule] - count) <= 1 + count // 10 for rule, count in expected.items()), counts
