"""What an officer saw, and whether it is enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.refusals import Invalid
from enforcement.domain.sightings import Sighting, looks_british, missing_for_notice, normal_plate

LAWFUL = datetime(2026, 6, 29, 11, 11, tzinfo=UTC)


def sighting(minutes: float, **changes: Any) -> Sighting:
    """A sighting so many minutes after a notice is first lawful."""
    at = LAWFUL + timedelta(minutes=minutes)
    return replace(Sighting(at, "AB12CDE", (3, 9), 1, -0.1, 51.5, 8.0), **changes)


EARLY, LATE = sighting(-60), sighting(2)


def test_one_sighting_in_the_lawful_time_is_enough_where_one_is_asked_for():
    assert missing_for_notice([LATE], 1, LAWFUL) == []
    assert missing_for_notice([replace(LATE, valve_positions=None)], 1, LAWFUL) == []


def test_two_sightings_of_the_same_car_standing_still_are_enough_where_two_are_asked_for():
    assert missing_for_notice([EARLY, LATE], 2, LAWFUL) == []
    assert missing_for_notice([LATE, EARLY], 2, LAWFUL) == []


def test_the_very_minute_in_which_it_becomes_lawful_counts():
    assert missing_for_notice([sighting(0)], 1, LAWFUL) == []
    assert missing_for_notice([sighting(-0.01)], 1, LAWFUL) == [
        "The last sighting was before a notice could be lawful: look again."
    ]


@pytest.mark.parametrize(
    ("seen", "needed", "missing"),
    [
        ([], 1, "The car has not been sighted yet."),
        ([], 2, "2 sightings are needed."),
        ([LATE], 2, "One more sighting is needed."),
        ([LATE, LATE], 2, "One more sighting is needed."),
        ([replace(LATE, plate=None)], 1, "The plate has not been recorded yet."),
        ([EARLY, replace(LATE, plate="XY12ZZZ")], 2, "The sightings are of different plates."),
        ([EARLY, replace(LATE, plate="XY12ZZZ")], 1, "The sightings are of different plates."),
        (
            [replace(EARLY, valve_positions=None), LATE],
            2,
            "The valve positions have not been recorded at every sighting.",
        ),
        (
            [EARLY, replace(LATE, valve_positions=(4, 9))],
            2,
            "The valve positions differ: the car has moved in between.",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(seen, needed, missing):
    assert missing_for_notice(seen, needed, LAWFUL) == [missing]


def test_everything_that_is_missing_is_said_at_once():
    poor = replace(EARLY, plate=None, valve_positions=None)
    assert len(missing_for_notice([poor], 2, LAWFUL)) == 4


def test_evidence_of_nothing_is_never_complete():
    assert missing_for_notice([], 0, LAWFUL)


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
