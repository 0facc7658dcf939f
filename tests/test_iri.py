"""Addresses with their Chinese as it is read."""

from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.iri import as_iri, quote_address


@pytest.mark.parametrize(
    ("encoded", "read"),
    [
        pytest.param("/papers?q=%E6%89%A9%E6%95%A3&topic=3D", "/papers?q=扩散&topic=3D", id="Han"),
        pytest.param("/papers?q=%E3%82%AC%E3%82%A6%E3%82%B9", "/papers?q=ガウス", id="kana"),
        pytest.param("/papers?q=%E3%80%80%E4%B8%80", "/papers?q=%E3%80%80一", id="a broad blank is not seen"),
        pytest.param("/papers?q=%22a+b%22%26%3D", "/papers?q=%22a+b%22%26%3D", id="what means something in an address"),
        pytest.param("/papers?q=%E2%80%AE%C3%A9", "/papers?q=%E2%80%AE%C3%A9", id="other characters"),
        pytest.param("/papers?q=%E6%89", "/papers?q=%E6%89", id="half a character"),
    ],
)
def test_chinese_and_japanese_are_read_and_nothing_else(encoded, read):
    assert as_iri(encoded) == read


@given(st.text())
@example("高斯 %E9%AB%98")
def test_an_address_says_the_same_either_way(text):
    encoded = quote(text.encode(errors="replace"))
    assert quote(as_iri(encoded), safe="/%") == encoded


@given(st.text())
@example("/papers?q=%E9%AB%98&topic=3D+#a")
def test_an_address_within_another_is_the_same_address(text):
    address = text.encode(errors="replace").decode()
    assert unquote(quote_address(address)) == as_iri(address)
