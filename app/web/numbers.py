"""Numbers in paths: of as many digits as a store takes. Python refuses to read those of thousands of digits."""

from starlette.convertors import IntegerConvertor, register_url_convertor


class NumberConvertor(IntegerConvertor):
    """`{paper_id:number}`; what is longer is an address that leads nowhere."""

    regex = "[0-9]{1,18}"


register_url_convertor("number", NumberConvertor())
