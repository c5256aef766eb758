"""What simulated officers find, and say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

Task = dict[str, Any]

LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the officer finds: an outcome of the API's list; `notice_served` asks for a sighting first."""

    outcome: str
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def needs_sighting(self) -> bool:
        return self.outcome == "notice_served"


Spread = tuple[tuple[str, dict[str, str], int], ...]  # an outcome, its details, how often in a hundred

AT_A_CAR: Spread = (
    ("notice_served", {}, 62),
    ("gone_on_arrival", {}, 10),
    ("advised_and_moved", {}, 14),
    ("right_seen", {"which": "badge"}, 8),
    ("within_time", {}, 4),
    ("bay_empty_sensor_wrong", {}, 2),
)
ON_PATROL: Spread = (("patrolled", {}, 80), ("advised_and_moved", {}, 12), ("notice_served", {}, 8))

Decide = Callable[[Task, datetime], Verdict]


def invented_plate(random: Random) -> str:
    """A plate of the British form whose age identifier (00) was never issued."""
    letters = [random.choice(LETTERS) for _ in range(5)]
    return f"{letters[0]}{letters[1]}00 {''.join(letters[2:])}"


def demo_verdict(random: Random) -> Decide:
    """Outcomes as they fall in a street, where nothing knows the truth: the task's own hints, and chance."""
    drawn: dict[str, Verdict] = {}

    def decide(task: Task, now: datetime) -> Verdict:
        if task["may_have_left_at"]:
            return Verdict("gone_on_arrival")
        if task["id"] not in drawn:
            spread = ON_PATROL if task.get("patrol") else AT_A_CAR
            outcome, details, _ = random.choices(spread, [share for _, _, share in spread])[0]
            drawn[task["id"]] = Verdict(outcome, details)
        return drawn[task["id"]]

    return decide
