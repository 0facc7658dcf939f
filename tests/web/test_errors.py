import pytest
from fastapi.testclient import TestClient

from app.web.headers import HEADERS
from tests.conftest import BrokenStore
from tests.web.html import parse


@pytest.fixture
def broken(client):
    """A browser on a library whose store fails in a way that nobody foresaw."""
    client.app.state.database = BrokenStore()
    return TestClient(client.app, raise_server_exceptions=False)


def is_page(answer, title):
    found = parse(answer.text)
    return (answer.headers["Content-Type"], found.one("h1").text, len(found.all("header", class_="masthead"))) == (
        "text/html; charset=utf-8",
        title,
        1,
    )


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/no/such/thing",
        "/papers/none",
        "/topics/none",
        "/digests/9",
        "/static/none.css",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_is_not_there_is_answered_with_a_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert is_page(answer, "Not found")
    assert parse(answer.text).links()["All papers"] == "/papers"


@pytest.mark.parametrize("address", ["/no/such/thing", "/nothing", "/help/search", "/help/keyboard"])
def test_who_is_signed_in_is_greeted_where_nothing_is_and_where_help_is(reader, address):
    assert parse(reader.get(address).text).one(class_="who").text == "Ada"


@pytest.mark.parametrize(
    ("method", "address"), [("POST", "/papers"), ("DELETE", "/papers/x"), ("PUT", "/"), ("PATCH", "/topics")]
)
def test_a_method_that_is_not_possible_is_answered_with_a_page_that_names_those_that_are(client, method, address):
    answer = client.request(method, address)
    assert answer.status_code == 405
    assert is_page(answer, "Not possible here")
    assert "GET" in answer.headers["Allow"]


def test_a_form_that_cannot_be_read_is_answered_with_a_page(reader, library):
    library.paper()
    answer = reader.post("/papers/1/bookmark", data={"bookmarked": "perhaps"})
    assert answer.status_code == 422
    assert is_page(answer, "That did not work")


@pytest.mark.parametrize(
    "sent",
    [
        {"content": b"\xff\xfe=\x00&&&=", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"content": b"{", "headers": {"Content-Type": "application/json"}},
        {"content": b"--x\r\nbroken", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
        {"files": {"name": ("a.txt", b"x"), "password": ("b.txt", b"x")}},
        {"data": {f"field{number}": "x" for number in range(2000)}},
    ],
    ids=["bytes", "JSON", "broken parts", "no boundary", "files for fields", "too many fields"],
)
def test_a_body_of_any_kind_is_answered_with_a_page(client, sent):
    answer = client.post("/sign-in", **sent)
    assert answer.status_code in (400, 422)
    assert len(parse(answer.text).all("h1")) == 1


def test_an_error_of_ours_is_a_page_that_tells_no_secret(broken):
    answer = broken.get("/papers")
    assert answer.status_code == 500
    assert is_page(answer, "Something went wrong")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_an_error_of_ours_is_guarded_like_every_page(broken):
    headers = broken.get("/papers").headers
    assert set(HEADERS) <= {name.title() for name in headers} | {"X-Frame-Options"}
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_an_error_is_noted_in_the_log_on_one_line_of_its_own(broken, caplog):
    broken.get("/%0Aforged%20line")
    (record,) = [record for record in caplog.records if record.name == "papershelf.web"]
    assert "\n" not in record.getMessage()
    assert "forged" in record.getMessage()


def test_an_error_where_nobody_asked_who_is_signed_in_is_a_page_too(client):
    client.app.state.index = None
    answer = TestClient(client.app, raise_server_exceptions=False).get("/papers?q=x")
    assert answer.status_code == 500
    assert is_page(answer, "Something went wrong")


@pytest.mark.parametrize("address", ["/nothing", "/papers/none"])
def test_htmx_gets_the_message_alone(client, address):
    answer = client.get(address, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    found = parse(answer.text)
    assert (answer.status_code, found.one(role="alert").one("h1").text) == (404, "Not found")
    assert found.all("header", class_="masthead") == []


def test_an_error_page_knows_who_is_signed_in(reader):
    assert parse(reader.get("/papers/none").text).one(class_="who").text == "Ada"


def test_a_page_can_be_asked_for_by_its_headers_alone(client):
    answer = client.head("/papers")
    assert (answer.status_code, answer.content) == (200, b"")
