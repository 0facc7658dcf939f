import pytest

from app import catalog
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


def test_a_slug_goes_before_a_name_that_is_spelt_like_it(database, library):
    library.digest(entry("One"), topic="3DGS")
    library.digest(entry("Two"), topic="3dgs")
    with database.read() as session:
        slugs = {name.name: name.slug for name in catalog.list_topics(session)}
        assert catalog.find_named(session, Topic, slugs["3dgs"]).name == "3dgs"
        assert catalog.find_named(session, Topic, slugs["3DGS"]).name == "3DGS"


def test_topics_are_listed_with_their_papers_each_counted_once(database, library):
    library.digest(entry("A", arxiv_id="2412.90001"), entry("B"), topic="NeRF", day="2024-12-05")
    library.digest(entry("A", arxiv_id="2412.90001"), topic="NeRF")
    library.digest(entry("C"), topic="3DGS")
    library.digest(topic="Empty")
    with database.read() as session:
        told = [(name.name, name.papers, str(name.latest_day)) for name in catalog.list_topics(session)]
    assert told == [("NeRF", 2, "2024-12-07"), ("3DGS", 1, "2024-12-07"), ("Empty", 0, "2024-12-07")]


def test_tags_of_digests_and_of_entries_count_together_and_each_paper_once(database, library):
    library.digest(entry("A", tags=("both", "own")), entry("B"), tags=("both",))
    with database.read() as session:
        assert [(name.label, name.papers) for name in catalog.list_tags(session)] == [("both", 2), ("own", 1)]


def test_a_tag_that_begins_with_a_digit_is_read_without_its_underscore(database, library):
    library.digest(entry("A", tags=("_3D", "_private")))
    with database.read() as session:
        assert {name.label for name in catalog.list_tags(session)} == {"3D", "_private"}


def test_authors_are_listed_by_their_papers_shown_and_no_more_than_asked(database, library):
    library.digest(entry("A", authors=("Ada", "Bob")), entry("B", authors=("Ada",)), entry("C", authors=("Cyd",)))
    with database.read() as session:
        assert [(name.name, name.papers) for name in catalog.list_authors(session)] == [
            ("Ada", 2),
            ("Bob", 1),
            ("Cyd", 1),
        ]
        assert len(catalog.list_authors(session, limit=2)) == 2


def test_names_of_papers_that_no_digest_lists_any_more_are_not_counted(database, library):
    library.digest(entry("Forgotten paper", authors=("Ada",), tags=("old",)), path="/in/a.md")
    library.digest(entry("Another paper", authors=("Bob",)), path="/in/a.md")
    with database.read() as session:
        assert [name.name for name in catalog.list_authors(session)] == ["Bob"]
        assert catalog.list_tags(session) == []
