import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app import digests
from app.digests import Trigger, look_into, run_import
from app.models import Source, SourceKind
from tests.conftest import BOTH_STORES, ROOT

SAMPLE = ROOT / "samples" / "20241205.md"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this machine")


def git(folder, *arguments):
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)  # noqa: S607
    return done.stdout.strip()


@pytest.fixture
def working_copy(tmp_path: Path) -> Path:
    """A git working copy with one digest."""
    folder = tmp_path / "copy"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "tracked.md")
    (folder / ".gitignore").write_text("ignored.md\nbuild/\n")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "One digest")
    return folder


def names(holding):
    return [file.relative_to(holding.folder).as_posix() for file in holding.files]


def test_of_a_folder_all_is_read_but_what_is_hidden_linked_or_unfinished(tmp_path):
    for name in ("b.md", "a/c.txt", ".hidden.md", ".d/e.md", "b.md~", "#b.md#", "f.md.tmp", "g.md.part"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "link.md").symlink_to(SAMPLE)
    (tmp_path / "linked").symlink_to(SAMPLE.parent)
    [holding] = look_into([tmp_path])
    assert names(holding) == ["a/c.txt", "b.md"]
    assert (holding.kind, holding.is_whole, holding.is_registered) == (SourceKind.FOLDER, True, True)


def test_the_store_itself_is_not_read(database, tmp_path):
    (tmp_path / "a.md").write_text("text")
    [holding] = look_into([tmp_path], passing_over=database.files)
    assert "a.md" in names(holding)
    assert not any(name.startswith("papershelf.db") for name in names(holding))


def test_a_registered_folder_that_is_missing_has_failed_and_is_no_missing_file(tmp_path):
    [holding] = look_into([tmp_path / "away"], registered=[tmp_path / "away"])
    assert holding.files == ()
    assert "cannot be read: No such file or directory" in holding.failures[0][1]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_inside_that_may_not_be_read_is_told(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    [holding] = look_into([tmp_path])
    assert [place.name for place, _ in holding.failures] == ["shut"]


@needs_git
def test_of_a_git_working_copy_only_what_git_wants_is_read(working_copy):
    for name in ("untracked.md", "ignored.md", "build/made.md"):
        (working_copy / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE, working_copy / name)
    (working_copy / "名字 with a blank.md").write_text("text")
    (working_copy / "link.md").symlink_to(SAMPLE)
    [holding] = look_into([working_copy])
    assert names(holding) == ["tracked.md", "untracked.md", "名字 with a blank.md"]
    assert holding.kind is SourceKind.GIT
    assert holding.commit == git(working_copy, "rev-parse", "HEAD")


@needs_git
def test_a_folder_in_a_working_copy_is_read_as_git_sees_it_unless_git_ignores_it(working_copy):
    for name in ("notes/a.md", "notes/ignored.md", "build/made.md"):
        (working_copy / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE, working_copy / name)
    inside, ignored = look_into([working_copy / "notes", working_copy / "build"])
    assert (names(inside), inside.kind) == (["a.md"], SourceKind.GIT)
    assert (names(ignored), ignored.kind) == (["made.md"], SourceKind.FOLDER)


@needs_git
@pytest.mark.parametrize("state", ["tracked", "ignored", "broken", "without git"])
def test_an_emptied_folder_of_a_working_copy_has_failed_and_nothing_in_it_vanished(
    database, working_copy, monkeypatch, state
):
    folder = working_copy / ("build" if state == "ignored" else "2024")
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "a.md")
    run_import(database, look_into([folder]), Trigger.COMMAND)
    (folder / "a.md").unlink()
    if state == "broken":
        (working_copy / ".git" / "HEAD").write_text("nonsense")
    if state == "without git":
        monkeypatch.setattr("app.digests.git.is_installed", lambda: False)
    result = run_import(database, look_into([folder]), Trigger.COMMAND)
    assert [(report.path, report.status) for report in result.reports] == [(folder, "failed")]
    assert "None of them is taken for vanished" in result.reports[0].reason


@needs_git
def test_a_pull_may_fill_an_empty_folder(working_copy, tmp_path):
    git(tmp_path, "clone", "--quiet", str(working_copy), "clone")
    (working_copy / "2024").mkdir()
    shutil.copy(SAMPLE, working_copy / "2024" / "a.md")
    git(working_copy, "add", ".")
    git(working_copy, "commit", "--quiet", "-m", "A year")
    (tmp_path / "clone" / "2024").mkdir()
    [holding] = look_into([tmp_path / "clone" / "2024"], pull=True)
    assert (names(holding), holding.is_bare) == (["a.md"], False)


@needs_git
def test_a_file_that_git_tracks_and_that_is_gone_is_not_read(working_copy):
    (working_copy / "tracked.md").unlink()
    assert look_into([working_copy])[0].files == ()


@needs_git
def test_what_a_working_copy_says_is_to_be_run_is_not_run(working_copy, tmp_path):
    git(working_copy, "config", "core.fsmonitor", f"touch {tmp_path / 'ran'}; false")
    assert names(look_into([working_copy])[0]) == ["tracked.md"]
    assert not (tmp_path / "ran").exists()


def test_without_git_a_working_copy_is_a_folder_and_that_is_said(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    shutil.copy(SAMPLE, tmp_path / "a.md")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    [holding] = look_into([tmp_path])
    assert (names(holding), holding.kind) == (["a.md"], SourceKind.FOLDER)
    assert "git is not on this machine" in holding.remarks[0]


@needs_git
def test_what_is_no_working_copy_after_all_is_a_folder_with_the_words_of_git(tmp_path):
    (tmp_path / ".git").write_text("nonsense")
    shutil.copy(SAMPLE, tmp_path / "a.md")
    [holding] = look_into([tmp_path])
    assert (names(holding), holding.kind) == (["a.md"], SourceKind.FOLDER)
    assert "invalid gitfile format" in holding.remarks[0]


@needs_git
def test_a_pull_brings_in_what_is_new_and_without_it_nothing_is_fetched(working_copy, tmp_path):
    git(tmp_path, "clone", "--quiet", str(working_copy), "clone")
    shutil.copy(SAMPLE, working_copy / "later.md")
    git(working_copy, "add", ".")
    git(working_copy, "commit", "--quiet", "-m", "Another")
    assert names(look_into([tmp_path / "clone"])[0]) == ["tracked.md"]
    [pulled] = look_into([tmp_path / "clone"], pull=True)
    assert (names(pulled), pulled.failures) == (["later.md", "tracked.md"], ())
    assert pulled.commit == git(working_copy, "rev-parse", "HEAD")


@needs_git
def test_a_pull_that_fails_is_told_in_the_words_of_git_and_the_copy_is_read_as_it_stands(working_copy):
    [holding] = look_into([working_copy], pull=True)
    assert names(holding) == ["tracked.md"]
    assert "no tracking information" in holding.failures[0][1]


@needs_git
def test_the_commit_that_was_read_is_kept_with_the_source(database, working_copy):
    run_import(database, look_into([working_copy]), Trigger.COMMAND)
    with database.read() as session:
        [source] = digests.registered_sources(session)
        assert (source.kind, source.commit) == ("git", git(working_copy, "rev-parse", "HEAD"))
        assert source.read_at is not None


@BOTH_STORES
def test_a_source_that_is_forgotten_is_not_registered_and_keeps_its_files(database, tmp_path):
    shutil.copy(SAMPLE, tmp_path / "a.md")
    run_import(database, look_into([tmp_path], passing_over=database.files), Trigger.COMMAND)
    with database.write() as session:
        assert digests.forget_source(session, tmp_path)
        assert not digests.forget_source(session, tmp_path)
    with database.read() as session:
        assert digests.registered_sources(session) == []
        assert list(digests.known_files(session, tmp_path)) == [str(tmp_path / "a.md")]
        assert session.get_one(Source, 1).is_registered is False


def test_files_are_known_by_their_folder_and_not_by_how_its_name_begins(database, tmp_path):
    for number, folder in enumerate(("in", "inn", "IN", "i_")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.md").write_text(SAMPLE.read_text() + "\n" * number)
        run_import(database, look_into([tmp_path / folder]), Trigger.COMMAND)
    with database.read() as session:
        assert list(digests.known_files(session, tmp_path / "in")) == [str(tmp_path / "in" / "a.md")]
