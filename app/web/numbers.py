"""Numbers in addresses and headers, of any length: Python refuses to read those of thousands of digits."""

from starlette.convertors import IntegerConvertor

from app.db import LARGEST_ID


def read_number(text: str, most: int = LARGEST_ID) -> int | None:
    """A whole number, `most` for all that are larger; None if the text is none."""
    if not (text.isascii() and text.isdecimal()):
        return None
    digits = text.lstrip("0")
    return min(int(digits or "0"), most) if len(digits) <= len(str(most)) else most


class NumberConvertor(IntegerConvertor):
    """`{paper_id:number}`; one that is longer than any that a store gives is read as one that none gives."""

    def convert(self, value: str) -> int:
        return read_number(value, LARGEST_ID + 1) or 0
