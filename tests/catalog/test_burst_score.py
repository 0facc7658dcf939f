from math import log

import pytest

from app.catalog import trends


def test_the_score_is_the_ratio_of_likelihoods_and_nothing_scores_for_being_rarer():
    seen = ((5, 10 * 6 / 31), (5, 10 * 25 / 31), (1, 21 * 6 / 31), (20, 21 * 25 / 31))
    assert trends.burst_score(5, 10, 1, 21) == pytest.approx(2 * sum(n * log(n / e) for n, e in seen))
    assert trends.burst_score(5, 10, 0, 20) > trends.burst_score(2, 10, 0, 20) > 0
    assert trends.burst_score(10, 10, 0, 20) > 0
    assert trends.burst_score(1, 10, 2, 20) == 0
    assert trends.burst_score(1, 10, 5, 20) == 0
