"""Merging and splitting papers, and taking it back: nothing is lost, and nothing is left over."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import select

from app import bookmarks, catalog, digests
from app.catalog import PaperFilter
from app.errors import InvalidInputError, NotFoundError
from app.models import Author, Authorship, Bookmark, Entry, EntryPin, MergedPaper, Paper, PaperVersion, Topic
from tests.conftest import BOTH_STORES, entry

TITLE = "On the Shelving of Papers"
AT = datetime(2024, 12, 8, tzinfo=UTC)


def decide(library, what, *papers, **fields):
    """Merge the second paper into the first, or tell the two apart."""
    with library.database.write() as session:
        decision = what(session, *(session.get_one(Paper, paper_id) for paper_id in papers), **fields)
    catalog.sync_index(library.database, library.index)
    return decision.id


def merge(library, keep, other):
    return decide(library, digests.merge, keep, other)


def split(library, *entry_ids, into=None):
    with library.database.write() as session:
        entries = [session.get_one(Entry, entry_id) for entry_id in entry_ids]
        decision = digests.split(session, entries, session.get_one(Paper, into) if into else None)
    catalog.sync_index(library.database, library.index)
    return decision.id, decision.other_id


def undo(library, decision_id=None):
    with library.database.write() as session:
        digests.undo(session, digests.find_decision(session, decision_id))
    catalog.sync_index(library.database, library.index)


def papers_of(library, digest_id):
    with library.database.read() as session:
        return list(session.scalars(select(Entry.paper_id).filter_by(digest_id=digest_id).order_by(Entry.position)))


def entries_of(library, paper_id):
    with library.database.read() as session:
        return list(session.scalars(select(Entry.id).filter_by(paper_id=paper_id).order_by(Entry.id)))


def find(library, key):
    with library.database.read() as session:
        return catalog.find_paper(session, key)


def state(library):
    """All that a decision could touch, and what readers get of it."""
    with library.database.read() as session:
        return {**rows(library), "export": list(digests.export_digests(session))}


def rows(library):
    """All that a decision could touch; versions by their words, for a copied row may have another id."""
    with library.database.read() as session:
        papers = session.execute(
            select(Paper.id, Paper.arxiv_id, Paper.doi, Paper.slug, Paper.first_day, Paper.latest_day)
        )
        versions = session.scalars(select(PaperVersion)).all()
        authors: dict[int, list] = {version.id: [] for version in versions}
        named = select(Authorship.version_id, Author.name).join(Authorship.author)
        for version_id, name in session.execute(named.order_by(Authorship.version_id, Authorship.position)):
            authors[version_id].append(name)
        fields = ("paper_id", "number", "is_shown", "digest_id", "title", "title_key", "abstract", "comment")
        words = {
            version.id: (*(getattr(version, field) for field in fields), *authors[version.id]) for version in versions
        }
        entries = select(Entry.id, Entry.paper_id, Entry.position, Entry.summary, Entry.version_id)
        return {
            "papers": sorted(map(tuple, papers), key=str),
            "versions": sorted(words.values(), key=str),
            "entries": sorted((*row[:-1], words[row[-1]]) for row in session.execute(entries)),
            "bookmarks": sorted(
                (mark.user_id, mark.paper_id, mark.created_at) for mark in session.scalars(select(Bookmark))
            ),
            "pins": sorted(map(tuple, session.execute(select(EntryPin.paper_id, EntryPin.title_key)))),
            "merged": sorted(map(tuple, session.execute(select(MergedPaper.paper_id, MergedPaper.into_id)))),
        }


@pytest.fixture
def two(library):
    """Two papers of one title that two digests list, with different ids."""
    return (
        library.paper(TITLE, arxiv_id="2412.90001", version=1, authors=("A. Adams",), summary="One"),
        library.paper(TITLE, arxiv_id="2412.90002", version=1, abstract="Told", summary="Two", topic="NeRF"),
    )


@BOTH_STORES
class TestMerging:
    def test_all_entries_are_the_kept_papers_and_what_its_version_lacked_is_filled(self, library, two):
        merge(library, *two)
        paper = find(library, "2412.90001")
        assert {found.summary for found in paper.entries} == {"One", "Two"}
        assert paper.shown.abstract == "Told"
        assert [author.name for author in paper.shown.authors] == ["A. Adams"]

    def test_a_version_that_the_kept_paper_has_not_is_copied_and_the_highest_is_shown(self, library):
        keep = library.paper(TITLE, arxiv_id="2412.90001", version=1)
        other = library.paper("Another title of it", arxiv_id="2412.90002", version=2, authors=("B. Brown",))
        merge(library, keep, other)
        paper = find(library, "2412.90001")
        assert [(version.number, version.is_shown) for version in paper.versions] == [(1, False), (2, True)]
        assert paper.shown.title == "Another title of it"
        assert [author.name for author in paper.shown.authors] == ["B. Brown"]

    def test_the_old_names_lead_to_the_kept_paper(self, library):
        keep = library.paper(TITLE, arxiv_id="2412.90001")
        other = library.paper("Another title of it")
        merge(library, keep, other)
        assert find(library, "another-title-of-it").id == keep

    def test_the_merged_paper_is_out_of_search_lists_and_counts(self, library, two, database, index):
        merge(library, *two)
        with database.read() as session:
            known = catalog.known_names()
            for table, papers in ((Topic, [1, 1]), (Author, [1])):
                rows = catalog.list_names(session, known, table, catalog.NameSort.PAPERS).names
                assert [row.papers for row in rows] == papers
            listed = catalog.browse(session, index, PaperFilter())
            found = catalog.browse(session, index, PaperFilter(q="shelving"))
            assert [card.paper.id for card in listed.cards] == [two[0]]
            assert [card.paper.id for card in found.cards] == [two[0]]
            assert catalog.index_status(session, index).is_in_step
        assert index.held().whole == {two[0]}

    def test_a_bookmark_moves_and_who_keeps_both_keeps_one(self, library, two, database):
        ada, bob = library.user("Ada"), library.user("Bob")
        with database.write() as session:
            for user, paper_id in ((ada, two[0]), (ada, two[1]), (bob, two[1])):
                bookmarks.set_bookmarked(session, user, paper_id, True, AT)
        before = state(library)
        merge(library, *two)
        assert [mark[:2] for mark in state(library)["bookmarks"]] == [(ada.id, two[0]), (bob.id, two[0])]
        undo(library)
        assert state(library) == before

    def test_a_bookmark_let_go_meanwhile_does_not_come_back(self, library, two, database):
        ada = library.user("Ada")
        with database.write() as session:
            bookmarks.set_bookmarked(session, ada, two[1], True)
        merge(library, *two)
        with database.write() as session:
            bookmarks.set_bookmarked(session, ada, two[0], False)
        undo(library)
        assert state(library)["bookmarks"] == []

    def test_a_paper_without_an_id_is_known_by_the_id_of_the_one_merged_into_it(self, library):
        keep, other = library.paper(TITLE), library.paper("Another title of it", arxiv_id="2412.90002", doi="10.1/a")
        before = state(library)
        merge(library, keep, other)
        assert library.key(keep) == "2412.90002"
        assert library.paper("A third title", arxiv_id="2412.90002", topic="NeRF") == keep
        assert library.paper("On the Shelving of Papers", arxiv_id="2412.90009") != keep
        undo(library)
        assert {row[0]: row[1:3] for row in state(library)["papers"]}[other] == ("2412.90002", "10.1/a")
        assert len(entries_of(library, other)) == 2
        assert before["papers"][0] == state(library)["papers"][0]

    def test_chains_are_cut_and_mended(self, library):
        first, second, third = (library.paper(f"Shelving number {n}", arxiv_id=f"2412.9000{n}") for n in (1, 2, 3))
        merge(library, second, first)
        before = state(library)
        merge(library, third, second)
        assert state(library)["merged"] == [(first, third), (second, third)]
        assert find(library, "2412.90001").id == third
        late = library.digest(entry("Late", arxiv_id="2412.90001", first_line=7))
        undo(library)
        assert find(library, "2412.90001").id == second
        assert papers_of(library, late.digest_id) == [second]
        undo(library)
        assert papers_of(library, late.digest_id) == [first]
        assert before["merged"] == [(first, second)]

    @pytest.mark.parametrize("pair", [(0, 0), (0, 1), (1, 0)])
    def test_what_was_merged_is_not_merged_again(self, library, two, pair):
        merge(library, *two)
        with pytest.raises(InvalidInputError):
            merge(library, two[pair[0]], two[pair[1]])

    def test_nothing_is_merged_into_a_paper_that_no_digest_lists(self, library):
        library.digest(entry(TITLE, arxiv_id="2412.90001"), path="/in/a.md")
        library.digest(entry("Another title of it", arxiv_id="2412.90002"), path="/in/a.md")
        with pytest.raises(InvalidInputError, match="No digest lists"):
            merge(library, find(library, "2412.90001").id, find(library, "2412.90002").id)


@BOTH_STORES
class TestImportingAfterAMerge:
    @pytest.mark.parametrize(
        "told",
        [
            pytest.param({"title": "Whatever it says", "arxiv_id": "2412.90002"}, id="id"),
            pytest.param({"title": "Whatever it says", "doi": "10.1/b"}, id="doi"),
            pytest.param({"title": "Another title of it", "authors": ("B. Brown",)}, id="title"),
        ],
    )
    def test_what_names_the_merged_paper_comes_to_the_kept_one_and_goes_back_with_it(self, library, told):
        keep = library.paper(TITLE, arxiv_id="2412.90001", version=1, authors=("A. Adams",))
        other = library.paper(
            "Another title of it", arxiv_id="2412.90002", doi="10.1/b", version=1, authors=("B. Brown",)
        )
        merge(library, keep, other)
        late = library.digest(entry(**told, first_line=5), topic="NeRF")
        assert papers_of(library, late.digest_id) == [keep]
        undo(library)
        assert papers_of(library, late.digest_id) == [other]

    def test_a_digest_of_both_can_be_imported_again_in_another_order(self, library):
        one = entry("The first of the two", arxiv_id="2412.90001", summary="One", first_line=3)
        two = entry("The second of the two", arxiv_id="2412.90002", summary="Two", first_line=9)
        digest_id = library.digest(one, two, path="/in/a.md").digest_id
        keep, other = papers_of(library, digest_id)
        merge(library, keep, other)
        library.digest(two, one, path="/in/a.md")
        assert papers_of(library, digest_id) == [keep, keep]
        undo(library)
        assert papers_of(library, digest_id) == [other, keep]

    def test_a_correction_made_meanwhile_stays_with_the_words_it_corrects(self, library):
        keep = library.paper(TITLE, arxiv_id="2412.90001", version=1)
        library.digest(entry("Teh second title", arxiv_id="2412.90002", version=2, first_line=4), path="/in/a.md")
        other = find(library, "2412.90002").id
        merge(library, keep, other)
        library.digest(entry("The second title", arxiv_id="2412.90002", version=2, first_line=4), path="/in/a.md")
        assert find(library, "2412.90002").shown.title == "The second title"
        undo(library)
        assert find(library, "2412.90002").shown.title == "The second title"
        assert find(library, "2412.90001").shown.title == TITLE


@BOTH_STORES
class TestSplitting:
    def test_an_entry_becomes_a_paper_of_its_own_and_stays_one(self, library):
        library.paper(TITLE, summary="One")
        wrong = library.digest(entry(TITLE, summary="Two", first_line=4), path="/in/a.md", topic="NeRF")
        paper_id = papers_of(library, wrong.digest_id)[0]
        _, new = split(library, entries_of(library, paper_id)[1])
        assert library.key(new) == "on-the-shelving-of-papers-2"
        again = library.digest(entry(TITLE, summary="Two, corrected", first_line=5), path="/in/a.md", topic="NeRF")
        assert papers_of(library, again.digest_id) == [new]
        assert library.paper(TITLE, summary="Three") == paper_id

    def test_an_id_goes_along_if_only_the_entries_that_leave_state_it(self, library):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, arxiv_id="2412.90001", topic="NeRF")
        before = state(library)
        _, new = split(library, entries_of(library, paper_id)[1])
        assert (library.key(paper_id), library.key(new)) == ("on-the-shelving-of-papers", "2412.90001")
        undo(library)
        assert state(library) == before

    def test_an_id_stays_where_it_is_stated_still(self, library):
        paper_id = library.paper(TITLE, arxiv_id="2412.90001", topic="3DGS")
        library.paper(TITLE, arxiv_id="2412.90001", topic="NeRF")
        _, new = split(library, entries_of(library, paper_id)[1])
        assert library.key(paper_id) == "2412.90001"
        assert library.key(new) == "on-the-shelving-of-papers"

    def test_a_paper_that_loses_its_id_is_given_a_slug(self, library):
        library.paper(TITLE, arxiv_id="2412.90001", topic="3DGS")
        paper_id = library.paper(TITLE, topic="NeRF")
        before = state(library)
        _, new = split(library, entries_of(library, paper_id)[0])
        assert library.key(new) == "2412.90001"
        assert library.key(paper_id).startswith("on-the-shelving-of-papers")
        undo(library)
        assert state(library) == before

    def test_versions_that_nobody_tells_any_more_are_forgotten_and_come_back(self, library):
        paper_id = library.paper(TITLE, arxiv_id="2412.90001", version=1, authors=("A. Adams",))
        library.paper("A newer title of it", arxiv_id="2412.90001", version=2, abstract="New", authors=("B. Brown",))
        before = state(library)
        _, new = split(library, entries_of(library, paper_id)[1])
        assert find(library, library.key(paper_id)).shown.title == TITLE
        assert find(library, library.key(new)).shown.title == "A newer title of it"
        undo(library)
        assert state(library) == before

    def test_entries_can_go_to_another_paper(self, library):
        paper_id = library.paper(TITLE, arxiv_id="2412.90001", version=1)
        wrong = library.digest(entry("It", arxiv_id="2412.90001", version=1), path="/in/a.md", topic="NeRF")
        right = library.paper("The right paper for it", arxiv_id="2412.90002", version=1)
        before = state(library)
        split(library, entries_of(library, paper_id)[1], into=right)
        assert papers_of(library, wrong.digest_id) == [right]
        again = library.digest(
            entry("It again", arxiv_id="2412.90001", version=1), path="/in/a.md", topic="NeRF", title="Changed"
        )
        assert papers_of(library, again.digest_id) == [right]
        undo(library)
        assert papers_of(library, again.digest_id) == [paper_id]
        assert state(library)["papers"] == before["papers"]

    def test_an_entry_that_gets_its_id_later_stays_with_the_paper_it_was_split_off_to(self, library):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.digest(entry(TITLE, first_line=4), path="/in/a.md", topic="NeRF")
        _, new = split(library, entries_of(library, paper_id)[1])
        library.digest(entry(TITLE, arxiv_id="2412.90007", first_line=4), path="/in/a.md", topic="NeRF")
        assert library.key(new) == "2412.90007"
        assert library.key(paper_id) == "on-the-shelving-of-papers"

    def test_twins_in_one_digest_go_together(self, library):
        paper_id = library.paper(TITLE, arxiv_id="2412.90001")
        twice = entry(TITLE, arxiv_id="2412.90001")
        digest_id = library.digest(twice, twice, topic="NeRF").digest_id
        _, new = split(library, entries_of(library, paper_id)[1])
        assert papers_of(library, digest_id) == [new, new]

    def test_not_all_entries_can_be_split_off(self, library, two):
        with pytest.raises(InvalidInputError, match="all the entries"):
            split(library, *entries_of(library, two[0]))
        with pytest.raises(InvalidInputError, match="all of one paper"):
            split(library, *entries_of(library, two[0]), *entries_of(library, two[1]))
        with pytest.raises(InvalidInputError, match="one or more"):
            split(library)

    def test_who_kept_the_new_paper_keeps_the_old_one_when_it_is_gone(self, library, database):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, topic="NeRF")
        _, new = split(library, entries_of(library, paper_id)[1])
        ada = library.user("Ada")
        with database.write() as session:
            bookmarks.set_bookmarked(session, ada, new, True)
        undo(library)
        assert [mark[:2] for mark in state(library)["bookmarks"]] == [(ada.id, paper_id)]

    def test_an_entry_split_off_twice_goes_back_step_by_step(self, library):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, topic="NeRF")
        library.paper(TITLE, topic="SLAM")
        entries = entries_of(library, paper_id)
        start = state(library)
        _, new = split(library, *entries[1:])
        between = state(library)
        split(library, entries[2])
        undo(library)
        assert state(library) == between
        assert {pin[0] for pin in between["pins"]} == {new}
        undo(library)
        assert state(library) == start


@BOTH_STORES
def test_a_paper_split_off_can_be_merged_and_both_be_undone(library):
    paper_id = library.paper(TITLE, topic="3DGS")
    library.digest(entry(TITLE, first_line=4), path="/in/a.md", topic="NeRF")
    start = state(library)
    third = library.paper("A third paper of all", arxiv_id="2412.90003")
    _, new = split(library, entries_of(library, paper_id)[1])
    merge(library, third, new)
    again = library.digest(entry(TITLE, first_line=5), path="/in/a.md", topic="NeRF")
    assert papers_of(library, again.digest_id) == [third]
    undo(library)
    assert papers_of(library, again.digest_id) == [new]
    undo(library)
    assert papers_of(library, again.digest_id) == [paper_id]
    assert state(library)["papers"][0] == start["papers"][0]


SAMPLE = """---
title: Shelves of the week
date: 2024-12-07
---
## Shelving with lanterns
- <https://arxiv.org/abs/2412.90001>

Lanterns help.

## Sorting by the moon
- <https://arxiv.org/abs/2412.90001>

The moon helps.
"""


def test_a_paper_split_off_says_what_its_own_digest_says_of_it(library, database, tmp_path):
    (tmp_path / "week.md").write_text(SAMPLE, encoding="utf-8")
    (origin,) = digests.find_files([tmp_path / "week.md"])
    assert digests.import_file(database, origin).entries == 2
    paper = find(library, "2412.90001")
    first = min(paper.entries, key=lambda found: found.position)
    _, new = split(library, first.id)
    titles = {find(library, key).shown.title for key in ("2412.90001", library.key(new))}
    assert titles == {"Shelving with lanterns", "Sorting by the moon"}
    assert find(library, library.key(new)).shown.title == "Shelving with lanterns"
    (tmp_path / "week.md").write_text(f"{SAMPLE}\nMore.\n", encoding="utf-8")
    assert digests.import_file(database, origin).status == "updated"
    assert len(entries_of(library, new)) == len(entries_of(library, paper.id)) == 1


@BOTH_STORES
class TestUndoing:
    def test_the_newest_can_be_undone_and_an_older_one_not_before_it(self, library):
        papers = [library.paper(f"Shelving number {n}", arxiv_id=f"2412.9000{n}") for n in range(5)]
        first = merge(library, papers[0], papers[1])
        apart = merge(library, papers[3], papers[4])
        second = merge(library, papers[0], papers[2])
        with pytest.raises(InvalidInputError, match=f"Decision {second} was made later"):
            undo(library, first)
        undo(library, apart)
        undo(library)
        undo(library, first)
        with pytest.raises(InvalidInputError, match="undone already"):
            undo(library, first)
        with pytest.raises(NotFoundError):
            undo(library)
        with pytest.raises(NotFoundError):
            undo(library, 99)

    def test_the_index_finds_both_again(self, library, two, index):
        merge(library, *two)
        undo(library)
        assert index.held().whole == set(two)

    def test_words_filled_in_go_though_their_version_was_forgotten_and_came_back(self, library):
        keep = library.paper(TITLE, arxiv_id="2412.90001", version=2)
        library.paper(TITLE, arxiv_id="2412.90001", topic="NeRF")
        other = library.paper("Another title of it", version=2, abstract="Told")
        start = state(library)
        merge(library, keep, other)
        merged = state(library)
        split(library, *entries_of(library, keep)[::2])
        undo(library)
        assert state(library) == merged
        undo(library)
        assert state(library) == start

    def test_a_version_that_came_later_under_the_row_of_a_copy_is_let_be(self, library):
        keep = library.paper(TITLE, arxiv_id="2412.90001")
        library.digest(entry("Second", arxiv_id="2412.90002", version=2, first_line=4), path="/in/a.md", topic="NeRF")
        merge(library, keep, find(library, "2412.90002").id)
        library.digest(path="/in/a.md", topic="NeRF")
        late = library.digest(entry("A third paper of all", arxiv_id="2412.90003"))
        undo(library)
        assert find(library, "2412.90003").shown.digest_id == late.digest_id


FIELDS = strategies.fixed_dictionaries(
    {
        "number": strategies.integers(0, 3),
        "version": strategies.sampled_from([None, 1, 2]),
        "topic": strategies.sampled_from(["3DGS", "NeRF", "SLAM"]),
        "abstract": strategies.sampled_from(["", "We shelve."]),
        "comment": strategies.sampled_from(["", "12 pages"]),
        "authors": strategies.sampled_from([(), ("A. Adams",), ("A. Adams", "B. Brown")]),
        "doi": strategies.sampled_from([None, "10.1/a", "10.1/b"]),
    }
)
STEPS = strategies.lists(
    strategies.tuples(strategies.booleans(), strategies.integers(0, 9), strategies.integers(0, 9)),
    min_size=1,
    max_size=5,
)


@BOTH_STORES
def test_any_decisions_undone_one_by_one_leave_the_library_as_it_was(library, database):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(told=strategies.lists(FIELDS, min_size=3, max_size=8), steps=STEPS)
    def check(told, steps):
        _empty(database)
        for fields in told:
            _tell(library, dict(fields))
        start, states = state(library), []
        for is_merge, one, other in steps:
            before = rows(library)
            if _take_step(database, is_merge, one, other):
                states.append(before)
        for before in reversed(states):
            with database.write() as session:
                digests.undo(session, digests.find_decision(session))
            assert rows(library) == before
        assert state(library) == start

    check()


def _tell(library, fields):
    number = fields.pop("number")
    arxiv_id = f"2412.9000{number}" if number else None
    told = entry(f"Shelving, part {number % 2}", arxiv_id=arxiv_id, **fields_of(fields))
    library.digest(told, topic=fields["topic"], is_indexed=False)


def fields_of(fields):
    return {name: value for name, value in fields.items() if name != "topic"}


def _take_step(database, is_merge, one, other):
    """Whether the decision could be made."""
    try:
        with database.write() as session:
            entries = session.scalars(select(Entry).order_by(Entry.id)).all()
            first, second = entries[one % len(entries)], entries[other % len(entries)]
            papers = [session.get_one(Paper, found.paper_id) for found in (first, second)]
            if is_merge:
                digests.merge(session, *papers)
            else:
                digests.split(session, [first], papers[1] if papers[0].id != papers[1].id else None)
    except InvalidInputError:
        return False
    return True


def _empty(database):
    from app.db import Base

    with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


@BOTH_STORES
class TestOffers:
    def offered(self, library):
        with library.database.read() as session:
            found, total = digests.offers(session)
            assert total == len(found)
            return [{paper.id for paper in offer.papers} for offer in found]

    def test_separate_papers_of_one_title_are_offered_and_not_merged(self, library, two):
        library.paper("Another title of it")
        authors = [library.paper("Of one name only", authors=(name,)) for name in ("A. Adams", "C. Clark")]
        assert self.offered(library) == [set(authors), set(two)]

    def test_a_short_title_offers_nothing(self, library):
        library.paper("Overview")
        library.paper("Overview")
        assert self.offered(library) == []

    def test_the_paper_with_an_id_is_the_one_to_keep(self, library, database):
        library.paper(TITLE, authors=("A. Adams",))
        known = library.paper(TITLE, authors=("C. Clark",), arxiv_id="2412.90001")
        with database.read() as session:
            ((offer,), _) = digests.offers(session)
            assert offer.papers[0].id == known

    def test_what_was_decided_is_offered_no_more_until_it_is_undone(self, library, two):
        apart = decide(library, digests.keep_apart, *two)
        assert decide(library, digests.keep_apart, *reversed(two)) == apart
        assert self.offered(library) == []
        undo(library, apart)
        assert self.offered(library) == [set(two)]
        merge(library, *two)
        assert self.offered(library) == []

    def test_a_paper_merged_with_one_it_was_told_apart_from_is_offered_with_a_third(self, library, two):
        third = library.paper(TITLE, arxiv_id="2412.90003")
        decide(library, digests.keep_apart, *two)
        merge(library, *two)
        assert self.offered(library) == [{two[0], third}]

    def test_of_three_only_those_not_told_apart_are_offered(self, library, two):
        third = library.paper(TITLE, arxiv_id="2412.90003")
        decide(library, digests.keep_apart, two[0], third)
        assert self.offered(library) == [{*two, third}]
        decide(library, digests.keep_apart, two[1], third)
        assert self.offered(library) == [set(two)]
        merge(library, *two)
        assert self.offered(library) == []

    def test_what_was_split_is_not_offered_for_merging(self, library):
        paper_id = library.paper(TITLE, topic="3DGS")
        library.paper(TITLE, topic="NeRF")
        split(library, entries_of(library, paper_id)[1])
        assert self.offered(library) == []

    def test_many_offers_can_be_seen_a_few_at_a_time(self, library, database):
        for number in range(4):
            for name in ("A. Adams", "C. Clark"):
                library.paper(f"A title in many copies, {number}", authors=(name,))
        with database.read() as session:
            found, total = digests.offers(session, limit=2)
            assert (len(found), total) == (2, 4)
