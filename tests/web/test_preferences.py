"""A reader chooses how pages look, signed in or not; the browser keeps it."""

import pytest

from app.web.preferences import CHOICES, PREFERENCES_COOKIE, Preferences
from tests.web.html import parse


def html(client, address="/papers"):
    return parse(client.get(address).text).one("html").attributes


def test_what_is_chosen_holds_on_every_page(client):
    answer = client.post(
        "/preferences", data={"theme": "dark", "density": "compact", "keyboard": "off", "next": "/topics"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/topics")
    assert html(client) == {"lang": "en", "data-theme": "dark", "data-density": "compact", "data-keyboard": "off"}
    assert parse(client.get("/papers").text).one("meta", name="color-scheme")["content"] == "dark"


def test_nothing_chosen_is_as_the_system_is(client):
    assert html(client) == {"lang": "en", "data-density": "comfortable"}
    assert parse(client.get("/papers").text).one("meta", name="color-scheme")["content"] == "light dark"


def test_what_a_form_does_not_say_stays(client):
    client.post("/preferences", data={"theme": "dark"})
    client.post("/preferences", data={"density": "compact"})
    assert html(client)["data-theme"] == "dark"
    assert html(client)["data-density"] == "compact"


def test_the_questions_are_answered_alone_too(client):
    answer = client.get("/preferences", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.status_code == 200
    assert len(parse(answer.text).all("fieldset")) == len(CHOICES)


def test_choosing_the_first_of_everything_leaves_no_cookie(client):
    client.post("/preferences", data={"theme": "dark"})
    assert client.cookies[PREFERENCES_COOKIE] == "theme:dark"
    client.post("/preferences", data={"theme": "auto"})
    assert PREFERENCES_COOKIE not in client.cookies


def test_the_form_shows_what_holds(client):
    client.post("/preferences", data={"theme": "dark", "language": "en"})
    page = parse(client.get("/preferences").text)
    checked = {
        field["name"]: field["value"] for field in page.all("input", type="radio") if field.get("checked") is not None
    }
    assert checked == {"language": "en", "theme": "dark", "density": "comfortable", "keyboard": "on"}


def test_the_form_offers_every_choice_and_sends_them(client):
    page = parse(client.get("/preferences").text)
    offered: dict[str, list[str]] = {}
    for field in page.all("input", type="radio"):
        offered.setdefault(field["name"], []).append(field["value"])
    assert {name: tuple(values) for name, values in offered.items()} == CHOICES


def test_every_page_leads_to_the_preferences_and_they_lead_back(client):
    address = parse(client.get("/topics").text).one("footer").links()["Preferences"]
    assert parse(client.get(address).text).one("main").one("input", name="next")["value"] == "/topics"


def test_a_kept_page_is_given_only_to_those_who_like_it_so(client, library):
    library.paper()
    seen = []
    for theme in ("auto", "dark", "auto", "dark"):
        client.post("/preferences", data={"theme": theme})
        seen.append(html(client).get("data-theme"))
    assert seen == [None, "dark", None, "dark"]


def test_choosing_never_leads_to_another_site(client):
    answer = client.post("/preferences", data={"theme": "dark", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_the_cookie_is_sent_to_nobody_else(client):
    said = client.post("/preferences", data={"theme": "dark"}).headers["Set-Cookie"].lower()
    assert "samesite=lax" in said
    assert "path=/" in said
    assert "max-age=31536000" in said


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "theme",
        "theme:blue",
        "theme:dark;",
        "Theme:Dark",
        "theme:dark" * 9,
        "a:b.c:d",
        "theme:<script>",
        "theme::dark",
    ],
)
def test_a_cookie_that_we_never_wrote_says_nothing(cookie):
    assert Preferences.parse(cookie) == Preferences()


def test_a_strange_cookie_is_no_error(client):
    answer = client.get("/papers", headers={"Cookie": f'{PREFERENCES_COOKIE}="theme:dark\\"><script>"'})
    assert answer.status_code == 200
    assert '<script>"' not in answer.text


@pytest.mark.parametrize("chosen", [{}, {"language": "zh"}, {"theme": "dark", "density": "compact", "keyboard": "off"}])
def test_what_is_written_is_read_back(chosen):
    preferences = Preferences(**chosen)
    assert Preferences.parse(preferences.cookie) == preferences
