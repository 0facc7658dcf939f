import pytest

from app.search.asking import MOST_CLAUSES, Clause, Compound, HanRun, Phrase, Prefix, Word, ask, words_in_a_row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" ?! \0 ，", [], id="no word"),
        pytest.param("neural fie", [Word("neural"), Prefix("fie")], id="last word is being typed"),
        pytest.param("neural fields ", [Word("neural"), Word("fields")], id="a blank ends a word"),
        pytest.param('"fields"', [Word("fields")], id="quotes end a word"),
        pytest.param("fields\u3000", [Word("fields")], id="a wide blank ends a word"),
        pytest.param('"radiance fields" of', [Phrase(("radiance", "fields")), Prefix("of")], id="phrase"),
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
    assert list(ask(text).clauses) == expected


def test_the_whole_question_is_kept_as_words() -> None:
    assert ask('Neural "Radiance-Fields"').whole == "neural radiance fields"


def test_long_questions_are_cut() -> None:
    assert len(ask(" ".join(f"w{i}" for i in range(1000))).clauses) == MOST_CLAUSES
    assert ask("a" * 100_000).clauses == (Prefix("a" * 64),)


def test_a_han_run_is_a_row_of_pairs_with_an_open_end() -> None:
    assert words_in_a_row("高斯泼") == Phrase(("高斯", "斯泼", "泼"), is_open=True)
