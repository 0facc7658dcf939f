import pytest
from sqlalchemy import select

from app import catalog, digests
from app.digests import Origin, intake
from app.digests.decoding import read_text
from app.digests.encoding import corrupt
from app.digests.reading import read_digest
from app.models import Digest, Finding
from tests.conftest import BOTH_STORES, ROOT

pytestmark = BOTH_STORES
SAMPLE = ROOT / "samples" / "2024-12-07" / "3DGS.md"


@pytest.fixture
def flawed(tmp_path, database, index):
    """A library with one good digest, and one whose first entry is half a template."""
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_bytes((ROOT / "samples" / "2024-12-06" / "3DGS.md").read_bytes())
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    marker = next(number for number, line in enumerate(lines) if line.startswith("**[ChatPaperFree]"))
    lines.insert(marker + 2, "5. Urls: https://example.com/xxx ，此处填写论文链接")
    bad.write_text("\n".join(lines), encoding="utf-8")
    reports = [digests.import_file(database, Origin(path, tmp_path)) for path in (good, bad)]
    catalog.sync_index(database, index)
    assert [report.findings > 0 for report in reports] == [False, True]
    return bad


def found(database):
    with database.read() as session:
        return [(row.rule, row.line) for row in session.scalars(select(Finding).order_by(Finding.line, Finding.id))]


def listed(database, index, **wanted):
    with database.read() as session:
        listing = catalog.browse(session, index, catalog.PaperFilter(**wanted))
        return {card.paper.key for card in listing.cards}, dict(listing.facets.qualities)


@pytest.mark.parametrize("words", ["", "splat"], ids=["list", "search"])
def test_a_finding_is_a_filter_and_its_count_is_what_a_click_gives(flawed, database, index, words):
    everything, qualities = listed(database, index, q=words)
    assert qualities
    for name, count in qualities.items():
        assert len(listed(database, index, q=words, qualities=(name,))[0]) == count
    clean = listed(database, index, q=words, qualities=("clean",))[0]
    assert clean < everything
    assert "2412.90101" not in clean


def test_a_corrected_file_has_no_findings_any_more(flawed, database, index):
    flawed.write_bytes(SAMPLE.read_bytes())
    digests.import_file(database, Origin(flawed, flawed.parent))
    assert found(database) == []


def test_linting_again_finds_the_same_and_respects_what_is_switched_off(flawed, database, index):
    before = found(database)
    assert digests.lint_again(database).findings == len(before)
    assert found(database) == before
    assert digests.lint_again(database, {rule for rule, _ in before}).findings == 0


def test_a_digest_that_changes_while_it_is_linted_again_keeps_the_findings_of_its_import(flawed, database, monkeypatch):
    def read_and_be_overtaken(raw, *arguments):
        result = read_digest(raw, *arguments)
        if raw == text:  # somebody corrects the file just now
            flawed.write_bytes(SAMPLE.read_bytes())
            digests.import_file(database, Origin(flawed, flawed.parent))
        return result

    text = flawed.read_bytes()
    monkeypatch.setattr("app.digests.findings.read_digest", read_and_be_overtaken)
    assert digests.lint_again(database).findings == 0
    assert found(database) == []


def test_a_digest_that_cannot_be_read_any_more_is_named_and_the_others_are_linted(flawed, database):
    with database.write() as session:
        good = session.scalars(select(Digest).where(~Digest.findings.any())).one()
        good.original = b"no digest at all"
    linted = digests.lint_again(database)
    assert linted.findings == len(found(database)) > 0
    [(digest_id, reason)] = linted.failures
    assert (digest_id, "no digest" in reason) == (good.id, True)


def test_every_field_of_an_entry_knows_its_lines(flawed, database):
    with database.read() as session:
        entries = catalog.find_paper(session, "2412.90101").entries
        first = min(entries, key=lambda entry: entry.digest.day)
        lines = (ROOT / "samples" / str(first.digest.day) / "3DGS.md").read_text(encoding="utf-8").split("\n")
        assert set(first.lines) >= {"title", "authors", "abstract", "summary", "key_points", "analysis", "figures"}
        assert lines[first.lines["title"][0] - 1] == f"## {first.version.title}"
        assert first.summary in lines[first.lines["summary"][0] - 1]


def test_what_the_library_says_helps_to_repair_a_damaged_digest(database, tmp_path):
    text = SAMPLE.read_text(encoding="utf-8")
    (tmp_path / "damaged.md").write_text(corrupt(text, "cp1254"), encoding="utf-8")

    def mistakes(language):
        read = read_text((tmp_path / "damaged.md").read_bytes(), language)
        assert read.repaired
        return sum(was != now for was, now in zip(text, read.text, strict=True))

    digests.import_file(database, Origin(SAMPLE, SAMPLE.parent))
    assert mistakes(None) > mistakes(digests.LibraryLanguage(database)) == 0


def test_digests_wait_for_each_other_though_damaged_ones_are_among_them(database, tmp_path, monkeypatch):
    """What the library says is learnt once, at the first damaged file; from then on nothing is stored before its time."""
    stored, folder = [], tmp_path / "in"
    folder.mkdir()
    import_digests = intake.import_digests
    monkeypatch.setattr(intake, "import_digests", lambda *told: stored.append(len(told[1])) or import_digests(*told))
    whole = SAMPLE.read_text(encoding="utf-8")
    texts = [whole.replace("2024-12-07", f"2024-12-{day:02}") for day in range(10, 16)]
    for number, text in enumerate(texts):
        text = corrupt(text, "cp1254") if number % 2 else text
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    result = digests.run_import(database, digests.look_into([folder]), digests.Trigger.COMMAND)
    assert [report.status for report in result.reports] == ["new"] * 6
    assert stored == [1, 5]
