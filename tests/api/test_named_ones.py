"""What the live feed named, asked for by its ids: some tasks, and where officers are."""

from uuid import uuid4

from ..builders import Caller, Council


def tasks_of(caller: Caller, *ids: str) -> list[str]:
    query = "&".join(f"ids={each}" for each in ids)
    return [task["id"] for task in caller.get(f"/tasks?{query}")["items"]]


def two_tasks(council: Council) -> list[str]:
    for bay in ("B1", "B2"):
        council.bay(bay)
        council.says_over(bay, since="08:30", clock="09:00")
    council.sweep()
    return [task["id"] for task in council.tasks()]


def test_tasks_that_are_named_are_told_in_whatever_state(council: Council):
    council.zone()
    first, second = two_tasks(council)
    council.supervisor.post(f"/tasks/{first}/withdraw", {"why": "A mistake"})
    assert tasks_of(council.supervisor, first) == [first]
    assert sorted(tasks_of(council.supervisor, first, second)) == sorted([first, second])
    assert tasks_of(council.supervisor, str(uuid4())) == []


def test_an_officer_names_only_their_own(council: Council):
    zone = council.zone()
    [first, second] = two_tasks(council)
    officer = council.on_duty(zone)
    council.sweep()
    [mine] = [task["id"] for task in officer.mine()]
    assert tasks_of(officer.phone, first, second) == [mine]


def test_a_hundred_may_be_named_and_no_more(council: Council):
    def asked(count: int) -> int:
        query = "&".join(f"ids={uuid4()}" for _ in range(count))
        return council.supervisor.call("GET", f"/tasks?{query}").status_code

    assert (asked(100), asked(101)) == (200, 422)


def test_where_officers_are_is_told_while_they_work_and_not_on_a_break(council: Council):
    zone = council.zone()
    officer = council.on_duty(zone, lon=-0.12)
    council.officer(zone, name="Nia")  # their shift has not begun
    [place] = council.supervisor.get("/positions")["items"]
    assert (place["shift_id"], place["lon"]) == (officer.shift["id"], -0.12)
    assert place["at"] == "2026-06-29T08:00:00Z"
    step = {"id": str(uuid4()), "recorded_at": council.clock().isoformat(), "state": "break"}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", step)
    assert council.supervisor.get("/positions")["items"] == []
    assert officer.phone.call("GET", "/positions").status_code == 403
