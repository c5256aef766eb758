"""From when a penalty could be lawful where only an officer saw the car."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enforcement.domain.found import clock_of
from enforcement.domain.overstays import Suspension
from enforcement.domain.policy import Reason
from enforcement.domain.refusals import Invalid

from .test_overstays import POLICY, at, bay


def lawful(first_seen, code="30", rule=None, policy=POLICY, suspensions=()):
    clock = clock_of(at(first_seen), code, "", rule, policy, suspensions)
    return clock.overstay_from, clock.lawful_from


def test_a_period_of_the_bay_begins_with_the_first_look_at_the_car():
    assert lawful("09:30", rule=bay()) == (at("11:30"), at("11:41"))


def test_the_period_runs_in_the_controlled_hours_only():
    assert lawful("07:00", rule=bay()) == (at("10:30"), at("10:41"))
    assert lawful("17:00", rule=bay()) == (at("We 10:30"), at("We 10:41"))


def test_the_clock_stands_still_while_the_bay_is_suspended():
    suspended = Suspension(at("10:00"), at("12:00"))
    assert lawful("09:30", rule=bay(), suspensions=[suspended])[1] == at("14:11")


def test_the_suffix_is_the_officers_not_the_bays():
    assert clock_of(at("09:30"), "30", "s", bay(), POLICY).suffix == "s"


@pytest.mark.parametrize("code", ["05", "30", "80", "82"])
@pytest.mark.parametrize(
    "rule", [None, bay(code="12", reason=Reason.NO_PERMIT)], ids=["no bay", "another rule"]
)
def test_a_period_that_we_do_not_know_is_over_when_the_officer_says_so_and_grace_is_exceeded(code, rule):
    assert lawful("09:30", code, rule) == (at("09:30"), at("09:41"))


def test_what_needs_no_period_is_lawful_at_first_sight():
    assert lawful("09:30", "01") == (at("09:30"), at("09:30"))
    assert lawful("09:30", "40", bay(code="40", reason=Reason.OTHER)) == (at("09:30"), at("09:30"))


def test_no_payment_at_all_has_no_grace_though_the_code_might():
    assert lawful("09:30", "05", bay(code="05", reason=Reason.NO_PAYMENT)) == (at("09:30"), at("09:30"))


def test_the_grace_is_the_authoritys():
    policy = replace(POLICY, grace_period=timedelta(minutes=5))
    assert lawful("09:30", rule=bay(), policy=policy)[1] == at("11:36")


def test_where_no_stay_can_be_too_long_the_code_is_refused():
    with pytest.raises(Invalid) as refusal:
        lawful("09:30", rule=bay("Mo-Fr 08:30-10:00"))
    assert refusal.value.extra["errors"][0]["pointer"] == "/code"
