import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli.commands import app

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
Command = Callable[..., Result]


@pytest.fixture
def papershelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line on a data folder of its own, its store set up."""
    monkeypatch.setenv("PAPERSHELF_DATA_DIR", str(tmp_path / "data"))

    def call(*arguments: object, input: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=input)

    assert call("db", "upgrade").exit_code == 0
    return call


def as_json(result: Result) -> dict:
    return json.loads(result.stdout)
