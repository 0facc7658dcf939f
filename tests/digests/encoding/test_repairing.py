"""Mojibake made readable again."""

import subprocess
import sys

import pytest

from app.digests.encoding import corrupt, detect, priors, read, repair, train
from app.digests.encoding.prior import dictionary, phrases
from tests.conftest import REAL_DIGESTS, ROOT

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
def test_nearly_all_of_a_sample_comes_back_by_our_own_sentences(path, codec):
    """With no more than our own sentences."""
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


def test_the_dictionary_is_read_without_its_segmenter():
    assert dictionary().total > 2_000_000
    assert dictionary().counts["风筝"] > 0
    alone = (
        "import sys; from app.digests.encoding.prior import dictionary; dictionary(); sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", alone], cwd=ROOT, check=False).returncode == 0


@CODECS
@pytest.mark.parametrize("path", SAMPLES)
def test_the_dictionary_knows_what_our_sentences_do_not(path, codec):
    text = path.read_text()
    with_it, without = (_exact(text, repair(corrupt(text, codec), codec, models)) for models in (priors(), [phrases()]))

    assert with_it > without
    assert with_it >= 0.955


@CODECS
def test_an_empty_library_repairs_real_digests_well_enough(codec):
    """Eight of them, as one text; `python -m bench.repairing` measures every one."""
    if not REAL_DIGESTS.exists():
        pytest.skip("the real digests are not on this machine")
    texts = [read(file.read_bytes()).text for file in sorted(REAL_DIGESTS.rglob("*.md"))[::7]]
    text = "\n".join(text for text in texts if not detect(text))

    repaired = repair(corrupt(text, codec), codec, priors())

    assert _exact(text, repaired) >= 0.985
    assert corrupt(repaired, codec) == corrupt(text, codec)
