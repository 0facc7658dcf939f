import pytest

from app import catalog
from app.catalog import Period, trends
from tests.conftest import BOTH_STORES, entry

pytestmark = BOTH_STORES
DECEMBER = Period.parse("2024-12")


@pytest.fixture
def read(database):
    def read(month="2024-12", groups=()):
        with database.read() as session:
            return catalog.trends_of(session, Period.parse(month), groups)

    return read


def told(found):
    return [(one.kind, one.names[0], one.papers) for one in found]


def before(library, number=20, day="2024-10-01"):
    """Papers of an earlier month, each of a title of its own."""
    library.digest(*(entry(f"Shelf{place} Book{place}") for place in range(number)), topic="NeRF", day=day)


def test_a_tag_and_a_word_that_nothing_earlier_has_are_new(library, read):
    before(library)
    library.digest(entry("Mamba One", tags=("ssm",)), entry("Mamba Two", tags=("ssm",)), entry("Alone", tags=("one",)))
    found = read()
    assert told(found.new) == [("words", "mamba", 2), ("tag", "ssm", 2)]
    assert (found.papers, found.before, told(found.rising)) == (3, 20, [])


def test_what_older_digests_than_those_compared_had_is_not_new(library, read):
    library.digest(entry("Mamba Zero", tags=("ssm",)), day="2020-01-01")
    before(library)
    library.digest(entry("Mamba One", tags=("ssm",)), entry("Mamba Two", tags=("ssm",)))
    found = read()
    assert found.new == []
    assert told(found.rising) == [("words", "mamba", 2), ("tag", "ssm", 2)]


def test_what_later_months_bring_does_not_count(library, read):
    before(library)
    library.digest(entry("Mamba One"), day="2024-12-31")
    library.digest(entry("Mamba Two"), entry("Mamba Three"), day="2025-01-01")
    assert read().new == []
    assert told(read("2025-01").rising) == [("words", "mamba", 2)]


def test_a_larger_share_than_before_rises_and_the_same_or_a_smaller_one_does_not(library, read):
    common = [entry(f"Common Rare{number}") for number in range(10)]
    library.digest(
        *common, *(entry(f"Fading Thing{number}") for number in range(10)), entry("Rising Star"), day="2024-10-01"
    )
    library.digest(
        *(entry(f"Common Thing{number}x") for number in range(5)),
        *(entry(f"Rising Moon{number}") for number in range(5)),
    )
    (rising,) = read().rising
    assert (rising.names, rising.papers, rising.before) == (("rising",), 5, 1)
    assert rising.expected == pytest.approx(10 * 1 / 21)
    assert rising.score == pytest.approx(trends.burst_score(5, 10, 1, 21))


def test_terms_that_mean_the_same_count_as_one(library, read):
    before(library)
    library.digest(entry("Radiance Fields Now"), entry("神经辐射场综述"), entry("NeRF and NeRFs"))
    found = read(groups=[("NeRF", "Radiance Fields", "神经辐射场"), ("GAN", "生成对抗网络")])
    assert told(found.new) == [("term", "NeRF", 3)]
    assert found.new[0].names == ("NeRF", "Radiance Fields", "神经辐射场")


def test_a_tag_called_like_a_topic_is_no_news(library, read):
    before(library)
    library.digest(entry("One"), entry("Two"), topic="3DGS", tags=("3DGS",))
    assert read().new == []


def test_rows_of_words_that_overlap_are_told_once(library, read):
    before(library)
    library.digest(*(entry(f"Speech Driven 3D Face Animation, Shelf{number}") for number in range(3)))
    new = [one.names[0] for one in read().new]
    assert all(len(set(one.split()) & set(other.split())) < 2 for one in new for other in new if one != other)
    assert new


def test_a_month_with_nothing_before_it_has_nothing_to_be_compared_with(library, read):
    library.digest(entry("Mamba One"), entry("Mamba Two"))
    found = read()
    assert (found.papers, found.before, found.new, found.rising) == (2, 0, (), ())
    assert read("0001-01").papers == 0
    assert read("9999-12").papers == 0


def test_topics_are_counted_by_week_those_with_most_papers_first(database, library):
    library.digest(entry("A", arxiv_id="2412.90001"), entry("B"), topic="3DGS", day="2024-12-02")
    library.digest(entry("A", arxiv_id="2412.90001"), topic="3DGS", day="2024-12-08")
    library.digest(entry("C"), topic="NeRF", day="2024-11-25")
    library.digest(entry("D"), topic="Old", day="2024-01-01")
    library.digest(entry("E"), topic="Late", day="2024-12-09")
    with database.read() as session:
        rows = catalog.topics_by_week(session, DECEMBER.first.replace(day=8))
        counts = {row.name: [count.papers for count in row.weeks] for row in rows}
        weeks = [str(count.period) for count in rows[0].weeks]
    assert list(counts) == ["3DGS", "NeRF"]
    assert weeks == [f"2024-W{number}" for number in range(38, 50)]
    assert counts == {"3DGS": [0] * 11 + [2], "NeRF": [0] * 10 + [1, 0]}


def test_the_months_of_a_library_are_those_with_a_digest(database, library):
    for day in ("2024-12-07", "2023-01-01", "2024-12-01"):
        library.digest(day=day)
    with database.read() as session:
        assert [str(month) for month in catalog.months(session)] == ["2024-12", "2023-01"]
