"""From the bytes of a file to text whose lines can be counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.digests.encoding import CharacterModel, Codec, detect, priors, read, repair
from app.errors import UnreadableFileError

MAX_LINES = 2_000_000
"""Each costs some 200 bytes of memory while a file is read, however short it is; a hundred thousand papers have fewer."""
MAX_DAMAGED = 4_000_000
"""Characters. Repairing takes some seconds for each million; a digest has some hundred thousand."""
_MOST_MISREADINGS = 3


@dataclass(frozen=True, slots=True)
class DecodedText:
    """What a file says, and what was done to read it."""

    text: str
    encoding: str
    repaired: bool = False
    """It was mojibake: characters were lost and chosen again, nearly all of them rightly. Keep the file as it was."""
    note: str = ""
    """One sentence or two a reader should see with the text; "" for an ordinary file."""


def read_text(raw: bytes, model_source: Callable[[], CharacterModel] | None = None) -> DecodedText:
    """UTF-8, UTF-16, GB 18030 or mojibake; anything else is refused, with the byte where it stops being text.

    A clean file is changed in nothing but its line ends. `model_source` is asked for what the library knows of its own
    language only if something has to be repaired.
    """
    reading = read(raw)
    text = with_newlines(reading.text)
    if text.count("\n") >= MAX_LINES:
        raise UnreadableFileError(f"The file has more than {MAX_LINES:,} lines; at most so many are read.")
    codec = detect(text)
    if codec is None:
        return DecodedText(text, reading.encoding, note=reading.note)
    if len(text) > MAX_DAMAGED:
        raise UnreadableFileError(
            f"This file is damaged: UTF-8 that was read as {_name(codec)}. It has {len(text):,} characters; "
            f"at most {MAX_DAMAGED:,} are repaired."
        )
    models = (*priors(), model_source()) if model_source else priors()
    note = (
        f"This file was damaged: UTF-8 that was read as {_name(codec)}. It is repaired; a few characters may be wrong."
    )
    return DecodedText(
        with_newlines(_repair(text, models)),
        reading.encoding,
        repaired=True,
        note=f"{note} {reading.note}".rstrip(),
    )


def _repair(text: str, models: Sequence[CharacterModel]) -> str:
    """Some files were misread more than once."""
    for _ in range(_MOST_MISREADINGS):
        codec = detect(text)
        if codec is None:
            break
        text = repair(text, codec, models)
    return text


def _name(codec: Codec) -> str:
    return f"Windows-{codec.removeprefix('cp')}"


def with_newlines(text: str) -> str:
    """How lines are counted: without a byte order mark, and a line ends where any system says so."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
