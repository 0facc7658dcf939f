from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app import catalog
from app.catalog import PaperFilter, Period, Sort
from app.catalog.answers import Answer
from app.catalog.browsing import NO_EQUIVALENTS
from app.catalog.ordering import FAR
from app.digests import ParsedFigure
from app.search import SearchDocument
from app.search.expanding import Equivalents
from tests.conftest import BOTH_STORES, entry

FIGURE = (ParsedFigure("https://figures.example/1.png"),)
ALL = {"Alpha", "Beta", "Gamma", "Delta"}


@pytest.fixture
def browse(database, index):
    """The listing of a filter, given as its fields."""

    def listing(page_size=25, equivalents=NO_EQUIVALENTS, **wanted):
        if "period" in wanted:
            wanted["period"] = Period.parse(wanted["period"])
        with database.read() as session:
            return catalog.browse(session, index, PaperFilter(**wanted), page_size, equivalents)

    return listing


@pytest.fixture
def shelf(library):
    """Four papers; each has the word "shelf". Alpha is in two digests, of two topics and two months."""
    library.digest(
        entry("Alpha", arxiv_id="2411.00001", authors=("Ada", "Bob"), tags=("x", "y"), summary="shelf of November"),
        entry("Beta", arxiv_id="2411.00002", authors=("Ada",), tags=("x",), summary="shelf"),
        topic="3DGS",
        day="2024-11-30",
    )
    library.digest(
        entry("Alpha", arxiv_id="2411.00001", authors=("Ada", "Bob"), tags=("x",), summary="shelf of December"),
        entry("Gamma", arxiv_id="2412.00003", authors=("张三",), figures=FIGURE, summary="shelf"),
        topic="元宇宙/虚拟人",
        day="2024-12-07",
        tags=("shared", "虚拟/人"),
    )
    library.digest(
        entry("Delta", arxiv_id="2412.00004", authors=("Bob",), tags=("y",), summary="shelf"),
        topic=None,
        day="2024-12-06",
    )
    return library


def titles(listing):
    return [card.paper.title for card in listing.cards]


FILTERS = [
    pytest.param({}, ALL, id="nothing asked"),
    pytest.param({"topics": ("3DGS",)}, {"Alpha", "Beta"}, id="a topic"),
    pytest.param({"topics": ("元宇宙/虚拟人",)}, {"Alpha", "Gamma"}, id="a Chinese topic with a slash"),
    pytest.param({"topics": ("3DGS", "元宇宙/虚拟人")}, {"Alpha", "Beta", "Gamma"}, id="either topic"),
    pytest.param({"topics": ("3dgs",)}, set(), id="a topic in other letters"),
    pytest.param({"tags": ("y",)}, {"Alpha", "Delta"}, id="a tag"),
    pytest.param({"tags": ("shared",)}, {"Alpha", "Gamma"}, id="a tag of the digest"),
    pytest.param({"tags": ("虚拟/人", "y")}, {"Alpha", "Gamma", "Delta"}, id="either tag"),
    pytest.param({"authors": ("Bob",)}, {"Alpha", "Delta"}, id="an author"),
    pytest.param({"authors": ("张三", "Bob")}, {"Alpha", "Gamma", "Delta"}, id="either author"),
    pytest.param({"has_figures": True}, {"Gamma"}, id="with figures"),
    pytest.param({"period": "2024-12-06"}, {"Delta"}, id="a day"),
    pytest.param({"period": "2024-12"}, {"Alpha", "Gamma", "Delta"}, id="a month"),
    pytest.param({"period": "2024-11-30..2024-12-06"}, {"Alpha", "Beta", "Delta"}, id="some days"),
    pytest.param({"period": "2023"}, set(), id="a year without any"),
    pytest.param({"topics": ("3DGS",), "tags": ("y",)}, {"Alpha"}, id="topic and tag"),
    pytest.param({"topics": ("3DGS",), "authors": ("张三",)}, set(), id="topic and another's author"),
    pytest.param({"tags": ("x",), "authors": ("Ada",), "period": "2024-12"}, {"Alpha"}, id="tag, author and month"),
    pytest.param({"topics": ("3DGS",), "period": "2024-12"}, set(), id="topic and day of two appearances"),
    pytest.param({"topics": ("3DGS",), "period": "2024-11"}, {"Alpha", "Beta"}, id="topic and day of one appearance"),
    pytest.param({"tags": ("shared",), "has_figures": True}, {"Gamma"}, id="tag and figures"),
    pytest.param({"not_topics": ("3DGS",)}, {"Gamma", "Delta"}, id="not a topic"),
    pytest.param({"not_tags": ("y", "shared")}, {"Beta"}, id="neither tag"),
    pytest.param({"not_authors": ("Bob",)}, {"Beta", "Gamma"}, id="not an author"),
    pytest.param({"tags": ("x",), "not_topics": ("元宇宙/虚拟人",)}, {"Beta"}, id="a tag but not a topic"),
    pytest.param({"authors": ("Ada",), "not_authors": ("Ada",)}, set(), id="an author and not that author"),
    pytest.param({"not_qualities": ("clean",)}, set(), id="only papers with findings"),
    pytest.param({"not_qualities": ("chat-residue",)}, ALL, id="not a finding that none has"),
    pytest.param({"not_venues": ("CVPR 2024",)}, ALL, id="not a venue that none has"),
    pytest.param({"topics": ("%",)}, set(), id="no wildcard"),
    pytest.param({"tags": ("x' OR '1'='1",)}, set(), id="no SQL"),
]


@BOTH_STORES
@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.parametrize(("wanted", "found"), FILTERS)
@pytest.mark.usefixtures("shelf")
def test_a_filter_finds_the_same_papers_with_words_and_without(browse, words, wanted, found):
    listing = browse(q=words, **wanted)
    assert (set(titles(listing)), listing.total) == (found, len(found))


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.parametrize(("wanted", "found"), FILTERS)
@pytest.mark.usefixtures("shelf")
def test_the_count_beside_a_choice_is_what_choosing_it_gives(browse, words, wanted, found):
    wanted = {"q": words, **wanted}
    facets = browse(**wanted).facets
    clicks = [
        (facet, (name,), number)
        for facet in ("topics", "tags", "authors", "qualities")
        for name, number in getattr(facets, facet).items()
    ]
    clicks += [("period", month, number) for month, number in facets.months.items()]
    assert clicks == [(field, value, browse(**{**wanted, field: value}).total) for field, value, _ in clicks]


@BOTH_STORES
@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_every_choice_that_leaves_a_paper_is_offered(browse, words):
    facets = browse(q=words).facets
    assert facets.topics == {"3DGS": 2, "元宇宙/虚拟人": 2}
    assert facets.tags == {"x": 2, "y": 2, "shared": 2, "虚拟/人": 2}
    assert list(facets.months.items()) == [("2024-12", 3), ("2024-11", 2)]


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_within_a_month_only_topics_of_that_month_are_offered_and_within_a_topic_only_its_months(browse, words):
    assert browse(q=words, period="2024-12").facets.topics == {"元宇宙/虚拟人": 2}
    assert browse(q=words, topics=("3DGS",)).facets.months == {"2024-11": 2}


def test_of_many_topics_within_a_month_the_first_are_counted_exactly(browse, library):
    for number in range(45):
        papers = [entry(f"Shelf {number} {other}") for other in range(1 + number % 3)]
        library.digest(*papers, topic=f"Topic {number:02}", day="2024-12-07")
    wanderers = [entry(f"Wandering shelf {number}") for number in range(5)]
    library.digest(*wanderers, topic="Elsewhere", day="2024-11-30")  # which the index cannot tell from December
    library.digest(*wanderers, topic="Home", day="2024-12-07")
    topics = browse(q="shelf", period="2024-12").facets.topics
    assert next(iter(topics.items())) == ("Home", 5)
    assert sorted(list(topics.values())[1:], reverse=True) == [3] * 15 + [2] * 15 + [1] * 9
    assert browse(q="shelf", period="2024-12", topics=("Topic 00",)).facets.topics["Topic 00"] == 1


@BOTH_STORES
@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_beside_what_is_chosen_stand_the_alternatives_as_the_other_filters_leave_them(browse, words):
    facets = browse(q=words, topics=("3DGS",), tags=("x",), authors=("Ada",)).facets
    assert facets.topics == {"3DGS": 2, "元宇宙/虚拟人": 1}
    assert facets.tags == {"x": 2, "y": 1, "shared": 1, "虚拟/人": 1}
    assert facets.authors == {"Ada": 2, "Bob": 1}
    assert browse(q=words, period="2024-11").facets.months == {"2024-12": 3, "2024-11": 2}


@pytest.mark.usefixtures("shelf")
def test_a_chosen_value_is_named_even_if_nothing_is_left_of_it(browse):
    assert browse(topics=("3DGS",), authors=("张三",)).facets.topics == {"元宇宙/虚拟人": 1, "3DGS": 0}


def test_what_only_the_index_counts_is_left_out_while_it_lags_behind(browse, library):
    library.paper("One", authors=("Ada",))
    assert browse().facets.authors == {"Ada": 1}
    library.digest(entry("Two", authors=("Bob",)), is_indexed=False)
    facets = browse().facets
    assert (facets.authors, facets.topics) == ({}, {"3DGS": 2})


@BOTH_STORES
@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
def test_newest_and_oldest_go_by_day_and_within_a_digest_in_its_order(browse, library, words):
    library.digest(entry("Z early", tags=("shelf",)), entry("A early", tags=("shelf",)), day="2024-12-06")
    library.digest(entry("Z late", tags=("shelf",)), entry("A late", tags=("shelf",)), day="2024-12-07")
    newest, oldest = ["Z late", "A late", "Z early", "A early"], ["Z early", "A early", "Z late", "A late"]
    assert titles(browse(q=words, sort=Sort.NEWEST)) == newest
    assert titles(browse(q=words, sort=Sort.OLDEST)) == oldest


@BOTH_STORES
def test_a_list_can_go_by_title_whatever_the_case(browse, library):
    library.digest(entry("beta"), entry("Alpha"), entry("Gamma"))
    assert titles(browse(sort=Sort.TITLE)) == ["Alpha", "beta", "Gamma"]
    assert titles(browse(sort=Sort.TITLE, page_size=2, page=2)) == ["Gamma"]


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_a_reader_may_choose_how_many_papers_a_page_has(browse, words):
    listing = browse(q=words, size=50, page_size=1)
    assert (len(listing.cards), listing.page_size, listing.pages) == (4, 50, 1)


def test_a_day_lists_its_digest_in_order_even_if_one_of_its_papers_was_known_before(browse, library):
    library.digest(entry("Known before", arxiv_id="2412.00002"), day="2024-12-06")
    library.digest(entry("First here"), entry("Known before", arxiv_id="2412.00002"), day="2024-12-07")
    assert titles(browse(period="2024-12-07")) == ["First here", "Known before"]


def test_a_day_lists_its_digest_in_order_even_if_one_of_its_papers_comes_again_later(browse, library):
    library.digest(entry("First here"), entry("Comes again", arxiv_id="2412.00002"), day="2024-12-06")
    library.digest(entry("Comes again", arxiv_id="2412.00002"), day="2024-12-07")
    assert titles(browse(period="2024-12-06")) == ["First here", "Comes again"]


@BOTH_STORES
@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_the_pages_of_a_list_hold_every_paper_once(browse, words):
    pages = [browse(q=words, page_size=3, page=number) for number in (1, 2, 3)]
    assert [len(page.cards) for page in pages] == [3, 1, 0]
    assert {title for page in pages for title in titles(page)} == ALL
    assert [(page.total, page.pages, page.first) for page in pages] == [(4, 2, 1), (4, 2, 4), (4, 2, 0)]


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.usefixtures("shelf")
def test_a_page_far_past_the_end_is_empty_and_knows_the_total(browse, words):
    listing = browse(q=words, page=1_000_000)
    assert (listing.cards, listing.total, listing.first) == ([], 4, 0)


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
@pytest.mark.parametrize(
    ("wanted", "summary"),
    [
        pytest.param({}, "shelf of December", id="the newest"),
        pytest.param({"topics": ("3DGS",)}, "shelf of November", id="of the topic"),
        pytest.param({"period": "2024-11"}, "shelf of November", id="of the month"),
    ],
)
@pytest.mark.usefixtures("shelf")
def test_a_card_shows_the_entry_that_fits_the_filter(browse, words, wanted, summary):
    cards = {card.paper.title: card for card in browse(q=words, **wanted).cards}
    assert cards["Alpha"].entry.summary == summary


@pytest.mark.usefixtures("shelf")
def test_a_card_names_the_other_topics_and_days_and_all_tags_once(browse):
    card = next(card for card in browse().cards if card.paper.title == "Alpha")
    assert [topic.name for topic in card.other_topics] == ["3DGS"]
    assert [str(day) for day in card.other_days] == ["2024-11-30"]
    assert sorted(tag.name for tag in card.tags) == ["shared", "x", "y", "虚拟/人"]


def test_words_found_only_in_a_long_text_are_shown_where_they_stand(browse, library):
    library.paper("A title", analysis="Much is said. Here stands the quokka, at last.")
    (snippet,) = browse(q="quokka").cards[0].snippets
    assert snippet.field == "analysis"
    assert [fragment.text for fragment in snippet.fragments if fragment.is_match] == ["quokka"]


def test_a_passage_shows_no_markup_and_joins_no_words(browse, library):
    library.paper("A paper", analysis="### **研究方法**\n- 用**高**斯研究<b>袋鼠</b>的**跳跃**。")
    (snippet,) = browse(q="袋鼠").cards[0].snippets
    assert " ".join(snippet.text.split()) == "研究方法 - 用 高 斯研究 袋鼠 的 跳跃 。"
    assert browse(q="高斯").total == 0


def test_a_card_says_in_which_fields_the_words_were_found(browse, library):
    library.paper("The quokka", analysis="Here stands the quokka.", abstract="A marsupial.")
    card = browse(q="quokka").cards[0]
    assert card.found_in == ["title", "analysis"]
    assert [snippet.field for snippet in card.snippets] == ["analysis"]  # the title is shown anyway


def test_a_passage_of_chinese_is_half_as_long(browse, library):
    library.paper(
        "A title", abstract="word " * 100 + "quokka " + "word " * 100, analysis="文字" * 200 + "袋鼠" + "文字" * 200
    )
    lengths = [len(browse(q=q).cards[0].snippets[0].text) for q in ("quokka ", "袋鼠")]
    assert 85 <= lengths[0] <= 105
    assert 42 <= lengths[1] <= 55


def test_words_asked_of_one_field_are_marked_in_no_other(browse, library):
    library.paper("The quokka", analysis="Here stands the quokka.")
    card = browse(q="title:quokka ").cards[0]
    assert (card.found_in, list(card.snippets)) == (["title"], [])


def test_nothing_found_names_the_part_that_is_to_blame(browse, library):
    library.paper("The quokka", analysis="Here stands the quokka.")
    suspects = browse(q="quokka dodo title:the ").answer.suspects
    assert [(suspect.text, suspect.rest, suspect.total) for suspect in suspects] == [("dodo", "quokka title:the ", 1)]
    assert browse(q="quokka ").answer.suspects == []


@pytest.mark.parametrize(
    ("q", "suspects"),
    [
        pytest.param("dodo reconst", [("dodo", "reconst", 1)], id="a word that is being typed"),
        pytest.param("tag:三维重建 dodo ", [("dodo", "tag:三维重建 ", 1)], id="a Chinese name"),
        pytest.param("tag:四维 reconstruction ", [("tag:四维", "reconstruction ", 1)], id="a name that is to blame"),
        pytest.param("dodo sort:oldest reconst", [("dodo", "sort:oldest reconst", 1)], id="an order"),
        pytest.param("(a dodo) reconst", [("(a dodo)", "reconst", 1)], id="brackets"),
        pytest.param("三维重建dodo ", [("dodo", "三维重建 ", 1)], id="no blank between"),
        pytest.param("dodo（2020）-reconstruction ", [], id="what would mean something else without it"),
    ],
)
def test_the_part_to_blame_is_named_and_left_out_as_it_was_typed(browse, library, q, suspects):
    library.paper("The reconstruction", tags=("三维重建",))
    assert [(one.text, one.rest, one.total) for one in browse(q=q).answer.suspects] == suspects


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("gausian splats", "gaussian splats"),
        ("高斯gausian 渲染", "高斯gaussian 渲染"),
        ("Gausían x", "gaussian x"),
        ("title:gausian gausians", "title:gaussian gausians"),
    ],
)
def test_a_word_is_replaced_however_it_was_typed(typed, instead):
    assert Answer().instead(typed, "gausian", "gaussian") == instead


def test_a_chosen_author_is_counted_however_many_others_wrote_more(browse, library):
    library.paper("Crowded", authors=(*(f"Author {number:02}" for number in range(45)), "Rare Person"))
    library.paper("Crowded as well", authors=tuple(f"Author {number:02}" for number in range(45)))
    for q in ("", "crowded "):
        listing = browse(q=q, authors=("Rare Person",))
        assert (listing.total, listing.facets.authors["Rare Person"]) == (1, 1)


def test_an_address_that_names_thousands_of_values_takes_few_searches(browse, library, index, monkeypatch):
    library.paper("By one", authors=("Ada",), tags=("x",))
    search, asked = index.search, []
    monkeypatch.setattr(index, "search", lambda query: asked.append(query) or search(query))
    names = tuple(f"Nobody {number}" for number in range(3000))
    listing = browse(q="one ", authors=("Ada", *names), not_tags=names)
    assert (listing.total, listing.facets.authors["Ada"], len(listing.facets.authors)) == (1, 1, 21)
    assert len(asked) < 30


def test_what_was_not_counted_has_no_count(browse, library):
    library.paper("By one", authors=("Ada",))
    library.digest(entry("By another", authors=("Bob",)), is_indexed=False)
    listing = browse(authors=("Ada",))
    assert (listing.total, listing.facets.authors) == (1, {})


def test_the_search_without_a_part_finds_as_many_as_was_said(browse, library):
    library.paper("The quokka")
    terms = Equivalents([("marsupial", "quokka")])
    (suspect,) = browse(q="dodo marsupial", equivalents=terms).answer.suspects
    assert browse(q=suspect.rest, equivalents=terms).total == suspect.total == 1


def test_a_mistyped_word_is_said_and_marked(browse, library):
    library.paper("The quokka")
    listing = browse(q="quoka ")
    assert listing.answer.corrections == {"quoka": ("quokka",)}
    assert listing.answer.instead("Quoka now", "quoka", "quokka") == "quokka now"
    assert listing.cards[0].found_in == ["title"]


def test_words_that_mean_the_same_are_searched_unless_the_reader_says_no(browse, library):
    library.paper("The quokka")
    terms = Equivalents([("marsupial", "quokka")])
    listing = browse(q="marsupial ", equivalents=terms)
    assert titles(listing) == ["The quokka"]
    assert [(widened.typed, widened.others) for widened in listing.answer.also] == [("marsupial", ("quokka",))]
    assert titles(browse(q="marsupial ", equivalents=terms, is_literal=True)) == []


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        ({"q": "quokka "}, Sort.RELEVANCE),
        ({"q": "quokka sort:oldest"}, Sort.OLDEST),
        ({"q": "quokka sort:oldest", "sort": Sort.NEWEST}, Sort.NEWEST),
        ({"q": "date:2024"}, Sort.NEWEST),
        ({"has_code": True}, Sort.NEWEST),
        ({}, Sort.NEWEST),
    ],
)
def test_a_listing_says_in_which_order_it_is(browse, library, wanted, order):
    library.paper("The quokka")
    assert browse(**wanted).order is order


def test_venues_and_code_are_filters_and_facets(browse, library):
    library.paper("One", comment="Accepted by CVPR 2024. Code: https://github.com/a/b")
    library.paper("Two", comment="12 pages")
    assert titles(browse(venues=("CVPR 2024",))) == titles(browse(has_code=True)) == ["One"]
    facets = browse(q="has:code OR two").facets
    assert (facets.venues, facets.has) == ({"CVPR 2024": 1}, {"code": 1})


def test_a_paper_that_the_index_knows_but_the_store_does_not_is_left_out(browse, shelf, index):
    index.put([SearchDocument(999, "A shelf of another library")])
    assert set(titles(browse(q="shelf"))) == ALL


@contextmanager
def counted(database):
    """Every statement that reaches the store meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("words", ["", "shelf"], ids=["list", "search"])
def test_a_page_takes_the_same_number_of_queries_however_many_papers_it_has(browse, library, database, words):
    def some(first, last):
        return [
            entry(f"Paper {n} of the shelf", authors=(f"Author {n}", "Ada"), tags=(f"tag {n}", "x"), figures=FIGURE)
            for n in range(first, last)
        ]

    library.digest(*some(0, 2))
    with counted(database) as few:
        assert len(browse(q=words).cards) == 2
    for topic in ("3DGS", "NeRF", "SLAM"):
        library.digest(*some(0, 60), topic=topic)
    with counted(database) as many:
        assert len(browse(q=words).cards) == 25
    assert len(many) == len(few) <= 16


@pytest.mark.parametrize(("title", "passages"), [("The quokka", ["abstract"]), ("A title", ["abstract", "analysis"])])
def test_a_card_that_shows_the_words_anyway_has_one_passage_more_any_other_two(browse, library, title, passages):
    library.paper(title, abstract="A quokka.", analysis="Here stands the quokka.")
    assert [snippet.field for snippet in browse(q="quokka ").cards[0].snippets] == passages


@BOTH_STORES
@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.TITLE])
def test_far_pages_are_those_that_the_store_would_give_until_the_library_changes(database, index, library, sort):
    for day in (6, 7):
        papers = [entry(f"Paper {(7 * number) % 1009:04} of {day}") for number in range(FAR // 2 + 30)]
        library.digest(*papers, day=f"2024-12-{day:02}")
    orders = catalog.Orders()

    def ids(page, orders):
        with database.read() as session:
            wanted = PaperFilter(sort=sort, page=page)
            return catalog.list_papers(session, index, wanted, 100, orders=orders).paper_ids

    pages = [ids(page, None) for page in range(1, 13)]
    assert list(map(len, pages)) == [100] * 10 + [60, 0]
    assert [ids(page, orders) for page in range(1, 13)] == pages
    library.paper("Another", day="2024-12-08")
    assert [ids(page, orders) for page in (11, 12)] == [ids(page, None) for page in (11, 12)] != pages[-2:]
