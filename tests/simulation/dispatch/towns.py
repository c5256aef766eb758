"""Tiny areas, made by hand: walks of so many seconds, bays named after their kerbs."""

from collections.abc import Iterable, Sequence
from datetime import date

from enforcement.simulation.dispatch.ground import SPEED
from enforcement.simulation.dispatch.rules import LMU, Rules
from enforcement.simulation.dispatch.streets import Streets
from enforcement.simulation.dispatch.truth import Car
from enforcement.simulation.dispatch.view import Policy, View
from enforcement.simulation.dispatch.world import Played, World
from enforcement.simulation.points import Point
from enforcement.simulation.recorded_day import Edge, RecordedArea, RecordedOverstay

DAY = date(2024, 1, 1)
MORNING = 7 * 3600


def area(
    edges: Sequence[tuple[int, int, float]],
    bays: dict[str, int],
    overstays: Iterable[RecordedOverstay] = (),
) -> RecordedArea:
    """`edges`: from, to, seconds."""
    nodes = {node for u, v, _ in edges for node in (u, v)}
    return RecordedArea(
        nodes={node: Point(lon=node / 1000, lat=0.0) for node in sorted(nodes)},
        edges={number: Edge(u, v, (seconds + 0.01) * SPEED) for number, (u, v, seconds) in enumerate(edges)},
        bays=bays,
        places={bay: Point(lon=0.0, lat=0.0) for bay in bays},
        overstays=tuple(overstays),
    )


def ring(*overstays: RecordedOverstay, kerbs: int = 6, seconds: float = 100) -> RecordedArea:
    """A one-way ring of kerbs 0, 1, 2 …, each with one bay, "0", "1", "2" …"""
    edges = [(kerb, (kerb + 1) % kerbs, seconds) for kerb in range(kerbs)]
    return area(edges, {str(kerb): kerb for kerb in range(kerbs)}, overstays)


def overstay(bay: str, over: int, left: int, day: date = DAY, arrived: int = 0) -> RecordedOverstay:
    """Minutes after midnight."""
    return RecordedOverstay(day, bay, arrived, over, left)


def car(kerb: int, over: int, left: int, *, number: int = 0, arrives: int = 0) -> Car:
    """Seconds after the day began."""
    return Car(number, f"{kerb}-{number}", kerb, MORNING + arrives, MORNING + over, MORNING + left)


def numbered(*cars: Car) -> list[Car]:
    return [
        Car(number, f"{each.kerb}-{number}", each.kerb, each.arrives, each.over_from, each.leaves)
        for number, each in enumerate(sorted(cars, key=lambda each: each.over_from))
    ]


class Orders:
    """A policy that does as it is told, officer by officer, and then waits. It remembers what it saw."""

    def __init__(self, *by_officer: Sequence[int | None]) -> None:
        self._left = [list(orders) for orders in by_officer]
        self.views: list[View] = []

    def decide(self, view: View) -> int | None:
        self.views.append(view)
        left = self._left[view.officer]
        return left.pop(0) if left else None


class Steady:
    """To the same kerb again and again, while that is offered."""

    def __init__(self, kerb: int) -> None:
        self._kerb = kerb
        self.views: list[View] = []

    def decide(self, view: View) -> int | None:
        self.views.append(view)
        return self._kerb if self._kerb in view.offered else None


def play(
    streets: Streets,
    cars: Sequence[Car],
    policy: Policy,
    rules: Rules = LMU,
    officers: int = 1,
    *,
    arrivals_known: bool = False,
) -> Played:
    return World(streets, cars, rules, officers, DAY, arrivals_known=arrivals_known).play(policy)


def at(played: Played) -> list[int]:
    """When cars were attended, in seconds after the day began."""
    return [moment - MORNING for moment in played.attended_at]
