"""Files in every state they come in: read, repaired, or refused with the place."""

import pytest

from app.digests.decoding import DecodedText, read_text
from app.digests.encoding import corrupt, train
from app.digests.parsing import parse_digest
from app.errors import UnreadableFileError
from tests.conftest import REAL_DIGESTS, ROOT

SAMPLES = [pytest.param(path, id="-".join(path.parts[-2:])) for path in sorted((ROOT / "samples").rglob("*.md"))]
TEXT = "# 更新\n风筝会飞。Kites fly, José says.\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        pytest.param(TEXT.encode(), "UTF-8", id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "UTF-8", id="UTF-8 with a byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), "UTF-8", id="CRLF"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), "UTF-16", id="UTF-16, little-endian"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16", id="UTF-16, big-endian"),
        pytest.param(TEXT.encode("utf-16-le"), "UTF-16-LE", id="UTF-16, little-endian, unmarked"),
        pytest.param(TEXT.encode("utf-16-be"), "UTF-16-BE", id="UTF-16, big-endian, unmarked"),
        pytest.param(TEXT.encode("gb18030"), "GB18030", id="GB 18030"),
    ],
)
def test_text_is_the_same_in_every_encoding(raw, encoding):
    assert read_text(raw) == DecodedText(TEXT, encoding)


@pytest.mark.parametrize(
    ("raw", "text", "bytes_left_out"),
    [
        pytest.param("风筝会".encode()[:-1], "风筝", 2, id="UTF-8, two bytes of three"),
        pytest.param("风筝会".encode()[:-2], "风筝", 1, id="UTF-8, one byte of three"),
        pytest.param("\ufeff风筝 K".encode("utf-16")[:-1], "风筝 ", 1, id="UTF-16"),
        pytest.param("风筝\n会".encode("utf-16-le")[:-1], "风筝\n", 1, id="UTF-16, unmarked"),
        pytest.param("\ufeff风筝🔴".encode("utf-16")[:-2], "风筝", 2, id="UTF-16, half of a pair"),
        pytest.param("风筝🔴".encode()[:-1], "风筝", 3, id="UTF-8, three bytes of four"),
        pytest.param("最新风筝会飞".encode("gb18030")[:-1], "最新风筝会", 1, id="GB 18030"),
        pytest.param("最新风筝会🔴".encode("gb18030")[:-1], "最新风筝会", 3, id="GB 18030, three bytes of four"),
    ],
)
def test_a_file_cut_off_within_a_character_is_read_up_to_it(raw, text, bytes_left_out):
    result = read_text(raw)

    assert result.text == text
    assert f"last {bytes_left_out} byte" in result.note
    assert not result.repaired


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"Kite \xff", "byte 5 is not UTF-8", id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbfKite \xff", "byte 8 is not UTF-8", id="counted from the start of the file"),
        pytest.param(
            "风筝".encode() + b"\xff" + "会飞".encode(), "byte 6 is not UTF-8", id="a bad byte among good ones"
        ),
        pytest.param(b"caf\xe9", "byte 3 is not UTF-8", id="Latin-1 at the end"),
        pytest.param("José naïve Müller".encode("cp1252"), "byte 3 is not UTF-8", id="Windows-1252"),
        pytest.param("凧は空を飛ぶ。漢字とカタカナ".encode("shift-jis"), "byte 0 is not UTF-8", id="Shift JIS"),
        pytest.param("凧は空を飛ぶ。漢字とカタカナ".encode("euc-jp"), "byte 0 is not UTF-8", id="EUC-JP"),
        pytest.param("연이 하늘을 납니다".encode("euc-kr"), "byte 0 is not UTF-8", id="EUC-KR"),
        pytest.param(b"\xff\xfeK\x00\x00\xd8", "byte 4 is not UTF-16", id="not UTF-16"),
        pytest.param("风筝".encode() + b"\xed\xa0\xbd", "byte 6 is not UTF-8", id="half a pair of UTF-16 in UTF-8"),
        pytest.param(b"Kite \xc0\xaf", "byte 5 is not UTF-8", id="more bytes than a character needs"),
        pytest.param("Kite 风".encode()[:-1], "byte 5 is not UTF-8", id="cut off within its only foreign character"),
        pytest.param("最新".encode("gb18030") + b"\xff\n\xff", "byte 0 is not UTF-8", id="not GB 18030 to the end"),
        pytest.param(b"Kite\x00", "binary file", id="NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "binary file", id="picture"),
        pytest.param("Kite".encode("utf-32"), "binary file", id="UTF-32"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(raw, message):
    with pytest.raises(UnreadableFileError, match=message):
        read_text(raw)


def test_mojibake_is_repaired_and_says_so():
    result = read_text(corrupt(TEXT, "cp1254").encode(), lambda: train([TEXT]))

    assert result.text == TEXT
    assert result.repaired
    assert "Windows-1254" in result.note


def test_mojibake_that_is_cut_off_within_a_character_is_repaired_up_to_it():
    damaged = corrupt(TEXT + "更", "cp1254").encode()

    result = read_text(damaged[:-1], lambda: train([TEXT]))

    assert result.text.startswith(TEXT)
    assert "repaired" in result.note
    assert "last 1 byte" in result.note


def test_what_was_misread_twice_is_repaired_twice():
    text = "更新，風。\n"

    assert read_text(corrupt(corrupt(text, "cp1252"), "cp1252").encode()).text == text


def test_the_library_is_not_asked_about_a_clean_file():
    def ask():
        raise AssertionError("nothing had to be repaired")

    assert read_text(TEXT.encode(), ask).text == TEXT


@pytest.mark.parametrize("path", SAMPLES)
def test_a_clean_sample_is_not_touched(path):
    assert read_text(path.read_bytes()) == DecodedText(path.read_text(), "UTF-8")


def test_no_clean_digest_is_touched():
    if not REAL_DIGESTS.exists():
        pytest.skip("the real digests are not on this machine")
    files = [file for file in REAL_DIGESTS.rglob("*") if file.is_file() and not file.name.startswith("002_")]

    assert [f.name for f in files if read_text(f.read_bytes()) != DecodedText(f.read_text("utf-8-sig"), "UTF-8")] == []


def test_a_real_damaged_digest_is_readable_again():
    if not REAL_DIGESTS.exists():
        pytest.skip("the real digests are not on this machine")
    file = next(REAL_DIGESTS.rglob("002_*"))
    result = read_text(file.read_bytes())
    digest = parse_digest(result.text)

    assert corrupt(result.text, "cp1254") == file.read_text()
    assert "# 2024-08-28 更新" in result.text
    assert len(digest.entries) == 17
    assert all(any("\u4e00" <= char <= "\u9fff" for char in entry.summary) for entry in digest.entries)
