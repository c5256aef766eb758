"""Walking along a line, waiting by a clock that runs fast, and doing things as they fall due."""

import time
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from enforcement.config import Clock
from enforcement.simulation.pace import Pace
from enforcement.simulation.points import Point
from enforcement.simulation.tape import Tape

HERE = Point(lon=-0.128, lat=51.527)
DAWN = datetime(2016, 11, 7, 20, tzinfo=UTC)


def test_a_walk_gets_nearer_by_what_was_walked_and_ends_at_its_goal():
    goal = HERE.moved(east_m=300, north_m=400)
    assert HERE.metres_to(goal) == pytest.approx(500, rel=1e-3)
    assert HERE.towards(goal, 100).metres_to(goal) == pytest.approx(400, rel=1e-3)
    assert HERE.towards(goal, 501) == goal
    assert goal.towards(goal, 0) == goal


def test_a_day_that_runs_fast_is_waited_for_in_its_own_seconds():
    pace = Pace(Clock(DAWN, 1000.0, time.time()))
    began = time.monotonic()
    assert pace.until(DAWN + timedelta(minutes=5))
    assert 0.25 < time.monotonic() - began < 2
    assert pace.clock() >= DAWN + timedelta(minutes=5)


def test_a_moment_that_is_past_is_not_waited_for():
    assert Pace(Clock(DAWN, 1.0, time.time())).until(DAWN - timedelta(days=1))


def test_a_stop_ends_every_wait():
    pace = Pace(Clock())
    pace.stop.set()
    assert not pace.sleep(3600)
    assert not pace.rest(3600)
    assert not pace.until(datetime.now(UTC) + timedelta(days=1))


def test_a_tape_gives_what_is_due_in_order_even_if_it_never_ends():
    tape = Tape((DAWN + timedelta(seconds=number) for number in count()), due=lambda moment: moment)
    assert tape.take(DAWN - timedelta(seconds=1)) == []
    assert len(tape.take(DAWN + timedelta(seconds=9))) == 10
    assert tape.next_due == DAWN + timedelta(seconds=10)


def test_a_tape_comes_to_its_end():
    tape = Tape(iter([DAWN]), due=lambda moment: moment)
    assert tape.take(DAWN) == [DAWN]
    assert tape.next_due is None
    assert tape.take(DAWN) == []
