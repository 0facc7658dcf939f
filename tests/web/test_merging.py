from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.models import Decision, Entry, Role
from tests.web.html import page, parse

TITLE = "On the Shelving of Papers"


@pytest.fixture
def admin(client, library) -> TestClient:
    library.user("Ada", role=Role.ADMIN)
    assert client.post("/sign-in", data={"name": "Ada", "password": "correct horse"}).status_code == 303
    return client


@pytest.fixture
def two(library):
    return (
        library.paper(TITLE, arxiv_id="2412.90001", authors=("A. Adams",)),
        library.paper(TITLE, arxiv_id="2412.90002", authors=("C. Clark",), topic="NeRF", day="2024-12-08"),
    )


def send(client, form, **typed):
    """Press the button of a form as a browser does."""
    fields: dict[str, list[str]] = {}
    for field in form.all("input"):
        if name := field.get("name"):
            fields.setdefault(name, []).append(field.get("value") or "")
    return client.post(form["action"], data={**fields, **typed})


def button(found, label):
    """The form whose button says so."""
    (form,) = [form for form in found.all("form") if form.texts("button") == [label]]
    return form


@pytest.mark.usefixtures("two")
class TestOffers:
    def test_papers_of_one_title_stand_side_by_side(self, admin):
        main = page(admin, "/merging").one("main")
        offer = main.one("article", class_="offer")
        assert [part.one("h3").text for part in offer.all(class_="offered")] == [TITLE, TITLE]
        assert "A. Adams" in offer.text
        assert "arXiv 2412.90002 1 entry 8 Dec 2024" in offer.text

    def test_one_button_merges_and_another_takes_it_back(self, admin):
        forms = page(admin, "/merging").one("article", class_="offer").all("form")
        answer = send(admin, forms[0])
        assert (answer.status_code, answer.headers["Location"]) == (303, "/merging")
        assert admin.get("/papers/2412.90002").headers["Location"] == "/papers/2412.90001"
        assert len(page(admin, "/papers").all("article", class_="card")) == 1
        shown = page(admin, "/merging")
        assert shown.all("article", class_="offer") == []
        assert "2412.90002 merged into 2412.90001" in shown.one("ul", class_="decisions").text
        assert send(admin, button(shown, "Undo decision 1")).status_code == 303
        assert len(page(admin, "/papers").all("article", class_="card")) == 2
        assert admin.get("/papers/2412.90002").status_code == 200

    def test_the_old_address_leads_on_but_not_for_good(self, admin):
        send(admin, page(admin, "/merging").one("article", class_="offer").all("form")[0])
        assert admin.get("/papers/2412.90002").status_code == 302

    def test_an_offer_can_be_declined(self, admin):
        assert send(admin, button(page(admin, "/merging"), "Not the same")).status_code == 303
        shown = page(admin, "/merging")
        assert shown.all("article", class_="offer") == []
        assert "2412.90002 is not 2412.90001" in shown.text

    def test_of_three_one_can_be_told_from_the_others(self, admin, library):
        library.paper(TITLE, arxiv_id="2412.90003", authors=("D. Dunn",))
        third = page(admin, "/merging").all("div", class_="offered")[2]
        assert send(admin, button(third, "Not the same as the others")).status_code == 303
        offered = page(admin, "/merging").all("div", class_="offered")
        assert ["2412.90003" in part.text for part in offered] == [False, False]

    def test_the_decision_says_whose_it_is(self, admin, database):
        send(admin, button(page(admin, "/merging"), "Not the same"))
        with database.read() as session:
            assert session.scalars(select(Decision.user_id)).one() == 1

    def test_what_is_away_is_a_page_and_changes_nothing(self, admin):
        assert admin.post("/merging/merge", data={"keep": "2412.90001", "other": "nothing"}).status_code == 404
        assert admin.post("/merging/merge", data={"keep": "2412.90001", "other": "2412.90001"}).status_code == 422
        assert admin.post("/merging/split", data={"entry": "77"}).status_code == 422
        assert admin.post("/merging/undo", data={"decision": "77"}).status_code == 404
        assert "Nothing yet." in page(admin, "/merging").text

    def test_the_form_leads_to_no_other_site(self, admin):
        data = {"keep": "2412.90001", "other": "2412.90002", "next": "//evil.example"}
        assert admin.post("/merging/merge", data=data).headers["Location"] == "/"


class TestThePageOfAPaper:
    def test_another_paper_is_merged_into_it_by_its_id(self, admin, two):
        form = button(page(admin, "/papers/2412.90001"), "Merge it into this one")
        answer = send(admin, form, other=" arXiv:2412.90002v1 ")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/papers/2412.90001")
        assert len(page(admin, "/papers/2412.90001").all(class_="appearance")) == 2
        assert two

    def test_an_entry_is_split_off_and_shown_as_a_paper_of_its_own(self, admin, library):
        library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, topic="NeRF")
        form = page(admin, "/papers/on-the-shelving-of-papers").all(class_="appearance")[1].one("form")
        answer = send(admin, form)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/papers/on-the-shelving-of-papers-2")
        assert len(page(admin, answer.headers["Location"]).all(class_="appearance")) == 1

    def test_an_entry_goes_to_the_paper_named(self, admin, library, database):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, topic="NeRF")
        library.paper("中文标题的论文标题十个字")
        form = page(admin, "/papers/on-the-shelving-of-papers").all(class_="appearance")[1].one("form")
        answer = send(admin, form, into="中文标题的论文标题十个字")
        assert answer.headers["Location"] == f"/papers/{quote('中文标题的论文标题十个字')}"
        with database.read() as session:
            assert len(session.scalars(select(Entry).filter_by(paper_id=paper_id)).all()) == 1

    def test_readers_and_visitors_see_no_such_forms(self, client, library, two):
        assert "/merging" not in client.get("/papers/2412.90001").text
        library.user("Ada", role=Role.ADMIN)
        client.post("/sign-up", data={"name": "Bob", "password": "correct horse"})
        assert "/merging" not in client.get("/papers/2412.90001").text
        assert two

    def test_strangers_text_is_escaped(self, admin, library):
        for name in ("A", "B"):
            library.paper("A <script>alert(1)</script> title", authors=(f"<b>{name}</b>",))
        text = admin.get("/merging").text
        assert "<script>alert" not in text
        assert "<b>A" not in text


@pytest.mark.parametrize("action", ["merge", "apart", "split", "undo", None])
def test_only_administrators_decide(client, library, two, action):
    data = {"keep": "2412.90001", "paper": "2412.90001", "other": "2412.90002", "entry": "1", "decision": "1"}

    def ask():
        return client.post(f"/merging/{action}", data=data) if action else client.get("/merging")

    visitor = ask()
    assert visitor.status_code == 401
    assert parse(visitor.text).one("main").links()
    library.user("Ada", role=Role.ADMIN)
    client.post("/sign-up", data={"name": "Bob", "password": "correct horse"})
    assert ask().status_code == 403
    assert len(page(client, "/papers").all("article", class_="card")) == len(two)


def test_only_administrators_are_shown_the_way(client, library):
    library.user("Ada", role=Role.ADMIN)
    client.post("/sign-up", data={"name": "Bob", "password": "correct horse"})
    assert "Merging" not in page(client, "/papers").links()
    client.post("/sign-out")
    client.post("/sign-in", data={"name": "Ada", "password": "correct horse"})
    assert page(client, "/papers").links()["Merging"] == "/merging"
