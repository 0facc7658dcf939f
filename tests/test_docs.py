"""The README tells the truth: it names every setting with its default, and every command."""

import re
from pathlib import Path

import pytest

from app.cli.commands import load_all
from app.settings import SETTINGS_FILE_VARIABLE, Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| `(PAPERSHELF_\w+)` \| (.+?) \|", README, re.MULTILINE))


def commands() -> list[str]:
    return [f"{prefix}{name}" for prefix, name in _names(load_all(), "")]


def _names(group, prefix):
    for name, command in group.items():
        if hasattr(command, "commands"):
            yield from _names(command.commands, f"{prefix}{name} ")
        else:
            yield prefix, name


def test_the_settings_table_holds_every_setting_and_no_other():
    assert set(TABLE) == {f"PAPERSHELF_{name.upper()}" for name in Settings.model_fields} | {SETTINGS_FILE_VARIABLE}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_settings_table_tells_the_default(name):
    default = Settings.model_fields[name].default
    told = {"": "empty", True: "`true`", False: "`false`"}.get(default, f"`{default}`")
    assert TABLE[f"PAPERSHELF_{name.upper()}"] == told


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command):
    assert re.search(rf"^\| `{command}\b", README, re.MULTILINE)


def test_every_file_the_readme_links_is_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_no_committed_text_names_a_package_registry():
    hosts = re.compile("|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs")))
    skipped = {".git", ".venv", ".tools", "node_modules", "data", "vendor", "__pycache__"}
    files = [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and skipped.isdisjoint(path.relative_to(ROOT).parts) and "cache" not in str(path.parent)
    ]
    assert len(files) > 100
    assert [str(path) for path in files if hosts.search(path.read_bytes().decode("utf-8", "replace"))] == []
