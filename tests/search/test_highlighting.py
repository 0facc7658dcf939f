import random

import pytest

from app.search import ask, highlight, highlighting, matches, snippet
from app.search.standing import stand_there
from app.search.stretches import stretches


def marked(text: str, query: str) -> list[str]:
    return [fragment.text for fragment in highlight(text, query) if fragment.is_match]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        pytest.param("Gaussian splats", "gaus", ["Gaussian"], id="a prefix marks the whole word"),
        pytest.param("Gaussian splats", "gaus ", [], id="half a word marks nothing"),
        pytest.param("动态高斯泼溅的", "高斯泼溅", ["高斯泼溅"], id="a han run marks itself only"),
        pytest.param("最高的高光", "高", ["高", "高"], id="one han character"),
        pytest.param("M. Nießner, Ｎｉｅｓｓｎｅｒ", "niessner", ["Nießner", "Ｎｉｅｓｓｎｅｒ"], id="folded"),
        pytest.param(
            "radiance of fields; radiance fields", '"radiance fields"', ["radiance fields"], id="whole phrase"
        ),
        pytest.param("a text-to-image model", "texttoimage", ["text-to-image"], id="joined finds parts"),
        pytest.param("texttoimage, text to image", "text-to-image ", ["texttoimage", "text to image"], id="compound"),
        pytest.param("用3D高斯泼溅", '"3D高斯"', ["3D高斯"], id="mixed phrase"),
        pytest.param("基於點雲的動態場景", "点云的动态", ["點雲的動態"], id="traditional by simplified"),
        pytest.param("a点云b，點雲", "點雲", ["点云", "點雲"], id="simplified by traditional"),
        pytest.param("部分\u200b内容", "分内", ["分\u200b内"], id="zero width"),
        pytest.param("anything", "", [], id="nothing asked"),
    ],
)
def test_what_matches_is_marked(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_the_pieces_are_always_the_whole_text() -> None:
    source = random.Random(7)  # noqa: S311
    letters = 'aAéß ﬁ3-."高斯泼，が\u3099\u0301\u200b\ud800\0İ'
    for _ in range(1000):
        text, query = ("".join(source.choices(letters, k=source.randrange(30))) for _ in range(2))
        assert "".join(fragment.text for fragment in highlight(text, query)) == text
        assert all(fragment.text for fragment in highlight(text, query))


def test_a_snippet_shows_the_densest_matches_and_where_it_was_cut() -> None:
    text = "nerf " + "x " * 200 + "nerf and splats and nerf " + "y " * 200
    found = snippet(text, "nerf splats ", width=60)
    assert [fragment.text for fragment in found if fragment.is_match] == ["nerf", "splats", "nerf"]
    assert (found[0].text, found[-1].text) == ("…", "…")
    assert len("".join(fragment.text for fragment in found)) <= 62


def test_a_snippet_of_a_short_text_is_all_of_it() -> None:
    assert "".join(fragment.text for fragment in snippet("see the nerf here", "nerf")) == "see the nerf here"


def test_without_a_match_there_is_no_snippet() -> None:
    assert snippet("see the nerf here", "splats") == ()


WORDS = (
    "Gaussian",
    "gaus",
    "3D-GS",
    "text-to-image",
    "texttoimage",
    "高斯",
    "高",
    "泼溅",
    "點雲",
    "\u200b",
    "n\u0301erf",
    "ﬁne",
)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_long_text_all_is_marked_that_is_marked_in_its_parts(seed: int) -> None:
    """What is looked for near its first word only is found just as if every word were looked at."""
    source = random.Random(seed)  # noqa: S311
    for _ in range(60):
        gaps = [" ", ", ", "，", "。", "-", "", " filler words " * 20, "填充的文字，" * 30, "\n"]
        text = "".join(source.choice(WORDS) + source.choice(gaps) for _ in range(source.randrange(60)))
        query = " ".join(source.choices([*WORDS, '"高斯 泼溅"', '"gaussian 3D"', "高斯高"], k=source.randrange(1, 4)))
        query += source.choice(["", " "])
        question = ask(query)
        clauses = [clause for _, clause in question.clauses()]
        spans = [(start, end) for start, end in stretches(text, clauses)]
        assert spans == sorted(spans)
        everywhere = highlighting._merged(highlighting._found_in(text, clauses))
        assert highlighting._matches(text, question, None) == everywhere
        assert matches(text, question) == bool(everywhere)
        assert stand_there(text, clauses) in (None, bool(everywhere))


def test_a_text_without_the_words_is_not_cut_at_all() -> None:
    text = "一段很长的文字，没有那个词。" * 100
    assert list(stretches(text, [clause for _, clause in ask("gaussian splatting 泼溅").clauses()])) == []


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("高-斯", "高斯", False),
        ("高\u200b斯", "高斯", True),
        ("高斯x", "高斯", True),
        ("a text-to-image model", "texttoimage ", True),
        ("atexttoimage", "texttoimage ", False),
        ("commodity", "mod", False),
        ("mod", "mod ", True),
        ("3D高斯", "3d ", True),
        ("gaussian_splatting", "splatting ", True),
        ("动态高斯泼溅的", '"高斯泼溅"', True),
        ("动态高斯，泼溅的", '"高斯泼溅"', False),
        ("高斯，高斯泼", '"高斯 泼溅"', False),
        ("radiance fields", '"fields radiance"', False),
        ("radiance fields", '"radiance fields"', True),
    ],
)
def test_whether_anything_matches_is_known_as_well_without_cutting(text: str, query: str, expected: bool) -> None:
    assert matches(text, query) is expected
    assert bool(marked(text, query)) is expected


@pytest.mark.parametrize("question", ["高", "高斯", "斯泼 3d", "高斯 OR splat", '"高斯泼溅" 渲染', "点云 高斯"])
def test_han_is_marked_alike_in_plain_texts_and_in_others(question: str) -> None:
    text = "３D高斯，高斯泼溅（Gaussian splatting）：點雲的渲染。高 斯，最高斯高斯。"
    found, found_by_cutting = (
        [fragment.text for fragment in highlight(text + end, question) if fragment.is_match] for end in ("", "ก")
    )
    assert found == found_by_cutting != []
