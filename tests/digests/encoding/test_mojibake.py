"""What misreading does to a text, how it is recognised, and what may have stood there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digests.encoding import read
from app.digests.encoding.mojibake import candidates, corrupt, detect, lost_bytes, split
from tests.conftest import REAL_DIGESTS, ROOT

CODECS = pytest.mark.parametrize("codec", ["cp1252", "cp1254"])
SAMPLES = [pytest.param(path, id="-".join(path.parts[-2:])) for path in sorted((ROOT / "samples").rglob("*.md"))]


def test_the_process_drops_what_the_code_page_does_not_know_and_soft_hyphens():
    assert lost_bytes("cp1254").hex(" ") == "81 8d 8e 8f 90 9d 9e ad"
    assert lost_bytes("cp1252").hex(" ") == "81 8d 8f 90 9d ad"
    assert corrupt("更新 à", "cp1254") == "æ›´æ–° Ã\xa0"


@CODECS
@pytest.mark.parametrize("char", ["更", "中", "，", "”", "é", "à", "→", "🔴", "\u200b", "\ufeff", "\uf8ed"])
def test_what_stood_there_is_among_the_candidates(char, codec):
    found = candidates(corrupt(char, codec), codec)

    assert char in found
    assert {corrupt(candidate, codec) for candidate in found} == {corrupt(char, codec)}


def test_a_character_without_lost_bytes_is_certain():
    assert candidates(corrupt("更", "cp1254"), "cp1254") == "更"


def test_an_unknown_byte_kept_as_a_control_character_leaves_no_doubt():
    assert candidates("ä¸\x8d", "cp1254") == "不"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        pytest.param("", None, id="nothing"),
        pytest.param("Kites fly.", None, id="ASCII"),
        pytest.param("风筝会飞。", None, id="Chinese"),
        pytest.param("Théo Marchetti-Roux, Jürgen Ähre, Łukasz, São, İnan Ağır, Ñandú", None, id="names"),
        pytest.param("Il a dit «\xa0café\xa0» à l’été", None, id="French"),
        pytest.param("le café\xa0»\nune idée\xa0»\nà\xa0»", None, id="French, the end of a quotation"),
        pytest.param("„Spaß“ macht „Ä“, José’s, naïve™, ±5°, 3×4", None, id="signs after letters"),
        pytest.param(corrupt("# 2031-05-06 更新", "cp1254"), "cp1254", id="a heading"),
        pytest.param(corrupt("更新最大", "cp1252"), "cp1254", id="nothing tells the code pages apart"),
        pytest.param(corrupt("风筝和小鸟都会飞", "cp1252"), "cp1252", id="a sign only one of them has"),
        pytest.param("风筝会飞。\n" + corrupt("风筝会飞。", "cp1254"), "cp1254", id="clean and damaged lines"),
        pytest.param("风筝\nKite\n" + corrupt("更", "cp1254"), "cp1254", id="a damaged end"),
        pytest.param(corrupt("é", "cp1254") + "\n\n风筝", "cp1254", id="a damaged beginning"),
        pytest.param("风筝\rKite \x0b" + corrupt("更", "cp1254") + "\r风筝", "cp1254", id="other ends of lines"),
        pytest.param("à José café\n" + corrupt("更", "cp1254"), "cp1254", id="each line for itself"),
        pytest.param("à José café " + corrupt("更", "cp1254"), None, id="more clean letters than damaged ones"),
        pytest.param("José " + corrupt("Müller", "cp1252") + " 风筝", None, id="as many clean letters as damaged ones"),
        pytest.param(corrupt("it’s", "cp1252"), "cp1254", id="an apostrophe"),
    ],
)
def test_mojibake_is_recognised_and_nothing_else_is(text, codec):
    assert detect(text) == codec


@given(st.lists(st.text(st.sampled_from("Ké\xa0»ç›´Å¸ 风\r"))))
def test_a_text_is_damaged_if_one_of_its_lines_is(lines):
    found = {codec for line in lines if (codec := detect(line))}

    assert detect("\n".join(lines)) == min(found, default=None)


@pytest.mark.parametrize("path", SAMPLES)
def test_a_clean_sample_is_clean_and_its_mojibake_is_not(path):
    text = path.read_text()

    assert detect(text) is None
    assert detect(corrupt(text, "cp1254")) == "cp1254"
    assert detect(corrupt(text, "cp1252")) in {"cp1252", "cp1254"}


def test_no_clean_digest_is_taken_for_mojibake():
    if not REAL_DIGESTS.exists():
        pytest.skip("the real digests are not on this machine")
    files = [file for file in REAL_DIGESTS.rglob("*") if file.is_file()]

    assert [file.name for file in files if detect(read(file.read_bytes()).text)] == ["002_4610c91d2803a543.txt"]


@CODECS
def test_every_character_of_a_damaged_text_is_found(codec):
    text = "# 更新\n- **要点**：三维、重建 é 🔴”\n\nEnglish\n"
    pieces = list(split(corrupt(text, codec), codec))

    assert "".join(piece.text for piece in pieces) == corrupt(text, codec)
    found = [piece.candidates for piece in pieces if piece.candidates]
    written = [char for char in text if not char.isascii()]
    assert all(char in among for char, among in zip(written, found, strict=True))


def test_clean_lines_between_damaged_ones_are_left_alone():
    text = "José 和 Zoë\n风筝\n" + corrupt("更新：风筝会飞", "cp1254")

    assert [piece.text for piece in split(text, "cp1254") if piece.candidates] == [
        corrupt(c, "cp1254") for c in "更新：风筝会飞"
    ]
