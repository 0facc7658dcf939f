"""Every knob, in one frozen object, read once: from the environment, else from `papershelf.toml`, else a default."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

SETTINGS_FILE_VARIABLE = "PAPERSHELF_SETTINGS_FILE"
"""Names another settings file than `papershelf.toml` of the working folder. Environment only, for it says where to look."""


class Settings(BaseSettings):
    """Each field is the environment variable `PAPERSHELF_<NAME>`, and `<name> = …` in the settings file."""

    model_config = SettingsConfigDict(env_prefix="PAPERSHELF_", frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    """The one folder that holds the database, the search index and uploads."""
    database_url: str = ""
    """An SQLAlchemy address; empty: `papershelf.db` in the data folder. `postgresql://…` for larger libraries."""
    host: str = "127.0.0.1"
    """The address to listen on; 0.0.0.0 for all."""
    port: int = Field(8000, ge=0, le=65535)
    """The port to listen on."""
    threads: int = Field(8, ge=1, le=256)
    """Worker threads, and database connections: one each, so neither waits for the other, and one for what runs beside."""
    sign_up_open: bool = True
    """Whether strangers may make an account; `papershelf user create` works all the same."""
    session_days: int = Field(30, ge=1, le=3650)
    """How long a browser stays signed in."""
    page_size: int = Field(25, ge=1, le=100)
    """Papers on a page of a listing."""

    lint_off: str = ""
    """Ids of lint rules that are not to be checked, separated by commas."""

    search_url: str = ""
    """The address of a Meilisearch server; empty: the embedded engine."""
    search_key: str = ""
    """The server's key to search with."""
    search_admin_key: str = ""
    """The server's key to index with; empty: the one to search with."""
    search_name: str = Field("papershelf", pattern="^[A-Za-z0-9_-]{1,64}$")
    """The name of the index on the server; libraries that share one need a name each."""
    search_fallback: bool = False
    """Whether the embedded engine is kept in step too, and answers while the server is away."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get(SETTINGS_FILE_VARIABLE, "papershelf.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)

    @property
    def database(self) -> str:
        """The address of the store, the embedded one if none was given."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'papershelf.db'}"

    @property
    def search_server(self) -> dict[str, str]:
        """Where the search server is and how to ask it; without an address there is none."""
        return {
            "url": self.search_url,
            "key": self.search_key,
            "admin_key": self.search_admin_key,
            "name": self.search_name,
        }

    @property
    def rules_switched_off(self) -> tuple[str, ...]:
        """The lint rules that are not to be checked."""
        return tuple(name.strip() for name in self.lint_off.split(",") if name.strip())

    @property
    def uploads_dir(self) -> Path:
        """The folder of the digests that were uploaded in the browser: a source like any other."""
        return self.data_dir.absolute() / "uploads"

    @property
    def index_dir(self) -> Path:
        """The folder of the embedded search index; it may be deleted at any time."""
        return self.data_dir.absolute() / "index"
