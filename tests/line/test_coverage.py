"""A floor under patrolling: streets are seen on the way, and who has nothing to do hears of one that is due."""

from datetime import timedelta
from typing import Any

import pytest

from enforcement.adapters.tables import Base, StreetSeen, Task
from enforcement.domain.fences import Fix
from enforcement.pipeline import coverage

from ..builders import HOME, Council, Officer, new_council
from .scenes import Town, arrived, count, overstay

NORTH = 1 / 111_200  # of a metre in degrees
ELM = HOME[0] + 0.004  # some 280 m to the east


@pytest.fixture
def floor(town: Town) -> Town:
    """Every street shall be seen once a week; Elm Road has ten bays without sensors."""
    set_floor(town, 7)
    for place in range(10):
        body = {
            "reference": f"E{place}",
            "street": "Elm Road",
            "lon": ELM,
            "lat": HOME[1] + place * 20 * NORTH,
        }
        town.supervisor.post("/bays", body)
    return town


def set_floor(town: Council, days: int | None, status: int | None = None) -> Any:
    policy = town.supervisor.get("/authority")["policy"] | {"street_seen_days": days}
    return town.administrator.patch("/authority", {"policy": policy}, status)


def walks(town: Town, officer: Officer, metres: int = 180) -> None:
    """Up Elm Road, a fix every ten metres and every eight seconds."""
    for step in range(metres // 10 + 1):
        town.clock.forward(seconds=8)
        officer.stand(lon=ELM, lat=HOME[1] + step * 10 * NORTH, clock=town.clock)


def covered(town: Town) -> dict[str, tuple[str | None, bool]]:
    """By street, when it was seen and whether it is overdue."""
    items = town.supervisor.get("/coverage")["items"]
    return {street["name"]: (street["seen_at"], street["overdue"]) for street in items}


def hint(officer: Officer) -> str | None:
    walk = officer.phone.get("/suggestion")["walk"]
    return walk and walk["street"]


def test_without_a_floor_nothing_is_kept_nothing_due_and_nothing_suggested(town: Town, officer: Officer):
    town.supervisor.post("/bays", {"reference": "E1", "street": "Elm Road", "lon": ELM, "lat": HOME[1]})
    walks(town, officer)
    officer.step(arrived(town, officer), "outcome", outcome="gone_on_arrival")
    with town.session() as session:
        assert count(session, StreetSeen) == 0
    assert town.supervisor.get("/coverage")["days"] is None
    assert covered(town) == {"Elm Road": (None, False), "Judd Street": (None, False)}
    assert hint(officer) is None


def test_who_walks_down_a_street_has_seen_it_and_the_hour_is_all_that_is_kept(floor: Town):
    officer = floor.on_duty(floor.centre)
    floor.clock.set("09:20")
    walks(floor, officer)
    assert covered(floor)["Elm Road"] == ("2026-06-29T08:00:00Z", False)
    assert set(Base.metadata.tables["streets_seen"].c.keys()) == {"authority_id", "street", "seen_at"}


def test_a_fix_that_is_astray_brings_in_only_the_streets_around_it(floor: Town):
    for name, metres in (("Near Lane", 140), ("Between Lane", 5_000), ("Far Lane", 10_000)):
        at = {"lon": HOME[0], "lat": HOME[1] - metres * NORTH}
        floor.supervisor.post("/bays", {"reference": name, "street": name} | at)
    trail = [Fix(HOME[0], HOME[1] - metres * NORTH, 5.0, floor.clock()) for metres in (100, 10_040)]
    with floor.session() as session:
        streets = {place.street for place in coverage.along(session, trail)}
    assert {"Near Lane", "Far Lane"} <= streets
    assert "Between Lane" not in streets


def test_a_fix_that_is_astray_takes_nothing_from_a_walk(floor: Town):
    officer = floor.on_duty(floor.centre)
    officer.stand(lon=100.0, lat=-60.0, clock=floor.clock)
    walks(floor, officer)
    assert covered(floor)["Elm Road"] == ("2026-06-29T08:00:00Z", False)


def test_who_stands_at_its_corner_has_not_seen_it(floor: Town):
    officer = floor.on_duty(floor.centre)
    walks(floor, officer, metres=0)
    assert covered(floor)["Elm Road"] == (None, True)


def test_a_visit_at_one_of_its_bays_is_enough(floor: Town):
    officer = floor.on_duty(floor.centre)
    officer.step(arrived(floor, officer), "outcome", outcome="gone_on_arrival")
    assert covered(floor)["Judd Street"] == ("2026-06-29T10:00:00Z", False)


@pytest.mark.parametrize("outcome", ["cannot_be_reached", "unsafe"])
def test_who_could_not_go_there_has_not_seen_it(floor: Town, outcome: str):
    officer = floor.on_duty(floor.centre, lon=ELM)
    officer.step(arrived(floor, officer), "outcome", outcome=outcome)
    assert covered(floor)["Judd Street"] == (None, True)


def test_what_comes_late_from_a_phone_makes_no_street_less_seen(floor: Town):
    officer = floor.on_duty(floor.centre)
    walks(floor, officer)
    floor.clock.set("11:00")
    walks(floor, officer)
    floor.clock.set("09:50")
    walks(floor, officer)
    assert covered(floor)["Elm Road"] == ("2026-06-29T10:00:00Z", False)


def test_on_a_break_nothing_is_seen(floor: Town):
    officer = floor.on_duty(floor.centre)
    step = {"id": "0197b3a0-0000-7000-8000-000000000001", "recorded_at": floor.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", step | {"state": "break"})
    with pytest.raises(AssertionError, match="409"):
        walks(floor, officer)
    assert covered(floor)["Elm Road"] == (None, True)


def test_an_idle_officer_hears_of_the_street_that_is_due_and_seen_it_is_due_no_more(floor: Town):
    officer = floor.on_duty(floor.centre, lon=ELM, lat=HOME[1] + 300 * NORTH)
    assert hint(officer) == "Elm Road"
    walks(floor, officer)
    assert hint(officer) == "Judd Street"
    floor.clock.forward(days=7)
    assert covered(floor)["Elm Road"][1]


def test_two_idle_officers_are_not_sent_to_the_same_street(floor: Town):
    pair = [floor.on_duty(floor.centre, lon=ELM, name=name) for name in ("Olu", "Ann")]
    assert sorted(filter(None, map(hint, pair))) == ["Elm Road", "Judd Street"]


def test_a_suggestion_blocks_nothing_an_urgent_task_is_offered_at_once(floor: Town):
    officer = floor.on_duty(floor.centre)
    assert hint(officer) is not None
    car = overstay(floor, now="11:12")
    assert [task["id"] for task in officer.mine()] == [car["id"]]
    assert hint(officer) is None
    with floor.session() as session:
        assert count(session, Task) == 1


def test_nobody_is_sent_out_of_their_zones_nor_to_where_it_is_unsafe(floor: Town):
    east = floor.zone("East", lon=HOME[0] + 1)
    assert hint(floor.on_duty(east, lon=HOME[0] + 1)) is None
    near = floor.on_duty(floor.centre, lon=HOME[0] + 0.0015)
    assert hint(near) == "Judd Street"
    near.step(arrived(floor, near), "outcome", outcome="unsafe")
    near.stand(lon=HOME[0] + 0.0015, lat=HOME[1], clock=floor.clock)
    assert hint(near) == "Elm Road"


def test_who_is_on_a_break_or_off_shift_hears_of_nothing(floor: Town):
    officer = floor.officer(floor.centre)
    assert hint(officer) is None
    officer.start(clock=floor.clock)
    step = {"id": "0197b3a0-0000-7000-8000-000000000002", "recorded_at": floor.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", step | {"state": "break"})
    assert hint(officer) is None


@pytest.mark.parametrize("days", [0, -1, 366, 1.5, "7"])
def test_a_floor_that_can_not_be_is_refused_by_name(town: Town, days: Any):
    refused = set_floor(town, days, 422)
    assert refused["errors"] == [
        {"pointer": "/policy/street_seen_days", "detail": "must be a whole number from 1 to 365"}
    ]


def test_the_streets_of_another_council_are_its_own(floor: Town):
    other = new_council(floor.app, floor.clock)
    assert other.supervisor.get("/coverage")["items"] == []


def test_the_street_unseen_for_longest_comes_first(floor: Town):
    officer = floor.on_duty(floor.centre)
    officer.step(arrived(floor, officer), "outcome", outcome="gone_on_arrival")
    assert list(covered(floor)) == ["Elm Road", "Judd Street"]
    floor.clock.now += timedelta(hours=1)
    walks(floor, officer)
    assert list(covered(floor)) == ["Judd Street", "Elm Road"]
