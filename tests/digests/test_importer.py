from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app import bookmarks, catalog
from app.digests import Outcome, ParsedFigure
from app.models import Author, Digest, Entry, EntryTag, Paper, PaperVersion
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES


def counts(database, *tables):
    with database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def shown(database, paper_id):
    with database.read() as session:
        return catalog.find_paper(session, session.get_one(Paper, paper_id).key)


def test_a_digest_brings_its_papers_with_authors_in_order(library, database):
    paper_id = library.paper("Shelving at scale", authors=("B. Brown", "A. Adams"), abstract="We shelve.")
    paper = shown(database, paper_id)
    assert paper.shown.title == "Shelving at scale"
    assert [author.name for author in paper.shown.authors] == ["B. Brown", "A. Adams"]
    assert paper.shown.abstract == "We shelve."


def test_an_author_may_be_named_twice(library, database):
    paper = shown(database, library.paper(authors=("A. Adams", "A. Adams")))
    assert [author.name for author in paper.shown.authors] == ["A. Adams", "A. Adams"]


def test_the_same_arxiv_id_in_two_digests_is_one_paper_with_two_entries(library, database):
    first = library.paper("A title", arxiv_id="2412.90001", version=1, topic="3DGS", summary="One")
    second = library.paper("A title", arxiv_id="2412.90001", version=1, topic="NeRF", summary="Two")
    assert first == second
    assert {found.summary for found in shown(database, first).entries} == {"One", "Two"}


def test_a_paper_shows_its_highest_version_whatever_came_last(library, database):
    paper_id = library.paper("The new title", arxiv_id="2412.90001", version=3, authors=("New Author",))
    library.paper("The old title", arxiv_id="2412.90001", version=1, authors=("Old Author",))
    paper = shown(database, paper_id)
    assert paper.shown.title == "The new title"
    assert [author.name for author in paper.shown.authors] == ["New Author"]
    assert [version.number for version in paper.versions] == [1, 3]


def test_the_first_digest_tells_a_version_and_later_ones_only_fill_what_is_missing(library, database):
    paper_id = library.paper("Told first", arxiv_id="2412.90001", version=1)
    library.paper("Told later", arxiv_id="2412.90001", version=1, abstract="The abstract", authors=("A. Adams",))
    paper = shown(database, paper_id)
    assert paper.shown.title == "Told first"
    assert paper.shown.abstract == "The abstract"
    assert [author.name for author in paper.shown.authors] == ["A. Adams"]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        pytest.param({}, {}, True, id="neither names authors"),
        pytest.param({"authors": ("A. Adams",)}, {}, True, id="only one names authors"),
        pytest.param({"authors": ("A. Adams", "B. B")}, {"authors": ("a. ádams",)}, True, id="a common author"),
        pytest.param({"authors": ("A. Adams",)}, {"authors": ("C. Clark",)}, False, id="other authors"),
        pytest.param({"arxiv_id": "2412.90001"}, {"arxiv_id": "2412.90002"}, False, id="two ids"),
        pytest.param({"arxiv_id": "2412.90001"}, {}, True, id="the id is known first"),
        pytest.param({}, {"arxiv_id": "2412.90001"}, True, id="the id is known later"),
        pytest.param({"doi": "10.1/a"}, {"doi": "10.1/b"}, False, id="two DOIs"),
        pytest.param({"doi": "10.1/a", "authors": ("A",)}, {"doi": "10.1/a", "authors": ("B",)}, True, id="one DOI"),
        pytest.param({"doi": "10.1/a"}, {"arxiv_id": "2412.90001"}, True, id="one has a DOI, the other an id"),
    ],
)
def test_the_same_title_is_the_same_paper_unless_something_speaks_against_it(library, first, second, is_same):
    one = library.paper("On the Shelving of Papers", **first)
    other = library.paper("On  the shelving of papers.", **second)
    assert (one == other) is is_same


def test_the_same_doi_is_the_same_paper_whatever_the_title(library):
    assert library.paper("A first title of it", doi="10.1/a") == library.paper("Another title of it", doi="10.1/a")


def test_a_title_that_says_nothing_joins_no_papers(library):
    assert library.paper("Overview") != library.paper("Overview")


def test_a_paper_that_gets_an_id_keeps_its_old_address(library, database):
    paper_id = library.paper("On the Shelving of Papers")
    old = library.key(paper_id)
    library.paper("On the Shelving of Papers", arxiv_id="2412.90001")
    assert library.key(paper_id) == "2412.90001"
    with database.read() as session:
        assert catalog.find_paper(session, old).id == paper_id


def test_two_papers_of_one_title_get_two_addresses(library):
    first = library.paper("On the Shelving of Papers", authors=("A. Adams",))
    second = library.paper("On the Shelving of Papers", authors=("C. Clark",))
    assert library.key(first) == "on-the-shelving-of-papers"
    assert library.key(second) == "on-the-shelving-of-papers-2"


def test_a_paper_listed_twice_in_a_digest_has_two_entries_there(library, database):
    twice = entry("Twice", arxiv_id="2412.90001", version=1)
    library.digest(twice, entry("Once", arxiv_id="2412.90002"), twice)
    assert counts(database, Paper, PaperVersion, Entry) == [2, 2, 3]


def test_a_digest_without_papers_is_kept(library, database):
    assert library.digest().entries == 0
    assert counts(database, Digest, Paper) == [1, 0]


def test_a_changed_file_updates_its_digest_in_place(library, database):
    before = library.digest(entry("First paper of all", summary="old"), entry("Gone"), path="/in/a.md")
    after = library.digest(entry("New paper"), entry("First paper of all", summary="new"), path="/in/a.md")
    assert after.outcome is Outcome.UPDATED
    assert after.digest_id == before.digest_id
    with database.read() as session:
        digest = catalog.find_digest(session, after.digest_id)
        assert [(found.version.title, found.summary) for found in digest.entries] == [
            ("New paper", ""),
            ("First paper of all", "new"),
        ]


def test_an_entry_keeps_its_row_through_a_change_of_its_digest(library, database):
    library.digest(entry("First paper of all"), entry("Second paper of all"), path="/in/a.md")
    with database.read() as session:
        before = {found.paper_id: found.id for found in session.scalars(select(Entry))}
    library.digest(entry("Second paper of all"), entry("First paper of all"), path="/in/a.md")
    with database.read() as session:
        assert {found.paper_id: found.id for found in session.scalars(select(Entry))} == before


def test_a_correction_in_the_digest_that_told_a_version_corrects_the_version(library, database):
    library.digest(entry("Teh title", arxiv_id="2412.90001", version=1), path="/in/a.md")
    library.digest(entry("The title", arxiv_id="2412.90001", version=1), path="/in/a.md")
    assert counts(database, Paper, PaperVersion) == [1, 1]
    with database.read() as session:
        assert session.scalars(select(PaperVersion.title)).one() == "The title"


def test_a_bookmark_survives_the_change_of_its_digest_even_if_the_paper_is_gone_from_it(library, database):
    user = library.user()
    library.digest(entry("First paper of all"), path="/in/a.md")
    with database.write() as session:
        paper_id = session.scalars(select(Paper.id)).one()
        bookmarks.set_bookmarked(session, user, paper_id, True)
    library.digest(entry("Another paper"), path="/in/a.md")
    with database.read() as session:
        assert bookmarks.bookmarked_page(session, user, 1, 10) == ([paper_id], 1)
        assert catalog.find_paper(session, library.key(paper_id)).shown.title == "First paper of all"


def test_a_paper_that_no_digest_lists_is_in_no_list_and_not_found(library, database, index):
    library.digest(entry("Forgotten paper"), path="/in/a.md")
    library.digest(entry("Another paper"), path="/in/a.md")
    with database.read() as session:
        for wanted in (catalog.PaperFilter(), catalog.PaperFilter(q="paper")):
            assert [card.paper.title for card in catalog.browse(session, index, wanted).cards] == ["Another paper"]


def test_a_version_that_no_digest_tells_any_more_is_not_shown(library, database):
    library.paper("Right", arxiv_id="2412.90001", version=1)
    library.digest(entry("Mistyped version", arxiv_id="2412.90001", version=9), path="/in/a.md")
    library.digest(entry("Right", arxiv_id="2412.90001", version=1), path="/in/a.md")
    with database.read() as session:
        assert catalog.find_paper(session, "2412.90001").shown.number == 1


def test_a_later_revision_of_a_note_updates_it_from_wherever_it_comes(library):
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    first = library.digest(entry("One"), path="/in/a.md", note_id="n1", revised_at=early)
    second = library.digest(entry("One"), entry("Two"), path="/in/b.md", note_id="n1", revised_at=late)
    assert (second.outcome, second.digest_id) == (Outcome.UPDATED, first.digest_id)


def test_an_earlier_revision_of_a_note_arriving_late_changes_nothing(library, database):
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    library.digest(entry("One"), entry("Two"), path="/in/b.md", note_id="n1", revised_at=late)
    result = library.digest(entry("One"), path="/in/a.md", note_id="n1", revised_at=early)
    assert result.outcome is Outcome.UNCHANGED
    assert "earlier revision" in result.note
    assert counts(database, Digest, Entry) == [1, 2]


def test_tags_and_figures_of_an_entry_follow_a_change(library, database):
    figures = (ParsedFigure("https://figures.example/1.png"), ParsedFigure("https://figures.example/2.png"))
    library.digest(entry("A long enough title", tags=("nerf", "gs"), figures=figures), path="/in/a.md")
    library.digest(entry("A long enough title", tags=("gs", "_3D"), figures=figures[1:]), path="/in/a.md")
    loaded = select(Entry).options(selectinload(Entry.tags).selectinload(EntryTag.tag), selectinload(Entry.figures))
    with database.read() as session:
        found = session.scalars(loaded).one()
        assert [tag.tag.name for tag in found.tags] == ["gs", "_3D"]
        assert [figure.url for figure in found.figures] == ["https://figures.example/2.png"]


def test_spellings_of_an_author_are_kept_apart_with_addresses_of_their_own(library, database):
    library.paper(authors=("Matthias Nießner", "Matthias Niessner"))
    with database.read() as session:
        slugs = set(session.scalars(select(Author.slug)))
    assert slugs == {"matthias-niessner", "matthias-niessner-2"}


def test_an_import_that_fails_halfway_leaves_nothing_behind(library, database):
    broken = entry("Second")
    object.__setattr__(broken, "first_line", None)  # the store refuses an entry without its place
    with pytest.raises(IntegrityError):
        library.digest(entry("First"), broken)
    assert counts(database, Digest, Paper, Entry) == [0, 0, 0]
