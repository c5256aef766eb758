"""A council of bays on a grid, in a stack of its own: sensors in every bay, and officers with phones."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from enforcement.domain.policy import sample_policy_data
from enforcement.simulation.client import ApiClient
from enforcement.simulation.points import Point
from enforcement.simulation.stack import Stack

from ..builders import PASSWORD, square
from ..stacks import found, join
from .clients import Watched
from .history import History

CENTRE = Point(lon=-0.1276, lat=51.5072)
APART_M = 8.0
IN_ROW = 60
AT_ONCE = 50  # bays in one file: an import is one request
POLICY = sample_policy_data("single-sighting") | {
    "name": "faults",
    "grace_minutes": 0,
    "exceeded_minutes": 0,
    "debounce_seconds": 5,
    "offer_timeout_seconds": 30,
}
# One machine stands for many: each client has an address of its own, and sends as much as all of them would.
SETTINGS = {"TRUSTED_PROXIES": "1", "READINGS_PER_MINUTE": "10000000", "WRITES_PER_MINUTE": "1000000"}
DEBOUNCE = timedelta(seconds=POLICY["debounce_seconds"])


@dataclass(frozen=True, slots=True)
class Borough:
    """`bays` are references; a bay's sensor is called S-<reference>."""

    stack: Stack
    slug: str
    id: UUID
    administrator: ApiClient
    bays: list[str]
    key: str
    zones: list[str] = field(default_factory=list)

    def network(self, history: History) -> Watched:
        """A sensor network's client."""
        return Watched(self.stack.url, history, key=self.key)

    def officer(self, number: int = 1, hours: float = 12) -> tuple[str, str]:
        """An officer with a shift planned around now: email and id."""
        email = f"officer{number}@{self.slug}.example"
        officer_id = join(self.stack, self.slug, "officer", f"Officer {number}", email)
        now = datetime.now(UTC)
        span = {"planned_from": now - timedelta(minutes=1), "planned_to": now + timedelta(hours=hours)}
        times = {name: at.isoformat() for name, at in span.items()}
        self.administrator.post("/shifts", {"officer_id": officer_id, "zones": self.zones, **times})
        return email, officer_id


def founded(stack: Stack, slug: str, bays: int, history: History) -> Borough:
    """Everything but officers, over the API as far as that goes."""
    email = f"administrator@{slug}.example"
    authority_id = found(stack, slug, email)
    api = Watched(stack.url, history)
    api.sign_in(email, PASSWORD)
    api.patch("/authority", {"policy": POLICY})
    zone = api.post("/zones", {"name": "All", "outline": square(CENTRE.lon, CENTRE.lat, 0.05)})
    references = [f"{slug.upper()}-{number}" for number in range(bays)]
    for first in range(0, bays, AT_ONCE):
        _furnish(api, references[first : first + AT_ONCE], first)
    key = api.post("/keys", {"name": "sensors", "scopes": ["readings:write"]})["key"]
    return Borough(stack, slug, authority_id, api, references, key, [zone["id"]])


def _furnish(api: ApiClient, references: list[str], first: int) -> None:
    taken(api.post_text("/import/bays", json.dumps(_bays(references, first)), "application/geo+json"))
    rows = "\n".join(["reference,bay,heartbeat_minutes", *(f"S-{name},{name},5" for name in references), ""])
    taken(api.post_text("/import/sensors", rows, "text/csv"))


def taken(answer: dict[str, Any]) -> None:
    assert not answer["refused"], answer["refused"][:3]


def place_of(number: int) -> Point:
    """Bays stand in rows, north of the centre."""
    return CENTRE.moved(east_m=APART_M * (number % IN_ROW), north_m=APART_M * (number // IN_ROW))


def _bays(references: list[str], first: int) -> dict[str, Any]:
    allows = {
        "bay_class": "limited-waiting",
        "hours": "24/7",
        "permitted_minutes": 120,
        "code": "30",
        "reason": "period_ended",
    }
    features = []
    for number, reference in enumerate(references, start=first):
        point = {"type": "Point", "coordinates": [place_of(number).lon, place_of(number).lat]}
        about = {"reference": reference, "street": f"Row {number // IN_ROW}", **allows}
        features.append({"type": "Feature", "geometry": point, "properties": about})
    return {"type": "FeatureCollection", "features": features}
