"""How far from the bay something was recorded: kept, and flagged where it is farther than one sees."""

from collections.abc import Mapping
from typing import Any

from ..adapters.tables import Bay
from ..domain import fences

FAR_M = 150.0


def far(bay: Bay, said: Mapping[str, Any]) -> float | None:
    """Metres between the phone (`lon`, `lat`, `accuracy_m`) and the bay; None where it was near, or is not known."""
    if said.get("lon") is None:
        return None
    metres = fences.metres(lon1=said["lon"], lat1=said["lat"], lon2=bay.lon, lat2=bay.lat)
    return metres if metres - (said.get("accuracy_m") or 0.0) > FAR_M else None
