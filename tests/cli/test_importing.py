import json
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.cli.conftest import SAMPLES, as_json
from tests.conftest import REAL_DIGESTS, ROOT, SHARED


def test_the_samples_are_all_taken_and_indexed(papershelf):
    result = papershelf("import", SAMPLES)
    assert result.exit_code == 0
    report = as_json(papershelf("import", "--json", SAMPLES))
    assert report["files"] == {"new": 0, "updated": 0, "unchanged": 5, "skipped": 0, "failed": 0, "vanished": 0}
    assert papershelf("index", "status").exit_code == 0


def test_importing_again_changes_nothing(papershelf):
    papershelf("import", SAMPLES)
    before = papershelf("export", "digests").stdout
    papershelf("import", SAMPLES)
    assert papershelf("export", "digests").stdout == before


def test_a_file_that_is_no_digest_is_named_and_skipped(papershelf, tmp_path):
    file = tmp_path / "in" / "notes.md"
    file.parent.mkdir()
    file.write_text("# Shopping\n\n- milk\n")
    result = papershelf("import", file.parent)
    assert result.exit_code == 0
    assert f"skipped: {file}: This is no digest" in result.stderr


def test_a_broken_file_fails_alone_and_makes_the_exit_code_1(papershelf, tmp_path):
    folder = tmp_path / "in"
    shutil.copytree(SAMPLES, folder)
    (folder / "broken.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = papershelf("import", "--json", folder)
    assert result.exit_code == 1
    report = as_json(result)
    assert (report["files"]["new"], report["files"]["failed"]) == (5, 1)
    assert [entry["reason"] != "" for entry in report["reports"] if entry["status"] == "failed"] == [True]


def test_a_path_that_is_not_there_fails_with_a_reason(papershelf, tmp_path):
    result = papershelf("import", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "There is no such file." in result.stderr


def test_a_folder_is_read_to_its_depths_whatever_the_files_are_called(papershelf, tmp_path):
    deep = tmp_path / "in" / "a" / "b"
    deep.mkdir(parents=True)
    shutil.copy(SAMPLES / "20241205.md", deep / "digest.txt")
    shutil.copy(SAMPLES / "20241205.md", tmp_path / "in" / ".hidden.md")
    assert as_json(papershelf("import", "--json", tmp_path / "in"))["files"]["new"] == 1


def test_a_link_to_a_file_elsewhere_is_not_followed(papershelf, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.md").symlink_to(SAMPLES / "20241205.md")
    assert as_json(papershelf("import", "--json", tmp_path / "in"))["reports"] == []


def test_the_same_content_in_two_files_is_one_digest(papershelf, tmp_path):
    (tmp_path / "in").mkdir()
    for name in ("a.md", "b.md"):
        shutil.copy(SAMPLES / "20241205.md", tmp_path / "in" / name)
    report = as_json(papershelf("import", "--json", tmp_path / "in"))
    assert (report["files"]["new"], report["files"]["unchanged"]) == (1, 1)


def test_a_changed_file_is_updated_and_what_is_new_in_it_is_found(papershelf, tmp_path):
    file = tmp_path / "digest.md"
    shutil.copy(SAMPLES / "20241205.md", file)
    papershelf("import", file)
    file.write_text(file.read_text() + "\n\n## Zebrafish on Shelves\n\n#zebra\n\nStripes.\n")
    assert as_json(papershelf("import", "--json", file))["files"]["updated"] == 1
    assert as_json(papershelf("search", "--json", "zebrafish"))["total"] == 1


def test_a_file_that_was_moved_and_then_changed_is_still_the_same_digest(papershelf, tmp_path):
    file = tmp_path / "old.md"
    shutil.copy(SAMPLES / "2024-12-06" / "3DGS.md", file)
    papershelf("import", file)
    moved = file.rename(tmp_path / "new.md")
    papershelf("import", moved)
    moved.write_text(moved.read_text() + "\n")
    assert as_json(papershelf("import", "--json", moved))["files"]["updated"] == 1
    assert len(papershelf("export", "digests").stdout.splitlines()) == 1


def test_an_import_that_names_nothing_reads_what_is_registered(papershelf, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "in")
    papershelf("import", tmp_path / "in")
    shutil.copy(SAMPLES / "20241205.md", tmp_path / "in" / "again.md")
    (tmp_path / "in" / "2024-12-06" / "3DGS.md").unlink()
    report = as_json(papershelf("import", "--json"))["files"]
    assert (report["new"], report["unchanged"], report["vanished"]) == (0, 5, 1)


def test_an_import_that_names_nothing_says_so_if_nothing_is_registered(papershelf):
    papershelf("import", SAMPLES / "20241205.md")
    result = papershelf("import")
    assert result.exit_code == 2
    assert "No folder is registered" in result.stderr


def test_a_dry_run_says_what_an_import_then_does_and_changes_nothing(papershelf, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "in")
    papershelf("import", SAMPLES / "20241205.md")
    store, index = tmp_path / "data" / "papershelf.db", tmp_path / "data" / "index"
    before = store.read_bytes(), sorted((path, path.stat().st_mtime_ns) for path in index.rglob("*"))
    rehearsed = as_json(papershelf("import", "--json", "--dry-run", tmp_path / "in"))
    assert before == (store.read_bytes(), sorted((path, path.stat().st_mtime_ns) for path in index.rglob("*")))
    done = as_json(papershelf("import", "--json", tmp_path / "in"))
    assert rehearsed["files"] == done["files"]
    assert [report["status"] for report in rehearsed["reports"]] == [report["status"] for report in done["reports"]]
    assert rehearsed["new_papers"] == done["indexed"]


def test_a_dry_run_in_words_names_each_new_file(papershelf):
    result = papershelf("import", "--dry-run", SAMPLES)
    assert f"new: {SAMPLES / '20241205.md'} (3 entries" in result.stdout.replace("\n", " ")
    assert "This was a dry run: nothing was changed." in result.stdout
    assert papershelf("import").exit_code == 2


def test_a_dry_run_says_which_fields_of_an_updated_digest_would_change(papershelf, tmp_path):
    digest = tmp_path / "in" / "one.md"
    digest.parent.mkdir()
    shutil.copy(SAMPLES / "20241205.md", digest)
    papershelf("import", digest.parent)
    text = digest.read_text(encoding="utf-8")
    title = next(line for line in text.split("\n") if line.startswith("## "))
    digest.write_text(text.replace(title, title + ", corrected", 1), encoding="utf-8")
    said = papershelf("import", "--dry-run").stdout.replace("\n", " ")
    assert ": 1 changed (title)" in said
    (report,) = as_json(papershelf("import", "--json", "--dry-run"))["reports"]
    assert report["changes"] == {"added": 0, "removed": 0, "changed": 1, "fields": ["title"]}


@pytest.mark.parametrize("options", [("--dry-run", "--pull"), ("--dry-run", "--watch"), ("--json", "--watch")])
def test_options_that_contradict_each_other_are_refused(papershelf, options):
    assert papershelf("import", *options, SAMPLES).exit_code == 2


@pytest.mark.parametrize("name", ["a.md", "away"])
def test_a_watch_of_what_is_no_folder_is_refused(papershelf, tmp_path, name):
    shutil.copytree(SAMPLES, tmp_path / "registered")
    papershelf("sources", "add", tmp_path / "registered")
    (tmp_path / "a.md").write_text("a note")
    refused = papershelf("import", "--watch", tmp_path / name)
    assert (refused.exit_code, f"{name} is none" in refused.stderr) == (2, True)
    assert as_json(papershelf("imports", "list", "--json")) == []


def test_a_watch_of_a_registered_folder_that_is_away_watches_no_other(papershelf, tmp_path, monkeypatch):
    shutil.copytree(SAMPLES, tmp_path / "registered")
    (tmp_path / "away").mkdir()
    papershelf("sources", "add", tmp_path / "registered", tmp_path / "away")
    (tmp_path / "away").rmdir()
    watched = []
    monkeypatch.setattr("app.cli.importing.watch", lambda _, __, folders, ___: watched.extend(folders))
    papershelf("import", "--watch", tmp_path / "away")
    assert watched == [tmp_path / "away"]


def test_a_watch_imports_indexes_and_ends_well_when_it_is_interrupted(papershelf, tmp_path):
    (tmp_path / "in").mkdir()
    command = [sys.executable, "-m", "app", "import", "--watch", str(tmp_path / "in")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        lines = iter(process.stdout.readline, "")
        assert any("Watching" in line for line in lines)
        shutil.copy(SAMPLES / "20241205.md", tmp_path / "in" / "a.md")
        assert any(f"new: {tmp_path / 'in' / 'a.md'}" in line for line in lines)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        rest = list(lines)
        assert process.wait(60) == 0
    assert not any("Traceback" in line for line in rest)
    assert papershelf("index", "status").exit_code == 0
    assert as_json(papershelf("imports", "list", "--json"))[0]["trigger"] == "watch"


def test_without_a_store_the_command_says_how_to_make_one(papershelf, tmp_path, monkeypatch):
    monkeypatch.setenv("PAPERSHELF_DATA_DIR", str(tmp_path / "elsewhere"))
    result = papershelf("import", SAMPLES)
    assert result.exit_code == 2
    assert "papershelf db upgrade" in result.stderr


@pytest.mark.skipif(not SHARED.exists(), reason="the real digests (../shared) are not on this machine")
def test_of_the_real_digests_all_are_taken_but_two_which_are_named(papershelf):
    result = papershelf("import", REAL_DIGESTS)
    assert result.exit_code == 0
    skipped = [line for line in result.stderr.splitlines() if line.startswith("skipped:")]
    assert len(skipped) == 2
    assert "3DGS Survey.md" in skipped[0]
    assert "47213694874.md" in skipped[1]


@pytest.mark.skipif(not SHARED.exists(), reason="the real digests (../shared) are not on this machine")
def test_an_export_of_the_real_digests_agrees_with_the_truth(papershelf, tmp_path):
    papershelf("import", REAL_DIGESTS)
    papershelf("export", "digests", "--revisions", "--output", tmp_path / "export.jsonl")
    compare = [sys.executable, str(SHARED / "bin" / "compare_truth.py"), str(tmp_path / "export.jsonl")]
    compared = subprocess.run(compare, capture_output=True, text=True, check=False)
    assert compared.returncode == 0, compared.stdout
    assert compared.stdout.splitlines()[-1].startswith("662 / 662 entries agree"), compared.stdout


def test_earlier_states_are_exported_when_asked_for(papershelf, tmp_path):
    sample = (ROOT / "samples" / "2024-12-06" / "3DGS.md").read_text(encoding="utf-8")
    for text in (sample, sample.replace("## ", "## New: ", 1)):
        (tmp_path / "digest.md").write_text(text, encoding="utf-8")
        papershelf("import", tmp_path / "digest.md")
    [now] = [json.loads(line) for line in papershelf("export", "digests").stdout.splitlines()]
    [same, before] = [json.loads(line) for line in papershelf("export", "digests", "--revisions").stdout.splitlines()]
    assert same == now
    assert before["superseded_by"] == now["sha256"]
    assert now["entries"][0]["title"] == f"New: {before['entries'][0]['title']}"
    assert before["entries"][1:] == now["entries"][1:]
