from urllib.parse import urljoin, urlsplit

import pytest

from app.web.redirects import own_path
from app.web.urls import with_query
from tests.web.html import parse

FOREIGN = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
]
FOREIGN += [
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "https://evil.example",
    "https:evil",
]
FOREIGN += [
    "HTTPS://evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
]
FOREIGN += [
    "evil.example",
    "@evil.example",
    "?x",
    "#x",
    "",
    " ",
    "/papers\x00",
    "/\x7f/x",
    "/a\\b",
    "/\u0000/evil",
    "/.\\evil",
]
OURS = [
    "/",
    "/papers",
    "/papers?q=a%20b&page=2",
    "/papers?q=https://a.example//b",
    "/topics/元宇宙/虚拟人",
    "/papers/cs/0501001#x",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_what_is_no_path_of_ours_is_not_followed(target):
    assert own_path(target) == "/"


@pytest.mark.parametrize("target", OURS)
def test_a_path_of_ours_is_followed(target):
    assert own_path(target) == target


@pytest.mark.parametrize(
    "target", ["/..//evil.example", "/.//evil.example", "/%2e%2e//evil.example", "/a/..//evil.example"]
)
def test_a_path_that_a_browser_would_shorten_to_a_host_stays_with_us(target):
    """Browsers resolve dots after they have told host and path apart, so such a path is ours still."""
    assert urlsplit(urljoin("https://papershelf.example/sign-in", own_path(target))).netloc == "papershelf.example"


@pytest.mark.parametrize("target", FOREIGN)
def test_no_form_leads_to_another_site(client, library, target):
    library.paper("Shelving")
    account = {"name": "Ada", "password": "correct horse", "next": target}
    answers = [client.post("/sign-up", data=account), client.post("/sign-in", data=account)]
    answers.append(client.get("/sign-in", params={"next": target}))
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(303, "/")] * 3
    kept = client.post("/papers/1/bookmark", data={"bookmarked": "true", "next": target})
    assert (kept.status_code, kept.headers["Location"]) in [(303, "/#bookmark-1"), (303, "/papers#bookmark-1")]


@pytest.mark.parametrize("page", ["/sign-in", "/sign-up"])
@pytest.mark.parametrize("target", FOREIGN)
def test_no_form_keeps_the_address_of_another_site(client, page, target):
    found = parse(client.get(page, params={"next": target}).text)
    assert found.one("input", name="next")["value"] == "/"
    other = "/sign-up" if page == "/sign-in" else "/sign-in"
    assert f"{other}?next=/" in [link["href"] for link in found.one("main").all("a")]


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("/topics/3DGS", "/topics/3dgs"),
        ("/papers/2412.90001v1", "/papers/2412.90001"),
        ("/papers/2412.90001v1.bib", "/papers/2412.90001.bib"),
        ("/2024-w49", "/2024-W49"),
    ],
)
def test_the_right_spelling_is_asked_the_same(client, library, typed, spelled):
    library.paper("Shelving", arxiv_id="2412.90001", topic="3DGS")
    answer = client.get(f"{typed}?q=%5Calpha&list=/topics/3dgs%3Fpage%3D2")
    assert answer.headers["Location"] == f"{spelled}?q=%5Calpha&list=/topics/3dgs%3Fpage%3D2"


def test_a_query_with_what_browsers_send_as_it_is_stays_ours():
    assert own_path(with_query("/papers", r"q=\alpha")) == "/papers?q=%5Calpha"


def test_a_redirect_does_not_repeat_the_host_that_was_claimed(client, library):
    library.paper("Shelving", arxiv_id="2412.90001")
    answer = client.get("/papers/2412.90001v1", headers={"Host": "evil.example"})
    assert answer.headers["Location"] == "/papers/2412.90001"
