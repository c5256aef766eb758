"""A replay's account adds up, or says where it does not."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from enforcement.simulation.replay_report import ServerSays, Spread, account, raised_while_free
from enforcement.simulation.replay_schedule import Posted, Schedule

TEN = datetime(2016, 11, 8, 10, tzinfo=UTC)


def overstay(bay, minutes=60):
    return Posted(bay, TEN, TEN, TEN + timedelta(minutes=minutes))


def task(bay, state, *, outcome=None, after=30):
    return {
        "id": f"task-{bay}",
        "bay": {"reference": bay},
        "overstay_from": TEN.isoformat(),
        "ended_at": (TEN + timedelta(minutes=after)).isoformat(),
        "state": state,
        "outcome": outcome,
    }


def plan(*bays, **excluded):
    posted = tuple(overstay(bay) for bay in bays)
    reasons = Counter({reason.replace("_", " "): count for reason, count in excluded.items()})
    return Schedule(len(posted) + reasons.total(), posted, reasons)


def told(schedule, tasks, stays=(), pushed=()):
    says = ServerSays(tasks, {(bay, TEN): stay for bay, stay in stays})
    posted_at = {(each.bay, each.since): 100.0 for each in schedule.posted}
    return account(schedule, says, posted_at, dict(pushed), ["task-A"])


def test_every_recorded_overstay_is_a_task_or_excluded_by_name():
    report = told(
        plan("A", "B", "C", "D", began_after=3),
        [task("A", "closed", outcome="notice_served"), task("B", "withdrawn"), task("C", "waiting")],
        [("D", {"departed_at": TEN.isoformat()})],
    )
    assert report.faults == []
    assert report.recorded == 7 == report.tasks + report.excluded.total()
    assert (report.attended, report.withdrawn, report.open) == (1, 1, {"waiting": 1})
    assert report.excluded == {"began after": 3, "gone before the clock looked at them": 1}


def test_an_overstay_that_the_server_knows_nothing_of_is_a_fault():
    report = told(plan("A", "B"), [task("A", "waiting")])
    assert "no stay at bay B from 10:00" in report.faults[0]
    assert "2 recorded, but 1 tasks and 0 excluded" in report.faults[1]
    assert report.lines()[-1].startswith("DOES NOT ADD UP")


def test_a_task_that_nobody_posted_is_a_fault():
    report = told(plan("A"), [task("A", "waiting"), task("Z", "waiting")])
    assert any("at bay Z" in fault for fault in report.faults)


def test_the_time_to_push_runs_from_the_posting_to_the_phone():
    report = told(
        plan("A", "B"),
        [task("A", "offered"), task("B", "offered")],
        pushed=[("task-A", 100.2), ("task-B", 104.0)],
    )
    assert report.to_push.median == pytest.approx(2.1)
    assert (report.to_push_at_once.count, report.to_push_at_once.median) == (1, pytest.approx(0.2))


def test_without_a_message_there_is_no_time_to_tell():
    assert Spread.of([]).words("s") == "none"


def entry(kind, subject, officer=None, state=None):
    return {
        "kind": kind,
        "subject": kind.partition(".")[0],
        "subject_id": subject,
        "officer_id": officer,
        "facts": {"state": state} if state else {},
    }


def test_an_officer_is_free_until_a_task_is_offered_and_again_when_it_ends():
    story = [
        entry("task.raised", "early"),
        entry("task.withdraw", "early", state="withdrawn"),
        entry("shift.available", "shift", "ann"),
        entry("task.raised", "first"),
        entry("task.offer", "first", "ann", "offered"),
        entry("task.raised", "second"),
        entry("task.withdraw", "second", None, "withdrawn"),
        entry("task.close", "first", "ann", "closed"),
        entry("task.raised", "third"),
        entry("task.raised", "fourth"),
        entry("task.withdraw", "third", None, "withdrawn"),
        entry("task.withdraw", "fourth", None, "withdrawn"),
        entry("shift.ended", "shift", "ann"),
        entry("task.raised", "late"),
    ]
    assert raised_while_free(story) == ["first", "third"]
