"""From the bytes of a file to text whose lines can be counted."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from app.errors import UnreadableFileError


def decode(raw: bytes) -> str:
    """UTF-8, or UTF-16 if a byte order mark says so; every line ends in a newline, nothing else is changed."""
    text = _decode_as("UTF-16" if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "UTF-8", raw)
    if "\0" in text:
        raise UnreadableFileError("This is a binary file, not text: it holds NUL bytes.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decode_as(encoding: str, raw: bytes) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        # A picture or an archive fails here first; that its bytes are no text is the better thing to say.
        if encoding == "UTF-8" and b"\0" in raw:
            raise UnreadableFileError("This is a binary file, not text: it holds NUL bytes.") from error
        raise UnreadableFileError(f"This file is no text we can read: byte {error.start} is not {encoding}.") from error
