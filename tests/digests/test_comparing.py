from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digests import ParsedDigest, ParsedFigure, by_line, compare, differences
from app.digests.differing import MOST_TOKENS, Kind
from tests.conftest import entry

DAY = date(2024, 12, 7)
A, B, C, D = (entry(f"The paper of {name}", arxiv_id=f"2412.0000{n}") for n, name in enumerate("ABCD"))


def digest(*entries, **fields):
    return ParsedDigest(
        **{
            "format": "test",
            "title": "3DGS",
            "first_day": DAY,
            "last_day": DAY,
            "stated_date": "2024-12-07",
            "entries": entries,
            **fields,
        }
    )


def titles(placed):
    return [(one.position, one.entry.title[-1]) for one in placed]


def told(changes):
    """What became of which entry, by the last letter of its title."""
    kept = [
        (one.before.entry.title[-1], one.after.entry.title[-1], [change.name for change in one.fields], one.is_moved)
        for one in changes.kept
    ]
    return titles(changes.added), titles(changes.removed), kept


def test_a_digest_compared_with_itself_has_no_changes():
    changes = compare(digest(A, B), digest(A, B))
    assert not changes
    assert told(changes) == ([], [], [])


def test_what_came_and_what_went_is_told_with_its_place():
    assert told(compare(digest(A, B, C), digest(D, A, C))) == ([(1, "D")], [(2, "B")], [])


def test_only_the_entry_that_moved_is_told_as_moved():
    assert told(compare(digest(A, B, C, D), digest(D, A, B, C))) == ([], [], [("D", "D", [], True)])


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("title", "The paper of A", "The paper of A, again"),
        ("version", 1, 2),
        ("doi", None, "10.1145/1"),
        ("url", "", "https://github.com/a/b"),
        ("authors", ("A. Adams",), ("A. Adams", "B. Brown")),
        ("abstract", "old", "new"),
        ("comment", "old", "new"),
        ("summary", "旧", "新"),
        ("key_points", ("one",), ("one", "two")),
        ("analysis", "old", "new"),
        ("tags", ("3DGS",), ()),
        ("rest", "", "new"),
    ],
)
def test_each_field_is_told_with_what_it_said_and_says_and_where(name, before, after):
    lines = {name: (3, 4)}
    changes = compare(
        digest(replace(A, **{name: before}, lines=lines)), digest(replace(A, **{name: after}, lines={name: (5, 9)}))
    )
    (one,) = changes.changed
    (change,) = one.fields
    assert change.name == name
    said = lambda value: value if isinstance(value, tuple) else "" if value is None else str(value)  # noqa: E731
    assert (change.before, change.after) == (said(before), said(after))
    assert (change.lines_before, change.lines_after) == ((3, 4), (5, 9))


def test_figures_are_told_by_caption_and_address():
    before = replace(A, figures=(ParsedFigure("https://x.example/1.png", "One"),))
    (one,) = compare(digest(before), digest(A)).changed
    assert one.fields[0].before == ("One https://x.example/1.png",)


def test_fields_of_the_digest_itself_are_told():
    changes = compare(digest(A), digest(A, title="NeRF", tags=("x",), preamble="Hello"))
    assert [change.name for change in changes.fields] == ["title", "tags", "preamble"]
    assert not changes.kept


def test_other_lines_alone_are_no_change():
    assert not compare(digest(A), digest(replace(A, first_line=7, last_line=9)))


def test_an_id_that_was_corrected_is_a_change_of_the_same_entry():
    corrected = replace(A, arxiv_id="2412.99999")
    assert told(compare(digest(A, B), digest(corrected, B))) == ([], [], [("A", "A", ["arxiv_id"], False)])


def test_a_doi_goes_before_the_title():
    one, other = entry("Lamps of A", doi="10.1/a"), entry("Lamps of B", doi="10.1/b")
    swapped = replace(one, title="Lamps of B"), replace(other, title="Lamps of A")
    assert [kept[2] for kept in told(compare(digest(one, other), digest(*swapped)))[2]] == [["title"], ["title"]]


def test_titles_are_one_whatever_their_case_and_accents():
    before, after = entry("Nießner's Lamps, 1"), entry("NIESSNER’S LAMPS 1")
    assert [kept[2] for kept in told(compare(digest(before), digest(after)))[2]] == [["title"]]


def test_without_id_and_title_the_place_between_neighbours_decides():
    before, after = entry("Kites in the Fog"), entry("Moths at the Lamp")
    assert told(compare(digest(A, before, B), digest(A, after, B)))[2] == [("g", "p", ["title"], False)]
    assert told(compare(digest(A, before, B), digest(A, B, after)))[:2] == ([(3, "p")], [(2, "g")])


def test_entries_that_name_different_papers_are_never_one():
    assert told(compare(digest(A), digest(D))) == ([(1, "D")], [(1, "A")], [])


def test_a_paper_that_is_listed_twice_stays_listed_twice():
    second = replace(A, title="The paper of A once more, Z", summary="again")
    assert not compare(digest(A, second), digest(A, second))
    assert told(compare(digest(A, second), digest(second))) == ([], [(1, "A")], [])


entries = st.lists(
    st.builds(
        entry,
        st.sampled_from(["Kites", "Moths", "Lamps", "Owls", ""]),
        arxiv_id=st.sampled_from([None, None, "2412.00001", "2412.00002"]),
        doi=st.sampled_from([None, None, "10.1/a"]),
        summary=st.sampled_from(["", "x"]),
    ),
    max_size=8,
)


@given(entries, entries)
def test_no_entry_is_told_twice_and_none_is_forgotten(before, after):
    changes = compare(digest(*before), digest(*after))
    assert len(before) - len(changes.removed) == len(after) - len(changes.added)
    for side, others, all_of in (("before", changes.removed, before), ("after", changes.added, after)):
        places = [getattr(one, side).position for one in changes.kept] + [one.position for one in others]
        assert len(set(places)) == len(places)
        assert all(getattr(one, side).entry == all_of[getattr(one, side).position - 1] for one in changes.kept)
    assert bool(changes) == (before != after)


def marked(before, after):
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[{}]", Kind.ADDED: "<{}>"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(before, after)).rstrip("\n")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        pytest.param("a red fox", "a red fox", "a red fox", id="nothing"),
        pytest.param("a red fox jumps", "a brown fox jumps", "a [red]<brown> fox jumps", id="a word, not its letters"),
        pytest.param("我们提出新的方法", "我们提出旧的方法", "我们提出[新]<旧>的方法", id="a Chinese character"),
        pytest.param(
            "基于高斯的新方法，用于重建",
            "基于扩散模型的方法，用于重建",
            "基于[高斯的新]<扩散模型的>方法，用于重建",
            id="Chinese by runs: one character alike between two changes is no anchor",
        ),
        pytest.param("用NeRF重建", "用3DGS重建", "用[NeRF]<3DGS>重建", id="Latin words within Chinese"),
        pytest.param("one\ntwo", "one\nnew\ntwo", "one\n<new\n>two", id="a line put in"),
        pytest.param("", "new", "<new\n>", id="from nothing"),
        pytest.param("old", "", "[old\n]", id="to nothing"),
    ],
)
def test_differences_read_well(before, after, wanted):
    assert marked(before, after) == wanted


words = st.text(st.sampled_from("ab 的高斯，\n\u2028\r\U00020000"), max_size=40)


@given(words, words)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = differences(before, after)
    for kind, text in ((Kind.ADDED, before), (Kind.REMOVED, after)):
        assert "".join(piece.text for piece in pieces if piece.kind is not kind) == (f"{text}\n" if text else "")


@given(words, words)
def test_every_line_of_the_earlier_text_has_its_number_once(before, after):
    lines = before.split("\n") if before else []
    told = []
    for row in by_line(differences(before, after)):
        told += range(len(told) + 1, len(told) + 1 + row.skipped) if row.skipped else [row.number] if row.number else []
    assert told == list(range(1, len(lines) + 1))


def test_a_line_shows_what_was_changed_in_it():
    rows = by_line(differences("one\ntwo\nthree\nfour\nfive\nsix", "one\ntwo\nthree\nfour!\nnew\nfive\nsix"))
    assert [(row.number, row.skipped, [(piece.kind.value, piece.text) for piece in row.pieces]) for row in rows] == [
        (None, 2, []),
        (3, 0, [("same", "three")]),
        (4, 0, [("same", "four"), ("added", "!")]),
        (None, 0, [("added", "new")]),
        (5, 0, [("same", "five")]),
        (6, 0, [("same", "six")]),
    ]


def test_a_huge_change_is_not_compared_word_by_word():
    before, after = "a " * MOST_TOKENS, "b " * MOST_TOKENS
    assert [piece.kind for piece in differences(f"start {before}end", f"start {after}end")] == [
        Kind.SAME,
        Kind.REMOVED,
        Kind.ADDED,
        Kind.SAME,
    ]
