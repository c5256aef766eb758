"""How often nothing was there when an officer came, and how surely that is known."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.false_alarms import COUNTED, FALSE_ALARMS, interval, worst_first
from enforcement.domain.outcomes import Outcome

GOOD, BAD, RARE = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("in_vain", "visits", "low", "high"),
    [(0, 10, 0.0, 0.2775), (2, 5, 0.1176, 0.7693), (5, 5, 0.5655, 1.0), (20, 100, 0.1334, 0.2888)],
)
def test_the_interval_is_wilson_s(in_vain, visits, low, high):
    assert interval(in_vain, visits) == pytest.approx((low, high), abs=1e-4)


def test_without_a_visit_nothing_is_known():
    assert interval(0, 0) == (0.0, 1.0)


@given(st.integers(1, 300).flatmap(lambda visits: st.tuples(st.integers(0, visits), st.just(visits))))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_share_lies_in_its_interval_and_more_visits_know_better(counts):
    in_vain, visits = counts
    low, high = interval(in_vain, visits)
    assert 0 <= low <= in_vain / visits <= high <= 1
    wider = interval(10 * in_vain, 10 * visits)
    assert wider[1] - wider[0] < high - low


def test_the_surely_bad_come_first_and_few_visits_say_nothing():
    told = worst_first([(GOOD, 200, 10), (BAD, 20, 12), (RARE, 3, 3)])
    assert [(each.bay_id, each.visits, each.in_vain, each.suspect) for each in told] == [
        (BAD, 20, 12, True),
        (GOOD, 200, 10, False),
    ]
    assert told[0].share == 0.6


def test_a_bay_alone_is_not_worse_than_all_others():
    [only] = worst_first([(BAD, 20, 20)])
    assert not only.suspect


def test_only_what_says_whether_a_car_was_there_is_counted():
    assert {Outcome.GONE_ON_ARRIVAL, Outcome.BAY_EMPTY_SENSOR_WRONG} == FALSE_ALARMS
    assert FALSE_ALARMS < COUNTED
    assert Outcome.CANNOT_BE_REACHED not in COUNTED
    assert Outcome.NOTICE_SERVED in COUNTED
