from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import catalog
from app.catalog import RunState
from app.digests import Trigger, look_into, run_import
from app.errors import NotFoundError
from app.models import ImportRun
from tests.conftest import BOTH_STORES

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
LIST = """# Papers of the week: Dec 29, 2031

1. **Kites at Night** - They glow. [Paper](https://arxiv.org/abs/3201.{0}1)
2. **Kites by Day** - They do not. [Paper](https://arxiv.org/abs/3201.{0}2)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for number, name in enumerate(("a.md", "deep/b.md")):
        (tmp_path / "in" / name).write_text(LIST.format(f"000{number}"))
    (tmp_path / "in" / "notes.md").write_text("# Shopping")
    return tmp_path / "in"


def run(database, folder):
    return run_import(database, look_into([folder]), Trigger.COMMAND).run_id


@BOTH_STORES
def test_runs_stand_newest_first_with_their_counts(database, folder):
    first, second = run(database, folder), run(database, folder)
    with database.read() as session:
        runs, total = catalog.list_runs(session, 1, 10)
        assert ([found.run.id for found in runs], total) == ([second, first], 2)
        assert [dict(found.files) for found in runs] == [{"unchanged": 2, "skipped": 1}, {"new": 2, "skipped": 1}]
        assert all(found.state is RunState.FINISHED and found.duration is not None for found in runs)
        assert [found.run.id for found in catalog.list_runs(session, 2, 1)[0]] == [first]


@pytest.mark.parametrize(
    ("minutes_ago", "is_newest", "state"),
    [
        pytest.param(5, True, RunState.RUNNING, id="a young one may be running"),
        pytest.param(61, True, RunState.STOPPED, id="an old one is not"),
        pytest.param(5, False, RunState.STOPPED, id="nor one that another came after"),
    ],
)
def test_a_run_that_never_finished_is_told_as_such(database, minutes_ago, is_newest, state):
    with database.write() as session:
        session.add(ImportRun(trigger="command", started_at=NOW - timedelta(minutes=minutes_ago)))
        session.flush()
        if not is_newest:
            session.add(ImportRun(trigger="command", started_at=NOW, finished_at=NOW))
    with database.read() as session:
        found = catalog.find_run(session, 1, NOW)
        assert (found.state, found.duration) == (state, None)


def test_a_run_that_is_not_there_is_an_error(database):
    with database.read() as session:
        for number in (1, 2**40):
            with pytest.raises(NotFoundError):
                catalog.find_run(session, number)


@BOTH_STORES
def test_the_files_of_a_run_can_be_asked_for_by_fate_and_some_at_a_time(database, folder):
    number = run(database, folder)
    with database.read() as session:

        def names(*asked):
            files, total = catalog.files_of_run(session, number, *asked)
            return [Path(file.path).name for file in files], total

        assert names(1, 10) == (["a.md", "b.md", "notes.md"], 3)
        assert names(2, 2) == (["notes.md"], 3)
        assert names(1, 10, "new") == (["a.md", "b.md"], 2)
        assert names(1, 10, "failed") == ([], 0)


@BOTH_STORES
def test_sources_tell_their_files_and_name_those_that_vanished(database, folder, tmp_path):
    (tmp_path / "in-other").mkdir()
    run(database, folder)
    (folder / "deep" / "b.md").unlink()
    run(database, folder)
    run(database, tmp_path / "in-other")
    with database.read() as session:
        found = catalog.list_sources(session)
        assert [(Path(one.source.location).name, one.files, one.vanished, list(one.names)) for one in found] == [
            ("in", 2, 1, ["deep/b.md"]),
            ("in-other", 0, 0, []),
        ]
        assert found[0].source.read_at is not None
