from datetime import timedelta

import pytest
from sqlalchemy import select

from app import accounts
from app.errors import InvalidInputError, NotFoundError
from app.models import Role, User
from tests.conftest import BOTH_STORES

HASH = accounts.hash_password("correct horse")


def create(database, name, role=None):
    with database.write() as session:
        return accounts.create_user(session, name, HASH, role)


def knows(database, name, password):
    with database.read() as session:
        user = accounts.check_password(session, name, password)
        return user.name if user else None


@BOTH_STORES
def test_the_first_user_is_the_admin_and_the_others_are_readers(database):
    assert [create(database, name).role for name in ("Ada", "Bob", "Cyd")] == [Role.ADMIN, Role.READER, Role.READER]


@BOTH_STORES
def test_a_role_that_is_named_is_given(database):
    assert create(database, "Ada", Role.READER).role == Role.READER
    assert create(database, "Bob", Role.ADMIN).is_admin


@BOTH_STORES
@pytest.mark.parametrize("name", ["Ada", "ada", "ADA", " Ada ", "Ａｄａ"])
def test_a_name_is_taken_in_whatever_letters(database, name):
    create(database, "Ada")
    with pytest.raises(InvalidInputError, match="taken"):
        create(database, name)
    with database.read() as session:
        assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize("name", ["A", "张三", "Jean-Luc Picard", "o.o", "a_b", "x" * 40, "Åsa", "7"])
def test_a_name_is_letters_and_digits_with_a_few_signs_between(database, name):
    assert create(database, name).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "x" * 41,
        "-a",
        "a-",
        "a\nb",
        "a\x00b",
        "<b>",
        "a/b",
        "a'b",
        "a@b",
        "\u202eada",
        "a\u200bb",
        "😀",
        "\ud800",
    ],
)
def test_a_name_that_could_mislead_is_refused(database, name):
    with pytest.raises(InvalidInputError):
        create(database, name)


@pytest.mark.parametrize("password", ["", "1234567", "x" * 513], ids=["empty", "short", "endless"])
def test_a_password_too_short_or_too_long_is_refused(password):
    with pytest.raises(InvalidInputError):
        accounts.hash_password(password)


def test_a_password_is_kept_only_as_a_strong_salted_hash():
    first, second = accounts.hash_password("correct horse"), accounts.hash_password("correct horse")
    assert first != second
    settings = dict(part.split("=") for part in first.split("$")[3].split(","))
    assert first.startswith("$argon2id$")
    assert (int(settings["m"]) >= 19456, int(settings["t"]) >= 2) == (True, True)


@BOTH_STORES
def test_name_and_password_together_find_the_user(database):
    create(database, "Ada")
    assert knows(database, " aDA", "correct horse") == "Ada"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ada", "Correct horse"),
        ("Ada", "correct horse "),
        ("Ada", ""),
        ("Bob", "correct horse"),
        ("", ""),
        ("Ada", "correct horse" + "x" * 600),
        ("nobody", "nobody signs in with this"),
    ],
)
def test_anything_else_finds_nobody(database, name, password):
    create(database, "Ada")
    assert knows(database, name, password) is None


@pytest.mark.parametrize("password", ["密码密码密码密码", "x" * 512, "\ud800 lone half", "nul \x00 within"])
def test_a_password_may_be_any_text(database, password):
    with database.write() as session:
        accounts.create_user(session, "Ada", accounts.hash_password(password))
    assert knows(database, "Ada", password) == "Ada"
    assert knows(database, "Ada", password[:-1]) is None


@BOTH_STORES
def test_a_new_password_opens_and_the_old_one_no_more(database):
    create(database, "Ada")
    with database.write() as session:
        accounts.set_password(session, "ada", accounts.hash_password("battery staple"))
    assert (knows(database, "Ada", "correct horse"), knows(database, "Ada", "battery staple")) == (None, "Ada")


def test_nobody_cannot_get_a_new_password(database):
    with pytest.raises(NotFoundError), database.write() as session:
        accounts.set_password(session, "Bob", HASH)


@BOTH_STORES
def test_a_new_password_ends_the_sessions_of_whoever_knew_the_old_one(database):
    user = create(database, "Ada")
    with database.write() as session:
        token = accounts.open_session(session, user, timedelta(days=1))
    with database.write() as session:
        accounts.set_password(session, "Ada", accounts.hash_password("battery staple"))
    with database.read() as session:
        assert accounts.find_user(session, token) is None


@BOTH_STORES
@pytest.mark.parametrize("name", ["a\x00b", "x" * 60_000, "'; --"], ids=["nul", "long", "sql"])
def test_a_hostile_name_is_nobodys(database, name):
    assert knows(database, name, "correct horse") is None
