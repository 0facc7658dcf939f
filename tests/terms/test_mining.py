from time import process_time

import pytest

from app.terms import TextPair, mine
from app.terms.candidates import han_candidates, latin_candidates
from app.terms.glosses import Gloss, glosses, short_forms
from app.terms.mining import MOST_PAPERS
from tests.terms.shelves import TRUTH, library


def mined(pairs):
    """What mining accepts, in the words of the truth."""
    return {
        group.head.lower().removesuffix("s"): {term.text for term in group.others if term.is_sure}
        for group in mine(pairs)
    }


class TestMining:
    def test_every_english_term_finds_its_chinese_ones_and_no_others(self):
        truth = {head.removesuffix("s"): set(others) for head, others in TRUTH.items()}
        assert {head: others for head, others in mined(library()).items() if head in truth} == truth

    def test_nothing_else_is_accepted(self):
        accepted = [text for others in mined(library()).values() for text in others]
        assert sorted(accepted) == sorted(text for others in TRUTH.values() for text in others)

    def test_the_same_library_gives_the_same_groups(self):
        assert mine(library()) == mine(library())

    def test_texts_that_have_nothing_to_do_with_each_other_give_nothing(self):
        pairs = library()
        half = len(pairs) // 2
        shifted = [
            TextPair(one.english, other.chinese) for one, other in zip(pairs, pairs[half:] + pairs[:half], strict=True)
        ]
        assert [group for group in mine(shifted) if any(term.is_sure for term in group.others)] == []

    @pytest.mark.parametrize("pairs", [[], [TextPair("", "")], [TextPair("A lantern", "灯笼")] * 3])
    def test_too_little_gives_nothing(self, pairs):
        assert mine(pairs) == []

    def test_a_bracket_that_two_papers_have_is_believed(self):
        pairs = [*library(), *[TextPair("Umbrella stands.", "本文研究了油纸伞架（Umbrella Stand）。")] * 2]
        (group,) = [group for group in mine(pairs) if group.head == "Umbrella stands"]
        assert [(term.text, term.score) for term in group.others] == [("油纸伞架", 0.667)]

    def test_a_short_form_that_papers_introduce_means_its_long_one(self):
        pairs = [*library(), *[TextPair("Rain Water Barrels (RWB) and RWB.", "雨水桶（RWB）。")] * 4]
        (group,) = [group for group in mine(pairs) if group.head == "Rain Water Barrels"]
        assert {term.text for term in group.others if term.is_sure} == {"RWB", "雨水桶"}

    def test_of_a_large_library_only_a_sample_is_read(self):
        few = library(50)
        begun = process_time()
        mine(few * (MOST_PAPERS // 10))
        assert process_time() - begun < 60

    def test_one_endless_text_takes_no_endless_time(self):
        begun = process_time()
        mine([TextPair("lantern " * 200_000, "灯笼" * 200_000), *library(20)])
        assert process_time() - begun < 10


def others(number):
    """Words that no two texts share."""
    return " ".join(f"{letter}{number}" for letter in "bcdfgqwxyz")


class TestCandidates:
    def test_parts_of_a_longer_string_are_no_candidates(self):
        rest = "梯子与灯笼以及书架和月光的指南针"
        texts = [
            f"{first}高斯泼溅{last}。{rest[at:]}{rest[:at]}"
            for at, (first, last) in enumerate(zip("甲，丙丁", "戊己，辛", strict=True))
        ]
        found = [one.text for one in han_candidates(texts, 4, 100)]
        assert "高斯泼溅" in found
        assert {"高斯", "斯泼", "泼溅", "高斯泼", "斯泼溅"}.isdisjoint(found)

    def test_plurals_and_singulars_are_one_and_stop_words_begin_nothing(self):
        texts = ["A radiance field", "Of radiance fields", "The radiance field", "Radiance-Fields"]
        texts = [f"{text}. {others(number)}" for number, text in enumerate(texts)]
        assert [one.text for one in latin_candidates(texts, [""] * 4, 4, 100)] == ["radiance field"]

    def test_papers_are_counted_once_each(self):
        texts = ["silk, silk and silk"] * 5
        (found,) = latin_candidates(texts, ["silk", "", "", "丝绸", ""], 4, 100)
        assert (found.text, found.count, found.left) == ("silk", 5, 1)

    def test_no_more_than_asked_for(self):
        texts = ["silk; glass; moon"] * 4 + ["silk"]
        assert [one.text for one in latin_candidates(texts, [""] * 5, 4, 1)] == ["silk"]


class TestGlosses:
    @pytest.mark.parametrize(
        "text",
        [
            "高斯泼溅（Gaussian Splatting）",
            "我们用高斯泼溅(Gaussian Splattings)",
            "3D 高斯泼溅（3D Gaussian Splatting）很快",
            "Gaussian Splatting（高斯泼溅）",
            "提出了高斯泼溅 （gaussian-splatting）",
        ],
    )
    def test_brackets_say_what_is_the_same(self, text):
        assert glosses([text], {}) == [Gloss(("gaussian", "splatting"), "高斯泼溅", 1)]

    def test_where_the_chinese_begins_is_what_several_papers_share(self):
        texts = ["利用神经辐射场（NeRF）", "随着神经辐射场（NeRF）", "神经辐射场（NeRF）"]
        assert glosses(texts, {"nerf": ("neural", "radiance", "field")}) == [
            Gloss(("neural", "radiance", "field"), "神经辐射场", 3)
        ]

    def test_two_translations_are_two_terms(self):
        texts = ["高斯泼溅（Gaussian Splatting）", "高斯映射（Gaussian Splatting）"]
        assert {gloss.han for gloss in glosses(texts, {})} == {"高斯泼溅", "高斯映射"}

    @pytest.mark.parametrize("text", ["（NeRF）", "很快（见下）", "图（a）", "方法（12）", "一" * 40 + "（NeRF）"])
    def test_other_brackets_say_nothing(self, text):
        assert glosses([text], {}) == []

    @pytest.mark.parametrize(
        ("text", "short", "long"),
        [
            ("Neural Radiance Fields (NeRF) are", "nerf", ("neural", "radiance", "field")),
            ("our large language models (LLMs)", "llm", ("large", "language", "model")),
            ("novel 3D Gaussian Splatting (3DGS)", "3dg", ("gaussian", "splatting")),
            ("by Signed Distance Functions (SDF).", "sdf", ("signed", "distance", "function")),
        ],
    )
    def test_short_forms_are_told_by_their_letters(self, text, short, long):
        (found,) = short_forms([text])
        assert (found.short, found.long, found.papers) == (short, long, 1)

    @pytest.mark.parametrize("text", ["some results (CVPR)", "a method (see Table 3)", "(NeRF)", "in space (3D)"])
    def test_a_bracket_with_other_letters_is_no_short_form(self, text):
        assert short_forms([text]) == []
