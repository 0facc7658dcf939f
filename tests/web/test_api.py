"""The library as JSON: the lists of the pages, read strictly, in one shape of errors."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import BOTH_STORES, entry
from tests.web.html import parse

PROBLEM = "application/problem+json"


@pytest.fixture
def shelf(library):
    library.digest(
        entry(
            "Shelves of Gaussians",
            arxiv_id="2412.90001",
            version=2,
            authors=("Ada Lovelace", "张三"),
            abstract="We shelve papers. Code: https://github.com/ada/shelves",
            comment="Accepted to CVPR 2025",
            summary="用高斯泼溅整理书架",
            key_points=("第一点", "第二点"),
            analysis="书架的**分析**",
            tags=("shelving",),
        ),
        entry("A paper without an id", summary="没有编号"),
    )
    library.digest(
        entry("Shelves of Gaussians", arxiv_id="2412.90001", version=1, summary="另一个摘要"),
        entry("Another subject", arxiv_id="2412.90002"),
        topic="NeRF",
        day="2024-11-30",
    )
    return library


def told(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def problem(client, address, status, **headers):
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    return said


def keys(listing):
    return [paper["key"] for paper in listing["papers"]]


QUERIES = (
    "",
    "?q=shelves",
    "?q=高斯",
    "?q=title:shelves+OR+编号",
    "?q=-shelves",
    "?q=(broken",
    "?topic=NeRF",
    "?topic=NeRF&topic=3DGS&sort=oldest",
    "?not_topic=NeRF",
    "?tag=shelving",
    "?author=Ada+Lovelace&date=2024-12",
    "?venue=CVPR+2025",
    "?has=code",
    "?quality=clean",
    "?date=2024-W49",
    "?q=nothing+of+the+kind",
    "?page=9",
    "?literal=1&q=shelves",
    "?after=1",
    "?after=1&q=shelves+OR+subject",
)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("query", QUERIES)
@BOTH_STORES
def test_a_list_is_that_of_the_page(client, query):
    page = parse(client.get(f"/papers{query}").text)
    listing = told(client, f"/api/v1/papers{query}")
    cards = page.all("article")
    shown = [re.match(r"/papers/([^?]+)", card.all("a")[0]["href"])[1] for card in cards]
    assert shown == keys(listing)
    assert f"{listing['total']} paper" in " ".join(page.texts("p", class_="total")) or not shown


@pytest.mark.usefixtures("shelf")
def test_a_listed_paper_says_what_its_card_says(client):
    listing = told(client, "/api/v1/papers?q=高斯")
    assert (listing["total"], listing["is_exact"], listing["page"], listing["pages"]) == (1, True, 1, 1)
    paper = listing["papers"][0]
    assert paper["key"] == paper["arxiv_id"] == "2412.90001"
    assert (paper["version"], paper["authors"]) == (2, ["Ada Lovelace", "张三"])
    assert (paper["venues"], paper["code_url"]) == (["CVPR 2025"], "https://github.com/ada/shelves")
    assert [(one["day"], one["topic"], one["summary"]) for one in paper["entries"]] == [
        ("2024-12-07", "3DGS", "用高斯泼溅整理书架"),
        ("2024-11-30", "NeRF", "另一个摘要"),
    ]
    assert paper["entries"][0]["key_points"] == ["第一点", "第二点"]
    assert paper["found_in"] == ["summary"]
    assert paper["page_url"] == "http://testserver/papers/2412.90001"
    assert told(client, paper["url"])["key"] == "2412.90001"


@pytest.mark.usefixtures("shelf")
def test_passages_say_which_words_were_sought(client):
    passages = told(client, "/api/v1/papers?q=papers")["papers"][0]["passages"]
    assert [(one["field"], one["marked"]) for one in passages] == [("abstract", ["papers"])]
    assert "We shelve papers" in passages[0]["text"]


@pytest.mark.usefixtures("shelf")
def test_facets_count_what_each_value_leaves(client):
    facets = told(client, "/api/v1/papers?q=shelves+OR+subject+OR+编号")["facets"]
    counts = {name: {one["value"]: one["papers"] for one in values} for name, values in facets.items()}
    assert counts["topic"] == {"3DGS": 2, "NeRF": 2}
    assert counts["date"] == {"2024-12": 2, "2024-11": 2}
    for name, values in counts.items():
        for value, papers in values.items():
            narrowed = client.get("/api/v1/papers", params={"q": "shelves OR subject OR 编号", name: value}).json()
            assert narrowed["total"] == papers, (name, value)


@pytest.mark.usefixtures("shelf")
def test_what_is_said_of_a_search_is_told(client):
    search = told(client, "/api/v1/papers?q=shelves+tag:none", **{"Accept-Language": "en"})["search"]
    assert [(one["left_out"], one["papers"]) for one in search["without"]] == [("tag:none", 1)]
    hinted = told(client, "/api/v1/papers?q=date:never", **{"Accept-Language": "zh"})["search"]["hints"]
    assert re.search("[一-鿿]", hinted[0])


@pytest.mark.usefixtures("shelf")
def test_pages_lead_to_each_other_and_to_the_same_list_elsewhere(client):
    first = told(client, "/api/v1/papers?size=2&q=书架+OR+subject+OR+编号")
    assert (first["pages"], first["size"], first["links"]["previous"]) == (2, 2, None)
    assert first["links"]["next"].isascii()
    second = told(client, first["links"]["next"])
    assert len(set(keys(first) + keys(second))) == first["total"] == 3
    assert second["links"]["next"] is None
    assert told(client, second["links"]["previous"]) == first
    assert client.get(first["links"]["page"]).status_code == 200
    assert client.get(first["links"]["feed"]).headers["content-type"].startswith("application/atom+xml")
    beyond = told(client, "/api/v1/papers?size=2&page=7")
    assert (beyond["papers"], beyond["total"], beyond["links"]["next"]) == ([], 3, None)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("size", [1, 100])
def test_a_page_has_as_many_papers_as_are_asked_for(client, size):
    assert len(told(client, f"/api/v1/papers?size={size}")["papers"]) == min(size, 3)


def test_a_page_has_as_many_as_those_for_people_unless_asked(shelf, settings):
    small = settings.model_copy(update={"page_size": 2})
    with TestClient(create_app(small, database=shelf.database, index=shelf.index)) as client:
        shelf.index_all()
        listing = told(client, "/api/v1/papers?page=2")
        assert (listing["size"], listing["pages"], len(listing["papers"])) == (2, 2, 1)
        assert told(client, listing["links"]["previous"])["page"] == 1


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("page=0", {"page"}),
        ("page=x&size=101", {"page", "size"}),
        ("date=2024-13", {"date"}),
        ("sort=best", {"sort"}),
        ("has=everything", {"has"}),
        ("literal=maybe", {"literal"}),
        (f"after={10**40}", {"after"}),
        ("read=no", {"read"}),
        ("topics=3DGS", {"topics"}),
        ("topic=", {"topic"}),
        ("tag=a%00b", {"tag"}),
        ("q=a%00b", {"q"}),
        ("q=" + "a" * 514, {"q"}),
    ],
)
def test_what_cannot_be_read_is_named(client, query, wrong):
    said = problem(client, f"/api/v1/papers?{query}", 422)
    assert set(said["parameters"]) == wrong
    assert all(said["parameters"].values())
    assert all(name in said["detail"] for name in wrong)


@BOTH_STORES
@pytest.mark.usefixtures("shelf")
def test_a_paper_has_all_that_its_digests_say(client):
    paper = told(client, "/api/v1/papers/2412.90001")
    assert (paper["title"], paper["version"], paper["latest_day"]) == ("Shelves of Gaussians", 2, "2024-12-07")
    assert [one["number"] for one in paper["versions"]] == [1, 2]
    newest, older = paper["entries"]
    assert (newest["analysis"], newest["key_points"], newest["tags"]) == (
        "书架的**分析**",
        ["第一点", "第二点"],
        ["shelving"],
    )
    assert (older["topic"], older["version"], older["summary"]) == ("NeRF", 1, "另一个摘要")
    assert set(newest["lines"]) <= {*newest, "title", "authors", "abstract", "comment", "arxiv_id", "doi"}
    assert newest["first_line"] <= newest["last_line"]
    assert client.get(newest["digest_url"]).status_code == 200


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("key", ["2412.90001v1", "arXiv:2412.90001", "2412.90001"])
def test_a_paper_is_found_however_its_id_is_written(client, key):
    assert told(client, f"/api/v1/papers/{key}")["key"] == "2412.90001"


@pytest.mark.parametrize("address", ["/api/v1/papers/2412.99999", "/api/v1/nothing", "/api", "/api/", "/api/v2/papers"])
def test_what_is_not_there_is_a_problem_and_no_page(client, address):
    problem(client, address, 404)


def test_nothing_can_be_changed(client):
    answer = client.post("/api/v1/papers", headers={"Origin": "http://testserver"})
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert "GET" in answer.headers["allow"]


def test_problems_are_told_in_the_readers_language(client):
    said = problem(client, "/api/v1/papers/2412.99999", 404, **{"Accept-Language": "zh-CN"})
    assert re.search("[一-鿿]", said["detail"])


@pytest.mark.usefixtures("shelf")
def test_an_answer_that_did_not_change_is_not_sent_again(client, library):
    first = client.get("/api/v1/papers?q=shelves")
    again = client.get("/api/v1/papers?q=shelves", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    library.digest(entry("More shelves", arxiv_id="2412.90003"), day="2024-12-08")
    newer = client.get("/api/v1/papers?q=shelves", headers={"If-None-Match": first.headers["etag"]})
    assert newer.json()["total"] == 2


@pytest.mark.usefixtures("shelf")
def test_what_is_described_is_what_is_answered(client):
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {"/api/v1/papers", "/api/v1/papers/{key}"}
    names = {one["name"] for one in described["paths"]["/api/v1/papers"]["get"]["parameters"]}
    assert names > {"q", "topic", "not_topic", "date", "sort", "size", "page"}
    for one in described["paths"].values():
        wrong = {status: answer["content"] for status, answer in one["get"]["responses"].items() if status != "200"}
        assert wrong
        assert all(set(content) == {PROBLEM} for content in wrong.values())
    fields = described["components"]["schemas"]
    assert set(fields["Problem"]["properties"]) == set(client.get("/api/v1/papers?x=1").json())
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert named == set(fields)
    assert "HTTPValidationError" not in fields
    listing = told(client, "/api/v1/papers?q=shelves")
    assert set(listing) == set(fields["Listing"]["properties"])
    assert set(listing["papers"][0]) == set(fields["ListedPaper"]["properties"])
    assert set(told(client, "/api/v1/papers/2412.90001")) == set(fields["Paper"]["properties"])


@pytest.mark.usefixtures("shelf")
def test_lists_lead_to_their_json(client):
    page = parse(client.get("/topics/3dgs?q=shelves").text)
    link = page.one("a", type="application/json")
    assert keys(told(client, link["href"])) == ["2412.90001"]


def test_a_search_engine_that_is_away_is_a_problem(library, tmp_path):
    settings = Settings(data_dir=tmp_path, threads=2, search_url="http://127.0.0.1:9", search_key="none")
    with TestClient(create_app(settings, database=library.database)) as client:
        problem(client, "/api/v1/papers?q=shelves", 503)
        assert json.loads(client.get("/api/v1/papers").content)["total"] == 0
