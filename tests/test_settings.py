from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_the_environment_wins_over_the_settings_file(tmp_path, monkeypatch):
    file = tmp_path / "papershelf.toml"
    file.write_text('data_dir = "/srv/shelf"\nport = 9000\n')
    monkeypatch.setenv("PAPERSHELF_SETTINGS_FILE", str(file))
    monkeypatch.setenv("PAPERSHELF_PORT", "9001")
    settings = Settings()
    assert (settings.data_dir, settings.port) == (Path("/srv/shelf"), 9001)


def test_a_misspelt_line_in_the_settings_file_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "papershelf.toml"
    file.write_text('data_dri = "/srv/shelf"\n')
    monkeypatch.setenv("PAPERSHELF_SETTINGS_FILE", str(file))
    with pytest.raises(ValidationError, match="data_dri"):
        Settings()


def test_database_and_index_lie_in_the_data_folder(tmp_path):
    settings = Settings(data_dir=tmp_path)
    assert settings.database == f"sqlite:///{tmp_path}/papershelf.db"
    assert settings.index_dir == tmp_path / "index"


def test_another_database_can_be_named(tmp_path):
    assert Settings(data_dir=tmp_path, database_url="postgresql://somewhere/db").database == "postgresql://somewhere/db"
