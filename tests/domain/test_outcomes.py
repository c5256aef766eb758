"""How a visit may end."""

from datetime import UTC, datetime

import pytest

from enforcement.domain.outcomes import RULES, Cause, Effect, Outcome, check, effect
from enforcement.domain.refusals import Invalid

BEGAN = datetime(2026, 6, 29, 11, 12, tzinfo=UTC)
GOOD = {"which": "permit", "minutes": 10, "reference": "INC-7", "preparation_began_at": BEGAN}


def pointers(refusal: Invalid) -> list[str]:
    return [error["pointer"] for error in refusal.extra["errors"]]


def test_every_outcome_has_words_of_its_own():
    assert set(RULES) == set(Outcome)
    assert len({rule.words for rule in RULES.values()}) == len(Outcome)


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_is_accepted_with_what_it_needs_and_refused_without(outcome):
    needs, [cause, *_] = RULES[outcome].needs, RULES[outcome].causes
    check(outcome, {field: GOOD[field] for field in needs}, cause)
    if needs:
        with pytest.raises(Invalid) as refusal:
            check(outcome, {}, cause)
        assert pointers(refusal.value) == [f"/details/{field}" for field in needs]


@pytest.mark.parametrize(
    ("outcome", "details"),
    [
        ("right_seen", {"which": "a nice smile"}),
        ("right_seen", {"which": ["permit"]}),
        ("loading_look_again", {"minutes": 0}),
        ("loading_look_again", {"minutes": 121}),
        ("loading_look_again", {"minutes": "10"}),
        ("loading_look_again", {"minutes": True}),
        ("loading_look_again", {"minutes": 7.5}),
        ("incident", {"reference": "  "}),
        ("incident", {"reference": "x" * 101}),
        ("incident", {"reference": 7}),
        ("drove_away_after_preparation", {"preparation_began_at": "11:12"}),
    ],
)
def test_a_wrong_detail_is_named(outcome, details):
    with pytest.raises(Invalid) as refusal:
        check(Outcome(outcome), details)
    assert pointers(refusal.value) == [f"/details/{field}" for field in details]


def test_what_is_said_of_a_car_that_a_sensor_reported_is_not_said_of_a_patrol_nor_the_other_way_round():
    of_some = {outcome: {*rule.causes} for outcome, rule in RULES.items() if rule.causes != {*Cause}}
    assert of_some == {
        "gone_on_arrival": {Cause.STAY},
        "within_time": {Cause.STAY, Cause.FOUND},
        "no_contravention": {Cause.FOUND},
        "bay_empty_sensor_wrong": {Cause.STAY},
        "patrolled": {Cause.PATROL},
    }
    for outcome, causes in of_some.items():
        for other in {*Cause} - causes:
            with pytest.raises(Invalid) as refusal:
                check(outcome, {}, other)
            assert pointers(refusal.value) == ["/outcome"]


def test_a_patrol_goes_on_after_a_car_and_ends_where_nobody_can_stay():
    ends = {
        outcome.value
        for outcome, rule in RULES.items()
        if Cause.PATROL in rule.causes and not rule.effect.goes_on
    }
    assert ends == {
        "patrolled", "loading_look_again", "signs_defective", "cannot_be_reached", "unsafe", "welfare_concern",
        "incident",
    }  # fmt: skip


def test_a_permit_or_badge_at_the_kerb_closes_the_stay_but_a_payment_runs_out():
    closes = {which: effect(Outcome.RIGHT_SEEN, {"which": which}).closes_stay for which in GOOD_RIGHTS}
    assert closes == {"permit": True, "badge": True, "payment": False}


GOOD_RIGHTS = ("permit", "payment", "badge")


def test_loading_asks_for_another_look_and_leaves_the_task_open():
    following = effect(Outcome.LOADING_LOOK_AGAIN, {"minutes": 12})
    assert (following.closes_task, following.look_again_minutes) == (False, 12)


def test_every_other_outcome_closes_its_task():
    others = set(Outcome) - {Outcome.LOADING_LOOK_AGAIN}
    assert all(effect(outcome, GOOD).closes_task for outcome in others)
    assert all(effect(outcome, GOOD).look_again_minutes is None for outcome in others)


def test_within_its_time_at_a_first_look_says_nothing_of_later():
    assert effect(Outcome.WITHIN_TIME, {}, early=True) == Effect(closes_task=False)
    assert all(effect(o, GOOD, early=True) == effect(o, GOOD) for o in set(Outcome) - {Outcome.WITHIN_TIME})


def having(trait: str) -> set[Outcome]:
    return {outcome for outcome in Outcome if getattr(effect(outcome, GOOD), trait)}


def test_what_each_finding_does_beyond_its_task():
    assert having("pauses_bay") == {Outcome.SIGNS_DEFECTIVE}
    assert having("corrects_sensor") == {Outcome.BAY_EMPTY_SENSOR_WRONG}
    assert having("freezes_area") == {Outcome.UNSAFE}
    assert having("closes_stay") == {
        Outcome.NOTICE_SERVED,
        Outcome.RIGHT_SEEN,
        Outcome.BROKEN_DOWN,
        Outcome.BAY_EMPTY_SENSOR_WRONG,
    }
    assert having("tells_supervisor") >= {Outcome.UNSAFE, Outcome.WELFARE_CONCERN, Outcome.INCIDENT}


def test_an_officer_who_found_nothing_there_was_sent_by_a_false_alarm():
    alarms = {outcome for outcome, rule in RULES.items() if rule.false_alarm}
    assert alarms == {Outcome.GONE_ON_ARRIVAL, Outcome.BAY_EMPTY_SENSOR_WRONG}


def test_advised_and_moved_is_a_plain_success():
    assert effect(Outcome.ADVISED_AND_MOVED, {}) == Effect(goes_on=True)
