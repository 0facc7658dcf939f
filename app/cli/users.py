"""`papershelf user`: accounts."""

import sys
from typing import Annotated

import typer
from sqlalchemy import select

from app import accounts
from app.cli.opening import opened_database, read_settings
from app.models import Role, User

commands = typer.Typer(no_args_is_help=True, help="Accounts: make one, list them, give a new password.")
Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
Password = Annotated[
    str | None,
    typer.Option(help="Better left out: you are asked for it, or it is read from standard input.", show_default=False),
]


@commands.command()
def create(
    name: Name,
    password: Password = None,
    admin: Annotated[bool, typer.Option("--admin", help="An administrator, not only a reader.")] = False,
) -> None:
    """Make an account. The first one is the administrator's in any case."""
    password_hash = accounts.hash_password(_ask(password))
    with opened_database(read_settings()) as database, database.write() as session:
        user = accounts.create_user(session, name, password_hash, Role.ADMIN if admin else None)
    typer.echo(f"{user.name} is {user.role}")


@commands.command("list")
def list_users() -> None:
    """Show every account."""
    with opened_database(read_settings()) as database, database.read() as session:
        for user in session.scalars(select(User).order_by(User.id)):
            typer.echo(f"{user.name}\t{user.role}\t{user.created_at:%Y-%m-%d}")


@commands.command("password")
def set_password(name: Name, password: Password = None) -> None:
    """Give an account a new password."""
    password_hash = accounts.hash_password(_ask(password))
    with opened_database(read_settings()) as database, database.write() as session:
        accounts.set_password(session, name, password_hash)
    typer.echo("done")


def _ask(password: str | None) -> str:
    if password is not None:
        return password
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
