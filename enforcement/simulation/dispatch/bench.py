"""Every policy on every day, for every number of officers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ..recorded_day import RecordedArea
from .clairvoyant import Clairvoyant
from .figures import Report, Run
from .past import Past, past_without
from .policies import CLAIRVOYANT, NAMES, POLICIES
from .rules import LMU, Rules
from .streets import Streets
from .truth import Car, cars_of, present
from .view import Policy, Setting
from .world import World

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure. `learn_from` is an area whose other days may be learned from, as a rule the same one."""

    area: RecordedArea
    name: str
    days: Sequence[date]
    learn_from: RecordedArea
    officers: Sequence[int] = (1,)
    policies: Sequence[str] = NAMES
    rules: Rules = LMU
    seed: int = 1

    @property
    def arrivals_known(self) -> bool:
        """Only where all cars are: if none but those that will overstay were shown, it would tell the future."""
        return self.area.in_time is not None


def measure(wanted: Wanted, tell: Tell) -> Report:
    """Raises BadRecording where the streets can't be walked, ValueError for no days or no officers."""
    if not wanted.days:
        raise ValueError("there is no day to measure")
    streets = Streets(wanted.area)
    past = past_without(wanted.learn_from, set(wanted.days))
    runs = [
        _run(wanted, streets, past, policy, officers, tell)
        for officers in wanted.officers
        for policy in wanted.policies
    ]
    return Report(
        wanted.name, tuple(wanted.days), past.days, tuple(runs), wanted.rules, wanted.arrivals_known
    )


def _run(wanted: Wanted, streets: Streets, past: Past, name: str, officers: int, tell: Tell) -> Run:
    tell(f"{name}, {officers} officers: getting ready")
    policy_for = _maker(wanted, streets, past, name)
    played, there = [], []
    for number, day in enumerate(wanted.days, start=1):
        cars = cars_of(wanted.area, streets, day)
        world = World(
            streets, cars, wanted.rules, officers, day, wanted.seed, arrivals_known=wanted.arrivals_known
        )
        played.append(world.play(policy_for(cars)))
        there.append(present(cars, wanted.rules))
        tell(f"{name}, {officers} officers: day {number} of {len(wanted.days)}")
    return Run(name, officers, tuple(played), tuple(there))


def _maker(wanted: Wanted, streets: Streets, past: Past, name: str) -> Callable[[Sequence[Car]], Policy]:
    """Only the clairvoyant is given a day's cars; the others are built before any day is looked at."""
    if name == CLAIRVOYANT:
        return lambda cars: Clairvoyant(streets, cars, wanted.rules)
    policy = POLICIES[name](Setting(streets, past, wanted.rules.service))
    return lambda cars: policy
