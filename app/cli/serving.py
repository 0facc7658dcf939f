"""`papershelf serve`: the web application."""

from typing import Annotated

import typer

from app import catalog
from app.cli.opening import opened_database, opened_index, read_settings
from app.db import Database
from app.errors import SearchUnavailableError
from app.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; overrides the setting.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; overrides the setting.")] = None,
) -> None:
    """Serve the library in the browser, until stopped with Ctrl-C."""
    import uvicorn  # here, not above: no other command should wait for the web

    from app.main import create_app, keep_for_good

    settings = read_settings()
    with opened_database(settings) as database:
        _catch_up(settings, database)
    host, port = host or settings.host, settings.port if port is None else port
    typer.echo(f"Papershelf is at http://{host}:{port}/ (Ctrl-C stops it)")
    app = create_app(settings)
    keep_for_good()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
    )


def _catch_up(settings: Settings, database: Database) -> None:
    """Index what an interrupted import left, so that search does not start with holes."""
    try:
        with opened_index(settings) as index:
            if done := catalog.sync_index(database, index):
                typer.echo(f"{done} papers indexed")
    except SearchUnavailableError as error:
        typer.secho(f"The search index is behind: {error}", fg="yellow", err=True)
