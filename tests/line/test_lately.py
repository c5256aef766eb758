"""What became of offers, messages and plans lately, as who watches the whole sees it: numbers of all councils."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from enforcement import jobs
from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.planner import PlanResult
from enforcement.adapters.push import Kind
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import nearest_first
from enforcement.domain.tasks import EndReason

from ..adapters.push_service import PushService
from ..builders import Council, Officer, PlannerHere, hash_quickly, workshop
from ..operation.databases import as_owner, own_app
from .scenes import Town, accepted, overstay
from .test_messages import work

OFFERS, MESSAGES = 'openpatrol_offers{became="%s"}', 'openpatrol_messages{result="%s"}'
NEAREST_FIRST, SECONDS = "openpatrol_plans_nearest_first", "openpatrol_plan_seconds"
ESTIMATED = "openpatrol_walks_estimated"
Told = Callable[[], dict[str, float]]


@pytest.fixture(scope="module")
def app(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A database in which nobody else does anything."""
    hash_quickly()
    with own_app(postgres, tmp_path_factory.mktemp("lately")) as app:
        yield app


@pytest.fixture
def told(app: Flask) -> Told:
    """What /metrics tells that is not nought; nothing has happened yet."""
    with as_owner(app) as owner:
        owner.execute("DELETE FROM journal")
        owner.execute("UPDATE planning SET plan_seconds = NULL, walks_fault = NULL")

    def now() -> dict[str, float]:
        text = app.test_client().get("/metrics").get_data(as_text=True)
        lines = re.findall(r"^(openpatrol_(?:offers|messages|plan|walks)\S*) (\S+)$", text, re.M)
        return {name: float(value) for name, value in lines if float(value)}

    return now


class Late(PlannerHere):
    """A planner that is late: the nearest officer is asked."""

    def plan(self, officers: Any, tasks: Any, travel: Any, now: Any, chance: Any) -> PlanResult:
        proposals = nearest_first(officers, tasks, StraightLine(), now)
        return PlanResult(proposals, "nearest-first", 2.5, "late: no plan within 1 s")


def test_offers_are_counted_by_what_became_of_them(town: Town, officer: Officer, told: Told):
    accepted(town, officer)
    assert told() == {OFFERS % "offered": 1, OFFERS % "accepted": 1}
    officer.step(officer.mine()[0], "decline", reason="too_far")
    assert told() == {OFFERS % "offered": 1, OFFERS % "accepted": 1, OFFERS % "declined": 1}


def test_offers_of_every_council_are_counted_together(
    town: Town, officer: Officer, told: Told, neighbour: Council
):
    there = Town(neighbour)
    there.on_duty(there.centre)
    for each in (town, there):
        overstay(each)
    town.clock.forward(seconds=61)
    for each in (town, there):
        each.sweep()
    assert told() == {OFFERS % "offered": 2, OFFERS % "missed": 2}


@pytest.mark.parametrize(
    ("status", "kind"),
    [(201, Kind.ACCEPTED), (410, Kind.GONE), (429, Kind.RETRY), (403, Kind.MISCONFIGURED)],
)
def test_messages_are_counted_by_what_the_push_service_said(
    town: Town, phone: Officer, told: Told, service: PushService, status: int, kind: Kind
):
    service.answer(status)
    overstay(town)
    work(town)
    assert told() == {OFFERS % "offered": 1, MESSAGES % kind: 1}


def test_a_plan_that_the_planner_did_not_make_is_counted_and_timed(town: Town, officer: Officer, told: Told):
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    shop = workshop(town.clock, Late())
    for work_ in ("stays", "plan"):
        jobs.SWEPT[work_](shop, town.id)
    assert told() == {OFFERS % "offered": 1, NEAREST_FIRST: 1, SECONDS: 2.5}
    assert town.journal(str(town.id)) == ["plan.nearest-first"]
    jobs.make_plan(shop, town.id)
    assert told()[SECONDS] == 2.5, "a plan without work tells nothing of the planner"


class Astray(PlannerHere):
    """A planner whose routing service is down."""

    def plan(self, officers: Any, tasks: Any, travel: Any, now: Any, chance: Any) -> PlanResult:
        made = super().plan(officers, tasks, travel, now, chance)
        return replace(made, walks="service", walks_fault="the routing service did not answer")


@pytest.fixture
def astray(town: Town, officer: Officer, told: Told) -> jobs.Workshop:
    """A plan was just made, with walks in a straight line."""
    shop = workshop(town.clock, Astray())
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    for work_ in ("stays", "plan"):
        jobs.SWEPT[work_](shop, town.id)
    return shop


def test_councils_whose_walks_are_estimated_are_counted_for_as_long_as_they_plan(
    town: Town, astray: jobs.Workshop, told: Told
):
    assert told()[ESTIMATED] == 1
    town.clock.forward(minutes=6)
    assert ESTIMATED not in told()


def test_a_plan_that_knows_its_walks_ends_it(town: Town, astray: jobs.Workshop, told: Told):
    jobs.make_plan(workshop(town.clock), town.id)
    assert ESTIMATED not in told()


def test_what_is_longer_ago_than_five_minutes_is_not_told(town: Town, officer: Officer, told: Told):
    overstay(town)
    assert told() == {OFFERS % "offered": 1}
    town.clock.forward(minutes=5)
    assert told() == {}


def test_what_never_happened_is_told_as_nought_so_that_alerts_can_compare(town: Town):
    text = town.app.test_client().get("/metrics").get_data(as_text=True)
    for name in [OFFERS % reason for reason in EndReason] + [MESSAGES % kind for kind in Kind]:
        assert f"\n{name} " in text
