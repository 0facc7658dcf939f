from time import perf_counter

import pytest

from app.search.clauses import MOST_CLAUSES, whole, words_in_a_row
from app.search.expanding import MOST_OTHERS, Equivalents, Widened, expand
from app.search.grammar import ask
from app.search.question import AllOf, Also, AnyOf, HanRun, Not, Phrase, Prefix, Word

KNOWN = Equivalents(
    [
        ("Gaussian Splatting", "高斯泼溅", "高斯溅射", "3DGS"),
        ("Gaussian", "高斯"),
        ("Neural Radiance Fields", "NeRF", "神经辐射场"),
        ("3D高斯", "3D Gaussians"),
        ("text-to-image", "文生图"),
        ("pose", "姿态"),
    ]
)
SPLATTING = (words_in_a_row("高斯泼溅"), words_in_a_row("高斯溅射"), Word("3dgs", is_exact=True))


def asked(text):
    return expand(ask(text), KNOWN).question.nodes


def also(text):
    return [(one.typed, one.others) for one in expand(ask(text), KNOWN).also]


class TestWhatIsWidened:
    def test_a_term_of_several_words_becomes_one_node(self):
        assert asked("gaussian splatting ") == (AnyOf((AllOf((Word("gaussian"), Word("splatting"))), *SPLATTING)),)

    def test_a_term_of_one_clause_is_also_its_others(self):
        phrase = Phrase(("gaussian", "splatting"), is_open=True)
        assert asked("高斯泼溅") == (
            Also(HanRun("高斯泼溅"), (phrase, words_in_a_row("高斯溅射"), Word("3dgs", is_exact=True))),
        )

    def test_the_last_word_may_still_be_being_typed(self):
        (node,) = asked("gaussian splatting")
        assert node.nodes[0] == AllOf((Word("gaussian"), Prefix("splatting")))
        assert asked("gaussian splattin")[1] == Prefix("splattin")

    def test_the_longest_term_wins_and_the_rest_is_widened_for_itself(self):
        assert also("fast gaussian splatting pose ") == [
            ("gaussian splatting", ("高斯泼溅", "高斯溅射", "3DGS")),
            ("pose", ("姿态",)),
        ]
        assert also("gaussian slam splatting ") == [("gaussian", ("高斯",))]

    def test_a_compound_and_words_of_both_scripts_are_terms_too(self):
        assert also("text-to-image ") == [("text-to-image", ("文生图",))]
        assert also("text to image ") == [("text to image", ("文生图",))]
        assert also("3D高斯") == [("3d 高斯", ("3D Gaussians",))]

    @pytest.mark.parametrize("text", ["NERF ", "nerfs ", "NeRF", "Ｎｅｒｆ"])
    def test_case_width_and_number_do_not_matter(self, text):
        assert [others for _, others in also(text)] == [("Neural Radiance Fields", "神经辐射场")]

    def test_an_english_term_may_stand_in_the_plural(self):
        (node,) = asked("神经辐射场")
        assert node.others == (
            Phrase(("neural", "radiance", "field"), is_open=True),
            Word("nerf", is_exact=True),
            Word("nerfs", is_exact=True),
        )

    def test_within_brackets_and_on_both_sides_of_or(self):
        assert len(also("(gaussian splatting slam) OR (nerf pose)")) == 3
        assert asked("slam OR 高斯泼溅")[0].nodes[0] == Word("slam")


class TestWhatIsNot:
    @pytest.mark.parametrize(
        "text",
        [
            '"gaussian splatting"',
            '"pose"',
            '"高斯泼溅 slam"',
            "-高斯泼溅 slam",
            "-(gaussian splatting) slam",
            "title:nerf",
            "summary:高斯泼溅",
            "author:pose",
            "tag:nerf",
            "高斯泼溅重建",
            "slam 重建",
            "",
        ],
    )
    def test_it_stays_as_it_was_asked(self, text):
        question = ask(text)
        found = expand(question, KNOWN)
        assert found.question.nodes == question.nodes
        assert found.also == ()

    def test_words_parted_by_something_else_are_no_term(self):
        assert also("gaussian -slam splatting ") == [("gaussian", ("高斯",))]
        assert asked("gaussian -slam splatting ")[1] == Not(Word("slam"))

    def test_without_terms_the_question_is_the_same(self):
        question = ask("gaussian splatting")
        assert expand(question, Equivalents()).question is question

    def test_what_else_the_question_says_is_kept(self):
        question = ask("nerf sort:newest date:2024")
        found = expand(question, KNOWN).question
        assert (found.order, found.nodes[1:], found.hints) == (question.order, question.nodes[1:], question.hints)


class TestBounds:
    def test_a_large_group_does_not_make_a_question_without_end(self):
        many = Equivalents([("pose", *(f"term{number}" for number in range(50)))])
        (one,) = expand(ask("pose "), many).also
        assert one.others == tuple(f"term{number}" for number in range(MOST_OTHERS))
        groups = Equivalents([(f"w{number}", *(f"t{number}x{other}" for other in range(5))) for number in range(20)])
        found = expand(ask(" ".join(f"w{number}" for number in range(20))), groups)
        assert sum(len(one.others) for one in found.also) == MOST_CLAUSES

    def test_ten_thousand_terms_are_looked_up_quickly(self):
        large = Equivalents([(f"some term {number}", f"词汇{chr(0x4E00 + number)}") for number in range(5_000)])
        question = ask(" ".join(["some term 4999"] * 8))
        begun = perf_counter()
        for _ in range(100):
            expand(question, large)
        assert (perf_counter() - begun) / 100 < 0.01
        assert large.others("词汇一") == ("some term 0",)


class TestEquivalents:
    def test_of_a_term_in_two_groups_the_first_counts(self):
        known = Equivalents([("GS", "Gaussian Splatting"), ("GS", "grid search")])
        assert known.others("gs") == ("Gaussian Splatting",)
        assert known.others("Grid Search") == ("GS",)

    def test_what_is_no_term_has_no_others(self):
        assert KNOWN.others("lantern") == KNOWN.others("") == KNOWN.others("高") == ()

    def test_a_text_without_words_is_no_term(self):
        assert Equivalents([("pose", "!?")]).others("pose") == ()

    def test_a_folded_text_finds_the_same(self):
        assert KNOWN.others_of(whole("高斯泼溅")) == KNOWN.others("高斯潑濺")

    def test_what_readers_are_told_is_plain(self):
        assert expand(ask("高斯泼溅"), KNOWN).also == (Widened("高斯泼溅", ("Gaussian Splatting", "高斯溅射", "3DGS")),)
