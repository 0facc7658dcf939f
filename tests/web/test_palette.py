import pytest

from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def shelf(library):
    library.digest(
        entry("One", authors=("Ángela Dai", "Angjoo Kanazawa", "Bo Dai"), tags=("nerf/dynamic", "虚拟人", "_3D")),
        entry("Two", authors=("Angela Dai",)),
        topic="3DGS",
    )
    library.paper("Three", topic="Diffusion Models", day="2024-12-06", authors=("李明",))


def options(client, words, **headers):
    """By the name of their kind, what is offered and where it leads."""
    answer = client.get("/palette", params={"q": words}, headers=PARTIAL | headers)
    found = parse(answer.text)
    groups = {group.one("p").text: group for group in found.all(role="group")}
    return {name: [(one.text, one["href"]) for one in group.all("a", role="option")] for name, group in groups.items()}


@BOTH_STORES
@pytest.mark.parametrize(
    ("words", "kind", "place"),
    [
        pytest.param("3d", "Topics", ("3DGS", "/topics/3dgs"), id="a topic"),
        pytest.param("mod", "Topics", ("Diffusion Models", "/topics/diffusion-models"), id="a later word of a topic"),
        pytest.param("DYN", "Tags", ("nerf/dynamic", "/tags/nerf/dynamic"), id="a part of a tag"),
        pytest.param("#3D", "Tags", ("3D", "/tags/3d"), id="a tag as lists write it"),
        pytest.param("拟人", "Tags", ("虚拟人", "/tags/%E8%99%9A%E6%8B%9F%E4%BA%BA"), id="Chinese within a tag"),
        pytest.param("李", "Authors", ("李明", "/authors/%E6%9D%8E%E6%98%8E"), id="a Chinese author"),
        pytest.param("angj", "Authors", ("Angjoo Kanazawa", "/authors/angjoo-kanazawa"), id="an author"),
        pytest.param("top", "Pages", ("Topics", "/topics"), id="a page"),
        pytest.param("主题", "Pages", ("Topics", "/topics"), id="a page by its Chinese name"),
        pytest.param("2024-12-07", "Days", ("2024-12-07", "/2024-12-07"), id="a day"),
        pytest.param("2024-12", "Days", ("2024-12", "/2024-12"), id="a month"),
        pytest.param("2024-W49", "Days", ("2024-W49", "/2024-W49"), id="a week"),
        pytest.param("2024", "Days", ("2024", "/2024"), id="a year"),
    ],
)
def test_places_are_found_by_the_beginning_of_their_names(client, shelf, words, kind, place):
    assert place in options(client, words)[kind]
    assert client.get(place[1]).status_code == 200


@BOTH_STORES
def test_an_author_is_offered_once_however_spelt_and_only_by_the_first_letters(client, shelf):
    assert [name for name, _ in options(client, "ANGELA")["Authors"]] == ["Ángela Dai"]
    assert "Authors" not in options(client, "kanazawa")
    assert "Authors" not in options(client, "100%")
    assert "Authors" not in options(client, "_ngela")


def test_whatever_is_typed_can_be_searched_for(client, shelf):
    assert options(client, "a & b")["Search"] == [("Papers with “a & b”", "/papers?q=a+%26+b")]
    assert "Search" not in options(client, " ")


@pytest.mark.parametrize("words", ["", "<script>", "\0", "x" * 5000, "2024-13-45", "%", "🦉"])
def test_anything_may_be_typed(client, shelf, words):
    answer = client.get("/palette", params={"q": words}, headers=PARTIAL)
    assert (answer.status_code, "<script>" in answer.text) == (200, False)


def test_each_reader_is_offered_the_pages_that_they_may_see(client):
    visitors = {place for _, place in options(client, "")["Pages"]}
    client.post("/sign-up", data={"name": "Ada", "password": "correct horse"})
    admins = {place for _, place in options(client, "")["Pages"]}
    assert {"/library", "/papers?read=no", "/imports"} <= admins - visitors
    assert {client.get(place).status_code for place in admins} == {200}


def test_pages_go_by_the_names_that_the_reader_knows(client, shelf):
    chinese = {"Accept-Language": "zh"}
    answer = parse(client.get("/palette", headers=PARTIAL | chinese).text)
    shown = next(one.text for one in answer.all(role="option") if one["href"] == "/topics")
    assert ("主题" in shown, options(client, "topic", **chinese) != {}) == (True, True)


def test_without_javascript_it_is_a_page_of_links(client, shelf):
    found = parse(client.get("/palette?q=angj").text).one("main")
    assert found.links()["Angjoo Kanazawa"] == "/authors/angjoo-kanazawa"
    assert found.one("input", name="q")["value"] == "angj"
    assert found.all(role="option") == []


def test_every_option_has_an_id_of_its_own_and_says_what_was_asked(client, shelf):
    found = parse(client.get("/palette?q=d", headers=PARTIAL).text)
    ids = [one["id"] for one in found.all(role="option")]
    assert len(set(ids)) == len(ids) > 1
    assert found.all("div")[0]["data-asked"] == "d"


def test_keys_are_explained_on_a_page_and_in_part(client):
    page = parse(client.get("/help/keyboard").text)
    part = parse(client.get("/help/keyboard", headers=PARTIAL).text)
    assert page.texts("kbd", within="main") == part.texts("kbd")
    assert {"j", "k", "/", "?", "g u"} <= set(part.texts("kbd"))
    assert (len(page.all("h1")), len(part.all("h1"))) == (1, 0)
