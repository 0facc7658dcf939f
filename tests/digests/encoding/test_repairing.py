"""Mojibake made readable again."""

from pathlib import Path

import pytest

from app.digests.encoding import corrupt, priors, repair, train
from app.digests.encoding.character_model import EMPTY
from app.digests.encoding.prior import dictionary, phrases

ROOT = Path(__file__).resolve().parents[3]
CODECS = pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
SAMPLES = [pytest.param(path, id="-".join(path.parts[-2:])) for path in sorted((ROOT / "samples").rglob("*.md"))]


def _exact(text: str, repaired: str) -> float:
    """The share of Chinese characters that came back."""
    pairs = [(was, now) for was, now in zip(text, repaired, strict=True) if "\u4e00" <= was <= "\u9fff"]
    return sum(was == now for was, now in pairs) / len(pairs)


@CODECS
def test_a_text_the_library_knows_comes_back_whole(codec):
    text = "# 更新\n风筝会飞，中国的风筝与众不同。\n- 第一、“重建”！\n\nJosé Müller → 🔴\u200b\n"

    assert repair(corrupt(text, codec), codec, [train([text])]) == text


@CODECS
@pytest.mark.parametrize("path", SAMPLES)
def test_what_is_repaired_was_really_damaged_like_this(path, codec):
    """Only what is in doubt is ever chosen: the very same damage makes the very same file."""
    damaged = corrupt(path.read_text(), codec)

    assert corrupt(repair(damaged, codec, [phrases()]), codec) == damaged


@CODECS
@pytest.mark.parametrize("path", SAMPLES)
def test_nearly_all_of_a_sample_comes_back_without_a_library(path, codec):
    """With no more than our own sentences. `python -m bench.repairing` measures it with a dictionary and a library."""
    text = path.read_text()

    assert _exact(text, repair(corrupt(text, codec), codec, [phrases()])) >= 0.92


def test_the_other_samples_teach_something():
    texts = [path.values[0].read_text() for path in SAMPLES]
    alone = [_exact(text, repair(corrupt(text, "cp1254"), "cp1254", [phrases()])) for text in texts]
    taught = [
        _exact(text, repair(corrupt(text, "cp1254"), "cp1254", [phrases(), train(t for t in texts if t is not text)]))
        for text in texts
    ]

    assert sum(taught) > sum(alone)


def test_clean_lines_between_damaged_ones_stay_as_they_are():
    clean, damaged = "José 和 Zoë\n“中”与„不”\n", corrupt("更新最大。", "cp1254")

    assert repair(clean + damaged, "cp1254", [phrases()]) == clean + "更新最大。"


def test_nothing_known_still_gives_a_text_that_was_damaged_like_this():
    damaged = corrupt("风筝与中国。", "cp1254")

    assert corrupt(repair(damaged, "cp1254", []), "cp1254") == damaged


def test_without_its_dictionary_the_prior_is_what_we_wrote_ourselves():
    assert dictionary("a_package_nobody_has") == EMPTY
    assert phrases().total > 2000


@pytest.mark.skipif(dictionary() == EMPTY, reason="jieba, whose dictionary is read, is not installed")
def test_the_dictionary_makes_it_better():
    text = "这只风筝由竹子与丝绸制成，在古代中国用于传递消息，而不是供儿童玩耍。"
    damaged = corrupt(text, "cp1254")

    assert _exact(text, repair(damaged, "cp1254", priors())) >= _exact(text, repair(damaged, "cp1254", [phrases()]))
