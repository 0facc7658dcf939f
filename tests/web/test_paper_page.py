"""One paper, with everything the library has of it in one place."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from app.db import Database
from app.digests import ParsedEntry, ParsedFigure
from tests.conftest import Library, entry
from tests.web.embedded_metadata import recognise
from tests.web.html import Element, parse

ID = "2412.90001"
PAPER = f"/papers/{ID}"


def page(client: TestClient, address: str = PAPER) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.text)


def listed(summary: str = "", analysis: str = "", **fields: object) -> ParsedEntry:
    words = {"authors": ("Wei Wang", "Joost van de Weijer"), "arxiv_id": ID, "version": 1}
    said = {"summary": summary, "analysis": analysis, "key_points": ("One <b>point",)}
    return entry("Shelving in 3D", **{**words, **said, **fields})


@pytest.fixture
def several(library: Library) -> Library:
    """A paper in three digests, which say three things of it; the first has papers around it."""
    here = listed("一种快速的三维重建方法。", "内容甲乙丙。")
    library.digest(entry("Before it"), here, entry("After it"), topic="3DGS", day="2024-12-07")
    library.digest(listed("一种准确的三维重建方法。", "内容甲乙丁。"), topic="NeRF", day="2024-12-06")
    library.digest(listed("Something else.", "Nothing of that."), topic="Avatar", day="2024-12-05")
    return library


def part(found: Element, name: str) -> Element:
    """A field of the two entries that are compared."""
    (one,) = [one for one in found.all(class_=name) if "part" in one["class"].split()]
    return one


def said(found: Element, name: str) -> list[str]:
    return [cell.text for cell in part(found, name).all(class_="said")]


def marked(found: Element, name: str) -> list[list[str]]:
    return [cell.texts("mark") for cell in part(found, name).all(class_="said")]


def number_of(found: Element, name: str, words: str) -> str:
    (value,) = [option["value"] for option in found.one("select", name=name).all("option") if words in option.text]
    return value


class TestSideBySide:
    def test_every_digest_is_in_the_timeline_newest_first(self, client, several):
        timeline = page(client).one(class_="timeline")
        assert timeline.texts("li") == ["3DGS 7 Dec 2024 v1", "NeRF 6 Dec 2024 v1", "Avatar 5 Dec 2024 v1"]
        addresses = {link["href"].removeprefix("#") for link in timeline.all("a")}
        assert addresses == {one["id"] for one in page(client).all() if (one.get("id") or "").startswith("entry-")}

    def test_the_newest_two_are_compared_character_by_character(self, client, several):
        found = page(client)
        assert said(found, "summary") == ["一种快速的三维重建方法。", "一种准确的三维重建方法。"]
        assert marked(found, "summary") == [["快速"], ["准确"]]
        assert marked(found, "analysis") == [["丙"], ["丁"]]

    def test_what_is_the_same_is_said_once(self, client, several):
        found = page(client)
        assert part(found, "key_points").texts("li") == ["One point"]
        assert "The same in both." in part(found, "key_points").text

    def test_the_others_are_told_below_in_full(self, client, several):
        found = page(client)
        (other,) = found.all("section", class_="entry")
        assert "Avatar" in other.text
        assert other.one(class_="summary").text == "Something else."
        assert "Nothing of that." in other.one("details", class_="analysis").text

    def test_a_reader_chooses_which_two(self, client, several):
        found = page(client)
        first, second = number_of(found, "compare", "Avatar"), number_of(found, "with", "3DGS")
        assert found.one("form", class_="pick")["action"].startswith(PAPER)
        chosen = page(client, f"{PAPER}?compare={first}&with={second}")
        assert said(chosen, "summary") == ["Something else.", "一种快速的三维重建方法。"]
        assert [option["value"] for option in chosen.all("option") if option.get("selected") is not None] == [
            first,
            second,
        ]

    def test_texts_with_hardly_a_word_in_common_are_not_marked(self, client, several):
        found = page(client)
        address = f"{PAPER}?compare={number_of(found, 'compare', 'Avatar')}"
        assert marked(page(client, address), "summary") == [[], []]
        assert "Hardly a word in common" in part(page(client, address), "summary").text

    @pytest.mark.parametrize("query", ["compare=77", "compare=x&with=%00", "with=-1", "compare=1&with=1"])
    def test_what_is_chosen_nonsensically_is_not_chosen(self, client, several, query):
        assert len(set(said(page(client, f"{PAPER}?{query}"), "summary"))) == 2

    def test_a_paper_in_one_digest_has_nothing_to_compare(self, client, library):
        library.digest(listed("Alone."), topic="3DGS")
        found = page(client)
        assert found.all(class_="pair") == found.all(class_="timeline") == found.all("form", class_="pick") == []
        assert found.one(class_="summary").text == "Alone."

    def test_strangers_text_stays_text_between_the_marks(self, client, library):
        library.digest(listed("safe <script>alert(1)</script> words &amp; more"), topic="3DGS")
        library.digest(listed("safe <script>alert(2)</script> words &lt; more"), topic="NeRF")
        text = client.get(PAPER).text
        assert "<script>alert" not in text
        assert "safe" in said(parse(text), "summary")[0]


class TestFacts:
    def test_each_stands_with_the_line_it_was_found_in(self, client, library):
        library.digest(
            listed(
                analysis="1. 单位：北京大学\n2. 关键词：三维、渲染",
                comment="CVPR 2024, code: https://github.com/a/b",
                lines={"analysis": (30, 31), "comment": (12, 12)},
            )
        )
        found = page(client).one(class_="found")
        assert found.texts("dt") == ["Venue", "Code", "Affiliation", "Keywords"]
        assert found.texts("dd") == [
            "CVPR 2024 line 12",
            "github.com/a/b line 12",
            "北京大学 line 30",
            "三维, 渲染 line 31",
        ]
        assert [link["href"] for link in found.all("a", class_="place")] == [
            f"/digests/1/source#L{line}" for line in (12, 12, 30, 31)
        ]

    def test_links_of_the_paper_stand_together_in_the_head(self, client, library):
        library.digest(listed(abstract="https://github.com/a/b and https://a.github.io/b", doi="10.1/x"))
        assert page(client).one(class_="paper-links").links() == {
            f"arXiv {ID}v1": f"https://arxiv.org/abs/{ID}v1",
            "PDF": f"https://arxiv.org/pdf/{ID}v1",
            "HTML": f"https://arxiv.org/html/{ID}v1",
            "DOI 10.1/x": "https://doi.org/10.1/x",
            "Code": "https://github.com/a/b",
            "Project page": "https://a.github.io/b",
        }


class TestCitations:
    def test_reference_managers_recognise_a_preprint(self, client, library):
        library.digest(listed(abstract="We\nshelve."))
        item = recognise(page(client))
        assert item.kind == "preprint"
        assert item.authors == [("Wei", "Wang"), ("Joost", "van de Weijer")]
        assert item.fields == {
            "title": "Shelving in 3D",
            "date": "2024/12",
            "abstract": "We shelve.",
            "language": "en",
            "url": f"https://arxiv.org/abs/{ID}",
            "pdf": f"https://arxiv.org/pdf/{ID}",
        }

    def test_reference_managers_recognise_a_paper_with_a_doi(self, client, library):
        library.paper("中文的标题", doi="10.1/x", authors=("王小明",))
        item = recognise(page(client, f"/papers/{quote('中文的标题')}"))
        assert (item.kind, item.authors) == ("journalArticle", [("小明", "王")])
        assert item.fields == {
            "title": "中文的标题",
            "doi": "10.1/x",
            "language": "zh",
            "url": "https://doi.org/10.1/x",
        }

    @pytest.mark.parametrize(
        ("ending", "kind", "beginning"),
        [
            ("bib", "application/x-bibtex", "@misc{wang2024shelving,"),
            ("ris", "application/x-research-info-systems", "TY  - UNPB\r\n"),
            ("json", "application/vnd.citationstyles.csl+json", "["),
            ("md", "text/markdown", "# Shelving in 3D\n"),
        ],
    )
    def test_a_citation_can_be_had_in_each_form(self, client, library, ending, kind, beginning):
        library.digest(listed("一句话。"))
        assert f"{PAPER}.{ending}" in page(client).one(class_="cite").links().values()
        answer = client.get(f"{PAPER}.{ending}")
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{ID}.{ending}"'
        assert answer.text.startswith(beginning)
        assert ("一句话。" in answer.text) is (ending == "md")

    def test_old_ids_slugs_and_other_spellings_have_citations_too(self, client, library):
        library.paper("Before 2007", arxiv_id="cs/0501001")
        library.paper("中文的标题")
        assert "eprint = {cs/0501001}" in client.get("/papers/cs/0501001.bib").text
        assert 'filename="cs-0501001.bib"' in client.get("/papers/cs/0501001.bib").headers["Content-Disposition"]
        assert client.get(f"/papers/{quote('中文的标题')}.json").json()[0]["title"] == "中文的标题"
        spelled = client.get("/papers/cs/0501001v2.ris")
        assert (spelled.status_code, spelled.headers["Location"]) == (301, "/papers/cs/0501001.ris")
        assert client.get("/papers/none.bib").status_code == 404

    def test_a_list_is_cited_in_its_order_narrowed_as_it_is(self, client, library):
        library.paper("Old shelves", topic="NeRF", day="2024-12-01", url="https://a.example/1")
        library.paper("New shelves", topic="NeRF", day="2024-12-07")
        library.paper("A ship", topic="3DGS")
        titles = [item["title"] for item in client.get("/papers.json?topic=NeRF&page=7").json()]
        assert titles == ["New shelves", "Old shelves"]
        assert client.get("/papers.bib?q=ship").text.count("@misc") == 1
        assert client.get(
            "/papers.md?topic=NeRF"
        ).text == "- New shelves.\n- [Old shelves](<https://a.example/1>).\n".replace(
            "- New shelves.", f"- [New shelves](<{client.base_url}/papers/new-shelves>)."
        )
        assert json.loads(client.get("/papers.json?topic=none").text) == []

    @pytest.mark.parametrize("address", ["/topics/nerf", "/2024-12-07", "/papers?q=shelves&topic=NeRF"])
    def test_a_list_leads_to_its_citations(self, client, library, address):
        library.paper("New shelves", topic="NeRF", day="2024-12-07")
        library.paper("A ship", topic="3DGS", day="2024-12-01")
        cited = client.get(page(client, address).links()["BibTeX of this list"]).text
        assert "title = {New shelves}" in cited
        assert "ship" not in cited


class TestTurning:
    def around(self, found: Element) -> dict[str, str]:
        return {link["rel"]: link["href"] for link in found.one("nav", class_="paper-neighbours").all("a")}

    def test_without_a_list_the_neighbours_are_those_in_the_digest(self, client, several):
        assert self.around(page(client)) == {
            "prev": "/papers/before-it",
            "up": "/digests/1",
            "next": "/papers/after-it",
        }
        assert self.around(page(client, "/papers/before-it")) == {"up": "/digests/1", "next": PAPER}

    @pytest.mark.parametrize(
        "address", ["/papers?q=ship", "/papers?topic=3DGS", "/topics/3dgs", "/2024-12-07", "/2024-12"]
    )
    def test_within_a_list_the_neighbours_are_those_in_it(self, client, library, address):
        library.digest(entry("Ship one"), entry("Ship two"), entry("Ship three"), topic="3DGS", day="2024-12-07")
        keys = [link["href"].split("?")[0] for link in page(client, address).all("a") if link.get("href")]
        ships = list(dict.fromkeys(key for key in keys if key.startswith("/papers/ship-")))
        assert len(ships) == 3
        of_list = f"?list={quote(address, safe='/')}"
        assert self.around(page(client, ships[1] + of_list)) == {
            "prev": ships[0] + of_list,
            "up": address,
            "next": ships[2] + of_list,
        }

    def test_pages_may_be_longer_than_usual(self, client, library, settings):
        size = settings.page_size
        library.digest(*(entry(f"Ship {number}") for number in range(size + 1)), topic="3DGS")
        turned = self.around(page(client, f"/papers/ship-{size}?list=/topics/3dgs%3Fsize%3D{2 * size}"))
        assert turned == {
            "prev": f"/papers/ship-{size - 1}?list=/topics/3dgs%3Fsize%3D{2 * size}",
            "up": f"/topics/3dgs?size={2 * size}",
        }

    def test_a_neighbour_on_the_next_page_names_that_page(self, client, library, settings):
        size = settings.page_size
        library.digest(*(entry(f"Ship {number}") for number in range(size + 1)), topic="3DGS")
        turned = self.around(page(client, f"/papers/ship-{size - 1}?list=/topics/3dgs"))
        assert turned["next"] == f"/papers/ship-{size}?list=/topics/3dgs%3Fpage%3D2"
        back = self.around(page(client, turned["next"]))
        assert back == {"prev": f"/papers/ship-{size - 1}?list=/topics/3dgs", "up": "/topics/3dgs?page=2"}

    @pytest.mark.parametrize(
        "address",
        ["//evil.example", "https://evil.example/papers", "/sign-out", "/papers/../x", "javascript:1", "/topics/none",
         "/papers\\", "[", "/2024-13", "/" + "x" * 3000],
    )  # fmt: skip
    def test_what_is_no_list_of_ours_is_not_linked(self, client, several, address):
        answer = client.get(PAPER, params={"list": address})
        assert self.around(parse(answer.text))["up"] == "/digests/1"
        links = [link["href"] for link in parse(answer.text).one("main").all("a") if link.get("href")]
        assert not [link for link in links if link.startswith(("//", "https://evil", "javascript"))]

    def test_a_list_that_moved_on_is_linked_without_neighbours(self, client, several):
        assert self.around(page(client, f"{PAPER}?list=/topics/3dgs%3Fpage%3D9")) == {"up": "/topics/3dgs?page=9"}

    def test_a_list_of_unread_papers_is_linked_without_neighbours(self, reader, several):
        title = page(reader, "/papers?topic=3DGS&read=no").links()["Shelving in 3D"]
        assert self.around(page(reader, title)) == {"up": "/papers?topic=3DGS&read=no"}

    def test_the_newest_day_is_the_list_of_the_home_page(self, client, library):
        library.digest(entry("Ship one"), entry("Ship two"), topic="3DGS", day="2024-12-07")
        title = page(client, "/?topic=3DGS&more=tag").links()["Ship one"]
        of_list = "?list=/2024-12-07%3Ftopic%3D3DGS"
        assert title == f"/papers/ship-one{of_list}"
        assert self.around(page(client, title)) == {
            "up": "/2024-12-07?topic=3DGS",
            "next": f"/papers/ship-two{of_list}",
        }

    def test_what_a_reader_keeps_is_no_list_to_turn_in(self, reader, several):
        reader.post("/papers/1/bookmark", data={"bookmarked": "true"})
        assert page(reader, "/library").links()["Before it"] == "/papers/before-it"

    def test_choosing_figures_or_digests_keeps_the_list(self, client, library):
        library.digest(listed(figures=(ParsedFigure("https://a.example/1.png"),)), topic="3DGS")
        found = page(client, f"{PAPER}?list=/topics/3dgs")
        assert found.one("main").links()["Load figures"] == f"{PAPER}?list=%2Ftopics%2F3dgs&figures=shown#figures"


class TestFigures:
    def test_a_figure_that_two_digests_show_is_shown_once(self, client, library):
        one, other = ParsedFigure("https://a.example/1.png", "A plot"), ParsedFigure("https://a.example/2.png")
        library.digest(listed(figures=(one,)), topic="3DGS")
        library.digest(listed(figures=(one, other)), topic="NeRF")
        found = page(client, f"{PAPER}?figures=shown")
        assert [image["src"] for image in found.all("img")] == [one.url, other.url]
        assert [caption.text for caption in found.all(class_="caption") if caption.tag == "span"] == [
            "A plot",
            "Figure 2",
        ]

    def test_the_gallery_comes_only_with_the_figures(self, client, library):
        library.digest(listed(figures=(ParsedFigure("https://a.example/1.png"),)))
        assert page(client).all("dialog", class_="lightbox") == []
        found = page(client, f"{PAPER}?figures=shown")
        assert found.one("dialog", class_="lightbox")["id"] == found.one(class_="gallery")["data-gallery"]
        assert any("gallery.js" in (script.get("src") or "") for script in found.all("script"))


class TestRelated:
    def test_they_are_a_link_that_htmx_follows_when_it_comes_into_sight(self, client, several):
        section = page(client).one(class_="related")
        assert section.links() == {"Show related papers": f"/related/{ID}"}
        (lazy,) = [one for one in section.all("div") if one.get("hx-get")]
        assert (lazy["hx-get"], lazy["hx-trigger"]) == (f"/related/{ID}", "revealed")

    def test_each_is_told_with_the_reason(self, client, several):
        several.paper("On ships", authors=("Wei Wang",))
        whole = client.get(f"/related/{ID}").text
        assert "Same author: Wei Wang" in parse(whole).one(class_="related-list").text
        fragment = client.get(f"/related/{ID}", headers={"HX-Request-Type": "partial"}).text
        assert parse(fragment).links() == {"On ships": "/papers/on-ships"}
        assert "<html" not in fragment

    def test_where_there_are_none_it_says_so(self, client, library):
        library.paper("Alone at sea")
        assert "Nothing in the library" in client.get("/related/alone-at-sea").text
        assert client.get("/related/none").status_code == 404


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_paper_in_many_digests_takes_as_many_queries_as_one_in_two(client, library, database):
    def listing(number: int) -> ParsedEntry:
        figures = (ParsedFigure(f"https://a.example/{number}.png"),)
        return listed(f"Number {number}.", tags=(f"t{number}",), figures=figures)

    def asked() -> int:
        library.index_all()
        with counting(database) as sent:
            assert client.get(f"{PAPER}?list=/topics/topic-0").status_code == 200
        return len(sent)

    for number in range(2):
        library.digest(
            entry(f"Before {number}"), listing(number), topic=f"Topic {number}", day=f"2024-12-0{number + 1}"
        )
    few = asked()
    for number in range(2, 9):
        library.digest(
            entry(f"Before {number}"), listing(number), topic=f"Topic {number}", day=f"2024-12-0{number + 1}"
        )
    assert asked() == few <= 25
