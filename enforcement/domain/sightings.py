"""What an officer saw of a car, and whether it is enough evidence for a notice."""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .policy import Observation, StartRule
from .refusals import Invalid

SEPARATORS = re.compile(r"[\s.·\-–—]+")
PLATE = re.compile(r"[A-Z0-9]{2,10}")
BRITISH = re.compile(
    r"[A-Z]{2}\d{2}[A-Z]{3}"  # since 2001
    r"|[A-Z]\d{1,3}[A-Z]{3}"  # 1983 to 2001, and Q
    r"|[A-Z]{3}\d{1,3}[A-Z]"  # 1963 to 1983
    r"|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}"  # before, and Northern Ireland
    r"|\d{3}[DX]\d{3}",  # diplomatic
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look of an officer at a car: the evidence.

    `plate` as `normal_plate` gives it, None if it can't be read. `valve_positions` are those of the front
    and the rear tyre as hours on a clock face, 1 to 12. `at` is when it was done, `officer` who did it.
    """

    at: datetime
    officer: Hashable
    plate: str | None
    valve_positions: tuple[int, int] | None

    def __post_init__(self) -> None:
        words = "Valve positions are hours on a clock face, 1 to 12."
        hours = zip(("/valve_front", "/valve_rear"), self.valve_positions or (), strict=False)
        errors = [{"pointer": pointer, "detail": words} for pointer, hour in hours if not 1 <= hour <= 12]
        if errors:
            raise Invalid(words, errors=errors)


def normal_plate(text: str) -> str:
    """Upper case, no separators, no accents: A-Z and 0-9, 2 to 10 of them; else Invalid.

    Accents are folded (a German MÜ is MU), as registers and handhelds do.
    """
    folded = unicodedata.normalize("NFKD", SEPARATORS.sub("", text))
    plate = "".join(sign for sign in folded if not unicodedata.combining(sign)).upper()
    if not PLATE.fullmatch(plate):
        words = "A plate has 2 to 10 letters and digits."
        raise Invalid.at("/plate", words)
    return plate


def looks_british(plate: str) -> bool:
    """A hint for the officer who may have misread it; foreign and odd plates are as good."""
    return BRITISH.fullmatch(plate) is not None


@dataclass(frozen=True, slots=True)
class Case:
    """What the evidence is held against.

    `asked` is the policy's line for the code. `counted_from` is when the stay's clock began: what was seen before
    is of another car. None is a case without a stay.
    """

    asked: Observation
    lawful_from: datetime
    counted_from: datetime | None = None


def missing_for_notice(sightings: Sequence[Sighting], officer: Hashable, case: Case) -> list[str]:
    """The evidence that `officer` still lacks before they may serve a notice, in words; empty if it is complete.

    The number of looks and the minutes between the first and the last are those of this officer alone, and those
    that the start rule lets count. But whoever read another plate in this stay, or saw the valves turned, saw that it
    is not one car standing still: that counts against it, in any order. The same moment counts once. A look without
    a plate is kept, but proves nothing for a notice, nor against it.
    """
    of_stay = [each for each in sightings if case.counted_from is None or each.at >= case.counted_from]
    read = [each for each in of_stay if each.plate]
    own = sorted((each for each in read or of_stay if each.officer == officer), key=lambda each: each.at)
    seen = [each for each in own if counts(each, case)]
    missing = [
        _count_missing(seen, max(1, case.asked.sightings)) if seen or not own else None,
        _time_missing(own, case.lawful_from),
        _minutes_missing(seen, case.asked.minutes),
        _plate_missing(own, read),
        _valves_missing(seen, read) if case.asked.sightings > 1 else None,
    ]
    return [words for words in missing if words]


def counts(sighting: Sighting, case: Case) -> bool:
    """Does the start rule let this look count?"""
    return case.asked.start_rule is not StartRule.AFTER_GRACE or sighting.at >= case.lawful_from


def _count_missing(seen: Sequence[Sighting], needed: int) -> str | None:
    lacking = needed - len({sighting.at for sighting in seen})
    if lacking <= 0:
        return None
    if not seen:
        return "The car has not been sighted yet." if needed == 1 else f"{needed} sightings are needed."
    return "One more sighting is needed." if lacking == 1 else f"{lacking} more sightings are needed."


def _time_missing(own: Sequence[Sighting], lawful_from: datetime) -> str | None:
    if own and own[-1].at < lawful_from:
        return "The last sighting was before a notice could be lawful: look again."
    return None


def _minutes_missing(seen: Sequence[Sighting], minutes: int) -> str | None:
    if not seen or seen[-1].at - seen[0].at >= timedelta(minutes=minutes):
        return None
    so_far = (seen[-1].at - seen[0].at) // timedelta(minutes=1)
    return f"The car has to be observed for {minutes} min; so far it is {so_far}."


def _plate_missing(own: Sequence[Sighting], read: Sequence[Sighting]) -> str | None:
    if own and not any(sighting.plate for sighting in own):
        return "The plate has not been recorded yet."
    if len({sighting.plate for sighting in read}) > 1:
        return "The sightings are of different plates."
    return None


def _valves_missing(seen: Sequence[Sighting], read: Sequence[Sighting]) -> str | None:
    if not all(sighting.valve_positions for sighting in seen):
        return "The valve positions have not been recorded at every sighting."
    if len({sighting.valve_positions for sighting in read if sighting.valve_positions}) > 1:
        return "The valve positions differ: the car has moved in between."
    return None
