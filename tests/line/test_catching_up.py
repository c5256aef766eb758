"""A visit done without a signal is taken in full, in order, however late and however often it is sent."""

from typing import Any
from uuid import uuid4

import pytest

from enforcement.adapters.tables import Assignment, OutcomeRow, SightingRow

from ..builders import HOME, Officer, at
from .scenes import Town, count, overstay, rows, task_of
from .test_two_sightings import STANDING, left, two_sightings

Sent = list[tuple[str, dict[str, Any]]]


def missed(town: Town, officer: Officer, clock: str = "11:07") -> dict[str, Any]:
    """An offer that the officer saw, and that went unanswered as far as we know."""
    overstay(town)
    [offer] = officer.mine()
    town.clock.set(clock)
    town.sweep()
    assert officer.mine() == []
    return offer


def done(what: str, clock: str, **said: Any) -> tuple[str, dict[str, Any]]:
    """A step as a phone keeps it, with an id of its own."""
    return what, {"id": str(uuid4()), "recorded_at": at(clock).isoformat(), **said}


def visited() -> Sent:
    """From the yes, in time, to the notice."""
    return [
        done("accept", "11:05:30"),
        done("arrive", "11:10"),
        done("sightings", "11:12", plate="AB12CDE"),
        done("preparation", "11:13"),
        done("outcome", "11:14", outcome="notice_served"),
    ]


def upload(town: Town, officer: Officer, task: dict[str, Any], steps: Sent) -> dict[str, Any]:
    """The phone has a signal again: step by step, each with the version that came with the last answer."""
    for what, said in steps:
        task = officer.step(task, what, 200, **said)
        town.sweep()  # plans are made between any two of them
    return task


def test_a_visit_from_a_yes_in_time_to_its_outcome_is_taken_hours_later(town: Town, officer: Officer):
    offer, steps = missed(town, officer), visited()
    town.clock.set("15:00")
    closed = upload(town, officer, offer, steps)
    assert (closed["state"], closed["outcome"]) == ("closed", "notice_served")
    with town.session() as session:
        work = rows(session, Assignment)[-1]
        assert (work.accepted_at, work.arrived_at) == (at("11:05:30"), at("11:10"))
        assert work.preparation_began_at == at("11:13")
    assert town.supervisor.get("/kept-records")["items"] == []
    told = town.journal(offer["id"])
    for what, said in steps * 2:
        officer.step(offer, what, 200, **said)
    assert town.journal(offer["id"]) == told
    with town.session() as session:
        assert (count(session, SightingRow), count(session, OutcomeRow)) == (1, 1)


def test_the_log_tells_a_visit_by_when_it_was(town: Town, officer: Officer):
    offer = missed(town, officer)
    town.clock.set("15:00")
    upload(town, officer, offer, visited())
    log = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    hours = [line[11:19] for line in log.splitlines() if "bay B1" in line]
    assert hours == ["11:05:30", "11:10:00", "11:12:00", "11:14:00"]


def test_a_car_that_left_since_takes_nothing_from_it(town: Town, officer: Officer):
    offer = missed(town, officer)
    town.clock.set("11:30")
    town.reads(("B1", "free", "11:25"))
    town.sweep()
    assert task_of(town, offer)["state"] == "withdrawn"
    town.clock.set("15:00")
    closed = upload(town, officer, offer, visited())
    assert (closed["state"], closed["outcome"], closed["ended_why"]) == ("closed", "notice_served", None)


def test_a_shift_that_was_ended_since_takes_nothing_from_it(town: Town, officer: Officer):
    offer = missed(town, officer)
    town.clock.set("11:30")
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    assert upload(town, officer, offer, visited())["outcome"] == "notice_served"
    assert officer.phone.get("/me")["shift"] is None


def test_a_yes_for_what_left_before_it_is_told_so(town: Town, officer: Officer):
    overstay(town)
    [offer] = officer.mine()
    town.clock.set("11:10")
    town.reads(("B1", "free", "11:05:10"))
    town.sweep()
    what, said = done("accept", "11:10")
    assert officer.step(offer, what, 409, **said)["task"]["state"] == "withdrawn"


def test_a_yes_that_was_given_too_late_is_one(town: Town, officer: Officer):
    offer = missed(town, officer)
    what, said = done("accept", "11:06:30")
    officer.step(offer, what, 409, **said)


def test_a_yes_in_time_for_an_offer_that_another_officer_has_taken_is_told_so(town: Town, officer: Officer):
    offer = missed(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    town.sweep()
    other.step(other.mine()[0], "accept")
    what, said = done("accept", "11:05:30")
    assert officer.step(offer, what, 409, **said)["detail"] == "Another officer has this task now."


def test_a_yes_in_time_holds_for_the_next_offer_of_the_same_to_the_same_officer(town: Town, officer: Officer):
    offer = missed(town, officer)
    town.clock.set("11:13")
    town.sweep()
    assert officer.mine()[0]["version"] > offer["version"]
    assert upload(town, officer, offer, visited())["state"] == "closed"


def test_what_was_offered_meanwhile_goes_to_others(town: Town, officer: Officer):
    town.bay("B2", lat=HOME[1] + 0.0005)
    offer = missed(town, officer)
    town.reads(("B2", "occupied", "09:05"))
    town.clock.set("11:08")
    town.sweep()
    [between] = officer.mine()
    assert between["id"] != offer["id"]
    [accept, *rest] = visited()
    taken = officer.step(offer, accept[0], **accept[1])
    assert [task["id"] for task in officer.mine()] == [offer["id"]]
    assert task_of(town, between)["state"] == "waiting"
    assert town.journal(between["id"])[-1] == "task.replace"
    town.clock.set("11:20")
    upload(town, officer, taken, rest)
    assert [task["id"] for task in officer.mine()] == [between["id"]]


def test_nobody_takes_up_what_lies_where_it_is_unsafe_by_now(town: Town, officer: Officer):
    town.bay("B2", lat=HOME[1] + 0.0005)
    offer = missed(town, officer)
    town.reads(("B2", "occupied", "09:05"))
    town.sweep()
    other = officer.mine()[0]
    officer.step(other, "decline", reason="unsafe")
    what, said = done("accept", "11:05:30")
    assert "unsafe" in officer.step(offer, what, 409, **said)["detail"]


@pytest.mark.parametrize(("what", "said"), [("arrive", {}), ("sightings", {"plate": "AB12CDE"})])
def test_who_is_at_the_car_that_they_are_asked_to_has_accepted(
    town: Town, officer: Officer, what: str, said: dict
):
    overstay(town)
    [offer] = officer.mine()
    assert officer.step(offer, what, **said)["state"] == "arrived"
    assert town.journal(offer["id"])[-2:] == ["task.accept", f"task.{what.removesuffix('ings')}"]


def test_what_was_seen_before_an_offer_accepts_nothing(town: Town, officer: Officer):
    overstay(town)
    [offer] = officer.mine()
    what, said = done("arrive", "11:04")
    assert officer.step(offer, what, 409, **said)["task"]["state"] == "offered"


class TestTwoSightings:
    """A car that came at nine: over its time at 11:00, lawful at 11:11."""

    @pytest.fixture(autouse=True)
    def asks_for_two(self, town: Town) -> None:
        two_sightings(town)
        town.reads(("B1", "occupied", "09:00"))

    def second_look(self, *more: tuple[str, dict[str, Any]]) -> Sent:
        served = done("outcome", "11:14", outcome="notice_served")
        return [done("arrive", "11:12"), done("sightings", "11:12:30", **STANDING), *(more or [served])]

    def test_both_looks_and_the_notice_are_taken_from_a_phone_that_was_offline_for_all_of_it(
        self, town: Town, officer: Officer
    ):
        town.clock.set("10:50")
        town.sweep()
        [offer] = officer.mine()
        first = [
            done("accept", "10:50:20"),
            done("sightings", "10:53", **STANDING),
            done("look-again", "10:54"),
        ]
        town.clock.set("11:40")
        town.sweep()
        closed = upload(town, officer, offer, first + self.second_look())
        assert (closed["outcome"], closed["sightings"]) == ("notice_served", 2)

    @pytest.mark.parametrize("sent", ["11:15", "11:25", "12:30"])
    def test_who_came_back_without_a_signal_has_taken_what_waited_for_them(
        self, town: Town, officer: Officer, sent: str
    ):
        """Whether or not they were asked meanwhile, once or in vain."""
        task = left(town, officer)
        while town.clock() < at(sent):
            town.clock.forward(minutes=5)
            town.sweep()
        assert upload(town, officer, task, self.second_look())["outcome"] == "notice_served"

    def test_who_came_back_to_an_empty_bay_says_so_at_once(self, town: Town, officer: Officer):
        task = left(town, officer)
        town.clock.set("11:30")
        town.sweep()
        gone = upload(town, officer, task, [done("outcome", "11:12", outcome="gone_on_arrival")])
        assert gone["outcome"] == "gone_on_arrival"

    def test_a_car_that_left_after_the_second_look_takes_nothing_from_it(self, town: Town, officer: Officer):
        task = left(town, officer)
        town.clock.set("11:30")
        town.reads(("B1", "free", "11:28"))
        town.sweep()
        assert task_of(town, task)["state"] == "withdrawn"
        assert upload(town, officer, task, self.second_look())["outcome"] == "notice_served"

    def test_a_colleague_who_took_the_case_meanwhile_keeps_it(self, town: Town, officer: Officer):
        task = left(town, officer)
        town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
        other = town.on_duty(town.centre, name="Ann")
        town.clock.set("11:12")
        town.sweep()
        other.step(other.mine()[0], "accept")
        what, said = self.second_look()[1]
        assert officer.step(task, what, 409, **said)["kept"]
