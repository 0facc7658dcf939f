from datetime import date

import pytest

from app import catalog
from app.catalog import Period, State
from tests.catalog.test_browsing import counted
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES
SIGNS = {State.PRESENT: "X", State.MISSING: "-", State.OUTSIDE: "."}


@pytest.fixture
def coverage(database):
    def read(period):
        with database.read() as session:
            return catalog.coverage_of(session, Period.parse(period))

    return read


def drawn(found):
    """Each row as a line of signs, one a column."""
    return {row.name: "".join(SIGNS[cell.state] for cell in row.cells) for row in found.rows}


def test_days_between_the_first_and_the_last_digest_of_a_topic_are_missing_and_others_are_not(library, coverage):
    for day in ("2024-02-03", "2024-02-07"):
        library.digest(topic="3DGS", day=day)
    library.digest(topic="NeRF", day="2024-02-05")
    assert drawn(coverage("2024-02")) == {"3DGS": "..X---X" + 22 * ".", "NeRF": "....X" + 24 * "."}


def test_the_span_of_a_topic_is_that_of_the_whole_library(library, coverage):
    for day in ("2024-01-30", "2024-03-02"):
        library.digest(topic="3DGS", day=day)
    assert drawn(coverage("2024-02")) == {"3DGS": 29 * "-"}
    assert coverage("2024-02").rows[0].missing == [date(2024, 2, day) for day in range(1, 30)]


def test_a_digest_of_several_days_covers_them_all_and_counts_once(library, coverage):
    library.digest(entry("One"), entry("Two"), first_day=date(2024, 1, 30), day="2024-02-03", last_day=date(2024, 2, 3))
    library.digest(day="2024-02-05")
    found = coverage("2024-02")
    assert drawn(found) == {"3DGS": "XXX-X" + 24 * "."}
    assert found.rows[0].total[:2] == (2, 2)
    assert [tally.entries for tally in found.totals()[:5]] == [2, 2, 2, 0, 0]
    assert drawn(coverage("2024-01")) == {"3DGS": 29 * "." + "XX"}


def test_notes_without_a_topic_have_a_row_of_their_own_the_last_and_miss_nothing(library, coverage):
    for day in ("2024-02-01", "2024-02-04"):
        library.digest(topic=None, day=day)
    library.digest(topic="3DGS", day="2024-02-01")
    assert list(drawn(coverage("2024-02")).items())[-1] == (None, "X..X" + 25 * ".")
    assert coverage("2024-02").total.missing == 0


def test_cells_count_digests_entries_and_what_the_lint_found(library, coverage, database):
    from app.models import Finding

    first = library.digest(entry("One"), entry("Two"), day="2024-02-01")
    library.digest(entry("Three"), day="2024-02-01", title="Another")
    with database.write() as session:
        said = {"sentence": "", "sentence_zh": "", "excerpt": ""}
        session.add_all(Finding(digest_id=first.digest_id, rule="cut-off", line=n, **said) for n in (1, 2, 2))
    (row,) = coverage("2024-02").rows
    assert row.cells[0].tally == row.total == (2, 3, 3, 0)
    assert [digest.id for digest in row.cells[0].digests] == [1, 2]


def test_a_year_is_told_by_month_with_its_missing_days(library, coverage):
    for day in ("2024-01-31", "2024-03-01"):
        library.digest(entry(), topic="3DGS", day=day)
    found = coverage("2024")
    assert drawn(found) == {"3DGS": "X-X" + 9 * "."}
    assert [cell.tally.missing for cell in found.rows[0].cells][:4] == [0, 29, 0, 0]
    assert [str(column) for column in found.columns][:2] == ["2024-01", "2024-02"]


def test_the_ends_of_the_library_are_known(library, coverage):
    library.digest(first_day=date(2024, 1, 31), day="2024-02-01", last_day=date(2024, 2, 1))
    library.digest(day="2024-02-29")
    assert (coverage("2024-02").has_before, coverage("2024-02").has_after) == (True, False)
    assert (coverage("2024-01").has_before, coverage("2024-01").has_after) == (False, True)


def test_an_empty_period_has_no_rows_and_nothing_in_total(coverage):
    found = coverage("2024-02")
    assert found.rows == []
    assert found.total == found.totals()[0] == (0, 0, 0, 0)


def test_it_takes_the_same_number_of_queries_however_many_topics_there_are(library, coverage, database):
    library.digest(entry(), topic="3DGS")
    with counted(database) as few:
        coverage("2024-12")
    for number in range(12):
        library.digest(entry(), entry("Other"), topic=f"Topic {number}", day="2024-12-03")
    with counted(database) as many:
        assert len(coverage("2024-12").rows) == 13
    assert len(many) == len(few) <= 3
