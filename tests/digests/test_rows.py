"""Rows that entries share: found by their names, however many and whatever these are."""

import pytest

from app.digests.naming import free_slugs
from app.digests.rows import row_ids
from app.models import Author
from tests.conftest import BOTH_STORES


@BOTH_STORES
def test_names_are_found_again_to_the_letter(database):
    names = ["张三", "张三 ", 'A "quoted" \\ name', "A\nB", "null", "1", "O'Hara"]
    with database.write() as session:
        first = row_ids(session, Author, names)
    with database.write() as session:
        assert row_ids(session, Author, [*names, "new"]) == {**first, "new": max(first.values()) + 1}


def test_a_name_with_a_nul_is_not_taken_for_the_part_before_it(database):
    with database.write() as session:
        first = row_ids(session, Author, ["A", "A\0B"])
    with database.write() as session:
        assert row_ids(session, Author, ["A", "A\0B"]) == first
    assert len(set(first.values())) == 2


@pytest.mark.parametrize("taken", [{"a"}, {"a", "a-2", "a-4"}, {"a", *(f"a-{n}" for n in range(2, 60))}])
def test_slugs_get_the_lowest_numbers_that_are_free(taken):
    free = free_slugs(["a", "b", "a", "a 3", "b"], lambda some: some & taken)
    numbers = (f"a-{n}" for n in range(2, 99))
    low = [slug for slug in ("a", *numbers) if slug not in taken]
    assert free[:1] + free[2:3] == low[:2]
    assert free[1] == "b"
    assert free[4] == "b-2"
    assert len(set(free)) == 5
    assert taken.isdisjoint(free)
