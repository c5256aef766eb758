"""What an officer saw, and whether it is enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.policy import Observation, StartRule
from enforcement.domain.refusals import Invalid
from enforcement.domain.sightings import Case, Sighting, looks_british, missing_for_notice, normal_plate

LAWFUL = datetime(2026, 6, 29, 11, 11, tzinfo=UTC)
ONE, TWO = Observation(0, 1, StartRule.ON_ARRIVAL), Observation(0, 2, StartRule.ON_ARRIVAL)
TOO_EARLY = "The last sighting was before a notice could be lawful: look again."
OLU, ANN = "Olu", "Ann"


def sighting(minutes: float, **changes: Any) -> Sighting:
    """A sighting by Olu so many minutes after a notice is first lawful."""
    return replace(Sighting(LAWFUL + timedelta(minutes=minutes), OLU, "AB12CDE", (3, 9)), **changes)


def missing(seen: list[Sighting], asked: Observation, **case: Any) -> list[str]:
    """What Olu lacks."""
    return missing_for_notice(seen, OLU, Case(asked, LAWFUL, **case))


EARLY, LATE = sighting(-60), sighting(2)


def test_one_sighting_in_the_lawful_time_is_enough_where_one_is_asked_for():
    assert missing([LATE], ONE) == []
    assert missing([replace(LATE, valve_positions=None)], ONE) == []


def test_two_sightings_of_the_same_car_standing_still_are_enough_where_two_are_asked_for():
    assert missing([EARLY, LATE], TWO) == []
    assert missing([LATE, EARLY], TWO) == []


def test_the_very_minute_in_which_it_becomes_lawful_counts():
    assert missing([sighting(0)], ONE) == []
    assert missing([sighting(-0.01)], ONE) == [TOO_EARLY]


@pytest.mark.parametrize(
    ("seen", "asked", "lacking"),
    [
        ([], ONE, "The car has not been sighted yet."),
        ([], TWO, "2 sightings are needed."),
        ([LATE], TWO, "One more sighting is needed."),
        ([LATE, LATE], TWO, "One more sighting is needed."),
        ([EARLY, sighting(-1)], TWO, TOO_EARLY),
        ([replace(LATE, plate=None)], ONE, "The plate has not been recorded yet."),
        ([EARLY, replace(LATE, plate="XY12ZZZ")], TWO, "The sightings are of different plates."),
        ([EARLY, replace(LATE, plate="XY12ZZZ")], ONE, "The sightings are of different plates."),
        (
            [replace(EARLY, valve_positions=None), LATE],
            TWO,
            "The valve positions have not been recorded at every sighting.",
        ),
        (
            [EARLY, replace(LATE, valve_positions=(4, 9))],
            TWO,
            "The valve positions differ: the car has moved in between.",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(seen, asked, lacking):
    assert missing(seen, asked) == [lacking]


def test_another_officers_sighting_does_not_count():
    assert missing([replace(EARLY, officer=ANN), LATE], TWO) == ["One more sighting is needed."]
    assert missing([replace(LATE, officer=ANN)], ONE) == ["The car has not been sighted yet."]


def test_another_officer_who_read_another_plate_counts_against_the_case():
    other = replace(EARLY, officer=ANN, plate="XY12ZZZ")
    assert missing([other, sighting(1), LATE], TWO) == ["The sightings are of different plates."]


def test_another_officer_who_saw_the_valves_turned_counts_against_the_case():
    other = replace(EARLY, officer=ANN, valve_positions=(1, 1))
    [lacking] = missing([other, sighting(1), LATE], TWO)
    assert lacking.startswith("The valve positions differ")


def test_what_was_seen_before_the_clock_began_again_is_of_another_car():
    swapped = LAWFUL - timedelta(minutes=30)
    assert missing([EARLY, LATE], TWO, counted_from=swapped) == ["One more sighting is needed."]
    assert missing([replace(EARLY, plate="XY12ZZZ"), LATE], ONE, counted_from=swapped) == []


@pytest.mark.parametrize(
    ("rule", "first", "complete"),
    [
        (StartRule.ON_ARRIVAL, -60, True),
        (StartRule.NONE, -60, True),
        (StartRule.AFTER_GRACE, -0.1, False),
        (StartRule.AFTER_GRACE, 0, True),
    ],
)
def test_only_what_the_start_rule_allows_counts(rule: StartRule, first: float, complete: bool):
    lacking = missing([sighting(first), sighting(6)], Observation(5, 2, rule))
    assert (lacking == []) == complete


@pytest.mark.parametrize(
    ("rule", "times", "lacking"),
    [
        (StartRule.ON_ARRIVAL, (-2, 3), []),
        (StartRule.ON_ARRIVAL, (0, 4.99), ["The car has to be observed for 5 min; so far it is 4."]),
        (StartRule.AFTER_GRACE, (-3, 0, 4), ["The car has to be observed for 5 min; so far it is 4."]),
        (StartRule.AFTER_GRACE, (-3, 0, 5), []),
        (StartRule.ON_ARRIVAL, (2,), ["The car has to be observed for 5 min; so far it is 0."]),
    ],
)
def test_the_minutes_of_observation_run_from_the_first_sighting_that_counts(rule, times, lacking):
    assert missing([sighting(each) for each in times], Observation(5, 1, rule)) == lacking


def test_everything_that_is_missing_is_said_at_once():
    poor = replace(EARLY, plate=None, valve_positions=None)
    assert len(missing([poor], TWO)) == 4


def test_evidence_of_nothing_is_never_complete():
    assert missing([], Observation(0, 0))


@pytest.mark.parametrize(
    ("valves", "wrong"),
    [((0, 6), ["/valve_front"]), ((6, 13), ["/valve_rear"]), ((-1, 99), ["/valve_front", "/valve_rear"])],
)
def test_valve_positions_are_hours_on_a_clock_face(valves, wrong):
    with pytest.raises(Invalid) as refusal:
        sighting(0, valve_positions=valves)
    assert [error["pointer"] for error in refusal.value.extra["errors"]] == wrong


@pytest.mark.parametrize(
    ("typed", "plate"),
    [(" ab12 cde ", "AB12CDE"), ("m-ü·ab 12", "MUAB12"), ("ＡＢ１２", "AB12"), ("1-abc-23", "1ABC23")],
)
def test_a_plate_is_kept_without_case_separators_and_accents(typed, plate):
    assert normal_plate(typed) == plate


@pytest.mark.parametrize("typed", ["", " ", "A", "ABCDEFGHIJK", "AB12\x00CDE", "AB12;DROP", "ЖЖ12", "🚗🚗"])
def test_what_is_no_plate_is_refused(typed):
    with pytest.raises(Invalid):
        normal_plate(typed)


@settings(deadline=None)
@given(st.text(max_size=14))
def test_a_normal_plate_is_normal_already(text):
    try:
        plate = normal_plate(text)
    except Invalid:
        return
    assert normal_plate(plate) == plate
    assert plate.isascii()
    assert plate.isalnum()


def test_british_plates_of_all_ages_are_recognised_as_a_hint_only():
    british = ("AB12CDE", "A123BCD", "Q1ABC", "ABC123D", "A1", "123ABC", "JIZ1234", "101D234")
    assert all(looks_british(plate) for plate in british)
    assert not any(looks_british(plate) for plate in ("1ABC234", "MUAB1234", "AB123CDE", "12345"))
