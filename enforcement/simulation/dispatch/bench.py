"""Every policy on every day, for every number of officers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from ..recorded_day import RecordedArea
from .clairvoyant import Clairvoyant
from .figures import Report, Run, of_officers
from .past import Past, past_without
from .policies import CLAIRVOYANT, NAMES, POLICIES
from .rules import LMU, Rules
from .streets import Streets
from .time_left import Part, TimeLeft, in_words
from .truth import Car, cars_of, present
from .view import Policy, Setting
from .world import Played, World

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
    runs = _Measuring(wanted, streets, past, tell).runs()
    return Report(
        wanted.name, tuple(wanted.days), past.days, runs, wanted.rules, wanted.seed, wanted.arrivals_known
    )


class _Measuring:
    """Day by day, and on each day policy by policy, so that it is soon known how long the rest will take."""

    def __init__(self, wanted: Wanted, streets: Streets, past: Past, tell: Tell) -> None:
        self._wanted, self._streets, self._past, self._tell = wanted, streets, past, tell
        self._parts = [(name, officers) for officers in wanted.officers for name in wanted.policies]
        self._played: dict[Part, list[Played]] = {part: [] for part in self._parts}
        self._left = TimeLeft()

    def runs(self) -> tuple[Run, ...]:
        cars = [cars_of(self._wanted.area, self._streets, day) for day in self._wanted.days]
        makers = {name: self._maker(name) for name in self._wanted.policies}
        for officers in self._wanted.officers:
            for day, there in zip(self._wanted.days, cars, strict=True):
                for name, policy_for in makers.items():
                    self._play((name, officers), day, there, policy_for)
        present_each_day = tuple(present(there, self._wanted.rules) for there in cars)
        return tuple(Run(*part, tuple(self._played[part]), present_each_day) for part in self._parts)

    def _maker(self, name: str) -> Callable[[Sequence[Car]], Policy]:
        """Only the clairvoyant is given a day's cars; the others are built before any day is looked at."""
        if name == CLAIRVOYANT:
            return lambda cars: Clairvoyant(self._streets, cars, self._wanted.rules)
        self._tell(f"{name}: getting ready")
        rules = self._wanted.rules
        setting = Setting(self._streets, self._past, rules.service, rules.departures_shown)
        policy = POLICIES[name](setting)
        return lambda cars: policy

    def _play(
        self, part: Part, day: date, cars: Sequence[Car], policy_for: Callable[[Sequence[Car]], Policy]
    ) -> None:
        name, officers = part
        wanted, began = self._wanted, perf_counter()
        known = wanted.arrivals_known
        self._tell(f"{name}, {of_officers(officers)}: {day:%Y-%m-%d}{in_words(self._seconds_left())}")
        world = World(self._streets, cars, wanted.rules, officers, day, wanted.seed, arrivals_known=known)
        self._played[part].append(world.play(policy_for(cars)))
        self._left.took(part, perf_counter() - began)

    def _seconds_left(self) -> float | None:
        days = len(self._wanted.days)
        return self._left.seconds([(part, days - len(done)) for part, done in self._played.items()])
