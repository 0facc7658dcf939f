"""From bytes to text."""

import pytest

from app.digests.decoding import decode
from app.errors import UnreadableFileError


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("风筝\nKite".encode(), id="UTF-8"),
        pytest.param("风筝\nKite".encode("utf-8-sig"), id="UTF-8 with a byte order mark"),
        pytest.param("风筝\nKite".encode("utf-16"), id="UTF-16, native"),
        pytest.param(b"\xfe\xff" + "风筝\nKite".encode("utf-16-be"), id="UTF-16, big-endian"),
        pytest.param("风筝\r\nKite".encode(), id="CRLF"),
        pytest.param("风筝\rKite".encode(), id="CR"),
    ],
)
def test_text_is_the_same_in_every_encoding(raw):
    assert decode(raw) == "风筝\nKite"


def test_nothing_but_line_ends_is_changed():
    text = " \u200b\t\x0b\x85\u2028\xa0 e\u0301 \n\n"

    assert decode(text.encode()) == text


def test_an_empty_file_is_empty_text():
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param(b"Kite \xff", "byte 5 is not UTF-8", id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbfKite \xff", "byte 8 is not UTF-8", id="counted from the start of the file"),
        pytest.param("风筝".encode("gb18030"), "byte 0 is not UTF-8", id="GB 18030"),
        pytest.param(b"\xff\xfeK\x00\x00\xd8", "byte 4 is not UTF-16", id="not UTF-16"),
        pytest.param(b"Kite\x00", "binary file", id="NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "binary file", id="picture"),
        pytest.param("Kite".encode("utf-32"), "binary file", id="UTF-32"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(raw, message):
    with pytest.raises(UnreadableFileError, match=message):
        decode(raw)
