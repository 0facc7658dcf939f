import re

import pytest
from sqlalchemy import select

from app.digests import ParsedFigure
from app.models import Topic
from tests.conftest import entry
from tests.web.html import parse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)><b hx-get=/sign-out id=main>"


@pytest.fixture
def hostile(library, database):
    """A library in which a stranger filled every field; the addresses of all pages that show it."""

    def with_words(name):
        return f"{name} {EVIL} javascript:alert(1)"

    library.digest(
        entry(
            with_words("Title"),
            arxiv_id="2412.90001",
            authors=(with_words("Author"),),
            abstract=with_words("Abstract"),
            comment=with_words("Comment"),
            summary=with_words("Summary"),
            key_points=(with_words("Point"),),
            analysis=f"{with_words('Analysis')}\n\n<div>{EVIL}</div>\n\n[x](javascript:alert(1))",
            figures=(
                ParsedFigure(f"https://a.example/{EVIL}", with_words("Caption")),
                ParsedFigure("javascript:alert(1)", with_words("Caption")),
                ParsedFigure("data:text/html,<script>alert(1)</script>"),
            ),
            tags=(with_words("Tag"),),
        ),
        topic=with_words("Topic"),
        tags=(with_words("Shared"),),
        title=with_words("Digest"),
        preamble=f"{with_words('Preamble')}\n\n<iframe src=//e.example></iframe>",
        source_url="javascript:alert(1)",
    )
    with database.read() as session:
        topic = session.scalars(select(Topic.slug)).one()
    pages = ["/", "/papers", "/papers?q=alert", "/papers/2412.90001", "/papers/2412.90001?figures=shown", "/digests/1"]
    return [*pages, "/2024-12-07", "/2024-12", "/topics", "/tags", "/authors", f"/topics/{topic}", f"/papers?q={EVIL}"]


_MARKS = re.compile(r"/papers/\d+/(?:bookmark|read)|/searches")
"""Where the buttons lead that share the form of the page: those of a card, and the one that saves a search."""


def dangers(found):
    """What in a page could act for a stranger."""
    for element in found.all():
        if element.tag in {"iframe", "object", "embed", "base", "style", "math", "template"}:
            yield element.tag
        if element.tag == "script" and not (element.get("src") or "").startswith("/static/"):
            yield "script"
        if element.tag == "svg" and not element.get("viewbox"):
            yield "svg"
        for name, value in element.attributes.items():
            if name.startswith(("on", "hx-on", "data-hx")) or name in {"style", "srcdoc", "ping"}:
                yield name
            if name == "formaction" and not _MARKS.fullmatch(value):
                yield f"{name}={value}"
            if name == "hx-get" and value.startswith("/sign-out"):
                yield name
            if name in {"href", "src", "action"} and not value.startswith(("/", "#", "https://", "http://", "mailto:")):
                yield f"{name}={value}"


def test_what_a_stranger_wrote_in_any_field_does_nothing_on_any_page(reader, hostile):
    found = {address: sorted(set(dangers(parse(reader.get(address).text)))) for address in hostile}
    assert {address: some for address, some in found.items() if some} == {}


def test_what_a_stranger_wrote_is_still_there_to_read(reader, hostile):
    for address in hostile:
        assert reader.get(address).status_code == 200
    text = parse(reader.get("/papers/2412.90001").text).one("main").text
    names = ("Title", "Author", "Abstract", "Comment", "Summary", "Point", "Analysis", "Tag", "Topic", "Caption")
    assert [name for name in names if name not in text] == []
    assert "<script>alert(1)</script>" in text


def test_no_page_of_ours_has_a_script_or_a_style_of_its_own(reader, library):
    library.paper("Shelving", summary="shelf", tags=("x",), figures=(ParsedFigure("https://a.example/1.png"),))
    pages = [
        "/",
        "/papers?q=shelf",
        "/papers/shelving?figures=shown",
        "/digests/1",
        "/topics/3dgs",
        "/tags",
        "/library",
    ]
    for address in [*pages, "/2024-12", "/2024-01-01", "/nothing", "/sign-up"]:
        assert list(dangers(parse(reader.get(address).text))) == []


@pytest.mark.parametrize(
    "address",
    ["/", "/papers", "/sign-in", "/library", "/nothing", "/health", "/static/icon.svg", "/static/none", "/topics"],
)
def test_every_answer_says_what_a_page_may_load(client, address):
    answer = client.get(address)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_only_figures_that_were_asked_for_widen_the_policy_and_only_for_images(client, library):
    library.paper("Shelving", figures=(ParsedFigure("https://a.example/1.png"),))
    policy = client.get("/papers/shelving?figures=shown").headers["Content-Security-Policy"]
    assert policy == POLICY.replace("img-src 'self'", "img-src 'self' https: http:")
    assert client.get("/papers/shelving").headers["Content-Security-Policy"] == POLICY


OTHER_SITE = [
    pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, id="same-site"),
    pytest.param({"Sec-Fetch-Site": "nonsense"}, id="nonsense"),
    pytest.param({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, id="with a forged origin"),
    pytest.param({"Origin": "https://evil.example"}, id="another origin"),
    pytest.param({"Origin": "http://testserver.evil.example"}, id="a similar origin"),
    pytest.param({"Origin": "http://testserver:8080"}, id="another port"),
    pytest.param({"Origin": "null"}, id="no origin at all"),
    pytest.param({"Origin": "http://["}, id="a broken origin"),
    pytest.param({"Origin": "http://testserver@evil.example"}, id="an origin with a name"),
]


@pytest.mark.parametrize("headers", OTHER_SITE)
@pytest.mark.parametrize("address", ["/sign-out", "/papers/1/bookmark", "/sign-in", "/sign-up", "/nothing"])
def test_another_site_changes_nothing_and_is_told_so_on_a_page(reader, library, headers, address):
    library.paper("Shelving")
    answer = reader.post(address, data={"bookmarked": "true", "name": "x", "password": "y"}, headers=headers)
    assert (answer.status_code, parse(answer.text).one("h1").text) == (403, "Not allowed")
    assert answer.headers["Content-Security-Policy"] == POLICY
    library_page = parse(reader.get("/library").text)
    assert (library_page.one(class_="who").text, library_page.all("article")) == ("Ada", [])


@pytest.mark.parametrize("headers", OTHER_SITE)
def test_another_site_may_link_to_us(client, headers):
    assert client.get("/papers", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="same origin"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="typed by hand"),
        pytest.param({"Origin": "http://testserver"}, id="an older browser"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Origin": "https://papershelf.example"}, id="behind a proxy"),
        pytest.param({}, id="no browser"),
    ],
)
def test_our_own_forms_work(reader, library, headers):
    library.paper("Shelving")
    assert reader.post("/papers/1/bookmark", data={"bookmarked": "true"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "address", ["/static/../app/main.py", "/static/%2e%2e/pyproject.toml", "/static/..%2f..%2fetc/passwd"]
)
def test_only_our_own_static_files_are_served(client, address):
    assert client.get(address).status_code == 404


def test_no_page_repeats_the_host_that_was_claimed(client, library):
    library.paper("Shelving")
    for address in ("/", "/papers", "/papers/shelving", "/digests/1", "/sign-in", "/nothing"):
        assert "evil.example" not in client.get(address, headers={"Host": "evil.example"}).text
