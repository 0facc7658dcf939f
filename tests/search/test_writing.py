import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.grammar import ask
from app.search.writing import write


@pytest.mark.parametrize(
    "text",
    [
        "word",
        "text-to-image",
        "高斯泼溅",
        '"neural radiance"',
        '"3d高斯"',
        '"高斯 splat"',
        '"斯 斯"',
        '"高斯 斯溅 splat 图"',
        "title:word",
        'author:"yu wang"',
        "-word",
        "-(a b)",
        "(a OR b)",
        "((a b) OR -c)",
        'tag:"3d gs"',
        "id:2412.04471",
        "date:2024-12-07",
        "date:2024-11-01..2024-12-31",
        "date:2024-11-01..",
        "has:code",
        "quality:clean",
        '"word"',
    ],
)
def test_what_is_written_is_read_as_the_same(text: str) -> None:
    (node,) = ask(text + " ").nodes
    assert ask(write(node) + " ").nodes == (node,)


@given(st.text(alphabet=st.sampled_from('ab高斯 ()-"ORtitle:date:2024-12has:code'), max_size=40))
def test_any_question_can_be_written_and_asked_again(text: str) -> None:
    question = ask(text + " ")
    again = ask(" ".join(map(write, question.nodes)) + " ")
    assert again.nodes == question.nodes
    assert again.hints == ()
