"""The rules of a day: LMU's, the trade's own as worked in the United Kingdom, and what may be varied."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Seconds; times of day after local midnight. The defaults are the LMU rules (Schmoll & Schubert 2020);
    `profile` names what was begun with, whatever was varied since.

    `lost`: the share of sensor reports that never arrive. `departures_shown`: else a car that left is shown
    until an officer passes or the next one overstays in its bay. `rests`: each officer's one break.
    """

    profile: str = "lmu"
    starts: int = 7 * 3600
    ends: int = 19 * 3600
    waits: int = 60
    service: int = 0
    departures_shown: bool = True
    lost: float = 0.0
    rests: int = 0
    rests_from: int = 13 * 3600
    ends_at_start: bool = False

    @property
    def words(self) -> str:
        """The rules in a line, for a report."""
        said = [
            f"{self.profile.upper()} rules",
            *(words for holds, words in self._departures_from_lmu() if holds),
        ]
        return ", ".join(said)

    def _departures_from_lmu(self) -> list[tuple[bool, str]]:
        return [
            (self.service > 0, f"{self.service / 60:g} min of service"),
            (self.rests > 0, f"a break of {self.rests / 60:g} min"),
            (self.ends_at_start, "back at the start by the end"),
            (not self.departures_shown, "departures unseen"),
            (self.lost > 0, f"{self.lost:.1%} of the sensor reports lost"),
        ]


LMU = Rules()
UK = Rules(profile="uk", service=5 * 60, rests=30 * 60, ends_at_start=True)
PROFILES = {rules.profile: rules for rules in (LMU, UK)}
GRACE = 11 * 60
"""Ten minutes must be exceeded (SI 2022/71): a penalty is lawful from the eleventh whole minute."""


def period_ends(over_from: int) -> int:
    """The end of the permitted time, where a penalty is lawful from `over_from`: too late for a first look."""
    return over_from - GRACE
