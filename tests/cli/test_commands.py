import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.conftest import ROOT, SAMPLES, as_json


def test_search_tells_the_total_and_the_best_hits_first(papershelf):
    papershelf("import", SAMPLES)
    found = as_json(papershelf("search", "--json", "--limit", "1", "LanternSplat"))
    assert found["total"] >= 1
    assert [hit["id"] for hit in found["hits"]] == ["2412.90101"]
    assert found["hits"][0]["title"].startswith("LanternSplat")


@pytest.mark.parametrize("query", ["高斯", "扩散模型", "gaussian splat", '"gaussian splatting"', "2412.90101"])
def test_search_finds_chinese_english_beginnings_phrases_and_ids(papershelf, query):
    papershelf("import", SAMPLES)
    assert as_json(papershelf("search", "--json", query))["total"] > 0


@pytest.mark.parametrize(
    ("query", "remark"),
    [
        ("LanternSplat date:never", "date"),
        ("lantrnsplat ", "lanternsplat"),
        ("LanternSplat tag:nothing", "Without tag:"),
    ],
)
def test_search_remarks_what_the_page_would(papershelf, query, remark):
    papershelf("import", SAMPLES)
    remarks = as_json(papershelf("search", "--json", query))["remarks"]
    assert [found for found in remarks if remark in found]
    shown = papershelf("search", query)
    assert all(found in shown.stderr and found not in shown.stdout for found in remarks)


def test_a_plain_search_is_not_remarked(papershelf):
    papershelf("import", SAMPLES)
    shown = papershelf("search", "LanternSplat")
    assert shown.stderr == ""


def test_search_for_people_reads_like_a_list(papershelf):
    papershelf("import", SAMPLES)
    shown = papershelf("search", "LanternSplat").stdout
    assert shown.splitlines()[0].startswith("2412.90101  LanternSplat")


def test_a_deleted_index_comes_back(papershelf, tmp_path):
    import shutil

    papershelf("import", SAMPLES)
    shutil.rmtree(tmp_path / "data" / "index")
    assert papershelf("index", "status").exit_code == 1
    assert papershelf("index", "rebuild").exit_code == 0
    assert papershelf("index", "status").exit_code == 0


def test_the_first_user_is_the_administrator_and_the_others_are_readers(papershelf):
    assert "ada is admin" in papershelf("user", "create", "ada", input="correct horse\n").stdout
    assert "bob is reader" in papershelf("user", "create", "bob", input="correct horse\n").stdout
    assert "eve is admin" in papershelf("user", "create", "--admin", "eve", input="correct horse\n").stdout
    assert [line.split("\t")[:2] for line in papershelf("user", "list").stdout.splitlines()] == [
        ["ada", "admin"],
        ["bob", "reader"],
        ["eve", "admin"],
    ]


def run(*arguments, data):
    environment = {"PAPERSHELF_DATA_DIR": str(data), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_what_goes_wrong_is_a_sentence_and_no_traceback(tmp_path):
    assert run("db", "upgrade", data=tmp_path).returncode == 0
    short = run("user", "create", "ada", "--password", "short", data=tmp_path)
    assert short.returncode == 1
    assert short.stderr == "A password needs at least 8 characters.\n"


def test_a_wrong_setting_is_named(tmp_path):
    environment = {"PAPERSHELF_PORT": "ninety", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "app", "index", "status"]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr.startswith("Setting port: ")


def test_a_store_of_a_newer_version_is_refused(papershelf, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "data" / "papershelf.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    connection.close()
    refused = papershelf("index", "status")
    assert refused.exit_code == 2
    assert "newer version" in refused.stderr


@pytest.mark.parametrize("command", [[], ["import"], ["serve"], ["search"], ["export"], ["index"], ["user"], ["db"]])
def test_help_explains_every_command(papershelf, command):
    shown = papershelf(*command, "--help")
    assert shown.exit_code == 0
    assert len(shown.stdout) > 200


@pytest.fixture
def flawed(papershelf, tmp_path):
    """A library with a digest that is half a template."""
    text = (SAMPLES / "2024-12-07" / "3DGS.md").read_text(encoding="utf-8")
    marker = "**[ChatPaperFree](https://huggingface.co/spaces/Kedreamix/ChatPaperFree)**\n"
    file = tmp_path / "flawed.md"
    file.write_text(text.replace(marker, f"{marker}\n待补充：此处填写作者单位\n", 1), encoding="utf-8")
    papershelf("import", file)
    return file


def test_lint_reports_every_finding_with_file_and_line(papershelf, flawed):
    (about,) = as_json(papershelf("lint", "--format", "json"))
    assert about["files"] == [str(flawed)]
    (finding,) = about["findings"]
    assert finding["rule"] == "placeholder-text"
    assert "待补充" in flawed.read_text(encoding="utf-8").split("\n")[finding["line"] - 1]
    assert f"- line {finding['line']}: " in papershelf("lint", "--format", "markdown").stdout
    assert "placeholder-text" in papershelf("lint").stdout


def test_a_lint_rule_can_be_switched_off(papershelf, flawed, monkeypatch):
    monkeypatch.setenv("PAPERSHELF_LINT_OFF", "placeholder-text")
    assert as_json(papershelf("lint", "--again", "--format", "json")) == []


def test_a_lint_rule_that_does_not_exist_is_named(papershelf, monkeypatch):
    monkeypatch.setenv("PAPERSHELF_LINT_OFF", "no-such-rule")
    for command in (("import", SAMPLES), ("lint", "--again"), ("serve", "--port", "1")):
        refused = papershelf(*command)
        assert refused.exit_code != 0
        assert "no-such-rule" in str(refused.exception or refused.stderr)
    assert as_json(papershelf("imports", "list", "--json")) == []


def test_what_the_lint_cannot_read_any_more_and_an_index_that_is_away_are_told(
    papershelf, flawed, tmp_path, monkeypatch
):
    with closing(sqlite3.connect(tmp_path / "data" / "papershelf.db")) as store, store:
        store.execute("UPDATE digest SET original = CAST('no digest' AS BLOB)")
    monkeypatch.setenv("PAPERSHELF_SEARCH_URL", "http://127.0.0.1:9")
    linted = papershelf("lint", "--again", "--format", "json")
    assert linted.exit_code == 0
    assert "Digest 1 was not linted again: This is no digest" in linted.stderr
    assert "Linted, but not indexed" in linted.stderr
    assert len(as_json(linted)) == 1
