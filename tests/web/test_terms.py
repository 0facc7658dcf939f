import pytest
from fastapi.testclient import TestClient

from app import terms
from app.models import Role
from app.terms import MinedGroup, MinedTerm
from tests.conftest import BOTH_STORES
from tests.web.html import parse

pytestmark = BOTH_STORES


@pytest.fixture
def admin(client, library) -> TestClient:
    library.user("Ada", role=Role.ADMIN)
    assert client.post("/sign-in", data={"name": "Ada", "password": "correct horse"}).status_code == 303
    return client


@pytest.fixture
def mined(database):
    splatting = MinedGroup("Gaussian Splatting", (MinedTerm("高斯泼溅", 0.9), MinedTerm("高斯分层", 0.4)))
    with database.write() as session:
        terms.keep(session, [splatting, MinedGroup("NeRF", (MinedTerm("神经辐射场", 0.8),))])


def page(client, path="/terms"):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return parse(answer.text)


def press(client, found, label):
    """Press the button that says so, as a browser does."""
    (form,) = [form for form in found.all("form") if form.texts("button") == [label]]
    fields = {field["name"]: field.get("value") or "" for field in form.all("input") if field.get("name")}
    return client.post(form["action"], data=fields)


def shown(client, path="/terms"):
    """Of each group its terms, as they are marked."""
    return [
        [(item["class"], item.one("span", class_="term").text) for item in group.all("li")]
        for group in page(client, path).all("article", class_="group")
    ]


@pytest.mark.usefixtures("mined")
class TestDeciding:
    def test_groups_show_their_terms_with_scores(self, admin):
        assert shown(admin) == [
            [("accepted", "Gaussian Splatting"), ("accepted", "高斯泼溅"), ("offered", "高斯分层")],
            [("accepted", "NeRF"), ("accepted", "神经辐射场")],
        ]
        assert page(admin).texts("span", class_="score") == ["0.90", "0.40", "0.80"]

    def test_an_offer_is_accepted_and_the_page_comes_back_as_it_was(self, admin):
        answer = press(admin, page(admin, "/terms?q=高斯&state=offered"), "Accept 高斯分层")
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/terms?q=%E9%AB%98%E6%96%AF&state=offered"
        assert shown(admin)[0][2] == ("accepted", "高斯分层")

    def test_an_offer_is_rejected_and_accepted_after_all(self, admin):
        assert press(admin, page(admin), "Reject 高斯分层").status_code == 303
        assert shown(admin)[0][2] == ("rejected", "高斯分层")
        assert press(admin, page(admin), "Accept after all 高斯分层").status_code == 303
        assert shown(admin)[0][2] == ("accepted", "高斯分层")

    def test_a_term_is_removed(self, admin):
        press(admin, page(admin), "Remove 神经辐射场")
        assert shown(admin)[1] == [("accepted", "NeRF"), ("rejected", "神经辐射场")]

    def test_words_and_states_narrow_the_list(self, admin):
        assert [group[0][1] for group in shown(admin, "/terms?q=nerf")] == ["NeRF"]
        links = page(admin).links()
        assert [group[0][1] for group in shown(admin, links["To decide"])] == ["Gaussian Splatting"]
        assert shown(admin, links["Rejected"]) == []
        assert "No group is like that." in page(admin, links["Rejected"]).one("section", id="results").text
        assert len(shown(admin, "/terms?state=nonsense&page=x")) == 2

    def test_a_term_that_is_accepted_elsewhere_is_refused_with_a_sentence(self, admin, database):
        with database.write() as session:
            terms.add(session, ["layering", "高斯分层"])
        answer = press(admin, page(admin, "/terms?state=offered"), "Accept 高斯分层")
        assert answer.status_code == 422
        assert "accepted with another meaning: layering" in parse(answer.text).one(id="error").text

    def test_what_is_gone_meanwhile_is_not_found(self, admin):
        for verb in ("accept", "reject", "remove"):
            assert admin.post(f"/terms/{verb}", data={"group": 1, "term": "lantern"}).status_code == 404
            assert admin.post(f"/terms/{verb}", data={"group": 2**40, "term": "NeRF"}).status_code == 404


class TestAdding:
    def test_terms_are_added(self, admin):
        assert "There are no terms yet." in page(admin).text
        answer = admin.post("/terms", data={"texts": "NeRF = 神经辐射场 ＝ <b>fields</b>"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/terms")
        assert shown(admin) == [[("accepted", "NeRF"), ("accepted", "神经辐射场"), ("accepted", "<b>fields</b>")]]

    @pytest.mark.parametrize("typed", ["NeRF", "", "= =", 'NeRF = "nerf"', "NeRF = " + "x" * 81])
    def test_what_says_nothing_is_refused_and_stays_typed(self, admin, typed):
        answer = admin.post("/terms", data={"texts": typed})
        assert answer.status_code == 422
        assert parse(answer.text).one("input", id="texts")["value"] == typed
        assert shown(admin) == []

    def test_more_groups_than_a_page_holds(self, admin, database):
        with database.write() as session:
            for number in range(60):
                terms.add(session, [f"term {number}", f"词汇{number}"])
        first = page(admin)
        assert "60" in first.one("h2", id="groups").text
        assert len(shown(admin)) == 50
        assert len(shown(admin, first.links()["Next →"])) == 10
        assert "behind the last one" in page(admin, "/terms?page=9").text
        swapped = admin.get("/terms?page=2", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
        assert (swapped.status_code, len(parse(swapped.text).all("article", class_="group"))) == (200, 10)


def test_only_administrators_see_and_change_terms(client, library, mined):
    assert client.get("/terms").status_code in (303, 401)
    library.user("Ada", role=Role.ADMIN)
    library.user("Bob", role=Role.READER)
    client.post("/sign-in", data={"name": "Bob", "password": "correct horse"})
    assert client.get("/terms").status_code == 403
    for path in ("/terms", "/terms/accept", "/terms/reject", "/terms/remove"):
        assert client.post(path, data={"texts": "a = b", "group": 1, "term": "高斯泼溅"}).status_code == 403
    assert "Terms" not in page(client, "/papers").links()


def test_administrators_find_the_page_in_the_bar(admin):
    assert page(admin, "/papers").links()["Terms"] == "/terms"
