from datetime import date

import pytest

from app import catalog
from app.catalog import NameSort, PaperFilter, Period
from app.errors import NotFoundError
from app.models import Author, Tag, Topic
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES


@pytest.fixture
def _shelf(library):
    library.digest(
        entry("One", authors=("Matthias Nießner",), tags=("_3D", "虚拟/人", "C++")),
        topic="元宇宙/虚拟人",
        day="2024-12-06",
    )
    library.digest(entry("Two", authors=("张三",), tags=("_3D",)), topic="3DGS", tags=("shared",))


@pytest.mark.parametrize(
    ("table", "key", "name"),
    [
        pytest.param(Topic, "3dgs", "3DGS", id="topic by slug"),
        pytest.param(Topic, "3DGS", "3DGS", id="topic by name"),
        pytest.param(Topic, "元宇宙/虚拟人", "元宇宙/虚拟人", id="Chinese topic with a slash"),
        pytest.param(Tag, "虚拟/人", "虚拟/人", id="Chinese tag with a slash"),
        pytest.param(Tag, "_3D", "_3D", id="tag by name"),
        pytest.param(Tag, "3d", "_3D", id="tag by slug"),
        pytest.param(Tag, "C++", "C++", id="signs"),
        pytest.param(Author, "matthias-niessner", "Matthias Nießner", id="author by slug"),
        pytest.param(Author, "Matthias Nießner", "Matthias Nießner", id="author by name"),
        pytest.param(Author, "张三", "张三", id="Chinese author"),
    ],
)
@pytest.mark.usefixtures("_shelf")
def test_a_name_is_found_by_slug_and_as_it_is_written(database, table, key, name):
    with database.read() as session:
        assert catalog.find_named(session, table, key).name == name


@pytest.mark.parametrize("key", ["", "/", "nobody", "3dgs/", "%", "x" * 60_000, "'; DROP TABLE topic; --"])
@pytest.mark.usefixtures("_shelf")
def test_a_name_that_nobody_has_is_not_found(database, key):
    with database.read() as session, pytest.raises(NotFoundError):
        catalog.find_named(session, Topic, key)


@pytest.fixture
def listed(database):
    """What a list of names tells, a line a name."""

    def read(table, sort=NameSort.PAPERS, **wanted):
        with database.read() as session:
            return catalog.list_names(session, catalog.known_names(), table, sort, **wanted)

    return read


def told(found):
    return [(name.name, name.papers) for name in found.names]


def test_a_slug_goes_before_a_name_that_is_spelt_like_it(database, library, listed):
    library.digest(entry("One"), topic="3DGS")
    library.digest(entry("Two"), topic="3dgs")
    slugs = {name.name: name.slug for name in listed(Topic).names}
    with database.read() as session:
        assert catalog.find_named(session, Topic, slugs["3dgs"]).name == "3dgs"
        assert catalog.find_named(session, Topic, slugs["3DGS"]).name == "3DGS"


def test_topics_are_listed_with_their_papers_each_counted_once(library, listed):
    library.digest(entry("A", arxiv_id="2412.90001"), entry("B"), topic="NeRF", day="2024-12-05")
    library.digest(entry("A", arxiv_id="2412.90001"), topic="NeRF")
    library.digest(entry("C"), topic="3DGS")
    library.digest(topic="Empty")
    found = listed(Topic)
    assert told(found) == [("NeRF", 2), ("3DGS", 1), ("Empty", 0)]
    assert {name.latest_day for name in found.names} == {date(2024, 12, 7)}


def test_tags_of_digests_and_of_entries_count_together_and_each_paper_once(library, listed):
    library.digest(entry("A", tags=("both", "own")), entry("B"), tags=("both",))
    assert told(listed(Tag)) == [("both", 2), ("own", 1)]


def test_a_tag_that_begins_with_a_digit_is_read_without_its_underscore(library, listed):
    library.digest(entry("A", tags=("_3D", "_private")))
    assert {name.label for name in listed(Tag).names} == {"3D", "_private"}


def test_names_are_listed_by_papers_by_name_and_by_latest_day(library, listed):
    library.digest(entry("A", authors=("Cyd", "bob", "Ada")), entry("B", authors=("Cyd",)), day="2024-12-05")
    library.digest(entry("C", authors=("bob",)), day="2024-12-07")
    assert told(listed(Author)) == [("bob", 2), ("Cyd", 2), ("Ada", 1)]
    assert told(listed(Author, NameSort.NAME)) == [("Ada", 1), ("bob", 2), ("Cyd", 2)]
    assert told(listed(Author, NameSort.LATEST)) == [("bob", 2), ("Ada", 1), ("Cyd", 2)]


def test_names_are_found_under_their_initial_whatever_its_case_and_accents(library, listed):
    library.digest(entry("A", authors=("Ada", "Ágnes", "Bob", "张三", "山田", "Ωmega", "3D Lab")))
    found = listed(Author, NameSort.NAME)
    assert dict(found.initials) == {"a": 2, "b": 1, "zh": 2, "other": 2}
    assert list(found.initials) == ["a", "b", "zh", "other"]
    for initial, number in found.initials.items():
        assert listed(Author, initial=initial).total == number
    assert told(listed(Author, NameSort.NAME, initial="a")) == [("Ada", 1), ("Ágnes", 1)]
    assert told(listed(Author, initial="q")) == []


def test_many_names_fill_several_pages_and_none_is_listed_twice(library, listed):
    library.digest(entry("A", authors=tuple(f"Author {number:03}" for number in range(250))))
    first, second, third = (listed(Author, NameSort.NAME, page=page) for page in (1, 2, 3))
    assert (first.pages, first.total, len(first.names), len(second.names), len(third.names)) == (2, 250, 200, 50, 0)
    assert len({name.slug for name in (*first.names, *second.names)}) == 250


def test_names_of_papers_that_no_digest_lists_any_more_are_not_counted(library, listed):
    library.digest(entry("Forgotten paper", authors=("Ada",), tags=("old",)), path="/in/a.md")
    library.digest(entry("Another paper", authors=("Bob",)), path="/in/a.md")
    assert told(listed(Author)) == [("Bob", 1)]
    assert told(listed(Tag)) == []


def test_lists_are_kept_until_the_library_changes(database, library):
    known = catalog.known_names()
    library.digest(entry("A", authors=("Ada",)))
    with database.read() as session:
        first = known.of(session, Author)
        assert known.of(session, Author) is first
        assert known.of(session, Tag) is not first
    library.digest(entry("B", authors=("Bob",)))
    with database.read() as session:
        found = catalog.list_names(session, known, Author, NameSort.NAME)
    assert [name.name for name in found.names] == ["Ada", "Bob"]


SPELLINGS = ("Yi-Hua Huáng", "Yihua Huang", "YIHUA HUANG", "Ｙｉｈｕａ Huang", "Yi‐hua Huang")


def test_spellings_that_differ_only_in_accents_case_hyphens_and_widths_are_one_author(database, library, listed):
    for number, name in enumerate(SPELLINGS):
        library.digest(entry(f"Paper {number}", authors=(name,)))
    library.digest(entry("Another", authors=("Yi Hua Huang",)))
    found = listed(Author)
    assert told(found) == [("Yi-Hua Huáng", 5), ("Yi Hua Huang", 1)]
    with database.read() as session:
        for name in SPELLINGS:
            author = catalog.find_named(session, Author, name)
            assert [(one.name, one.papers) for one in catalog.spellings(session, author)] == [
                (spelling, 1) for spelling in SPELLINGS
            ]


def test_a_paper_that_has_both_spellings_counts_once(library, listed):
    library.digest(entry("A", authors=("José", "Jose")))
    assert told(listed(Author)) == [("José", 1)]


def test_a_spelling_that_no_paper_has_any_more_stands_for_nobody(database, library):
    library.digest(entry("Forgotten paper", authors=("José",)), path="/in/a.md")
    library.digest(entry("Another paper", authors=("Jose",)), path="/in/a.md")
    with database.read() as session:
        gone = catalog.find_named(session, Author, "José")
        assert [one.name for one in catalog.spellings(session, gone)] == ["Jose"]


def test_nested_tags_know_what_is_above_and_below_them(database, library):
    tags = ("nerf", "nerf/dynamic", "nerf/dynamic/fast", "nerf_2", "nerfs/x", "ner%/y", "NeRF/large", "a/" * 100 + "a")
    library.digest(entry("A", tags=tags))
    with database.read() as session:
        tag = catalog.find_named(session, Tag, "nerf/dynamic")
        assert [one.name for one in catalog.ancestors(session, tag)] == ["nerf"]
        assert [one.name for one in catalog.children(session, tag)] == ["nerf/dynamic/fast"]
        outer = catalog.find_named(session, Tag, "nerf")
        assert [one.name for one in catalog.children(session, outer)] == ["nerf/dynamic", "nerf/dynamic/fast"]
        assert catalog.ancestors(session, outer) == []
        assert catalog.ancestors(session, catalog.find_named(session, Tag, tags[-1])) == []


def test_tags_and_topics_are_suggested_whatever_case_they_are_typed_in(database, library):
    library.digest(entry("A", tags=("École", "NeRF", "书架")), topic="GÉANT")
    with database.read() as session:
        for typed, label in (("éco", "École"), ("ÉCO", "École"), ("nerf", "NeRF"), ("架", "书架")):
            assert [one.label for one in catalog.suggest_tags(session, typed)] == [label]
        assert [one.label for one in catalog.suggest_topics(session, "gé")] == ["GÉANT"]


def test_what_comes_along_with_a_name_is_counted_in_papers(database, library):
    library.digest(
        entry("A", arxiv_id="2412.90001", authors=("Ada", "Bob"), tags=("x", "y")),
        entry("B", authors=("Ada", "Böb", "Cyd"), tags=("x",)),
        topic="3DGS",
        tags=("3DGS",),
    )
    library.digest(entry("A", arxiv_id="2412.90001"), entry("C", authors=("Eve",), tags=("y",)), topic="NeRF")
    with database.read() as session:
        by_ada = catalog.company_of(session, PaperFilter(authors=("Ada",)))
        with_y = catalog.company_of(session, PaperFilter(tags=("y",)))
    assert [(one.name, one.papers) for one in by_ada.topics] == [("3DGS", 2), ("NeRF", 1)]
    assert [(one.name, one.papers) for one in by_ada.tags] == [("x", 2), ("y", 1)]
    assert [(one.spellings, one.papers) for one in by_ada.authors] == [(("Bob", "Böb"), 2), (("Cyd",), 1)]
    assert [(one.name, one.papers) for one in with_y.tags] == [("x", 1)]
    assert [(one.name, one.papers) for one in with_y.topics] == [("NeRF", 2), ("3DGS", 1)]


def test_papers_over_time_are_counted_without_gaps_as_a_filter_counts_them(database, library, index):
    for day, number in (("2024-01-31", 1), ("2024-11-30", 2), ("2024-12-01", 3)):
        library.digest(entry(f"Paper {number}", authors=("Ada",)), entry("Again", arxiv_id="2412.90001"), day=day)
    wanted = PaperFilter(topics=("3DGS",))
    with database.read() as session:
        months = catalog.papers_over_time(session, wanted)
        weeks = catalog.papers_over_time(session, wanted.but(period=Period.parse("2024-W48..2024-W49")))
        of_year = catalog.papers_over_time(session, wanted.but(period=Period.parse("2024")), "week")
        assert [str(count.period) for count in of_year if count.papers] == ["2024-W05", "2024-W48"]
        assert catalog.papers_over_time(session, PaperFilter(topics=("nobody",))) == []
        for count in (*months, *weeks):
            assert catalog.browse(session, index, wanted.but(period=count.period)).total == count.papers
    assert [str(count.period) for count in months] == [f"2024-{month:02}" for month in range(1, 13)]
    assert [count.papers for count in months] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2]
    assert [(str(count.period), count.papers) for count in weeks] == [("2024-W48", 3), ("2024-W49", 0)]
