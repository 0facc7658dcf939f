import random
from unicodedata import normalize

import pytest

from app.search.folding import fold, is_aligned
from app.search.words import MOST_PARTS, places, read_words, runs


def words(text: str) -> list[str]:
    return [word for run in runs(text) for word in run.words]


def joined(text: str) -> list[str]:
    return [run.joined for run in runs(text) if run.joined]


def odd_texts(count: int) -> list[str]:
    """Reproducible nonsense from every corner of Unicode."""
    source = random.Random(20241207)  # noqa: S311
    corners = [(0x20, 0x17F), (0x300, 0x370), (0x2000, 0x2070), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xFF01, 0xFF9F)]
    return ["".join(chr(source.randrange(*source.choice(corners))) for _ in range(20)) for _ in range(count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Neural Radiance", ["neural", "radiance"], id="case"),
        pytest.param("Nießner Müller Øyvind café", ["niessner", "muller", "oyvind", "cafe"], id="accents"),
        pytest.param("cafe\u0301 か\u3099", ["cafe", "が"], id="decomposed"),
        pytest.param("ＮｅＲＦ ﾊﾞｶ", ["nerf", "バカ", "カ"], id="widths"),
        pytest.param("text-to-image", ["text", "to", "image"], id="compound"),
        pytest.param("2412.04471", ["2412", "04471"], id="number"),
        pytest.param("高斯泼溅", ["高斯", "斯泼", "泼溅", "溅"], id="han"),
        pytest.param("光", ["光"], id="one han character"),
        pytest.param("3D高斯splatting", ["3d", "高斯", "斯", "splatting"], id="mixed"),
        pytest.param("３Ｄ－ＧＳ ３Ｄ高斯", ["3d", "gs", "3d", "高斯", "斯"], id="wide and mixed"),
        pytest.param("T2I vid2vid L₂", ["t2i", "vid2vid", "l2"], id="digits within"),
        pytest.param("點雲", ["点云", "云"], id="traditional"),
        pytest.param("部分\u200b内容", ["部分", "分内", "内容", "容"], id="zero width in han"),
        pytest.param("gaus\u00adsian\ufeff", ["gaussian"], id="soft hyphen"),
        pytest.param(" \0\ud800，。!", [], id="no word"),
    ],
)
def test_words_are_cut_by_one_rule(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("text-to-image", ["texttoimage"], id="hyphens"),
        pytest.param("Yu‑Xiong image_inpainting R&D", ["yuxiong", "imageinpainting", "rd"], id="others"),
        pytest.param("2412.04471", ["241204471"], id="number"),
        pytest.param("3d-gs 3D‑GS ３Ｄ－ＧＳ", ["3dgs", "3dgs", "3dgs"], id="all the same"),
        pytest.param("gaus\u200bsian", ["gaussian"], id="zero width"),
        pytest.param("plain words -- and dashes", [], id="none"),
        pytest.param("-".join("abcdefghijklm"[: MOST_PARTS + 1]), [], id="too long"),
    ],
)
def test_compounds_are_also_one_word(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


@pytest.mark.parametrize(
    ("written", "simplified"),
    [
        pytest.param("基於點雲與動態場景的即時渲染", "基于点云与动态场景的即时渲染", id="taiwan"),
        pytest.param("為 爲 裡 裏 台 臺 檯 颱", "为 为 里 里 台 台 台 台", id="several for one"),
        pytest.param("衞 粧 敍 痺", "卫 妆 叙 痹", id="hong kong"),
        pytest.param("図 関 値 闘 挙 辺", "图 关 值 斗 举 边", id="japan"),
        pytest.param("瞭解 憑藉 復甦 彷彿", "了解 凭借 复苏 仿佛", id="as in most words"),
        pytest.param("薴", "苎", id="by way of another traditional one"),
        pytest.param("欠拟合 芸 沪 画", "欠拟合 芸 沪 画", id="simplified that japan uses otherwise"),
        pytest.param("图像 大象 著作 看着 覆盖 重复", "图像 大象 著作 看着 覆盖 重复", id="simplified stays apart"),
        pytest.param("ガウス カﾞ 가우스 ㈱ 々〇", "ガウス ガ 가우스 (株) 々〇", id="kana and hangul"),
    ],
)
def test_traditional_and_simplified_characters_are_one(written: str, simplified: str) -> None:
    assert fold(written) == simplified


def test_an_ideograph_folds_to_one_character_and_that_to_itself() -> None:
    ideographs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2FA20))]
    folded = [fold(character) for character in ideographs]
    assert {len(character) for character in folded} == {1}
    assert [fold(character) for character in folded] == folded


def test_everyday_simplified_characters_are_kept_but_for_two() -> None:
    """Those of the first level of their standard; the two are nearly always traditional ones."""
    everyday = bytes(b for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312")
    assert {character for character in everyday if fold(character) != character} == {"乾", "藉"}


def test_endless_words_are_cut() -> None:
    assert len(words("a" * 100_000)[0]) == 64


def test_folding_twice_changes_nothing() -> None:
    for text in odd_texts(500):
        assert fold(fold(text)) == fold(text)


def test_composed_and_decomposed_texts_have_the_same_words() -> None:
    for text in odd_texts(500):
        assert words(normalize("NFD", text)) == words(normalize("NFC", text))


def test_places_name_the_same_words_in_order_within_the_text() -> None:
    for text in odd_texts(500):
        found = places(text)
        assert [place.word for place in found] == words(text)
        assert all(0 <= place.start < place.end <= len(text) for place in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ﬁne x Nießner", ["ﬁne", "x", "Nießner"]), ("①②高", ["①②", "高"]), ("點雲x場", ["點", "雲", "x", "場"])],
)
def test_places_are_those_of_the_original_text(text: str, expected: list[str]) -> None:
    assert [text[place.start : place.end] for place in places(text)] == expected


def plain_texts(count: int) -> list[str]:
    """Reproducible nonsense of the characters that digests are made of."""
    source = random.Random(20241207)  # noqa: S311
    ranges = [(0x20, 0x2FF), (0x20, 0x7E), (0x2000, 0x200A), (0x2010, 0x2BFF), (0x3000, 0x3020), (0x4E00, 0x9FFF)]
    ranges += [(0x3400, 0x4DBF), (0xFF01, 0xFF5E), *[(0x9AD8, 0x9AE0)] * 6]
    return ["".join(chr(source.randint(*source.choice(ranges))) for _ in range(40)) for _ in range(count)]


def test_plain_texts_fold_like_all_others() -> None:
    for text in plain_texts(2000):
        assert fold(text) + "ก" == fold(f"{text}ก")


def test_a_text_is_aligned_with_its_folded_form_where_every_character_folds_to_one() -> None:
    for text in [*plain_texts(2000), *odd_texts(500), "Straße a\u00ad", "é\u200f½"]:
        if is_aligned(text, fold(text)):
            assert [fold(character) for character in text] == list(fold(text))


def test_an_index_keeps_what_the_runs_of_a_text_say() -> None:
    for text in [*odd_texts(500), *plain_texts(500), "3D-GS\u200b高\u200b斯 gaussian—splatting x_y"]:
        found = list(runs(text))
        kept = read_words(text)
        assert kept.in_a_row == [word for run in found for word in run.words]
        assert kept.joined == [run.joined for run in found if run.joined]
        assert kept.characters == {character for run in found if run.is_han for character in run.parts}
