"""From bytes to text whose lines can be counted."""

import pytest

from app.digests.decoding import read_text


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("风筝\n\nKite".encode(), id="LF"),
        pytest.param("风筝\r\n\r\nKite".encode(), id="CRLF"),
        pytest.param("风筝\r\rKite".encode(), id="CR"),
        pytest.param("风筝\r\n\rKite".encode(), id="both"),
        pytest.param("风筝\r\n\r\nKite".encode("utf-8-sig"), id="behind a byte order mark"),
        pytest.param("风筝\r\n\r\nKite".encode("utf-16"), id="UTF-16"),
    ],
)
def test_every_line_ends_in_a_newline(raw):
    assert read_text(raw).text == "风筝\n\nKite"


def test_nothing_but_line_ends_is_changed():
    text = " \u200b\t\x0b\x85\u2028\xa0 e\u0301 \n\n"

    assert read_text(text.encode()).text == text


def test_an_empty_file_is_empty_text():
    assert read_text(b"").text == ""
