import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.markup import render_markdown
from app.web.side_by_side import MARK, UNMARK, mark_differences


def plain(html: str) -> str:
    return html.replace(MARK, "").replace(UNMARK, "")


def shown(html: str) -> str:
    """With marks that a test can read."""
    return html.replace(MARK, "[").replace(UNMARK, "]")


@pytest.mark.parametrize(
    ("left", "right", "marked"),
    [
        ("一种快速的重建方法", "一种准确的重建方法", ("一种[快速]的重建方法", "一种[准确]的重建方法")),
        ("three good words here", "three bad words here", ("three [good] words here", "three [bad] words here")),
        ("<p>one <b>two</b></p>", "<p>one <b>six</b></p>", ("<p>one <b>[two]</b></p>", "<p>one <b>[six]</b></p>")),
        ("<p>a &lt;b&gt; c</p>", "<p>a &lt;i&gt; c</p>", ("<p>a &lt;[b]&gt; c</p>", "<p>a &lt;[i]&gt; c</p>")),
        (
            "<ul><li>x y</li></ul>",
            "<ul><li>x y</li><li>z</li></ul>",
            ("<ul><li>x y</li></ul>", "<ul><li>x y</li><li>[z]</li></ul>"),
        ),
        ("same", "same", ("same", "same")),
        ("<b>same</b>", "same", ("<b>same</b>", "same")),
        ("", "new", ("", "new")),
    ],
)
def test_words_that_only_one_has_are_marked(left: str, right: str, marked: tuple[str, str]) -> None:
    found = mark_differences(left, right)
    assert (shown(found.left), shown(found.right)) == marked


def test_a_mark_over_a_tag_is_two_marks() -> None:
    found = mark_differences("<p>all of it is old <b>and</b> gone now, see</p>", "<p>all of it, see</p>")
    assert shown(found.left) == "<p>all of it [is old] <b>[and]</b> [gone now], see</p>"


def test_texts_with_hardly_a_word_in_common_are_not_marked() -> None:
    found = mark_differences("completely different words", "三维重建的方法")
    assert (found.is_marked, found.is_same, found.left) == (False, False, "completely different words")


def test_formulas_are_one_thing_and_left_alone() -> None:
    formula = "<math><mi>x</mi><mo>&lt;</mo></math>"
    found = mark_differences(f"<p>with {formula} here</p>", "<p>with nothing here</p>")
    assert formula in found.left
    assert shown(found.right) == "<p>with [nothing] here</p>"


def test_texts_that_differ_in_a_formula_are_not_the_same() -> None:
    found = mark_differences("<p>with <math><mi>x</mi></math></p>", "<p>with <math><mi>y</mi></math></p>")
    assert (found.is_same, found.left) == (False, "<p>with <math><mi>x</mi></math></p>")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("甲乙丙" * 960, "乙甲丙" * 960),
        ("甲" * 2900 + "x", "y" + "甲" * 2900),
        ("<p>甲</p>" * 2900, "<p>乙甲</p>" * 1450),
    ],
)
def test_few_words_that_come_again_and_again_take_no_minutes(left: str, right: str) -> None:
    before = time.process_time()
    found = mark_differences(left, right)
    assert time.process_time() - before < 5
    assert (plain(found.left), plain(found.right)) == (left, right)


TEXTS = st.text(st.sampled_from("ab 一二<>&*`#-1.\n\"'"), max_size=60)


@given(TEXTS, TEXTS)
def test_but_for_the_marks_nothing_is_changed(one: str, other: str) -> None:
    left, right = render_markdown(one), render_markdown(other)
    found = mark_differences(left, right)
    assert same(plain(found.left), left)
    assert same(plain(found.right), right)
    assert found.left.count(MARK) == found.left.count(UNMARK)


def same(html: str, other: str) -> bool:
    """The same HTML, however an entity is written."""
    return html.replace("&quot;", '"').replace("&nbsp;", "\xa0") == other.replace("&quot;", '"').replace(
        "&nbsp;", "\xa0"
    )
