"""Simulated officers find what may be found in a street."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

from enforcement.domain.outcomes import Cause, Outcome, check
from enforcement.domain.sightings import looks_british, normal_plate
from enforcement.simulation.verdicts import demo_verdict, invented_plate

NOW = datetime(2026, 6, 29, 9, tzinfo=UTC)


def verdicts(count, left=None):
    decide = demo_verdict(Random(1))
    return [decide({"id": number, "may_have_left_at": left}, NOW) for number in range(count)]


def test_every_outcome_that_is_drawn_may_be_recorded_as_it_is():
    for verdict in verdicts(300):
        check(Outcome(verdict.outcome), verdict.details)


def test_at_a_patrol_they_say_what_may_be_said_of_one_and_mostly_that_nothing_was_found():
    decide = demo_verdict(Random(4))
    drawn = [
        decide({"id": n, "may_have_left_at": None, "patrol": {"name": "School run"}}, NOW) for n in range(300)
    ]
    for verdict in drawn:
        check(Outcome(verdict.outcome), verdict.details, Cause.PATROL)
    assert Counter(verdict.outcome for verdict in drawn).most_common(1)[0][0] == "patrolled"


def test_most_visits_end_with_a_notice_and_some_otherwise():
    found = Counter(verdict.outcome for verdict in verdicts(1000))
    assert found["notice_served"] == max(found.values()) < 700
    assert len(found) == 6


def test_an_officer_who_looks_twice_finds_the_same():
    decide = demo_verdict(Random(2))
    task = {"id": 1, "may_have_left_at": None}
    assert len({decide(task, NOW).outcome for _ in range(20)}) == 1


def test_a_car_that_may_have_left_is_gone():
    assert {verdict.outcome for verdict in verdicts(50, left="2026-06-29T08:59:00Z")} == {"gone_on_arrival"}


def test_an_invented_plate_looks_real_and_can_be_nobodys():
    plate = invented_plate(Random(3))
    assert looks_british(normal_plate(plate))
    assert plate[2:4] == "00"
