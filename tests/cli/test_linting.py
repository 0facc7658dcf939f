import pytest
from typer.testing import CliRunner

from app.cli.commands import app
from tests.cli.conftest import SAMPLES, as_json

MARKER = "**[ChatPaperFree](https://huggingface.co/spaces/Kedreamix/ChatPaperFree)**\n"


def flawed_text(day="2024-12-07"):
    """A digest that is half a template."""
    text = (SAMPLES / "2024-12-07" / "3DGS.md").read_text(encoding="utf-8").replace("2024-12-07", day)
    return text.replace(MARKER, f"{MARKER}\n待补充：此处填写作者单位\n", 1)


@pytest.fixture
def draft(tmp_path):
    file = tmp_path / "draft.md"
    file.write_text(flawed_text(), encoding="utf-8")
    return file


def test_a_draft_is_linted_where_it_lies_and_nothing_is_stored(papershelf, draft):
    (about,) = as_json(papershelf("lint", "--format", "json", draft))
    assert (about["digest"], about["files"]) == ("2024-12-07 3DGS", [str(draft)])
    (finding,) = about["findings"]
    assert finding["rule"] == "placeholder-text"
    assert "待补充" in draft.read_text(encoding="utf-8").split("\n")[finding["line"] - 1]
    assert papershelf("export", "digests").stdout == ""


def test_a_draft_is_linted_without_any_library(draft, tmp_path, monkeypatch):
    monkeypatch.setenv("PAPERSHELF_DATA_DIR", str(tmp_path / "nowhere"))
    linted = CliRunner().invoke(app, ["lint", "--format", "markdown", str(draft)])
    assert linted.exit_code == 0
    assert "(`placeholder-text`)" in linted.stdout
    assert not (tmp_path / "nowhere").exists()


def test_a_draft_is_said_to_have_what_the_library_will_say_of_it(papershelf, draft):
    before = as_json(papershelf("lint", "--format", "json", draft))
    papershelf("import", draft)
    assert as_json(papershelf("lint", "--format", "json")) == before


def test_a_folder_of_drafts_is_linted_file_by_file(papershelf, draft):
    (draft.parent / "second.md").write_text(flawed_text("2024-12-09"), encoding="utf-8")
    found = as_json(papershelf("lint", "--format", "json", draft.parent))
    assert [about["digest"] for about in found] == ["2024-12-07 3DGS", "2024-12-09 3DGS"]
    assert "│ placeholder-text  │ 2" in papershelf("lint", draft.parent).stdout


def test_being_strict_turns_findings_into_an_exit_code(papershelf, draft):
    assert papershelf("lint", "--strict", draft).exit_code == 1
    assert papershelf("lint", "--strict", SAMPLES).exit_code == 0
    assert papershelf("lint", "--strict").exit_code == 0
    papershelf("import", draft)
    assert papershelf("lint").exit_code == 0
    assert papershelf("lint", "--strict").exit_code == 1


def test_a_rule_that_is_switched_off_is_silent_on_drafts(papershelf, draft, monkeypatch):
    monkeypatch.setenv("PAPERSHELF_LINT_OFF", "placeholder-text")
    assert as_json(papershelf("lint", "--format", "json", draft)) == []


def test_a_file_that_is_no_digest_is_named_and_one_that_cannot_be_read_fails(papershelf, draft):
    plain, broken = draft.parent / "plain.md", draft.parent / "broken.md"
    plain.write_text("Nothing here", encoding="utf-8")
    linted = papershelf("lint", plain)
    assert linted.exit_code == 0
    assert f"{plain}: This is no digest" in linted.stderr
    broken.write_bytes(b"\xff\x00\xfe")
    linted = papershelf("lint", "--format", "json", broken, draft)
    assert linted.exit_code == 1
    assert len(as_json(linted)) == 1
    assert papershelf("lint", draft.parent / "absent.md").exit_code == 1


def test_single_digests_of_the_library_can_be_asked_for(papershelf, draft):
    (draft.parent / "second.md").write_text(flawed_text("2024-12-09"), encoding="utf-8")
    papershelf("import", draft.parent)
    for numbers, names in (((1,), {"2024-12-07 3DGS"}), ((1, 2), {"2024-12-07 3DGS", "2024-12-09 3DGS"})):
        asked = [word for number in numbers for word in ("--digest", number)]
        assert {about["digest"] for about in as_json(papershelf("lint", "--format", "json", *asked))} == names


@pytest.mark.parametrize("number", ["99", "0", "99999999999"])
def test_a_digest_that_is_not_there_is_named(papershelf, number):
    assert f"There is no digest {number} in the library." in str(papershelf("lint", "--digest", number).exception)


def test_paths_are_not_mixed_with_what_is_of_the_library(papershelf, draft):
    assert papershelf("lint", "--again", draft).exit_code == 2
    assert papershelf("lint", "--digest", "1", draft).exit_code == 2
