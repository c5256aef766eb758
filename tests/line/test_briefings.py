"""The beginning of a day: what an officer is told, that they read it, and what of their equipment is not in order."""

from typing import Any
from uuid import uuid4

import pytest

from ..builders import HOME, Caller, Council, Officer, at
from .scenes import Town, accepted, overstay
from .test_unsafe import freezes

NORTH = HOME[1] + 0.1


def briefing(officer: Officer, caller: Caller | None = None) -> dict[str, Any]:
    return (caller or officer.phone).get(f"/shifts/{officer.shift['id']}/briefing")


def read(
    officer: Officer,
    status: int | None = None,
    *,
    when: str | None = None,
    sha256: str | None = None,
    equipment: list[dict[str, Any]] | None = None,
    id_: str | None = None,
) -> Any:
    """Say that it was read, with all of the equipment in order unless told otherwise."""
    body = {
        "id": id_ or str(uuid4()),
        "recorded_at": when or officer.phone.now().isoformat(),
        "sha256": sha256 or briefing(officer)["sha256"],
        "equipment": equipment or [{"item": "Radio", "ok": True}],
    }
    return officer.phone.post(f"/shifts/{officer.shift['id']}/briefing", body, status)


def note(town: Council, text: str = "Ice on the bridge", status: int = 201, **more: Any) -> dict[str, Any]:
    return town.supervisor.post("/briefing-notes", {"text": text, **more}, status)


def suspend(town: Council, bay: dict[str, Any], begins: str, ends: str, day: str = "2026-06-29") -> str:
    times = {"starts_at": at(begins, day).isoformat(), "ends_at": at(ends, day).isoformat()}
    return town.supervisor.post("/suspensions", {"bay_id": bay["id"], "why": "Filming", **times})["id"]


def texts(told: dict[str, Any], what: str = "notes") -> list[str]:
    return [each["text"] for each in told[what]]


def starts(officer: Officer) -> None:
    step = {"id": str(uuid4()), "recorded_at": officer.phone.now().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/start", step)


@pytest.fixture
def coming(town: Town) -> Officer:
    """An officer whose shift, from 08:55 to 16:55 in the centre, has not begun."""
    return town.officer(town.centre)


# What is told


def test_a_quiet_day_tells_the_day_and_the_equipment(town: Town, coming: Officer):
    told = briefing(coming)
    assert told["days"] == [{"day": "2026-06-29", "holiday": None, "events": []}]
    assert "Radio" in told["equipment"]
    assert [told[what] for what in ("hazards", "notes", "suspensions", "patrols")] == [[], [], [], []]
    assert told["last_read"] is None
    assert told["shift_id"] == coming.shift["id"]


def test_notes_are_told_in_their_zone_and_on_their_days(town: Town, coming: Officer):
    north = town.zone("North", lat=NORTH)
    note(town, "everywhere")
    note(town, "here", zone_id=town.centre)
    note(town, "elsewhere", zone_id=north)
    note(town, "over", first_day="2026-06-01", last_day="2026-06-28")
    note(town, "its last day", first_day="2026-06-01", last_day="2026-06-29")
    note(town, "tomorrow", first_day="2026-06-30")
    told = briefing(coming)
    assert texts(told) == ["everywhere", "here", "its last day"]
    assert [each["zone"] for each in told["notes"]][:2] == [None, {"id": town.centre, "name": "Centre"}]


def test_a_note_that_was_put_away_is_told_no_more(town: Town, coming: Officer):
    made = note(town)
    town.supervisor.delete(f"/briefing-notes/{made['id']}", 204)
    town.supervisor.delete(f"/briefing-notes/{made['id']}", 404)
    assert texts(briefing(coming)) == []
    assert town.supervisor.get("/briefing-notes")["items"] == []
    assert town.journal(made["id"]) == ["briefing-note.added", "briefing-note.retired"]


def test_a_note_is_told_on_other_days_once_they_are_changed(town: Town, coming: Officer):
    told = note(town, "Parade")
    path = f"/briefing-notes/{told['id']}"
    town.supervisor.patch(path, {"first_day": "2026-06-30", "last_day": "2026-07-01"})
    assert texts(briefing(coming)) == []
    town.supervisor.patch(path, {"first_day": "2026-06-29"})
    assert texts(briefing(coming)) == ["Parade"]
    refused = town.supervisor.patch(path, {"last_day": "2026-06-28"}, 422)
    assert refused["errors"][0]["pointer"] == "/last_day"
    assert town.journal(told["id"])[-1] == "briefing-note.changed"


def test_what_a_note_says_stays_out_of_the_journal(town: Town):
    made = note(town, "Mind the dog at number 12")
    (entry,) = town.supervisor.get(f"/journal?subject_id={made['id']}")["items"]
    assert "dog" not in str(entry)


def test_a_note_that_ends_before_it_begins_is_refused(town: Town):
    refused = note(town, status=422, first_day="2026-07-02", last_day="2026-07-01")
    assert refused["errors"][0]["pointer"] == "/last_day"
    note(town, status=422, last_day="2026-06-28")  # it would begin today
    note(town, status=404, zone_id=str(uuid4()))
    note(town, "x" * 501, status=422)


def test_supervisors_see_the_notes_in_use_and_officers_only_their_briefing(town: Town, officer: Officer):
    for text, days in (("plain", {}), ("next week", {"first_day": "2026-07-06"})):
        note(town, text, **days)
    note(town, "mind", hazard=True)
    note(town, "over", first_day="2026-06-01", last_day="2026-06-28")
    assert texts(town.supervisor.get("/briefing-notes"), "items") == ["mind", "next week", "plain"]
    assert officer.phone.call("GET", "/briefing-notes").status_code == 403
    officer.phone.post("/briefing-notes", {"text": "x"}, 403)


def test_a_place_found_unsafe_is_a_hazard_in_its_zones_and_within_a_walk_of_them(
    town: Town, officer: Officer
):
    near = town.officer(town.zone("Next door", lon=HOME[0] + 0.015, half=0.01))
    far = town.officer(town.zone("North", lat=NORTH))
    note(town, "Ice on the bridge", hazard=True)
    officer.step(accepted(town, officer), "decline", reason="unsafe")
    for told in (briefing(officer), briefing(near)):
        place, ice = told["hazards"]
        assert (place["kind"], place["street"], place["radius_m"]) == ("unsafe", "Judd Street", 150)
        assert place["since"] == "2026-06-29T10:05:00Z"
        assert (ice["kind"], ice["text"], ice["street"]) == ("note", "Ice on the bridge", None)
        assert told["notes"] == []
    assert texts(briefing(far), "hazards") == ["Ice on the bridge"]
    town.supervisor.post(f"/freezes/{freezes(town)[0]['id']}/release")
    assert texts(briefing(officer), "hazards") == ["Ice on the bridge"]


def test_suspensions_of_the_day_in_the_zones_are_told_with_their_reason(town: Town, coming: Officer):
    town.zone("North", lat=NORTH)
    elsewhere = town.bay("N1", lat=NORTH)
    begun, later = suspend(town, town.b1, "06:00", "12:00"), suspend(town, town.b1, "22:00", "23:00")
    suspend(town, town.b1, "06:00", "08:55")  # over when the shift begins
    suspend(town, town.b1, "06:00", "12:00", "2026-06-30")
    suspend(town, elsewhere, "06:00", "12:00")
    called_off = suspend(town, town.b1, "13:00", "14:00")
    town.supervisor.delete(f"/suspensions/{called_off}", 204)
    told = briefing(coming)["suspensions"]
    assert [each["id"] for each in told] == [begun, later]
    first = {name: told[0][name] for name in ("reference", "street", "why", "starts_at", "ends_at")}
    assert first == {
        "reference": "B1", "street": "Judd Street", "why": "Filming",
        "starts_at": "2026-06-29T05:00:00Z", "ends_at": "2026-06-29T11:00:00Z",
    }  # fmt: skip


def test_match_days_and_bank_holidays_are_told_by_name(council: Council):
    council.clock.set("22:00", "2026-08-30")
    council.supervisor.post("/event-days", {"name": "match", "day": "2026-08-31"}, 201)
    night = council.officer(council.zone())
    assert briefing(night)["days"] == [
        {"day": "2026-08-30", "holiday": None, "events": []},
        {"day": "2026-08-31", "holiday": "Late Summer Bank Holiday", "events": ["match"]},
    ]


def test_standing_patrols_of_the_shift_are_told_with_their_windows(town: Town, coming: Officer):
    gate = {"street": "Judd Street", "at": "the school gate", "lon": HOME[0], "lat": HOME[1]}

    def patrol(name: str, hours: str, **more: Any) -> str:
        asked = {"name": name, "place": gate, "code": "26", "hours": hours, "minutes": 15, **more}
        return town.supervisor.post("/patrols", asked, 201)["id"]

    patrol("School run", "Mo-Fr 08:15-09:15,15:00-15:45", instructions="Speak to drivers first")
    patrol("Night", "Mo-Fr 22:00-23:00")
    patrol("Saturdays", "Sa 10:00-11:00")
    paused = patrol("Paused", "Mo-Fr 10:00-11:00")
    town.supervisor.patch(f"/patrols/{paused}", {"paused_why": "Holidays"})
    (told,) = briefing(coming)["patrols"]
    assert (told["name"], told["reference"], told["spot"]) == ("School run", "the school gate", True)
    assert told["instructions"] == "Speak to drivers first"
    assert told["windows"] == [
        {"window_from": "2026-06-29T07:55:00Z", "window_until": "2026-06-29T08:15:00Z"},
        {"window_from": "2026-06-29T14:00:00Z", "window_until": "2026-06-29T14:45:00Z"},
    ]


def test_the_equipment_is_what_the_council_wants_looked_over(town: Town, coming: Officer):
    policy = town.supervisor.get("/authority")["policy"] | {"equipment": ["Torch", "Rain coat"]}
    town.administrator.patch("/authority", {"policy": policy})
    assert briefing(coming)["equipment"] == ["Torch", "Rain coat"]


def test_the_sum_is_the_same_until_something_else_is_told(town: Town, coming: Officer):
    suspend(town, town.b1, "06:00", "12:00")
    first = briefing(coming)["sha256"]
    town.clock.forward(hours=5)  # the suspension is over
    assert briefing(coming)["sha256"] == first
    note(town)
    assert briefing(coming)["sha256"] != first


def test_a_briefing_is_its_officers_and_the_supervisors(town: Town, coming: Officer):
    other = town.on_duty(town.centre, name="Esi")
    path = f"/shifts/{coming.shift['id']}/briefing"
    assert other.phone.call("GET", path).status_code == 403
    read_it = {
        "id": str(uuid4()),
        "recorded_at": town.clock().isoformat(),
        "sha256": "0" * 64,
        "equipment": [],
    }
    other.phone.post(path, read_it, 403)
    town.supervisor.post(path, read_it, 403)
    assert briefing(coming, town.supervisor) == briefing(coming)
    assert town.supervisor.get("/briefings")["items"] == []


# That it was read


def test_reading_is_no_condition_of_starting(town: Town, coming: Officer):
    coming.start(clock=town.clock)
    assert coming.shift["briefed_at"] is None
    assert overstay(town)
    assert coming.mine()


def test_it_may_be_read_before_the_shift_or_in_it_and_again_when_it_changed(town: Town, coming: Officer):
    before = read(coming)
    assert (before["state"], before["briefed_at"]) == ("planned", "2026-06-29T08:00:00Z")
    known = briefing(coming)
    assert known["last_read"] == {"sha256": known["sha256"], "read_at": "2026-06-29T08:00:00Z"}
    coming.start(clock=town.clock)
    town.clock.set("11:00")
    note(town)
    changed = briefing(coming)
    assert changed["last_read"]["sha256"] != changed["sha256"]
    assert read(coming)["briefed_at"] == "2026-06-29T10:00:00Z"
    assert briefing(coming)["last_read"]["sha256"] == changed["sha256"]


def test_sent_ten_times_it_was_read_once(town: Town, coming: Officer):
    id_, sha256, when = str(uuid4()), "ab" * 32, town.clock().isoformat()
    for _ in range(10):
        read(coming, id_=id_, sha256=sha256, when=when)
    (known,) = town.supervisor.get("/briefings")["items"]
    assert known["sha256"] == sha256
    assert town.journal(coming.shift["id"]).count("shift.briefed") == 1


def test_what_came_late_is_judged_by_when_it_was_done(town: Town, coming: Officer):
    coming.start(clock=town.clock)
    town.clock.set("11:00")
    read(coming)
    late = read(coming, when=at("09:30").isoformat(), sha256="ab" * 32)
    assert late["briefed_at"] == "2026-06-29T10:00:00Z"
    assert briefing(coming)["last_read"]["sha256"] != "ab" * 32
    town.clock.set("17:00")
    coming.phone.post(
        f"/shifts/{coming.shift['id']}/end", {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    )
    town.clock.set("18:00")
    read(coming, when=at("16:00").isoformat(), sha256="cd" * 32)
    read(coming, 409, sha256="cd" * 32)


def test_what_is_not_in_order_is_on_the_supervisors_list_and_alarms_nobody(town: Town, coming: Officer):
    other = town.officer(town.centre, name="Esi")
    read(other)
    items = [{"item": "Radio", "ok": True}, {"item": "Printer", "ok": False, "note": "no paper"}]
    read(coming, equipment=items)
    (known,) = town.supervisor.get("/briefings?faults=true")["items"]
    assert (known["officer"]["id"], known["shift_id"]) == (coming.id, coming.shift["id"])
    assert known["equipment"] == [{**items[0], "note": None}, items[1]]
    assert len(town.supervisor.get("/briefings")["items"]) == 2
    assert town.supervisor.get("/alerts")["items"] == []
    entry = town.supervisor.get(f"/journal?subject_id={coming.shift['id']}")["items"][-1]
    assert (entry["kind"], entry["facts"]["faults"]) == ("shift.briefed", 1)
    assert "paper" not in str(entry)
    assert "Printer" not in str(entry)


def test_the_days_log_has_it_also_if_it_was_read_before_the_shift(town: Town, coming: Officer):
    read(coming)
    town.clock.set("09:10")
    coming.start(clock=town.clock)
    town.clock.set("11:00")
    read(coming, when=at("10:45").isoformat(), equipment=[{"item": "Radio", "ok": False}])
    lines = coming.phone.get(f"/shifts/{coming.shift['id']}/log")["document"].splitlines()
    assert "2026-06-29 09:00:00 +0100 Briefing read; equipment: in order" in lines
    assert "2026-06-29 10:45:00 +0100 Briefing read; equipment: 1 not in order" in lines
    assert lines.index("2026-06-29 09:10:00 +0100 Now: available") > 0


def test_yesterdays_briefing_is_not_in_todays_log(town: Town, coming: Officer):
    read(coming)
    coming.start(clock=town.clock)
    town.clock.set("17:00")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    coming.phone.post(f"/shifts/{coming.shift['id']}/end", step)
    town.clock.set("09:00", "2026-06-30")
    begins, ends = (at(clock, "2026-06-30").isoformat() for clock in ("08:00", "17:00"))
    today = {"officer_id": coming.id, "zones": [town.centre], "planned_from": begins, "planned_to": ends}
    coming.shift = town.supervisor.post("/shifts", today)
    starts(coming)
    assert "Briefing" not in coming.phone.get(f"/shifts/{coming.shift['id']}/log")["document"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"equipment": [{"item": "Radio"}]},
        {"equipment": [{"item": "", "ok": True}]},
        {"equipment": [{"item": "x" * 81, "ok": True}]},
        {"equipment": [{"item": "Radio", "ok": True, "note": "x" * 201}]},
        {"equipment": [{"item": "Radio", "ok": True}] * 51},
        {"equipment": [{"item": "Radio\0", "ok": True}]},
        {"equipment": "all fine"},
    ],
)
def test_what_can_not_be_read_is_refused_and_leaves_nothing(
    town: Town, coming: Officer, wrong: dict[str, Any]
):
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "sha256": "0" * 64, "equipment": []}
    assert coming.phone.call(
        "POST", f"/shifts/{coming.shift['id']}/briefing", {**body, **wrong}
    ).status_code in (
        400,
        422,
    )
    assert town.supervisor.get("/briefings")["items"] == []


def test_a_zone_that_is_taken_off_the_map_takes_its_places_out_of_the_briefing(town: Town):
    extra = town.zone("North", lat=NORTH)
    officer = town.officer(town.centre, extra)
    suspend(town, town.bay("N1", lat=NORTH), "06:00", "12:00")
    note(town, "Roadworks", zone_id=extra)
    assert briefing(officer)["suspensions"]
    town.supervisor.delete(f"/zones/{extra}", 204)
    told = briefing(officer)
    assert (told["suspensions"], told["notes"]) == ([], [])


# Since when


def shift(officer: Officer) -> dict[str, Any]:
    return officer.phone.get("/me")["shift"]


def test_a_break_says_since_when_it_lasts(town: Town, coming: Officer):
    assert coming.shift["state_since"] is None
    coming.start(clock=town.clock)
    assert shift(coming)["state_since"] == "2026-06-29T08:00:00Z"
    town.clock.set("12:10")
    step = {"id": str(uuid4()), "recorded_at": at("12:00").isoformat(), "state": "break"}
    told = coming.phone.post(f"/shifts/{coming.shift['id']}/state", step)  # it was without signal
    assert (told["state"], told["state_since"]) == ("break", "2026-06-29T11:00:00Z")
    again = {**step, "id": str(uuid4()), "recorded_at": at("12:10").isoformat()}
    assert (
        coming.phone.post(f"/shifts/{coming.shift['id']}/state", again)["state_since"] == told["state_since"]
    )


def test_what_the_server_changes_has_a_beginning_too(town: Town, officer: Officer):
    town.clock.set("10:00")
    step = {
        "id": str(uuid4()),
        "recorded_at": town.clock().isoformat(),
        "state": "with_public",
        "minutes": 10,
    }
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", step)
    town.clock.set("10:10")
    town.sweep()
    assert (shift(officer)["state"], shift(officer)["state_since"]) == ("available", "2026-06-29T09:10:00Z")
