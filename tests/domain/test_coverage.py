"""Which streets somebody has walked, and which are due."""

from datetime import timedelta
from uuid import uuid4

import pytest

from enforcement.domain.coverage import Place, Street, hour_of, is_overdue, spare_work, walked
from enforcement.domain.fences import Fix

from ..builders import HOME, at

NORTH = 1 / 111_200  # of a metre in degrees
WEEK = timedelta(days=7)


def street(name: str = "Elm Road", *, bays: int = 10, apart: float = 20.0, east: float = 0.0) -> list[Place]:
    """A street that runs north from home, a bay every so many metres."""
    return [Place(name, HOME[0] + east, HOME[1] + place * apart * NORTH) for place in range(bays)]


def walk(metres: float, *, begins: float = 0.0, accuracy_m: float = 5.0, clock: str = "09:00") -> list[Fix]:
    """A fix every ten metres to the north."""
    steps = range(int(metres / 10) + 1)
    return [Fix(HOME[0], HOME[1] + (begins + 10 * n) * NORTH, accuracy_m, at(clock)) for n in steps]


def seen(hours_ago: float | None, name: str = "Elm Road") -> Street:
    when = None if hours_ago is None else at("09:00") - timedelta(hours=hours_ago)
    return Street(name, 10, *HOME, frozenset({uuid4()}), when)


def test_who_walks_a_street_has_seen_it():
    assert walked(street(), walk(180)) == {"Elm Road": at("09:00")}


def test_who_crosses_its_end_has_not():
    assert walked(street(), walk(0)) == {}
    assert walked(street(bays=100), walk(180)) == {}


def test_half_of_it_is_enough():
    assert walked(street(bays=20), walk(140)) == {"Elm Road": at("09:00")}
    assert walked(street(bays=20), walk(130)) == {}


def test_half_of_it_now_and_half_of_it_hours_later_is_not():
    below, above = walk(60), walk(60, begins=130, clock="09:40")
    assert walked(street(bays=24), [*below, *above]) == {}
    soon = walk(60, begins=130, clock="09:16")
    assert walked(street(bays=24), [*below, *soon]) == {"Elm Road": at("09:16")}


def test_what_was_walked_hours_ago_was_seen_then():
    later = [Fix(HOME[0] + 1, HOME[1], 5.0, at("12:00"))]
    assert walked(street(), [*later, *walk(180)]) == {"Elm Road": at("09:00")}


def test_a_street_of_one_bay_is_seen_by_passing_it():
    assert walked(street(bays=1), walk(0)) == {"Elm Road": at("09:00")}


def test_fixes_that_are_astray_move_no_others():
    lost = [Fix(HOME[0], -89.0, 5.0, at("09:00"))] * 100
    behind = street("Back Lane", east=60 * NORTH / 0.62)
    assert walked([*street(), *behind], [*lost, *walk(180)]) == {"Elm Road": at("09:00")}


def test_a_council_of_many_bays_is_looked_at_some_at_a_time():
    others = [bay for n in range(40) for bay in street(f"Lane {n}", east=1.0 + n)]
    assert walked([*others, *street(bays=20), *others], walk(140)) == {"Elm Road": at("09:00")}


def test_the_street_behind_the_houses_is_another_street():
    behind = street("Back Lane", east=90 * NORTH / 0.62)
    assert walked([*street(), *behind], walk(180)) == {"Elm Road": at("09:00")}


def test_a_phone_that_does_not_know_where_it_is_has_seen_nothing():
    assert walked(street(), walk(180, accuracy_m=60)) == {}


def test_without_bays_or_fixes_there_is_nothing_to_see():
    assert walked([], walk(10)) == walked(street(), []) == {}


def test_a_street_is_due_when_its_days_are_over_and_when_it_never_was_seen():
    assert not is_overdue(seen(7 * 24 - 1), WEEK, at("09:00"))
    assert is_overdue(seen(7 * 24), WEEK, at("09:00"))
    assert is_overdue(seen(None), WEEK, at("09:00"))


def test_the_hour_is_kept_and_not_the_minute():
    assert hour_of(at("09:59:59.5")) == at("09:00")


def test_due_streets_are_spare_work_that_can_not_leave_and_the_longest_unseen_is_worth_most():
    due = spare_work([seen(20), seen(8 * 24, "B"), seen(30 * 24, "C"), seen(None, "D")], WEEK, at("09:00"))
    assert [task.id for task in due] == ["B", "C", "D"]
    assert all(task.spare and task.minutes_over is None and task.until is None for task in due)
    values = [task.value for task in due]
    assert values == sorted(values)
    assert values[0] == pytest.approx(10 * 8 / 7)
    assert values[-1] == 100.0
