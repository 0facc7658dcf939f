"""Numbers of addresses and headers."""

import pytest

from app.db import LARGEST_ID
from app.web.numbers import NumberConvertor, read_number


@pytest.mark.parametrize("text", ["", " ", "-1", "+1", "1.0", "1_000", "0x10", "1e3", "٣", "²", "ten", "1 "])
def test_what_is_no_whole_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("0" * 5000 + "12", 12), ("0" * 5000, 0)])
def test_a_number_is_what_it_says(text, number):
    assert read_number(text) == NumberConvertor().convert(text) == number


@pytest.mark.parametrize(("text", "number"), [("99", 99), ("100", 100), ("101", 100), ("999", 100), ("9" * 5000, 100)])
def test_what_is_more_than_the_most_is_the_most(text, number):
    assert read_number(text, 100) == number


@pytest.mark.parametrize("text", [str(LARGEST_ID + 1), str(LARGEST_ID * 7), "9" * 5000])
def test_a_path_names_none_beyond_the_numbers_of_a_store(text):
    assert NumberConvertor().convert(text) == LARGEST_ID + 1
    assert NumberConvertor().convert(str(LARGEST_ID)) == LARGEST_ID
