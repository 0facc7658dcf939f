"""Every page speaks the language of its reader: the one chosen, else the one the browser asks for."""

import pytest

from tests.web.html import parse

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}


def spoken(answer):
    """The language that the page says it is in, and that the answer says."""
    return parse(answer.text).one("html")["lang"], answer.headers["Content-Language"]


@pytest.mark.parametrize(("accepted", "language"), [("zh-CN", "zh"), ("en-US", "en"), ("fr", "en")])
def test_a_page_is_in_the_language_the_browser_asks_for(client, accepted, language):
    assert spoken(client.get("/", headers={"Accept-Language": accepted})) == (language, language)


def test_what_the_reader_chose_goes_before_what_the_browser_asks_for(client):
    client.post("/preferences", data={"language": "en"})
    assert spoken(client.get("/papers", headers=CHINESE)) == ("en", "en")
    client.post("/preferences", data={"language": "auto"})
    assert spoken(client.get("/papers", headers=CHINESE)) == ("zh", "zh")


def test_caches_are_told_what_the_language_hangs_on(client):
    named = {name.strip() for name in client.get("/papers").headers["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= named
    assert "Content-Language" not in client.get("/static/icon.svg").headers


def test_a_kept_page_is_given_only_to_readers_of_its_language(client, library):
    library.paper()
    told = [spoken(client.get("/papers", headers=headers)) for headers in ({}, CHINESE, {}, CHINESE)]
    assert told == [("en", "en"), ("zh", "zh")] * 2


@pytest.mark.parametrize("address", ["/no/such/page", "/2024-02-30", "/library"])
def test_errors_are_told_in_the_readers_language(client, address):
    answer = client.get(address, headers=CHINESE)
    assert answer.status_code in (401, 404)
    assert spoken(answer) == ("zh", "zh")


def test_a_refused_request_is_refused_in_the_readers_language(client):
    answer = client.post("/sign-out", headers={**CHINESE, "Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, spoken(answer)) == (403, ("zh", "zh"))


def test_a_failure_on_our_side_is_told_in_the_readers_language(client, monkeypatch):
    def fail(*_):
        raise RuntimeError("not planned")

    monkeypatch.setattr("app.catalog.newest_day", fail)
    client._transport.raise_server_exceptions = False
    answer = client.get("/coverage", headers=CHINESE)
    assert (answer.status_code, parse(answer.text).one("html")["lang"]) == (500, "zh")


@pytest.mark.parametrize(("accepted", "label", "then"), [("en", "中文", "zh"), ("zh", "English", "en")])
def test_one_press_leads_to_the_other_language_and_back_to_the_page(client, library, accepted, label, then):
    library.paper()
    headers = {"Accept-Language": accepted}
    form = parse(client.get("/papers?sort=oldest", headers=headers).text).one("form", class_="language")
    button = form.one("button")
    assert (button.text, button["lang"]) == (label, then)
    fields = {field["name"]: field["value"] for field in form.all("input")}
    answer = client.post(form["action"], data={**fields, button["name"]: button["value"]}, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/papers?sort=oldest")
    assert spoken(client.get(answer.headers["Location"], headers=headers)) == (then, then)


def test_after_a_swap_the_switch_leads_back_to_the_address_that_is_shown(client):
    headers = {"Referer": "http://testserver/papers?topic=NeRF"}
    answer = client.post("/preferences", data={"language": "zh", "here": "/papers"}, headers=headers)
    assert answer.headers["Location"] == "/papers?topic=NeRF"
