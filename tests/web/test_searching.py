"""The search box as a browser meets it."""

import pytest

from tests.web.html import page, parse

TYPING = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "input#q"}
SENT = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form"}


def titles(shown):
    return [title.text for title in shown.all("h2") if (title.get("id") or "").startswith("paper-")]


@pytest.fixture
def quokka(library):
    paper = library.paper("The quokka", arxiv_id="2412.04471", doi="10.1000/abc", comment="CVPR 2024")
    library.paper("Another marsupial")
    return library.key(paper)


@pytest.mark.parametrize(
    "pasted",
    [
        "2412.04471",
        "arXiv:2412.04471v2",
        "https://arxiv.org/abs/2412.04471",
        " http://arxiv.org/pdf/2412.04471v3.pdf ",
        "https://www.alphaxiv.org/abs/2412.04471",
        "https://huggingface.co/papers/2412.04471",
        "https://papers.cool/arxiv/2412.04471",
        "https://doi.org/10.48550/arXiv.2412.04471",
        "10.1000/ABC",
        "https://doi.org/10.1000/abc",
        "https://doi.org/10.1000/abc/",
        "http://dx.doi.org/10.1000/abc?x=1",
        "https://www.doi.org/10.1000/abc#top",
        "https://dl.acm.org/doi/10.1000/abc",
        "https://dl.acm.org/doi/pdf/10.1000/abc",
        "doi:10.1000/abc.",
    ],
)
def test_a_pasted_link_or_id_opens_the_paper(client, quokka, pasted):
    answer = client.get("/papers", params={"q": pasted}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/papers/{quokka}")
    assert client.get("/papers", params={"q": pasted}, headers=SENT).headers["HX-Redirect"] == f"/papers/{quokka}"


def test_an_id_that_is_still_being_typed_opens_nothing_yet(client, quokka):
    answer = client.get("/papers", params={"q": "2412.04471"}, headers=TYPING)
    assert "HX-Redirect" not in answer.headers
    assert "The quokka" in answer.text
    assert "HX-Redirect" in client.get("/papers", params={"q": "2412.04471"}, headers=SENT).headers


def test_a_key_brings_the_first_papers_and_the_others_are_the_rest_of_the_page(client, library):
    for number in range(14):
        library.paper(f"Wombat {number}", day=f"2024-12-{number + 1:02}")
    library.paper("Wallaby")
    whole = titles(page(client, "/papers?q=wombat"))
    typed = parse(client.get("/papers?q=wombat", headers=TYPING).text)
    (more,) = [link for link in typed.all("a") if "rest=" in (link.get("hx-get") or "")]
    assert (more["href"], more.text) == ("/papers?q=wombat", "6 more papers of this page")
    assert "14 papers" in " ".join(typed.text.split())
    assert len(typed.all("aside")) == 1  # what it can be narrowed to comes with the first
    rest = parse(client.get(more["hx-get"], headers={**TYPING, "HX-Source": "a"}).text)
    assert len(whole) == 14
    assert (titles(typed), titles(rest)) == (whole[:8], whole[8:])
    assert all(mark.text.lower() == "wombat" for mark in rest.all("mark"))
    assert len(rest.all("mark")) == 6
    assert not rest.all("aside")


def test_the_address_of_the_rest_is_that_of_the_page_for_whoever_opens_it(client, library):
    for number in range(12):
        library.paper(f"Wombat {number}")
    assert len(titles(page(client, "/papers?q=wombat&rest=8"))) == 12
    for odd in ("-1", "x", "٣", "0", ""):
        assert len(titles(parse(client.get(f"/papers?q=wombat&rest={odd}", headers=SENT).text))) == 12
    for many in ("99", "9" * 5000):
        assert titles(parse(client.get(f"/papers?q=wombat&rest={many}", headers=SENT).text)) == []


def test_a_key_in_an_empty_box_brings_the_whole_page(client, library):
    for number in range(12):
        library.paper(f"Wombat {number}")
    assert len(titles(parse(client.get("/papers?q=", headers=TYPING).text))) == 12


def test_a_link_to_a_paper_that_is_not_there_is_searched(client, quokka):
    assert client.get("/papers", params={"q": "https://arxiv.org/abs/1111.11111"}).status_code == 200


def test_what_cannot_be_read_is_searched_and_said(client, quokka):
    shown = page(client, "/papers?q=(quokka+date:soon")
    assert "opening bracket without a closing one" in shown.text
    assert "is not understood" not in shown.text  # the whole was searched as words
    assert "“date:soon” is not understood" in page(client, "/papers?q=quokka+date:soon+").text


def test_nothing_found_offers_the_search_without_what_emptied_it(client, quokka):
    shown = page(client, "/papers?q=quokka+dodo+")
    assert "Without “dodo”" in " ".join(shown.text.split())
    assert any("q=quokka" in (link.get("href") or "") and "dodo" not in link.get("href") for link in shown.all("a"))


def test_a_mistyped_word_is_told_and_can_be_corrected(client, quokka):
    shown = page(client, "/papers?q=quoka+")
    assert "“quoka” is rare" in shown.text
    assert any((link.get("href") or "").startswith("/papers?q=quokka") for link in shown.all("a"))


def test_a_card_says_where_the_words_were_found(client, quokka):
    assert "found in title" in page(client, "/papers?q=quokka+").text


def beside(client, address, **headers):
    """What the search box asks for beside its words."""
    found = parse(client.get(address, headers=headers).text).all("input", type="hidden", form="search")
    return [(field["name"], field["value"]) for field in found]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/papers", []),
        ("/", []),
        ("/?has=figures", [("has", "figures")]),
        (
            "/papers?q=quokka&venue=CVPR+2024&not_tag=x&date=2024-12&size=50&page=2&unknown=1",
            [("venue", "CVPR 2024"), ("not_tag", "x"), ("date", "2024-12"), ("size", "50")],
        ),
        ("/topics/3dgs?tag=x%22%3E", [("topic", "3DGS"), ("tag", 'x">')]),
        ("/2024-12-07", [("date", "2024-12-07")]),
        ("/topics", []),
    ],
)
def test_new_words_are_combined_with_what_the_list_is_narrowed_to(client, quokka, address, kept):
    assert beside(client, address) == kept
    if address != "/topics":
        assert beside(client, address, **TYPING) == kept  # so that each list that is swapped in says its own


def test_a_search_that_fails_keeps_what_it_was_narrowed_to(client, quokka, library):
    library.index_all()
    library.index.close()
    answer = client.get("/papers?q=quokka&topic=3DGS", headers=TYPING)
    assert answer.status_code == 503
    assert [(field["name"], field["value"]) for field in parse(answer.text).all("input")] == [("topic", "3DGS")]


def test_what_was_typed_alone_can_be_searched_and_taken_back(client, quokka):
    chips = page(client, "/papers?q=quokka&literal=1").one("ul", class_="chips")
    assert chips.links()["search only what I typed ×"] == "/papers?q=quokka"
    assert page(client, "/papers?literal=1").all("ul", class_="chips") == []


def test_venues_are_a_facet_and_a_filter(client, quokka):
    assert "1 paper" in page(client, "/papers?venue=CVPR+2024").text


def test_each_example_of_the_help_page_is_understood(client, quokka):
    for link in page(client, "/help/search").all("a"):
        href = link.get("href") or ""
        if href.startswith("/papers?q="):
            answer = client.get(href)
            assert answer.status_code == 200, href
            assert "understood" not in answer.text, href


@pytest.mark.parametrize(
    ("question", "heading", "names"),
    [("title:wombats", ["Wombats"], []), ("author:ada", [], ["Ada"]), ("wombats ada", ["Wombats"], ["Ada"])],
)
def test_words_asked_for_in_one_field_are_marked_there(client, library, question, heading, names):
    library.paper("Wombats at night", authors=("Ada Lovelace", "Bob"), summary="我们研究袋熊。")
    card = page(client, f"/papers?q={question}").one("article", class_="card")
    assert [mark.text for mark in card.one("h2").all("mark")] == heading
    assert [mark.text for mark in card.one("div", class_="authors").all("mark")] == names
    assert page(client, "/papers?q=袋熊").one("p", class_="summary").one("mark").text == "袋熊"
