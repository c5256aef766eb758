"""The line end to end over HTTP: reading → stay → overstay → task → offer → sighting → outcome."""

from ..builders import Council


def test_a_reading_becomes_a_task_on_an_officers_phone_and_its_outcome_comes_back(council: Council):
    zone = council.zone()
    council.bay("B1")
    officer = council.on_duty(zone)
    council.clock.set("11:05")
    assert council.reads(("B1", "occupied", "09:00"))["taken"] == 1
    council.sweep()
    (task,) = officer.mine()
    assert task["why"] == "Over a 2 h limit"
    assert task["state"] == "offered"
    assert task["lawful_from"] == "2026-06-29T10:11:00Z"
    task = officer.step(task, "accept")
    task = officer.step(task, "arrive")
    council.clock.set("11:12")
    task = officer.step(task, "sightings", plate="ab12 cde", recorded_at="2026-06-29T10:12:00Z")
    task = officer.step(task, "outcome", outcome="notice_served")
    assert task["state"] == "closed"
    (seen,) = council.tasks("closed")
    assert seen["outcome"] == "notice_served"
    assert council.journal(task["id"]) == [
        "task.raised",
        "task.offer",
        "task.accept",
        "task.arrive",
        "task.sight",
        "task.close",
    ]
