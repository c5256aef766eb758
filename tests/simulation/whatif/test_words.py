"""What a councillor reads, also when the answer is not the one that was hoped for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enforcement.simulation.whatif import words
from enforcement.simulation.whatif.figures import Figures
from enforcement.simulation.whatif.hours import days_of
from enforcement.simulation.whatif.patrols import Patrol, Reached

from .towns import AN_HOUR, EARLY, LATE, LONDON, MONDAY, figures, over, place


@pytest.fixture(scope="module")
def an_hour() -> Figures:
    return figures(EARLY, LATE)


def attended(an_hour: Figures, blanket: list[int], ours: list[int], officers: int = 1) -> Figures:
    """As if so many had been attended, day by day."""
    days = days_of(MONDAY, MONDAY + timedelta(days=len(ours) - 1), AN_HOUR, LONDON)
    record = replace(an_hour.history, days=tuple(days), asked_for=len(days))

    def patrol(name: str, each: list[int]) -> Patrol:
        return Patrol(name, (), tuple((Reached(0, 5.0),) * many for many in each))

    both = {"blanket": patrol("blanket", blanket), "ours": patrol("openpatrol", ours)}
    return replace(an_hour, history=record, officers=officers, **both)


@pytest.mark.parametrize(
    ("blanket", "ours", "said"),
    [
        ([20], [42], "come to 42 overstays a day instead of 20: 2.1 times as many."),
        ([20], [26], "come to 26 overstays a day instead of 20: 30% more."),
        ([40], [41], "come to 41 overstays a day instead of 40: about as many."),
        ([20], [15], "come to 15 overstays a day instead of 20: 25% fewer."),
        ([0], [3], "come to 3 overstays a day instead of 0."),
        ([0], [0], "Neither patrol would have come to an overstay in these days."),
        ([1, 2], [3, 4], "come to 3.5 overstays a day instead of 1.5: 2.3 times as many."),
    ],
)
def test_the_answer(an_hour: Figures, blanket: list[int], ours: list[int], said: str):
    assert words.headline(attended(an_hour, blanket, ours)).endswith(said)


def test_several_officers_are_counted(an_hour: Figures):
    assert "the same 3 officers would" in words.headline(attended(an_hour, [1], [2], officers=3))


def test_one_day_says_little(an_hour: Figures):
    assert words.certainty(attended(an_hour, [20], [42])).startswith("One day says little")


def test_days_that_were_all_the_same_are_told_so(an_hour: Figures):
    assert (
        words.certainty(attended(an_hour, [3, 4], [3, 4]))
        == "Both came to the same number on each of 2 days."
    )


def test_a_sure_gain_is_told_with_its_range(an_hour: Figures):
    told = words.certainty(attended(an_hour, [20] * 8, [40, 41, 42, 43] * 2))
    assert told.startswith("OpenPatrol came to more on 8 of 8 days.")
    assert told.endswith("between 21 and 22 more a day than a blanket patrol.")


def test_so_is_a_sure_loss(an_hour: Figures):
    told = words.certainty(attended(an_hour, [40, 41, 42, 43] * 2, [20] * 8))
    assert told.startswith("OpenPatrol came to more on 0 of 8 days.")
    assert told.endswith("between 21 and 22 fewer a day than a blanket patrol.")


def test_what_chance_could_have_done_is_too_close_to_call(an_hour: Figures):
    told = words.certainty(attended(an_hour, [20, 30, 20], [31, 19, 22]))
    assert "too close to call" in told
    assert "fewer to" in told
    assert told.endswith("Few days were replayed; more would make this surer.")


def test_streets_where_nothing_was_attended_are_named(an_hour: Figures):
    lanes = [place(f"L{far}", f"Lane {far}", 0, far) for far in (3000, -3000, 4000, -4000, 5000)]
    far = [over(each.bay, "07:10", "07:12") for each in lanes]
    found = figures(LATE, *far, places=[*an_hour.history.places, *lanes])
    assert words.overlooked(found).endswith(
        "none of the overstays in Lane -3000, Lane -4000 and 3 other streets."
    )


def test_streets_without_overstays_need_no_visit(an_hour: Figures):
    assert words.overlooked(an_hour) == "OpenPatrol came to overstays in every street that had any."
    quiet = figures(LATE, places=[*an_hour.history.places, place("N", "North Lane", 0, 600)])
    assert words.overlooked(quiet).endswith("it never visited North Lane and West Lane, which had none.")


def test_a_single_street_has_nothing_to_spread():
    assert "one street" in words.fairness(
        figures(over("M", "07:06", "07:30"), places=[place("M", "High Street")])
    )


def test_what_it_is_based_on_is_told(an_hour: Figures):
    told = dict(words.basis(an_hour))
    assert told["Days"] == "1 day, Monday 29 June 2026."
    assert told["Overstays"].startswith("2 overstays recorded by sensors at 3 bays on 3 streets")
    assert told["Officers"].startswith(
        "1 officer, 07:00 to 08:00, beginning and ending at High Street. 5 minutes"
    )
    assert "straight line × 1.3 between streets" in told["Walks"]
    assert "no record of the weeks before" in told["OpenPatrol"]
    assert "covered by a permit, or to be the sensor's mistake" in told["Not in it"]
    assert "every offer is accepted" in told["Not in it"]


@pytest.mark.parametrize(
    ("value", "said"), [(1240.4, "1,240"), (41.3, "41"), (4.24, "4.2"), (4.0, "4"), (float("nan"), "–")]
)
def test_numbers_are_said_as_people_say_them(value: float, said: str):
    assert words.number(value) == said
