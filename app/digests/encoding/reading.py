"""From bytes to text, in the encodings Chinese files come in, each taken only where it clearly is that one.

A wrong guess would put nonsense into the library and call it text, so what fits none of them is refused.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from typing import NamedTuple

from app.digests.encoding.prior import phrases
from app.errors import UnreadableFileError

_REASONS_TO_END = {"unexpected end of data", "truncated data", "incomplete multibyte sequence"}
"""As Python's decoders for UTF-8, UTF-16 and GB 18030 say that more bytes should come."""


class Reading(NamedTuple):
    """Text, the encoding it was in, and what a reader should know about it."""

    text: str
    encoding: str
    note: str = ""


def read(raw: bytes) -> Reading:
    """UnreadableFileError, naming the first byte that is not UTF-8, where the bytes are text in no encoding we know."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _without_nul(_read_as("UTF-16", raw))
    if b"\0" in raw:
        return _read_utf16_without_mark(raw)
    try:
        return _read_as("UTF-8", raw)
    except UnreadableFileError:
        if reading := _read_gb18030(raw):
            return reading
        raise


def _read_as(encoding: str, raw: bytes) -> Reading:
    try:
        return Reading(raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if reading := _cut_off(encoding, raw, error):
            return reading
        raise UnreadableFileError(f"This file is no text we can read: byte {error.start} is not {encoding}.") from error


def _cut_off(encoding: str, raw: bytes, error: UnicodeDecodeError) -> Reading | None:
    """The text before a last character of which only a part is there.

    Only after other characters beyond ASCII: a last "é" in another encoding looks the same.
    """
    text = raw[: error.start].decode(encoding)
    is_cut = error.end == len(raw) and error.reason in _REASONS_TO_END
    if not is_cut or text.isascii():
        return None
    rest = len(raw) - error.start
    note = f"The file ends in the middle of a character: its last {rest} {'byte is' if rest == 1 else 'bytes are'} left out."
    return Reading(text, encoding, note)


def _without_nul(reading: Reading) -> Reading:
    if "\0" in reading.text:
        raise UnreadableFileError("This is a binary file, not text: it holds NUL bytes.")
    return reading


def _read_utf16_without_mark(raw: bytes) -> Reading:
    """Blanks and line ends have a NUL byte in UTF-16, and text in other encodings has none."""
    for encoding in ("UTF-16-LE", "UTF-16-BE"):
        try:
            reading = _read_as(encoding, raw)
        except UnreadableFileError:
            continue
        ascii_chars = [char for char in reading.text if char.isascii()]  # none: the NUL is no half of a character
        if ascii_chars and "\0" not in ascii_chars and _is_familiar(reading.text):
            return reading
    raise UnreadableFileError("This is a binary file, not text: it holds NUL bytes.")


def _read_gb18030(raw: bytes) -> Reading | None:
    """Nearly any bytes can be read this way, and some of Korean and Japanese even become common Chinese characters."""
    try:
        reading = _read_as("GB18030", raw)
    except UnreadableFileError:
        return None
    return reading if _is_familiar(char for char in reading.text if not char.isascii()) else None


def _is_familiar(text: Iterable[str]) -> bool:
    """Half of it are characters that we use ourselves: 80 % are in Chinese digests, 25 % in Korean misread as Chinese."""
    known = [char.isascii() or char in phrases().counts for char in text]
    return sum(known) > len(known) / 2
