"""What an officer saw of a car, and whether it is enough evidence for a notice."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .refusals import Invalid

SEPARATORS = re.compile(r"[\s.·\-–—]+")
PLATE = re.compile(r"[A-Z0-9]{2,10}")
BRITISH = re.compile(
    r"[A-Z]{2}\d{2}[A-Z]{3}"  # since 2001
    r"|[A-Z]\d{1,3}[A-Z]{3}"  # 1983 to 2001, and Q
    r"|[A-Z]{3}\d{1,3}[A-Z]"  # 1963 to 1983
    r"|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}"  # before, and Northern Ireland
    r"|\d{3}[DX]\d{3}"  # diplomatic
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look of an officer at a car: the evidence.

    `plate` as `normal_plate` gives it, None if it can't be read. `valve_positions` are those of the front
    and the rear tyre as hours on a clock face, 1 to 12. Position in degrees, accuracy in metres.
    """

    at: datetime
    plate: str | None
    valve_positions: tuple[int, int] | None
    photos: int
    lon: float
    lat: float
    accuracy_m: float

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
        raise Invalid(words, errors=[{"pointer": "/plate", "detail": words}])
    return plate


def looks_british(plate: str) -> bool:
    """A hint for the officer who may have misread it; foreign and odd plates are as good."""
    return BRITISH.fullmatch(plate) is not None


def missing_for_notice(
    sightings: Sequence[Sighting], sightings_needed: int, lawful_from: datetime
) -> list[str]:
    """The evidence still missing before a notice may be served, in words; empty if it is complete.

    All looks that read the plate count, in any order: two different plates, or valves that turned, mean that
    it is not the same car standing still, whatever else was seen. The same moment counts once. A look
    without a plate is kept, but proves nothing for a notice, nor against it.
    """
    read = [sighting for sighting in sightings if sighting.plate]
    seen = sorted(read or sightings, key=lambda sighting: sighting.at)
    missing = [
        _count_missing(seen, max(1, sightings_needed)),
        _time_missing(seen, lawful_from),
        _plate_missing(seen),
        _valves_missing(seen) if sightings_needed > 1 else None,
    ]
    return [words for words in missing if words]


def _count_missing(seen: Sequence[Sighting], needed: int) -> str | None:
    lacking = needed - len({sighting.at for sighting in seen})
    if lacking <= 0:
        return None
    if not seen:
        return "The car has not been sighted yet." if needed == 1 else f"{needed} sightings are needed."
    return "One more sighting is needed." if lacking == 1 else f"{lacking} more sightings are needed."


def _time_missing(seen: Sequence[Sighting], lawful_from: datetime) -> str | None:
    if seen and seen[-1].at < lawful_from:
        return "The last sighting was before a notice could be lawful: look again."
    return None


def _plate_missing(seen: Sequence[Sighting]) -> str | None:
    if seen and not any(sighting.plate for sighting in seen):
        return "The plate has not been recorded yet."
    if len({sighting.plate for sighting in seen}) > 1:
        return "The sightings are of different plates."
    return None


def _valves_missing(seen: Sequence[Sighting]) -> str | None:
    if not seen:
        return None
    if not all(sighting.valve_positions for sighting in seen):
        return "The valve positions have not been recorded at every sighting."
    if len({sighting.valve_positions for sighting in seen}) > 1:
        return "The valve positions differ: the car has moved in between."
    return None
