"""Numbers in paths. Python refuses to read those of thousands of digits."""

from starlette.convertors import IntegerConvertor, register_url_convertor

from app.db import LARGEST_ID

MOST_DIGITS = len(str(LARGEST_ID))


class NumberConvertor(IntegerConvertor):
    """`{paper_id:number}`; one that is longer than any that a store gives is read as one that none gives."""

    def convert(self, value: str) -> int:
        digits = value.lstrip("0")
        return int(digits or "0") if len(digits) <= MOST_DIGITS else LARGEST_ID + 1


register_url_convertor("number", NumberConvertor())
