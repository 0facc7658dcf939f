from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.clauses import MOST_CLAUSES, words_in_a_row
from app.search.grammar import DEEPEST, ask, pieces
from app.search.question import (
    AllOf,
    AnyOf,
    Clause,
    Compound,
    Days,
    Feature,
    Field,
    HanRun,
    Has,
    Known,
    Named,
    Naming,
    Node,
    Not,
    Phrase,
    Prefix,
    Quality,
    SearchOrder,
    Within,
    Word,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" ?! \0 ，", [], id="no word"),
        pytest.param("neural fie", [Word("neural"), Prefix("fie")], id="last word is being typed"),
        pytest.param("neural fields ", [Word("neural"), Word("fields")], id="a blank ends a word"),
        pytest.param('"fields"', [Word("fields", is_exact=True)], id="quotes end a word"),
        pytest.param("fields\u3000", [Word("fields")], id="a wide blank ends a word"),
        pytest.param('"radiance fields" of', [Phrase(("radiance", "fields")), Prefix("of")], id="phrase"),
        pytest.param('"高斯"', [Phrase(("高斯", "斯"), is_open=True)], id="quoted han"),
        pytest.param("“radiance fields”", [Phrase(("radiance", "fields"))], id="curly quotes"),
        pytest.param('a "b', [Word("a"), Prefix("b")], id="quote never closed"),
        pytest.param('""', [], id="nothing quoted"),
        pytest.param("text-to-image ", [Compound(("text", "to", "image"), "texttoimage")], id="compound"),
        pytest.param("text-to", [Compound(("text", "to"), "textto", is_open=True)], id="compound being typed"),
        pytest.param("高斯泼溅", [HanRun("高斯泼溅")], id="han is never a prefix"),
        pytest.param("3D高斯", [Word("3d"), HanRun("高斯")], id="mixed run"),
        pytest.param('"3D高斯"', [Phrase(("3d", "高斯", "斯"), is_open=True)], id="mixed phrase"),
        pytest.param('"高斯splat"', [Phrase(("高斯", "斯", "splat"))], id="han before latin"),
        pytest.param("nerf NeRF ", [Word("nerf")], id="said twice"),
    ],
)
def test_a_text_becomes_clauses(text: str, expected: list[Clause]) -> None:
    assert list(ask(text).nodes) == expected


def test_the_whole_question_is_kept_as_words() -> None:
    assert ask('Neural "Radiance-Fields"').whole == "neural radiance fields"


def test_long_questions_are_cut() -> None:
    assert len(ask(" ".join(f"w{i}" for i in range(1000))).nodes) == MOST_CLAUSES
    assert ask("a" * 100_000).nodes == (Prefix("a" * 64),)


def test_a_han_run_is_a_row_of_pairs_with_an_open_end() -> None:
    assert words_in_a_row("高斯泼") == Phrase(("高斯", "斯泼", "泼"), is_open=True)


TODAY = date(2024, 12, 7)
A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a -b c ", [A, Not(B), C], id="minus"),
        pytest.param("a -", [A], id="minus nothing"),
        pytest.param("(a -) b ", [A, B], id="minus nothing in brackets"),
        pytest.param("a - b ", [A, B], id="a minus by itself is none"),
        pytest.param("a-b ", [Compound(("a", "b"), "ab")], id="nor is one within a word"),
        pytest.param("--b ", [B], id="two minuses say nothing"),
        pytest.param("-" * 500 + "a ", [A], id="hundreds of them neither"),
        pytest.param("-" * 501 + "a ", [Not(A)], id="but one more does"),
        pytest.param("－b", [Not(B)], id="wide minus"),
        pytest.param("-（a b） c ", [Not(AllOf((A, B))), C], id="wide brackets"),
        pytest.param("a OR （b c） ", [AnyOf((A, AllOf((B, C))))], id="wide brackets behind or"),
        pytest.param("-b", [Not(B)], id="what is not wanted is never being typed"),
        pytest.param('-"b c"', [Not(Phrase(("b", "c")))], id="minus phrase"),
        pytest.param("-(a b) c ", [Not(AllOf((A, B))), C], id="minus group"),
        pytest.param("a OR b c ", [AnyOf((A, B)), C], id="or binds tighter than a blank"),
        pytest.param("a OR b OR c ", [AnyOf((A, B, C))], id="three choices"),
        pytest.param("(a b) OR c ", [AnyOf((AllOf((A, B)), C))], id="group or word"),
        pytest.param("a or b ", [A, Word("or"), B], id="a small or is a word"),
        pytest.param("高斯 OR 泼溅", [AnyOf((HanRun("高斯"), HanRun("泼溅")))], id="chinese choices"),
        pytest.param("3D高斯 OR b ", [AnyOf((AllOf((Word("3d"), HanRun("高斯"))), B))], id="a mixed run is one choice"),
        pytest.param("title:a b ", [Within(Field.TITLE, A), B], id="a name belongs to one word"),
        pytest.param("title:a", [Within(Field.TITLE, Prefix("a"))], id="named and being typed"),
        pytest.param("Title：a ", [Within(Field.TITLE, A)], id="wide colon"),
        pytest.param("title:(a OR b) ", [AnyOf((Within(Field.TITLE, A), Within(Field.TITLE, B)))], id="named group"),
        pytest.param('author:"yu wang"', [Within(Field.AUTHOR, Phrase(("yu", "wang")))], id="named phrase"),
        pytest.param("-author:a ", [Not(Within(Field.AUTHOR, A))], id="minus name"),
        pytest.param("author:-a ", [Not(Within(Field.AUTHOR, A))], id="a minus behind a name"),
        pytest.param(
            "title：（a b） ", [AllOf((Within(Field.TITLE, A), Within(Field.TITLE, B)))], id="wide named group"
        ),
        pytest.param("analysis:a note:b ", [Within(Field.NOTE, A), Within(Field.NOTE, B)], id="two names of one"),
        pytest.param('tag:"3D GS"', [Named(Naming.TAG, "3d gs")], id="tag"),
        pytest.param("topic:NeRF", [Named(Naming.TOPIC, "nerf")], id="topic"),
        pytest.param('venue:"CVPR 2024"', [Named(Naming.VENUE, "cvpr 2024")], id="venue"),
        pytest.param("id:2412.04471", [Known("2412.04471")], id="id"),
        pytest.param("id:arXiv:2412.04471v2", [Known("2412.04471")], id="id with its version"),
        pytest.param("id:CS/0501001", [Known("cs/0501001")], id="old id"),
        pytest.param("id:https://arxiv.org/abs/2412.04471v2", [Known("2412.04471")], id="link"),
        pytest.param("id:10.48550/arXiv.2412.04471", [Known("2412.04471")], id="arXiv's own DOI"),
        pytest.param("id:doi:10.1145/3592433", [Known("10.1145/3592433")], id="DOI"),
        pytest.param("id:10.1016/0004(94)00041-X b ", [Known("10.1016/0004(94)00041-x"), B], id="DOI with brackets"),
        pytest.param("(id:2412.04471 a) ", [AllOf((Known("2412.04471"), A))], id="id in brackets"),
        pytest.param("id:-10.1016/0004(94)00041-X", [Not(Known("10.1016/0004(94)00041-x"))], id="not a DOI"),
        pytest.param(
            "id:(10.1016/0004(94)00041-X OR 2412.04471) b ",
            [AnyOf((Known("10.1016/0004(94)00041-x"), Known("2412.04471"))), B],
            id="DOIs in brackets",
        ),
        pytest.param("tag:高斯（3DGS） b ", [Named(Naming.TAG, "高斯 斯 3dgs"), B], id="brackets in a name"),
        pytest.param("title:a(b) c ", [Within(Field.TITLE, A), Within(Field.TITLE, B), C], id="brackets in a value"),
        pytest.param("−5 b ", [Word("5"), B], id="a mathematical minus is none"),
        pytest.param('24" a ', [Word("24"), A], id="inches"),
        pytest.param('"a b', [A, Prefix("b")], id="a phrase that is still being typed"),
        pytest.param("date:2024-12-07", [Days(TODAY, TODAY)], id="day"),
        pytest.param("date:2024-11..2024-12", [Days(date(2024, 11, 1), date(2024, 12, 31))], id="months"),
        pytest.param("date:2024", [Days(date(2024, 1, 1), date(2024, 12, 31))], id="year"),
        pytest.param("date:2024-W49", [Days(date(2024, 12, 2), date(2024, 12, 8))], id="week"),
        pytest.param("date:2024-W49..", [Days(date(2024, 12, 2), None)], id="since a week"),
        pytest.param("date:..2024-W49", [Days(None, date(2024, 12, 8))], id="until a week"),
        pytest.param("date:..2024-11", [Days(None, date(2024, 11, 30))], id="until"),
        pytest.param("date:2024-11..", [Days(date(2024, 11, 1), None)], id="since"),
        pytest.param("date:7d", [Days(date(2024, 12, 1), None)], id="seven days with today"),
        pytest.param("has:code has:figure", [Has(Feature.CODE), Has(Feature.FIGURES)], id="has"),
        pytest.param("quality:clean", [Quality("clean")], id="quality"),
        pytest.param("foo:a ", [Word("foo"), A], id="any other name is a word"),
    ],
)
def test_the_grammar(text: str, expected: list[Node]) -> None:
    assert ask(text, TODAY).hints == ()
    assert list(ask(text, TODAY).nodes) == expected


def test_the_order_is_no_part_of_what_is_asked() -> None:
    question = ask("a sort:newest ")
    assert (question.nodes, question.order) == ((A,), SearchOrder.NEWEST)


@pytest.mark.parametrize(
    ("text", "nodes", "hint"),
    [
        ('a "b ', [A, B], "quotation mark without a second one"),
        ("(a ", [A], "opening bracket without"),
        ("a) ", [A], "closing bracket without"),
        ("a OR", [A, Prefix("or")], ""),
        ("OR a ", [Word("or"), A], "one side of OR"),
        ("a OR OR b ", [A, Word("or"), B], "one side of OR"),
        ("(" * 100 + "a" + ")" * 100, [A], "brackets within brackets"),
        ("date:soon ", [Word("soon")], "“date:soon” is not understood; try date:2024"),
        ("date:2024-13 ", [Compound(("2024", "13"), "202413")], "not understood"),
        ("has:wings ", [Word("wings")], "try has:code, has:figures, has:analysis"),
        ("sort:best ", [Word("best")], "sort:newest"),
        ("title: ", [], "Nothing stands behind “title:”"),
        ("tag:!! ", [], "not understood"),
    ],
)
def test_what_cannot_be_read_is_searched_as_words_and_said_so(text: str, nodes: list[Node], hint: str) -> None:
    question = ask(text)
    assert list(question.nodes) == nodes
    assert hint in " ".join(question.hints)
    assert bool(hint) == bool(question.hints)


def test_brackets_within_brackets_are_read_to_a_depth() -> None:
    assert ask("(" * DEEPEST + "a " + ")" * DEEPEST).hints == ()


def test_only_plain_words_may_be_a_whole_title() -> None:
    assert ask("a -b").whole == ask("title:a").whole == ask("a OR b").whole == ""


def test_words_are_told_with_the_field_they_must_stand_in() -> None:
    assert list(ask("title:a -c (b OR c) ").clauses()) == [(Field.TITLE, A), (None, B), (None, C)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a", [("a", "")], id="one word"),
        pytest.param("a b", [("a", "b"), ("b", "a ")], id="of the last only the beginning is known"),
        pytest.param("a b ", [("a", "b "), ("b", "a ")], id="not behind a blank"),
        pytest.param("a b a", [("a", "b a"), ("b", "a a"), ("a", "a b ")], id="twice"),
        pytest.param(
            "sort:oldest a b ", [("a", "sort:oldest b "), ("b", "sort:oldest a ")], id="an order asks nothing"
        ),
        pytest.param(
            'tag:三维重建 -(a OR "b c") 3D高斯',
            [
                ("tag:三维重建", '-(a OR "b c") 3D高斯'),
                ('-(a OR "b c")', "tag:三维重建 3D高斯"),
                ("3D", 'tag:三维重建 -(a OR "b c") 高斯'),
                ("高斯", 'tag:三维重建 -(a OR "b c") 3D '),
            ],
            id="each as it was typed",
        ),
        pytest.param("a OR b c ", [("a OR b", "c "), ("c", "a OR b ")], id="choices are one piece"),
        pytest.param("(a ! b", [("a", "( ! b"), ("b", "(a ! ")], id="of what cannot be read every word"),
        pytest.param("高斯，dodo ", [("高斯", "，dodo "), ("dodo", "高斯， ")], id="without a blank between"),
        pytest.param("text-to-image高斯", [("text-to-image", "高斯"), ("高斯", "text-to-image ")], id="nor a sign"),
    ],
)
def test_every_piece_can_be_left_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.text, piece.rest) for piece in pieces(text)] == expected


@given(
    st.lists(
        st.sampled_from(
            ["a", "bc", "高斯", '"a b"', "-c", "(a OR c)", "title:（a 高）", 'tag:"3D GS"', "id:1(2)", "--d"]
        ),
        min_size=2,
        max_size=6,
        unique=True,
    )
)
def test_the_rest_asks_for_what_the_other_pieces_ask(typed: list[str]) -> None:
    found = pieces(" ".join(typed) + " ")
    assert [piece.text for piece in found] == typed
    for place, piece in enumerate(found):
        others = typed[:place] + typed[place + 1 :]
        assert ask(piece.rest).nodes == ask(" ".join(others) + " ").nodes


@given(st.text(alphabet=st.sampled_from('ab高 ()-"“:ORtitle:date:id:2024..7d\u3000'), max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    for piece in pieces(text):
        ask(piece.rest)
