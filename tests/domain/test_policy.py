"""Enforcement policies: grace by reason, observations by code, and faults that are all named."""

import copy
from datetime import timedelta

import pytest

from enforcement.domain.codes import all_contraventions
from enforcement.domain.policy import (
    EnforcementPolicy,
    Observation,
    Reason,
    StartRule,
    policy_from,
    sample_policy,
    sample_policy_data,
)
from enforcement.domain.priority import Weights
from enforcement.domain.refusals import Invalid, NotFound

MINUTE = timedelta(minutes=1)


def faults_of(mapping):
    with pytest.raises(Invalid) as refused:
        policy_from(mapping)
    return {fault["pointer"]: fault["detail"] for fault in refused.value.extra["errors"]}


def test_only_the_end_of_a_permitted_period_carries_grace():
    policy = EnforcementPolicy("ours")
    assert policy.grace(Reason.PERIOD_ENDED) == 10 * MINUTE
    assert all(policy.grace(reason) == timedelta() for reason in Reason if reason is not Reason.PERIOD_ENDED)


def test_ten_minutes_must_be_exceeded_but_no_grace_has_nothing_to_exceed():
    policy = EnforcementPolicy("ours")
    assert policy.until_lawful(Reason.PERIOD_ENDED) == 11 * MINUTE
    assert policy.until_lawful(Reason.SUSPENDED) == timedelta()
    without_grace = EnforcementPolicy("replay", grace_period=timedelta())
    assert without_grace.until_lawful(Reason.PERIOD_ENDED) == timedelta()


def test_an_observation_is_found_by_suffix_then_by_code_then_by_default():
    mine, thirty = Observation(2), Observation(0, 2, StartRule.ON_ARRIVAL)
    policy = EnforcementPolicy("ours", observations={("30", "u"): mine, ("30", None): thirty})
    assert policy.observation("30", "u") == mine
    assert policy.observation("30", "a") == policy.observation("30") == thirty
    assert policy.observation("80") == Observation()


def test_presence_alone_is_off_until_its_code_is_switched_on():
    off, on = EnforcementPolicy("off"), EnforcementPolicy("on", presence_codes=frozenset({"16"}))
    assert not off.enabled("16", Reason.NO_PERMIT)
    assert on.enabled("16", Reason.NO_PERMIT)
    assert not on.enabled("11", Reason.NO_PAYMENT)
    assert not off.enabled("40", Reason.PERIOD_ENDED)  # whatever reason it is given
    assert off.enabled("30", Reason.PERIOD_ENDED)
    assert off.enabled("21", Reason.SUSPENDED)


def test_devon_wants_two_sightings_for_code_30_and_none_after_the_grace_for_05():
    devon = sample_policy("devon-2021")
    assert devon.observation("30", "u") == Observation(0, 2, StartRule.ON_ARRIVAL)
    assert devon.observation("05") == Observation(0, 1, StartRule.AFTER_GRACE)
    assert devon.observation("01").minutes == devon.observation("26").minutes == 5
    assert devon.observation("16").minutes == 1
    assert devon.presence_codes == frozenset()


def test_single_sighting_is_enough_for_every_code():
    policy = sample_policy("single-sighting")
    assert {policy.observation(code).sightings for code in ("05", "21", "30", "80")} == {1}
    assert policy.weights == Weights()


def test_a_sample_is_handed_out_as_a_copy():
    sample_policy_data("devon-2021")["observations"].clear()
    assert sample_policy_data("devon-2021")["observations"]


def test_an_unknown_sample_is_not_found():
    for name in ("devon", "../contraventions-v7"):
        with pytest.raises(NotFound):
            sample_policy(name)


def test_a_name_is_all_a_policy_needs():
    assert policy_from({"name": "ours"}) == EnforcementPolicy("ours")


def test_every_fault_is_named_with_its_place():
    data = copy.deepcopy(sample_policy_data("single-sighting")) | {
        "name": "",
        "grace_minutes": "ten",
        "exceeded_minutes": True,
        "debounce_seconds": float("nan"),
        "offers_before_escalation": 2.5,
        "presence_codes": ["16", 12, "30u", "46", "99999"],
        "observations": [
            {"code": "30", "sightings": 0},
            {"sightings": 2},
            7,
            {"code": "30", "suffix": 1, "x": 1},
        ],
        "weights": {"harm": 99, "beauty": 1},
        "a/b~c": 1,
    }
    assert faults_of(data).keys() == {
        "/name",
        "/grace_minutes",
        "/exceeded_minutes",
        "/debounce_seconds",
        "/offers_before_escalation",
        "/presence_codes/1",
        "/presence_codes/2",
        "/presence_codes/3",
        "/presence_codes/4",
        "/observations/0/sightings",
        "/observations/1/code",
        "/observations/2",
        "/observations/2/code",
        "/observations/3/suffix",
        "/observations/3/x",
        "/weights/harm",
        "/weights/beauty",
        "/a~1b~0c",
    }


def test_a_weight_out_of_bounds_is_told_the_bounds():
    assert faults_of({"name": "ours", "weights": {"likelihood": 1.5}}) == {
        "/weights/likelihood": "must be a number from 0 to 1"
    }


@pytest.mark.parametrize("nonsense", [None, [], "text", 3])
def test_what_is_not_an_object_is_no_policy(nonsense):
    assert "must be an object" in faults_of(nonsense).values()


@pytest.mark.parametrize(
    "member", ["presence_codes", "observations", "weights", "default_observation", "name", "grace_minutes"]
)
def test_a_member_of_the_wrong_kind_is_a_fault_not_a_crash(member):
    for nonsense in (None, 10**400, "text", {"start_rule": []}, [[]]):
        if member == "name" and nonsense == "text":
            continue
        assert faults_of({"name": "ours", member: nonsense})


def test_what_officers_may_raise_is_the_national_list_or_the_councils_own_in_its_order():
    anything, ours = (
        policy_from({"name": "ours", "codes": None}),
        policy_from({"name": "ours", "codes": ["30", "01"]}),
    )
    assert [each.code for each in ours.contraventions()] == ["30", "01"]
    assert anything.contraventions() == all_contraventions()
    anything.check_raised("62")
    with pytest.raises(Invalid, match="does not enforce code 62"):
        ours.check_raised("62")
    for wrong in ([], ["30", "30"], ["50"], ["30u"], [30], "30"):
        assert faults_of({"name": "ours", "codes": wrong})


def test_what_concerns_safety_has_bounds():
    usual = policy_from({"name": "ours"})
    assert (usual.freeze_radius_m, usual.freeze_period) == (150, 60 * MINUTE)
    assert (usual.escalation_batch, usual.shift_overrun) == (MINUTE, 30 * MINUTE)
    too_little = {"freeze_radius_m": 10, "freeze_minutes": 59, "shift_overrun_minutes": 0}
    assert set(faults_of({"name": "ours", **too_little})) == {f"/{name}" for name in too_little}


def test_a_pin_on_each_phone_is_asked_for_by_councils_that_say_so():
    assert [policy_from({"name": "ours", **said}).phone_pin for said in ({}, {"phone_pin": True})] == [
        False,
        True,
    ]
    for wrong in ("yes", 1, None):
        assert set(faults_of({"name": "ours", "phone_pin": wrong})) == {"/phone_pin"}


def test_how_long_a_visit_takes_is_the_councils_to_say():
    usual, slow = (
        policy_from({"name": "ours"}),
        policy_from({"name": "ours", "look_minutes": 2, "attendance_minutes": 7.5}),
    )
    for policy, look, visit in ((usual, MINUTE, 8 * MINUTE), (slow, 2 * MINUTE, 10.5 * MINUTE)):
        assert policy.at_the_car(3, first_of_two=True) == look
        assert policy.at_the_car(3, first_of_two=False) == visit
    too_much = {"look_minutes": -1, "attendance_minutes": 61}
    assert set(faults_of({"name": "ours", **too_much})) == {f"/{name}" for name in too_much}


def test_the_equipment_to_look_over_is_the_councils_own_list_within_bounds():
    assert "Radio" in policy_from({"name": "ours"}).equipment
    assert policy_from({"name": "ours", "equipment": [" Torch ", "Rain coat"]}).equipment == (
        "Torch",
        "Rain coat",
    )
    assert policy_from({"name": "ours", "equipment": []}).equipment == ()
    for wrong, where in (
        ("Torch", "/equipment"),
        (["Torch", 7], "/equipment/1"),
        ([""], "/equipment/0"),
        (["x" * 81], "/equipment/0"),
        (["a\0b"], "/equipment/0"),
        (["Torch", "Torch"], "/equipment"),
        ([f"item {n}" for n in range(31)], "/equipment"),
    ):
        assert set(faults_of({"name": "ours", "equipment": wrong})) == {where}
