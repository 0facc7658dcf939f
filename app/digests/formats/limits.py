"""How many papers one file may list."""

from collections.abc import Sequence

from app.errors import DigestFormatError

MAX_ENTRIES = 100_000
"""Each takes some kilobytes of memory until it is stored, however short it is; no digest of a day has a thousand."""


def refuse_too_many(indexes: Sequence[int]) -> None:
    """`indexes` are those of the lines on which papers begin. To be asked before the papers are read."""
    if len(indexes) > MAX_ENTRIES:
        line = indexes[MAX_ENTRIES] + 1
        raise DigestFormatError(
            f"line {line}: here begins one paper more than the {MAX_ENTRIES:,} that a file may list."
        )
