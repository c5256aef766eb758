"""Who works when, and where: planned, changed, called off, and a day copied from another."""

from typing import Any

import pytest
from flask import Flask

from ..builders import Officer, at
from .scenes import Town, at_once

MONDAY, NEXT_MONDAY = "2026-06-29", "2026-07-06"


def planned(town: Town, officer: Officer, begins: str, ends: str, day: str = MONDAY, **more: Any) -> Any:
    body = {
        "officer_id": officer.id,
        "zones": [town.centre],
        "planned_from": at(begins, day).isoformat(),
        "planned_to": at(ends, day).isoformat(),
    }
    return town.supervisor.post("/shifts", body, **more)


def off_duty(town: Town, name: str = "Olu") -> Officer:
    return Officer(*town.person("officer", name))


def shifts_on(town: Town, day: str) -> list[dict[str, Any]]:
    shifts = town.supervisor.get(f"/shifts?day={day}")["items"]
    return [shift for shift in shifts if shift["state"] != "ended"]


def preview(town: Town, day: str = NEXT_MONDAY) -> list[dict[str, Any]]:
    return town.supervisor.get(f"/shifts/copy?from_day={MONDAY}&day={day}")["items"]


def copy(town: Town, shifts: list[dict[str, Any]], status: int | None = None) -> Any:
    body = {"from_day": MONDAY, "day": NEXT_MONDAY, "shifts": [shift["id"] for shift in shifts]}
    return town.supervisor.post("/shifts/copy", body, status)


def test_two_shifts_of_one_officer_do_not_overlap(town: Town):
    officer = off_duty(town)
    first = planned(town, officer, "10:00", "14:00")
    refused = planned(town, officer, "13:00", "18:00", status=409)
    assert refused["shift_id"] == first["id"]
    second = planned(town, officer, "14:00", "18:00")
    earlier = {"planned_from": at("13:30").isoformat()}
    assert town.supervisor.patch(f"/shifts/{second['id']}", earlier, 409)["shift_id"] == first["id"]


def test_times_are_changed_and_the_journal_says_by_whom(town: Town):
    shift = planned(town, off_duty(town), "10:00", "14:00")
    later = {"planned_from": at("11:00").isoformat(), "planned_to": at("15:00").isoformat()}
    changed = town.supervisor.patch(f"/shifts/{shift['id']}", later)
    assert (changed["planned_from"], changed["planned_to"]) == (
        "2026-06-29T10:00:00Z",
        "2026-06-29T14:00:00Z",
    )
    [entry] = [
        each
        for each in town.supervisor.get(f"/journal?subject_id={shift['id']}")["items"]
        if each["kind"] == "shift.moved"
    ]
    assert entry["actor"].startswith("person:")


def test_the_second_of_two_supervisors_is_told_and_overwrites_nothing(town: Town):
    shift = planned(town, off_duty(town), "10:00", "14:00")
    path, seen = f"/shifts/{shift['id']}", shift["version"]
    town.supervisor.patch(path, {"planned_to": at("15:00").isoformat(), "version": seen})
    town.supervisor.patch(path, {"zones": [], "version": seen}, 409)
    [now] = shifts_on(town, MONDAY)
    assert (now["planned_to"], len(now["zones"])) == ("2026-06-29T14:00:00Z", 1)


def test_of_a_shift_that_has_begun_only_the_end_is_moved(town: Town):
    officer = town.on_duty(town.centre)
    path = f"/shifts/{officer.shift['id']}"
    town.supervisor.patch(path, {"planned_from": at("08:00").isoformat()}, 422)
    town.supervisor.patch(path, {"planned_to": at("08:57").isoformat()}, 422)
    assert town.supervisor.patch(path, {"planned_to": at("12:00").isoformat()})
    town.clock.set("12:31")
    town.sweep()
    assert shifts_on(town, MONDAY) == []


def test_a_shift_is_called_off_and_stands_again(town: Town):
    officer = off_duty(town)
    shift = planned(town, officer, "10:00", "14:00")
    for _ in range(2):
        town.supervisor.post(f"/shifts/{shift['id']}/cancel")
    assert officer.phone.get("/me")["shift"] is None
    for _ in range(2):
        town.supervisor.post(f"/shifts/{shift['id']}/restore")
    assert officer.phone.get("/me")["shift"]["id"] == shift["id"]
    assert town.journal(shift["id"]) == ["shift.zones", "shift.cancelled", "shift.restored"]


def test_what_was_called_off_does_not_come_back_over_another_shift(town: Town):
    officer = off_duty(town)
    shift = planned(town, officer, "10:00", "14:00")
    town.supervisor.post(f"/shifts/{shift['id']}/cancel")
    planned(town, officer, "12:00", "16:00")
    town.supervisor.post(f"/shifts/{shift['id']}/restore", status=409)


def test_work_that_has_begun_is_not_called_off_but_ended(town: Town):
    officer = town.on_duty(town.centre)
    path = f"/shifts/{officer.shift['id']}"
    town.supervisor.post(f"{path}/cancel", status=409)
    town.supervisor.post(f"{path}/release")
    town.supervisor.post(f"{path}/restore", status=409)
    ended = town.supervisor.get(f"/journal?subject_id={officer.shift['id']}")["items"][-1]
    assert ended["kind"] == "shift.ended"
    assert ended["actor"].startswith("person:")


def test_a_day_is_copied_as_it_was_previewed(town: Town):
    early = planned(town, off_duty(town, "Ana"), "08:00", "16:00")
    late = planned(town, off_duty(town, "Ben"), "14:00", "22:00")
    assert [(each["from_shift_id"], each["why_not"]) for each in preview(town)] == [
        (early["id"], None),
        (late["id"], None),
    ]
    copied = copy(town, [early, late])["items"]
    assert [shift["officer"]["name"] for shift in copied] == ["Ana", "Ben"]
    assert copied[0]["planned_from"] == "2026-07-06T07:00:00Z"
    assert [zone["id"] for zone in copied[1]["zones"]] == [town.centre]


def test_copied_twice_it_is_there_once(town: Town):
    shift = planned(town, off_duty(town), "08:00", "16:00")
    first, again = (copy(town, [shift])["items"] for _ in range(2))
    assert first == again
    assert preview(town)[0]["there"] == first[0]["id"]
    assert len(shifts_on(town, NEXT_MONDAY)) == 1


def test_what_can_not_be_copied_is_said_and_nothing_is_half_done(town: Town):
    ana, ben = off_duty(town, "Ana"), off_duty(town, "Ben")
    shifts = [planned(town, each, "08:00", "16:00") for each in (ana, ben)]
    planned(town, ben, "12:00", "20:00", NEXT_MONDAY)
    assert [each["why_not"] for each in preview(town)] == [None, "Ben has a shift at that time already."]
    refused = copy(town, shifts, 409)
    assert refused["errors"] == [{"pointer": "/shifts/1", "detail": "Ben has a shift at that time already."}]
    assert len(shifts_on(town, NEXT_MONDAY)) == 1


@pytest.mark.parametrize("left", ["role", "disabled"])
def test_who_is_no_officer_any_more_is_not_planned(town: Town, left: str):
    officer = off_duty(town)
    planned(town, officer, "08:00", "16:00")
    change = {"disabled": True} if left == "disabled" else {"role": "supervisor"}
    town.administrator.patch(f"/people/{officer.id}", change)
    assert preview(town)[0]["why_not"] == "Olu is no officer here any more."


def test_a_zone_that_is_on_the_map_no_more_is_left_out_and_said(town: Town):
    officer, other = off_duty(town), town.zone("Gone")
    shift = planned(town, officer, "08:00", "16:00")
    town.supervisor.patch(f"/shifts/{shift['id']}", {"zones": [town.centre, other]})
    town.supervisor.delete(f"/zones/{other}")
    [told] = preview(town)
    assert ([zone["name"] for zone in told["zones"]], [zone["name"] for zone in told["gone"]]) == (
        ["Centre"],
        ["Gone"],
    )
    [copied] = copy(town, [shift])["items"]
    assert [zone["id"] for zone in copied["zones"]] == [town.centre]


def test_a_day_that_is_over_and_what_was_called_off_are_not_copied(town: Town):
    shift = planned(town, off_duty(town), "08:00", "16:00")
    assert preview(town, "2026-06-22")[0]["why_not"] == "That time is over."
    town.supervisor.post(f"/shifts/{shift['id']}/cancel")
    assert preview(town) == []


def test_two_supervisors_who_copy_at_once_plan_each_shift_once(app: Flask, town: Town):
    shifts = [planned(town, off_duty(town, name), "08:00", "16:00") for name in ("Ana", "Ben")]
    others = [town.person("supervisor")[1] for _ in range(2)]
    body = {"from_day": MONDAY, "day": NEXT_MONDAY, "shifts": [shift["id"] for shift in shifts]}
    results = at_once(app, *[lambda each=each: each.post("/shifts/copy", body) for each in others])
    assert results[0]["items"] == results[1]["items"]
    assert len(shifts_on(town, NEXT_MONDAY)) == 2
