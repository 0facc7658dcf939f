from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from app.main import create_app
from app.models import LoginSession, User
from app.web.deps import SESSION_COOKIE
from tests.conftest import BOTH_STORES
from tests.web.html import parse

ADA = {"name": "Ada", "password": "correct horse"}


def sign_up(client, name="Ada", **more):
    return client.post("/sign-up", data={**ADA, "name": name, **more})


def sign_in(client, name="Ada", password="correct horse", **more):
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def who(client):
    return parse(client.get("/papers").text).texts(class_="who")


def error(answer):
    return parse(answer.text).one(id="error").text


@pytest.fixture
def visitor(client):
    """Another browser."""
    return TestClient(client.app, follow_redirects=False)


@BOTH_STORES
def test_the_first_account_is_the_admins_and_the_next_a_readers(client, visitor, database):
    assert (sign_up(client).status_code, sign_up(visitor, "Bob").status_code) == (303, 303)
    with database.read() as session:
        assert session.execute(select(User.name, User.role).order_by(User.id)).all() == [
            ("Ada", "admin"),
            ("Bob", "reader"),
        ]
    assert (who(client), who(visitor)) == (["Ada"], ["Bob"])


def test_nobody_makes_themselves_an_admin(client, visitor, database):
    sign_up(client)
    sign_up(visitor, "Bob", role="admin", is_admin="true")
    with database.read() as session:
        assert session.scalars(select(User.role).filter_by(name="Bob")).one() == "reader"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({}, "password", id="nothing"),
        pytest.param({"name": "", "password": "correct horse"}, "name", id="no name"),
        pytest.param({"name": "Ada", "password": "short"}, "password", id="a short password"),
        pytest.param({"name": "Ada", "password": "x" * 600}, "password", id="an endless password"),
        pytest.param({"name": "<b>", "password": "correct horse"}, "name", id="a name of signs"),
        pytest.param({"name": "a\x00b", "password": "correct horse"}, "name", id="a name with a NUL"),
        pytest.param({"name": "x" * 60_000, "password": "correct horse"}, "name", id="an endless name"),
    ],
)
@BOTH_STORES
def test_a_form_filled_in_wrongly_comes_back_with_what_was_typed_and_what_is_wrong(client, data, said):
    answer = client.post("/sign-up", data={**data, "next": "/papers"})
    found = parse(answer.text)
    assert answer.status_code == 422
    assert said in error(answer)
    assert found.one("input", name="name")["value"] == data.get("name", "")
    assert found.one("input", name="next")["value"] == "/papers"
    assert found.one("input", name="password").get("value") is None


def test_a_name_that_is_taken_is_refused(client, visitor):
    sign_up(client)
    answer = sign_up(visitor, "ADA")
    assert (answer.status_code, error(answer)) == (422, "This name is taken.")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_where_sign_up_is_closed_nobody_gets_an_account(database, index, settings, method):
    app = create_app(settings.model_copy(update={"sign_up_open": False}), database=database, index=index)
    closed = TestClient(app, follow_redirects=False)
    answer = closed.request(method, "/sign-up", data=ADA if method == "POST" else None)
    assert (answer.status_code, parse(answer.text).one("h1").text) == (403, "Not allowed")
    assert "Sign up" not in parse(answer.text).links()
    with database.read() as session:
        assert session.scalars(select(User)).all() == []


@BOTH_STORES
def test_signing_in_opens_and_leads_on(client, library):
    library.user()
    answer = sign_in(client, " ada ", next="/papers?q=x")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/papers?q=x")
    assert who(client) == ["Ada"]
    assert client.get("/sign-in?next=/tags").headers["Location"] == "/tags"


def test_a_wrong_password_and_an_unknown_name_look_the_same(client, library):
    library.user()
    wrong, unknown = sign_in(client, password="wrong horse"), sign_in(client, "Eve")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text.replace("Ada", "Eve") == unknown.text
    assert SESSION_COOKIE not in client.cookies


@BOTH_STORES
@pytest.mark.parametrize("name", ["", "a\x00b", "x" * 60_000, "' OR 1=1 --", "\ufffd", "😀"])
def test_whatever_is_typed_as_a_name_is_answered(client, name):
    assert sign_in(client, name).status_code == 422


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(client, library):
    library.user()
    library.user("Bob")
    assert {sign_in(client, password="wrong horse").status_code for _ in range(10)} == {422}
    answer = sign_in(client)
    assert (answer.status_code, parse(answer.text).one("h1").text) == (429, "Too many attempts")
    assert sign_in(client, "Bob").status_code == 303


def test_a_forged_address_does_not_help_to_try_more_passwords(client, library):
    library.user()
    for number in range(10):
        client.post("/sign-in", data={**ADA, "password": "wrong"}, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert client.post("/sign-in", data=ADA, headers={"X-Forwarded-For": "192.0.2.99"}).status_code == 429


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client, scheme, is_secure):
    browser = TestClient(client.app, base_url=f"{scheme}://testserver", follow_redirects=False)
    name, *flags = [part.strip().lower() for part in sign_up(browser).headers["Set-Cookie"].split(";")]
    assert name.startswith(f"{SESSION_COOKIE}=")
    assert {"httponly", "samesite=lax", "path=/", "max-age=2592000"} <= set(flags)
    assert ("secure" in flags, any(flag.startswith("domain") for flag in flags)) == (is_secure, False)


def test_the_store_holds_only_a_hash_of_the_token(reader, database):
    token = reader.cookies[SESSION_COOKIE]
    with database.read() as session:
        assert token not in str(session.execute(select(LoginSession.__table__)).all())


def test_every_sign_in_gets_another_token_and_none_that_the_browser_brought(client, library, database):
    library.user()
    client.cookies.set(SESSION_COOKIE, "chosen-by-an-attacker")
    sign_in(client)
    tokens = [cookie.value for cookie in client.cookies.jar if cookie.value != "chosen-by-an-attacker"]
    assert len(tokens) == 1
    stranger = TestClient(client.app, cookies={SESSION_COOKIE: "chosen-by-an-attacker"})
    assert who(stranger) == []


def test_a_token_that_was_copied_opens_nothing_after_signing_out(reader, visitor):
    visitor.cookies.set(SESSION_COOKIE, reader.cookies[SESSION_COOKIE])
    assert who(visitor) == ["Ada"]
    answer = reader.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert (who(reader), who(visitor), SESSION_COOKIE in reader.cookies) == ([], [], False)


def test_looking_at_the_address_of_the_sign_out_signs_nobody_out(reader):
    assert reader.get("/sign-out").status_code in (404, 405)
    assert who(reader) == ["Ada"]


def test_a_session_that_is_over_opens_nothing(reader, database):
    with database.write() as session:
        session.execute(update(LoginSession).values(expires_at=LoginSession.created_at))
    assert who(reader) == []
    assert reader.get("/library").status_code == 401


@pytest.mark.parametrize("token", ["", "x", "%00", "é" * 100, '"quoted"', "a" * 8000])
def test_a_cookie_of_any_kind_is_no_error(client, token):
    assert client.get("/papers", headers={"Cookie": f"{SESSION_COOKIE}={token}".encode()}).status_code == 200


def test_a_session_lasts_as_long_as_the_settings_say(database, index, settings):
    app = create_app(settings.model_copy(update={"session_days": 2}), database=database, index=index)
    assert "Max-Age=172800" in sign_up(TestClient(app, follow_redirects=False)).headers["Set-Cookie"]
    with database.read() as session:
        opened = session.scalars(select(LoginSession)).one()
    assert opened.expires_at - opened.created_at == timedelta(days=2)


@pytest.mark.parametrize("address", ["/sign-in", "/sign-up"])
def test_the_forms_carry_on_where_the_reader_was(client, address):
    found = parse(client.get(f"{address}?next=/papers%3Fq%3Dx%26page%3D2").text)
    assert found.one("input", name="next")["value"] == "/papers?q=x&page=2"
