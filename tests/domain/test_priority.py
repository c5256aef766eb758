"""Priority: harm and likelihood, with reasons a person can read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain.priority import HARM, WEIGHT_BOUNDS, Facts, Weights, priority

USUAL = Facts(minutes_over=20, bay_class="limited-waiting", chance_still_there=0.7)

facts = st.builds(
    Facts,
    minutes_over=st.floats(-60, 5000),
    bay_class=st.sampled_from([*HARM, "unheard of"]),
    chance_still_there=st.floats(0, 1),
    minutes_waiting=st.floats(0, 500),
    repeats_at_bay=st.integers(0, 50),
    minutes_to_lawful=st.floats(-500, 500),
    rights_checked=st.booleans(),
)
weights = st.builds(Weights, **{name: st.floats(*bounds) for name, bounds in WEIGHT_BOUNDS.items()})


def score(**changes):
    return priority(replace(USUAL, **changes), Weights()).score


def reasons(**changes):
    return priority(replace(USUAL, **changes), Weights()).reasons


@given(facts, weights)
def test_a_score_lies_between_0_and_100(given_facts, given_weights):
    assert 0 <= priority(given_facts, given_weights).score <= 100


@given(facts, weights, st.floats(0, 1))
def test_more_harm_time_waiting_or_likelihood_never_lowers_a_score(given_facts, given_weights, more):
    before = priority(given_facts, given_weights).score
    for changes in (
        {"bay_class": "bus-stop"},
        {"minutes_over": given_facts.minutes_over + 60 * more},
        {"minutes_waiting": given_facts.minutes_waiting + 60 * more},
        {"repeats_at_bay": given_facts.repeats_at_bay + 1},
        {"chance_still_there": min(1, given_facts.chance_still_there + more)},
        {"minutes_to_lawful": 0.0},
        {"rights_checked": True},
    ):
        assert priority(replace(given_facts, **changes), given_weights).score >= before - 1e-9


def test_what_is_blocked_weighs_more_than_a_little_more_time():
    assert score(bay_class="loading") > score(minutes_over=40)


def test_a_badge_holder_s_place_with_a_car_in_it_is_no_harm_by_itself():
    assert score(bay_class="disabled", minutes_over=0) == 0
    assert not any("disabled" in reason or "blocks" in reason for reason in reasons(bay_class="disabled"))


def test_repeat_trouble_is_capped():
    assert score(repeats_at_bay=3) == score(repeats_at_bay=30) > score(repeats_at_bay=2)


def test_a_car_that_has_surely_gone_is_worth_no_walk():
    assert score(chance_still_there=0) == 0


def test_what_is_not_lawful_yet_comes_later():
    assert score(minutes_to_lawful=20) < score(minutes_to_lawful=5) < score()


def test_reasons_are_plain_words():
    assert reasons(
        bay_class="loading",
        chance_still_there=0.9,
        minutes_waiting=12.4,
        repeats_at_bay=2,
        minutes_to_lawful=6,
        rights_checked=False,
    ) == (
        "blocks a loading bay",
        "likely still there",
        "lawful in 6 min",
        "third time here this week",
        "waiting 12 min for an officer",
        "rights not checked",
    )


def test_what_is_ordinary_needs_no_words():
    assert reasons() == ()


@pytest.mark.parametrize(
    ("repeats", "words"), [(1, "second time here this week"), (6, "7 times here this week")]
)
def test_repeats_are_counted_with_this_one(repeats, words):
    assert words in reasons(repeats_at_bay=repeats)


def test_the_usual_weights_keep_their_bounds():
    usual = Weights()
    assert all(low <= getattr(usual, name) <= high for name, (low, high) in WEIGHT_BOUNDS.items())
