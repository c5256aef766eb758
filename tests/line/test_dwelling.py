"""How long cars stay is learned from the council's own stays, and from no other's."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from enforcement import jobs
from enforcement.adapters.planner import PlanResult
from enforcement.adapters.tables import StayRights, StayRow, act_for, db
from enforcement.domain.dwell import PRIOR, Dwell, Stays
from enforcement.domain.outcomes import Outcome
from enforcement.pipeline import dwelling
from routes.commands.councils import session_of

from ..builders import Council, PlannerHere, at, new_council, workshop
from .scenes import Town, overstay


def learn(council: Council) -> Dwell:
    return dwelling.refit(partial(session_of, council.id), council.clock())


def seen(council: Council) -> Stays:
    with council.session() as session:
        return dwelling.seen(session, council.clock())


def model_of(council: Council) -> Dwell:
    with council.session() as session:
        return dwelling.model_of(session)


def at_night(council: Council) -> None:
    """What the worker does at ten past three, for every council."""
    db.session.remove()
    shop = workshop(council.clock)
    jobs.learn_how_long_cars_stay(SimpleNamespace(additional_context={"shop": shop}), 0)


def cars_stayed(town: Town, cars: int, minutes: float) -> None:
    """So many cars of the days before overstayed for so long."""
    over = at("08:00") - timedelta(days=20)
    with town.session() as session:
        for _ in range(cars):
            over += timedelta(minutes=25)
            session.add(_stay(town, over, over + timedelta(minutes=minutes)))
        session.commit()


def _stay(town: Town, over: Any, departed: Any) -> StayRow:
    arrived = over - timedelta(hours=2)
    return StayRow(
        authority_id=town.id, bay_id=UUID(town.b1["id"]), arrived_at=arrived, counted_from=arrived,
        departed_at=departed, possible_swap=False, overstay_from=over,
    )  # fmt: skip


def test_a_car_that_was_seen_to_leave(town: Town):
    overstay(town)
    town.clock.set("11:40")
    town.reads(("B1", "free", "11:33"))
    stays = seen(town)
    assert stays.minutes.tolist() == [33]
    assert stays.left.tolist() == [True]
    assert {kind: every.tolist() for kind, every in stays.traits.items()} == {
        "class": ["limited-waiting 120"],
        "hour": ["11"],
        "weekday": ["weekday"],
        "street": ["Judd Street"],
        "bay": [town.b1["id"]],
    }


def test_a_car_that_left_within_its_time_is_no_overstay(town: Town):
    town.clock.set("09:05")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    town.clock.set("12:00")
    town.reads(("B1", "free", "10:00"))
    assert len(seen(town)) == 0


def test_a_car_that_is_still_there_was_seen_until_now(town: Town):
    overstay(town, now="11:05")
    assert (seen(town).minutes.tolist(), seen(town).left.tolist()) == ([5], [False])


def test_the_end_of_the_controlled_hours_cuts_a_stay_short(town: Town):
    town.bay("B2", hours="Mo-Su 08:00-12:00")
    overstay(town, "B2", now="11:05")
    town.clock.set("12:01")
    town.sweep()
    town.clock.set("14:30")
    town.reads(("B2", "free", "14:00"))
    assert (seen(town).minutes.tolist(), seen(town).left.tolist()) == ([60], [False])


def test_a_sensor_that_falls_silent_cuts_a_stay_short(town: Town):
    town.bay("B2", sensor=False)
    town.supervisor.post("/sensors", {"reference": "S-B2", "bay": "B2", "heartbeat_minutes": 60})
    overstay(town, "B2")
    town.clock.set("12:30")
    before_anybody_noticed = seen(town)
    town.sweep()
    town.clock.set("15:00")
    noticed = seen(town)
    town.reads(("B2", "free", "14:59"))
    for stays in (before_anybody_noticed, noticed, seen(town)):
        assert (stays.minutes.tolist(), stays.left.tolist()) == ([60], [False])


def settled_as(town: Town, outcome: Outcome) -> None:
    """The car that is over its time, as an officer settled it."""
    with town.session() as session:
        values = {"outcome": outcome.value, "ours": town.id}
        session.execute(text("UPDATE stays SET covered_by = :outcome WHERE authority_id = :ours"), values)
        session.commit()


@pytest.mark.parametrize("outcome", [Outcome.RIGHT_SEEN, Outcome.BAY_EMPTY_SENSOR_WRONG])
def test_a_car_that_an_officer_found_covered_or_not_there_is_none(outcome: Outcome, town: Town):
    overstay(town)
    settled_as(town, outcome)
    assert len(seen(town)) == 0


@pytest.mark.parametrize("outcome", [Outcome.NOTICE_SERVED, Outcome.BROKEN_DOWN])
def test_a_car_that_stayed_until_an_officer_came_and_longer_is_one_like_any_other(
    outcome: Outcome, town: Town
):
    overstay(town)
    settled_as(town, outcome)
    town.clock.set("11:40")
    town.reads(("B1", "free", "11:33"))
    assert (seen(town).minutes.tolist(), seen(town).left.tolist()) == ([33], [True])


def test_a_car_that_a_provider_said_was_covered_is_none_until_its_right_ends(town: Town):
    overstay(town)
    with town.session() as session:
        stay = session.scalars(select(StayRow).where(StayRow.authority_id == town.id)).one()
        right = StayRights(authority_id=town.id, stay_id=stay.id, asked_at=at("11:01"), due_at=at("11:02"))
        session.add(right)
        for covered_until, stays in ((at("11:00"), 1), (at("11:01"), 0)):
            right.covered_until = covered_until
            session.commit()
            assert len(seen(town)) == stays


def test_what_came_later_was_not_known_then(town: Town):
    overstay(town)
    town.clock.set("11:40")
    town.reads(("B1", "free", "11:33"))
    town.clock.set("11:20")
    assert (seen(town).minutes.tolist(), seen(town).left.tolist()) == ([20], [False])


def test_a_council_without_data_plans_by_the_prior(town: Town):
    assert model_of(town) is PRIOR
    assert learn(town).rates == pytest.approx(PRIOR.rates)
    assert model_of(town).rates == pytest.approx(PRIOR.rates)


def test_what_was_learned_is_what_the_planner_is_asked_with(town: Town):
    class Asked(PlannerHere):
        chance: Any = None

        def plan(self, officers: Any, tasks: Any, travel: Any, now: Any, chance: Any) -> PlanResult:
            self.chance = chance
            return super().plan(officers, tasks, travel, now, chance)

    cars_stayed(town, 500, minutes=7)
    learned, planner = learn(town), Asked()
    overstay(town)
    town.on_duty(town.centre)
    jobs.make_plan(workshop(town.clock, planner), town.id)
    assert planner.chance(0, 10) == learned.chances(0, 10)
    assert learned.chance(0, 10) < 0.6 < 0.8 < PRIOR.chance(0, 10)


def test_a_task_is_less_urgent_where_cars_are_soon_gone(town: Town):
    cars_stayed(town, 500, minutes=20)
    before = overstay(town, now="11:15")
    town.bay("B2")
    learn(town)
    town.clock.set("11:15")
    town.reads(("B2", "occupied", "09:00"))
    town.sweep()
    after = next(task for task in town.tasks() if task["bay"]["reference"] == "B2")
    assert after["priority"] < before["priority"]


def test_the_next_night_knows_more_and_every_process_hears_of_it(town: Town):
    learn(town)
    before = model_of(town)
    cars_stayed(town, 100, minutes=7)
    town.clock.set("12:00")
    at_night(town)
    assert model_of(town).departures == 100 > before.departures


@pytest.mark.parametrize("wall", ["behind the wall", "without the wall"])
def test_another_councils_stays_teach_it_nothing(wall: str, app: Flask, town: Town, owner: Engine):
    cars_stayed(town, 100, minutes=7)
    other = new_council(app, town.clock)
    engine = owner if wall == "without the wall" else db.engine
    for council, stays in ((town, 100), (other, 0)):
        with Session(engine) as session:
            act_for(session, council.id)
            assert len(dwelling.seen(session, town.clock())) == stays
    learn(town)
    with Session(engine) as session:
        act_for(session, other.id)
        assert dwelling.model_of(session) is PRIOR


def test_a_night_that_fails_leaves_yesterdays_model_and_the_other_councils_learn(
    app: Flask, town: Town, owner: Engine
):
    other = Town(new_council(app, town.clock))
    cars_stayed(town, 100, minutes=7)
    yesterday = learn(town)
    _move(owner, town, "Nowhere/At-All")
    try:
        town.clock.set("12:00")
        at_night(town)
    finally:
        _move(owner, town, "Europe/London")
    assert model_of(town).rates == yesterday.rates
    with town.session() as session, other.session() as others:
        kept, theirs = dwelling.kept(session), dwelling.kept(others)
        assert kept is not None
        assert kept.fitted_at == at("09:00")
        assert theirs is not None
        assert theirs.fitted_at == at("12:00")


def _move(owner: Engine, town: Town, zone: str) -> None:
    with owner.begin() as connection:
        connection.execute(
            text("UPDATE authorities SET time_zone = :zone WHERE id = :id"), {"zone": zone, "id": town.id}
        )


def test_the_bands_of_another_version_are_not_ours_to_read(town: Town):
    learn(town)
    with town.session() as session:
        session.execute(
            text(
                "UPDATE dwell_models SET fitted_at = now(), model = jsonb_set(model, '{bands}', '[0, 1]')"
                " WHERE authority_id = :id"
            ),
            {"id": town.id},
        )
        session.commit()
    assert model_of(town) is PRIOR


def test_how_right_it_was_is_told_at_a_terminal(terminal: Flask, town: Town):
    def told(*more: str) -> str:
        result = terminal.test_cli_runner().invoke(args=["dwell", "--authority", town.slug, *more])
        assert result.exit_code == 0, result.output
        return result.output

    assert "Nothing was learned yet" in told()
    assert "Too few stays" in told("--refit")
    cars_stayed(town, 300, minutes=17)
    town.clock.set("10:00")
    assert "from 300 overstays" in told("--refit")
    assert [len(row.split()) for row in told().splitlines()[-10:]] == [3] * 10


def test_what_was_learned_is_in_the_journal(town: Town):
    learn(town)
    assert town.journal(str(town.id))[0] == "authority.learned"
