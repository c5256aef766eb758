"""The authority of a replay: a recorded area on the map, sensors in its bays, officers with phones."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from .. import people
from ..domain.policy import sample_policy_data
from .client import ApiClient
from .points import Point
from .push_receiver import Phone, PushReceiver
from .recorded_day import RecordedArea
from .replay_schedule import Hours, sensor_of
from .stack import Stack

SLUG = "replay"
COUNTRY, SUBDIVISION = "AU", "VIC"
ADMINISTRATOR = "administrator@replay.example"
PASSWORD = "only within a replay"
HEARTBEAT_MINUTES = 24 * 60  # a recording has no heartbeats, so silence must not count
LEAST_ANSWER = 3.0  # real seconds that an officer has to answer, however fast the day runs
LONGEST_TIMEOUT = 3600  # seconds, the most that a policy may give
AROUND = 0.002  # degrees that the zone reaches beyond the outermost bays


@dataclass(frozen=True, slots=True)
class Officer:
    """Someone to walk: how they sign in, where they start, and their phone."""

    email: str
    start: Point
    phone: Phone


def policy(speed: float) -> dict[str, Any]:
    """The recording says when a car was over its time, so there is no grace and no debouncing.

    An offer stands for at least LEAST_ANSWER real seconds.
    """
    return sample_policy_data("single-sighting") | {
        "name": "replay",
        "grace_minutes": 0,
        "exceeded_minutes": 0,
        "debounce_seconds": 0,
        "offer_timeout_seconds": min(max(60, LEAST_ANSWER * speed), LONGEST_TIMEOUT),
    }


def set_up(
    stack: Stack, area: RecordedArea, hours: Hours, zone: str, speed: float, officers: int, push: PushReceiver
) -> list[Officer]:
    """Fill an empty database, in order of time before the day starts. `zone` names the time zone."""
    _found(stack, zone, hours.start)
    api = administrator(stack)
    api.patch("/authority", {"policy": policy(speed)})
    _taken(api.post_text("/import/bays", json.dumps(bays_geojson(area)), "application/geo+json"))
    _taken(api.post_text("/import/zones", json.dumps(zones_geojson(area)), "application/geo+json"))
    _taken(api.post_text("/import/sensors", sensors_csv(area), "text/csv"))
    return [_officer(stack, api, area, hours, number, officers, push) for number in range(officers)]


def _found(stack: Stack, zone: str, now: datetime) -> None:
    """The authority and its first person: what the API can't make, for nobody can sign in yet."""
    engine = create_engine(stack.env["DATABASE_URL"])
    with Session(engine) as session:
        people.create_authority(session, SLUG, "Replay", zone, COUNTRY, SUBDIVISION, "single-sighting")
        people.create_person(session, ADMINISTRATOR, "Ada", "administrator", PASSWORD, "replay", now)
        session.commit()
    engine.dispose()


def administrator(stack: Stack) -> ApiClient:
    """Signed in, and so allowed to read everything."""
    api = ApiClient(stack.url)
    api.sign_in(ADMINISTRATOR, PASSWORD)
    return api


def sensor_key(api: ApiClient) -> str:
    """A key for the sensor network."""
    key: str = api.post("/keys", {"name": "sensors", "scopes": ["readings:write"]})["key"]
    return key


def _taken(answer: Mapping[str, Any]) -> None:
    """Everything in a recording is fit to be taken; a refusal is a fault of ours."""
    if answer["refused"]:
        raise RuntimeError(f"refused at import: {answer['refused'][:3]}")


def _officer(
    stack: Stack, api: ApiClient, area: RecordedArea, hours: Hours, number: int, of: int, push: PushReceiver
) -> Officer:
    """The officers start spread over the bays, in the order of the file."""
    email = f"officer{number + 1}@replay.example"
    person = {"email": email, "name": f"Officer {number + 1}", "role": "officer", "password": PASSWORD}
    officer_id = api.post("/people", person)["id"]
    zones = [zone["id"] for zone in api.all_of("/zones")]
    api.post("/shifts", {"officer_id": officer_id, "zones": zones, **_planned(hours)})
    places = list(area.places.values())
    return Officer(email, places[len(places) * number // of], push.phone())


def _planned(hours: Hours) -> dict[str, str]:
    return {"planned_from": _written(hours.start), "planned_to": _written(hours.end)}


def _written(at: datetime) -> str:
    return at.isoformat()


def bays_geojson(area: RecordedArea) -> dict[str, Any]:
    """What a bay allowed was not recorded: always in force, and outstayed when the sensors say so."""
    allows = {
        "bay_class": "limited-waiting",
        "hours": "24/7",
        "permitted_minutes": 60,
        "code": "30",
        "reason": "period_ended",
    }
    return _collection(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {"reference": bay, "street": f"Edge {area.bays[bay]}", **allows},
        }
        for bay, place in area.places.items()
    )


def zones_geojson(area: RecordedArea) -> dict[str, Any]:
    """One zone that covers every bay."""
    lons, lats = zip(*((place.lon, place.lat) for place in area.places.values()), strict=True)
    west, east, south, north = min(lons) - AROUND, max(lons) + AROUND, min(lats) - AROUND, max(lats) + AROUND
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return _collection([{"type": "Feature", "geometry": outline, "properties": {"name": "All"}}])


def sensors_csv(area: RecordedArea) -> str:
    rows = [f"{sensor_of(bay)},{bay},{HEARTBEAT_MINUTES}" for bay in area.bays]
    return "\n".join(["reference,bay,heartbeat_minutes", *rows, ""])


def _collection(features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
