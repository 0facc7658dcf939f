"""Addresses with their Chinese as it is read (RFC 3987). Browsers send it as UTF-8 all the same (WHATWG URL, section 4.1);
written as `%E6%95%A3` each character takes nine bytes, and within another address fifteen."""

import re
from urllib.parse import quote, unquote

_LETTERS = re.compile(r"(?:%E3%(?:8[1-9A-F]|[9AB][0-9A-F])%[89AB][0-9A-F]|%E[4-9]%[89AB][0-9A-F]%[89AB][0-9A-F])+")
"""From U+3040 to U+9FFF: kana and Han. What one does not see, or takes for something else, stays encoded."""


def as_iri(address: str) -> str:
    """The same address, as a person would write it."""
    return _LETTERS.sub(lambda found: unquote(found[0]), address) if "%E" in address else address


def quote_address(address: str) -> str:
    """An address as the value of a parameter of another."""
    return as_iri(quote(as_iri(address), safe="/"))


def as_uri(address: str) -> str:
    """The same address in ASCII, for programs that take no other."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")
