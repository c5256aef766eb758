"""What a council has on record, read as the line wrote it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from enforcement.adapters.tables import StayRow, act_for
from enforcement.domain.policy import sample_policy_data
from enforcement.simulation.dispatch.past import PastOverstay
from enforcement.simulation.whatif import words
from enforcement.simulation.whatif.history import History, NothingToReplay, read_history
from enforcement.simulation.whatif.hours import Hours

from ...builders import Council, at
from .towns import MONDAY, walked

TUESDAY = MONDAY + timedelta(days=1)
SUNDAY = MONDAY - timedelta(days=1)
WHOLE = Hours()


def read(council: Council, first: date = MONDAY, last: date = MONDAY, hours: Hours = WHOLE) -> History:
    with council.session() as session:
        return read_history(session, first, last, hours, council.clock())


def car(
    council: Council, came: str | None, left: str | None, bay: str = "B1", day: str = "2026-06-29"
) -> None:
    """A car that the sensor saw come and go, and the sweeps that follow."""
    for state, clock in (("occupied", came), ("free", left)):
        if clock:
            council.clock.set(clock, day)
            reading = {"sensor": f"S-{bay}", "state": state, "at": council.clock().isoformat()}
            council.network.post("/readings", {"readings": [reading]})
            council.sweep()


@pytest.fixture
def town(council: Council) -> Council:
    """A council with a two-hour bay."""
    council.clock.set("00:01")
    council.zone()
    council.bay()
    return council


def test_an_overstay_counts_from_when_a_penalty_could_be_lawful_until_the_car_left(town: Council):
    car(town, "09:00", "11:33")
    town.clock.set("09:00", "2026-06-30")
    found = read(town)
    [overstay] = found.overstays
    assert (overstay.begins, overstay.ended) == (at("11:11"), at("11:33"))
    assert [(place.street, place.bay) for place in found.places] == [("Judd Street", overstay.bay)]
    assert (found.council, found.zone, len(found.days)) == (f"Borough of {town.slug}", "Europe/London", 1)


def test_a_car_that_left_within_its_grace_was_none(town: Council):
    car(town, "09:00", "11:33")
    car(town, "12:00", "14:10")
    town.clock.set("09:00", "2026-06-30")
    assert len(read(town).overstays) == 1


@pytest.mark.parametrize("left", [None, "02:00"])
def test_a_car_that_was_still_there_when_the_last_day_ended_counts_until_then(
    town: Council, left: str | None
):
    car(town, "09:00", None)
    car(town, None, left, day="2026-06-30")
    town.clock.set("05:00", "2026-06-30")
    [overstay] = read(town).overstays
    assert overstay.ended == at("19:00")


def test_the_end_of_the_controlled_hours_ends_it_and_the_next_day_has_its_own(town: Council):
    town.bay("B2", hours="Mo-Su 08:00-18:30")
    car(town, "15:00", None, "B2")
    for clock in ("17:00", "18:31"):
        town.clock.set(clock)
        town.sweep()
    town.clock.set("10:30", "2026-06-30")
    town.sweep()
    car(town, "10:30", "11:00", "B2", "2026-06-30")
    town.clock.set("20:00", "2026-06-30")
    found = read(town, MONDAY, TUESDAY)
    assert [(each.begins, each.ended) for each in found.overstays] == [
        (at("17:11"), at("18:30")),
        (at("10:11", "2026-06-30"), at("11:00", "2026-06-30")),
    ]


def test_what_is_learned_ends_where_the_days_begin(town: Council):
    """A car of the evening before that is still there at midnight: nobody knew when it would leave."""
    car(town, "19:00", None, day="2026-06-28")
    car(town, None, "03:00", day="2026-06-29")
    town.clock.set("09:00", "2026-06-30")
    with town.session() as session:
        _add(session, town, "2026-06-20", 30)
        _add(session, town, "2026-06-29", 30)
    [seen, cut] = read(town).past.overstays
    nine, late = 9 * 3600, 21 * 3600 + 11 * 60
    assert seen == PastOverstay(date(2026, 6, 20), seen.bay, nine, nine + 1800, seen_to_leave=True)
    assert cut == PastOverstay(SUNDAY, seen.bay, late, 24 * 3600, seen_to_leave=False)


def _add(session: Session, council: Council, day: str, minutes: int) -> None:
    bay = council.supervisor.get("/bays")["items"][0]["id"]
    over = at("09:00", day)
    session.add(
        StayRow(
            authority_id=council.id, bay_id=UUID(bay), arrived_at=over - timedelta(hours=2),
            counted_from=over - timedelta(hours=2), departed_at=over + timedelta(minutes=minutes),
            possible_swap=False, overstay_from=over, lawful_from=over,
        )
    )  # fmt: skip
    session.commit()


def test_bays_without_a_sensor_are_not_walked_and_those_without_overstays_are(town: Council):
    town.bay("B2")
    town.bay("B3", sensor=False)
    car(town, "09:00", "11:33")
    town.clock.set("09:00", "2026-06-30")
    assert len(read(town).places) == 2


def test_days_on_which_nothing_is_controlled_are_left_out(council: Council):
    council.clock.set("00:01")
    council.bay(hours="Mo-Fr 08:00-18:30")
    car(council, "09:00", "11:33")
    council.clock.set("09:00", "2026-07-06")
    found = read(council, MONDAY, MONDAY + timedelta(days=6))
    assert (found.asked_for, len(found.days)) == (7, 5)


def test_an_empty_period_is_refused_and_what_is_there_is_named(town: Council):
    car(town, "09:00", "11:33")
    town.clock.set("09:00", "2026-07-06")
    with pytest.raises(
        NothingToReplay, match="1 stays on record, the first of 2026-06-29, the last of 2026-06-29"
    ):
        read(town, TUESDAY, TUESDAY)
    with pytest.raises(NothingToReplay, match=r"while officers are out \(12:00 to 13:00\)"):
        read(town, MONDAY, MONDAY, Hours(12 * 3600, 13 * 3600))


def test_without_any_stays_that_is_said(town: Council):
    town.clock.set("09:00", "2026-06-30")
    with pytest.raises(NothingToReplay, match="There are no stays on record at all"):
        read(town)


def test_whether_one_look_is_enough_is_told(town: Council):
    car(town, "09:00", "11:33")
    town.clock.set("09:00", "2026-06-30")
    assert not read(town).two_sightings
    town.administrator.patch("/authority", {"policy": sample_policy_data("devon-2021")})
    found = read(town)
    assert found.two_sightings
    assert (
        "Where two sightings are needed, this is one of them" in dict(words.basis(walked(found)))["Not in it"]
    )


def test_a_day_that_is_not_over_is_refused(town: Council):
    car(town, "09:00", "11:33")
    with pytest.raises(NothingToReplay, match="2026-06-29 is not over yet"):
        read(town)


@pytest.mark.parametrize("wall", ["behind the wall", "without the wall"])
def test_another_councils_stays_are_never_in_it(wall: str, town: Council, neighbour: Council, owner: Engine):
    neighbour.clock.set("00:01")
    neighbour.bay()
    car(town, "09:00", "11:33")
    car(neighbour, "09:00", "11:40")
    town.clock.set("09:00", "2026-06-30")
    with Session(owner) if wall == "without the wall" else town.session() as session:
        if wall == "without the wall":
            act_for(session, town.id)
        found = read_history(session, MONDAY, MONDAY, Hours(), town.clock())
    assert [each.ended for each in found.overstays] == [at("11:33")]
    assert len(found.places) == 1
    assert found.past.overstays == ()
