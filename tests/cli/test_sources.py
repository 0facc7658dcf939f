import shutil

from tests.cli.conftest import SAMPLES, as_json


def listed(papershelf):
    return [source["folder"] for source in as_json(papershelf("sources", "list", "--json"))]


def test_folders_are_added_listed_and_removed(papershelf, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert papershelf("sources", "add", tmp_path / "a", tmp_path / "b").exit_code == 0
    assert listed(papershelf) == [str(tmp_path / "a"), str(tmp_path / "b")]
    assert papershelf("sources", "remove", tmp_path / "a").exit_code == 0
    assert listed(papershelf) == [str(tmp_path / "b")]


def test_what_was_never_registered_cannot_be_removed_and_what_is_not_there_not_added(papershelf, tmp_path):
    assert papershelf("sources", "remove", tmp_path).exit_code == 1
    result = papershelf("sources", "add", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "There is no such folder." in result.stderr


def test_a_folder_that_is_removed_keeps_its_digests(papershelf, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "in")
    papershelf("import", tmp_path / "in")
    [source] = as_json(papershelf("sources", "list", "--json"))
    assert (source["files"], source["vanished"], source["kind"]) == (5, 0, "folder")
    papershelf("sources", "remove", tmp_path / "in")
    assert "No folder is registered." in papershelf("sources", "list").stdout
    assert len(papershelf("export", "digests").stdout.splitlines()) == 5


def test_a_registered_folder_that_is_missing_fails_the_import(papershelf, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "in")
    papershelf("import", tmp_path / "in")
    shutil.rmtree(tmp_path / "in")
    result = papershelf("import")
    assert result.exit_code == 1
    assert "None of its files is taken for vanished." in result.stderr


def test_earlier_imports_are_listed_and_shown(papershelf, tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "in")
    papershelf("import", tmp_path / "in")
    (tmp_path / "in" / "20241205.md").unlink()
    papershelf("import")
    latest, first = as_json(papershelf("imports", "list", "--json"))
    assert (first["files"]["new"], latest["files"]["unchanged"], latest["files"]["vanished"]) == (5, 4, 1)
    shown = as_json(papershelf("imports", "show", "--json", latest["id"]))
    assert [report["status"] for report in shown["reports"]] == ["vanished"]
    assert "vanished: " in papershelf("imports", "show", latest["id"]).stdout
    assert "vanished" in papershelf("imports", "list").stdout


def test_an_import_that_never_was_is_not_found(papershelf):
    assert papershelf("imports", "show", 99).exit_code == 1
