"""The log of a shift in numbers."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from enforcement.domain.daily_log import Counts, Done, counts
from enforcement.domain.found import SHIFT_ENDED

BEGAN = datetime(2026, 6, 29, 8, tzinfo=UTC)
ONE, OTHER = uuid4(), uuid4()


def done(minute: int, kind: str, about: UUID | None = None, **facts: Any) -> Done:
    return Done(BEGAN + timedelta(minutes=minute), kind, facts, about=about)


def test_a_car_that_was_seen_often_was_attended_once():
    seen = [done(minute, "task.sight", ONE) for minute in range(3)]
    assert (
        counts(
            [done(0, "task.arrive", ONE), *seen, done(9, "task.close", ONE, outcome="no_vehicle")]
        ).attended
        == 1
    )
    assert counts([*seen, done(5, "task.sight", OTHER)]).attended == 2


def test_work_that_is_only_accepted_was_not_attended():
    assert counts([done(0, "task.accept", ONE), done(1, "task.withdraw", ONE)]).attended == 0


def test_the_numbers_tell_what_came_of_it():
    entries = [
        done(0, "task.found", ONE, code="01"),
        done(5, "task.close", ONE, outcome="notice_served"),
        done(7, "task.withdraw", OTHER, why="The car has left."),
        done(9, "task.withdraw", OTHER, why=SHIFT_ENDED),
    ]
    told = counts(entries)
    assert (told.raised, told.notices, told.called_off) == (1, 1, 1)


@pytest.mark.parametrize(
    ("minutes", "breaks", "rested"),
    [
        ({0: "available", 60: "break", 90: "available", 200: "break", 215: "ended"}, 2, 45),
        ({0: "available", 60: "break"}, 1, 0),  # it goes on
        ({0: "available", 60: "break", 90: "incident", 95: "available"}, 1, 30),
    ],
)
def test_breaks_are_counted_and_measured(minutes: dict[int, str], breaks: int, rested: int):
    told = counts([done(minute, f"shift.{state}") for minute, state in minutes.items()])
    assert (told.breaks, told.break_minutes) == (breaks, rested)


def test_a_briefing_in_a_break_does_not_end_it():
    told = counts([done(0, "shift.break"), done(10, "shift.briefed"), done(30, "shift.available")])
    assert told.break_minutes == 30


def test_an_empty_shift_is_all_naught():
    assert counts([]) == Counts(0, 0, 0, 0, 0, 0)
