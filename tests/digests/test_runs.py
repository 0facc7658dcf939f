import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from app import digests
from app.db import Database
from app.digests import Holding, Trigger, look_into, run_import
from app.models import Digest, ImportedFile, ImportRun, Paper, Source, SourceFile, SourceKind
from tests.conftest import BOTH_STORES, ROOT

SAMPLES = ROOT / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some digests that were written a while ago."""
    shutil.copytree(SAMPLES, tmp_path / "in")
    for file in files_of(tmp_path / "in"):
        age(file)
    return tmp_path / "in"


def files_of(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file())


def age(file, seconds=3600):
    os.utime(file, (time.time() - seconds,) * 2)


def read(database, *paths, trigger=Trigger.COMMAND, **options):
    with database.read() as session:
        registered = [Path(source.location) for source in digests.registered_sources(session)]
    return run_import(database, look_into(paths, registered=registered), trigger, **options)


def statuses(result):
    return {report.path.name: report.status for report in result.reports}


def count(database, table, **fields):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table).filter_by(**fields))


def vanished(database):
    with database.read() as session:
        missed = session.scalars(select(SourceFile.path).where(SourceFile.vanished_at.is_not(None)))
        return {Path(path).name for path in missed}


@BOTH_STORES
def test_a_run_is_recorded_with_its_counts_and_what_became_of_each_file(database, folder):
    (folder / "notes.md").write_text("# Shopping\n\n- milk\n")
    (folder / "broken.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = read(database, folder)
    with database.read() as session:
        run = session.scalars(select(ImportRun)).one()
        rows = session.scalars(select(ImportedFile).order_by(ImportedFile.position)).all()
    assert (run.id, run.trigger) == (result.run_id, "command")
    assert (run.new, run.skipped, run.failed, run.unchanged) == (5, 1, 1, 0)
    assert run.entries == sum(report.entries for report in result.reports)
    assert run.started_at <= run.finished_at
    assert [(row.path, row.status, row.digest_id, row.reason) for row in rows] == [
        (str(report.path), report.status, report.digest_id, report.reason) for report in result.reports
    ]
    assert all(row.digest_id for row in rows if row.status == "new")


@BOTH_STORES
def test_what_has_not_changed_is_only_counted(database, folder):
    read(database, folder)
    result = read(database, folder)
    with database.read() as session:
        run = session.get_one(ImportRun, result.run_id)
        assert (run.new, run.unchanged) == (0, 5)
        assert session.scalars(select(ImportedFile).filter_by(run_id=run.id)).all() == []
    assert not result.has_news
    assert all(report.entries and report.digest_id for report in result.reports)


def test_a_file_that_looks_unchanged_is_not_even_opened(database, folder):
    read(database, folder)
    before = (folder / "20241205.md").stat()
    (folder / "20241205.md").write_bytes((folder / "20241205.md").read_bytes().replace(b"These pap", b"Those pap"))
    os.utime(folder / "20241205.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert statuses(read(database, folder))["20241205.md"] == "unchanged"
    assert statuses(read(database, folder, reread=True))["20241205.md"] == "updated"


def test_a_file_read_just_after_it_changed_is_read_again(database, folder):
    file = folder / "20241205.md"
    file.write_text(file.read_text() + "\n")
    read(database, folder)
    looked = file.stat()
    file.write_text(file.read_text()[:-1] + " ")
    os.utime(file, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    assert statuses(read(database, folder))["20241205.md"] == "updated"


def test_a_file_that_was_touched_is_read_once_and_not_again(database, folder):
    read(database, folder)
    age(folder / "20241205.md", seconds=60)
    assert not read(database, folder).has_news
    with database.read() as session:
        known = session.scalars(select(SourceFile).where(SourceFile.path.endswith("20241205.md"))).one()
    assert known.modified_ns == (folder / "20241205.md").stat().st_mtime_ns


def test_reading_an_unchanged_library_again_takes_as_many_statements_however_many_files(database, folder):
    def statements():
        seen = []
        event.listen(database.engine, "before_cursor_execute", listener := lambda *told: seen.append(told[2]))
        read(database, folder)
        event.remove(database.engine, "before_cursor_execute", listener)
        return len(seen)

    read(database, folder)
    few = statements()
    original = (folder / "20241205.md").read_text()
    for number in range(20):
        (folder / f"{number}.md").write_text(original + "\n" * number)
        age(folder / f"{number}.md")
    read(database, folder)
    assert statements() == few


@BOTH_STORES
def test_a_file_that_vanished_is_marked_its_digest_stays_and_the_mark_goes_when_it_is_back(database, folder):
    read(database, folder)
    (folder / "20241205.md").rename(folder.parent / "kept")
    assert statuses(read(database, folder))["20241205.md"] == "vanished"
    assert vanished(database) == {"20241205.md"}
    assert count(database, Digest) == 5
    assert not read(database, folder).has_news  # it is said once
    (folder.parent / "kept").rename(folder / "20241205.md")
    assert [report.reason for report in read(database, folder).reports if report.reason] == [
        "the file had vanished and is back"
    ]
    assert vanished(database) == set()


def test_a_single_file_that_was_known_and_is_gone_is_marked(database, folder):
    file = folder / "20241205.md"
    read(database, file)
    file.unlink()
    assert statuses(read(database, file)) == {"20241205.md": "vanished"}
    assert vanished(database) == {"20241205.md"}


def test_a_single_file_that_was_never_known_fails(database, folder):
    assert [(report.status, report.reason) for report in read(database, folder / "none.md").reports] == [
        ("failed", "There is no such file.")
    ]


def test_a_file_that_moved_is_no_new_digest(database, folder):
    read(database, folder)
    (folder / "20241205.md").rename(folder / "moved.md")
    result = read(database, folder)
    assert statuses(result)["moved.md"] == "unchanged"
    assert statuses(result)["20241205.md"] == "vanished"
    (folder / "moved.md").write_text((folder / "moved.md").read_text() + "\nMore.\n")
    assert statuses(read(database, folder))["moved.md"] == "updated"
    assert count(database, Digest) == 5


def test_of_a_folder_that_is_missing_or_empty_no_file_is_taken_for_vanished(database, folder):
    read(database, folder)
    away = folder.rename(folder.parent / "away")
    assert [report.status for report in read(database, folder).reports] == ["failed"]
    folder.mkdir()
    result = read(database, folder)
    assert [report.status for report in result.reports] == ["failed"]
    assert "is a disk missing?" in result.reports[0].reason
    assert vanished(database) == set()
    folder.rmdir()
    away.rename(folder)
    assert not read(database, folder).has_news


def test_a_file_in_two_sources_is_read_once_and_stays_with_the_first(database, folder):
    inner = folder / "2024-12-06"
    result = read(database, folder, inner)
    assert len(result.reports) == len(files_of(folder))
    with database.read() as session:
        owned = dict(
            session.execute(select(Source.location, func.count()).join(Source.files).group_by(Source.id)).all()
        )
    read(database, inner, folder)
    with database.read() as session:
        assert owned == dict(
            session.execute(select(Source.location, func.count()).join(Source.files).group_by(Source.id)).all()
        )
    assert owned[str(inner)] == len(files_of(inner))
    shutil.move(inner / files_of(inner)[0].name, folder.parent / "elsewhere")
    assert sum(report.status == "vanished" for report in read(database, folder, inner).reports) == 1


def test_a_file_alone_registers_nothing(database, folder):
    read(database, folder / "20241205.md")
    assert count(database, Source, is_registered=False) == 1
    read(database, folder)
    assert count(database, Source, is_registered=True) == 1
    read(database, folder / "20241205.md")
    assert count(database, Source, is_registered=True) == 1


def test_a_run_that_breaks_off_stays_unfinished_and_the_next_completes_it(database, folder):
    def stop(report):
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        read(database, folder, on_file=stop)
    with database.read() as session:
        assert [run.finished_at for run in session.scalars(select(ImportRun))] == [None]
    finished = read(database, folder)
    assert {report.status for report in finished.reports} <= {"new", "unchanged"}
    assert count(database, Digest) == len(finished.reports) == 5


def test_a_cycle_of_a_watch_in_which_nothing_happened_leaves_no_run(database, folder):
    (folder / "notes.md").write_text("# Shopping\n\n- milk\n")
    passed_over = {}
    assert read(database, folder, trigger=Trigger.WATCH, passed_over=passed_over).run_id
    age(folder / "20241205.md", seconds=60)  # has to be read, and holds what it held
    assert read(database, folder, trigger=Trigger.WATCH, passed_over=passed_over).run_id is None
    assert count(database, ImportRun) == 1


def test_a_watch_reads_what_was_no_digest_again_when_it_changes(database, folder):
    (folder / "notes.md").write_text("# Shopping\n")
    passed_over = {}
    read(database, folder, trigger=Trigger.WATCH, passed_over=passed_over)
    shutil.copy(SAMPLES / "2024-12-06" / "3DGS.md", folder / "notes.md")
    with (folder / "notes.md").open("a") as file:
        file.write("\nMore.\n")
    assert statuses(read(database, folder, trigger=Trigger.WATCH, passed_over=passed_over))["notes.md"] == "new"


def test_uploads_come_from_a_source_of_their_own_kind(database, folder):
    held = Holding(folder, (folder / "20241205.md",), SourceKind.UPLOADS)
    run_import(database, [held], Trigger.UPLOAD)
    with database.read() as session:
        source = session.scalars(select(Source)).one()
        assert (source.kind, source.is_registered) == ("uploads", False)
        assert session.scalars(select(ImportRun.trigger)).one() == "upload"


def test_a_name_that_is_no_text_is_told_and_spoils_nothing(database, folder):
    shutil.copy(os.fsencode(SAMPLES / "20241205.md"), os.fsencode(folder) + b"/\xff.md")
    result = read(database, folder)
    assert [report.path.name for report in result.reports if report.status == "failed"] == ["\\xff.md"]
    assert count(database, Digest) == 5
    assert count(database, ImportedFile, status="failed") == 1


@BOTH_STORES
def test_two_imports_at_once_end_with_one_library(database, folder):
    other = Database(database.engine.url.render_as_string(hide_password=False), connections=2)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda store: read(store, folder), [database, other]))
    other.close()
    assert not any(result.has_failures for result in results)
    assert count(database, Digest) == 5
    assert count(database, SourceFile) == 5
    assert count(database, ImportRun) == 2
    with database.read() as session:
        keys = [paper.key for paper in session.scalars(select(Paper))]
    assert len(keys) == len(set(keys))


@BOTH_STORES
def test_a_rehearsed_import_reports_what_the_import_then_does_and_records_nothing(database, folder):
    read(database, folder / "20241205.md")
    (folder / "broken.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with database.rehearsal() as rehearsal:
        rehearsed = read(rehearsal, folder)
    assert (count(database, ImportRun), count(database, Digest), count(database, Source, is_registered=True)) == (
        1,
        1,
        0,
    )
    told = [(report.path, report.status, report.entries, report.findings) for report in rehearsed.reports]
    done = read(database, folder)
    assert told == [(report.path, report.status, report.entries, report.findings) for report in done.reports]
