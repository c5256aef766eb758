"""A town to measure in: bays with sensors in one zone, officers on shift whose phones are subscribed.

Its rows are written as they are, for setting up is not what is measured.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import create_engine, insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from enforcement import people
from enforcement.adapters import tables
from enforcement.adapters.tables import act_for
from enforcement.domain.policy import sample_policy_data
from enforcement.simulation.push_receiver import Phone, PushReceiver
from enforcement.simulation.stack import Stack

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
WEST, SOUTH, SIDE = -0.15, 51.50, 0.03  # degrees
IN_A_ROW = 1000
POLICY = {
    "grace_minutes": 0,
    "exceeded_minutes": 0,
    "debounce_seconds": 0,
}  # what is measured needs no waiting


@dataclass(frozen=True, slots=True)
class Officer:
    """On shift; `phone` rings."""

    id: UUID
    shift_id: UUID
    device_id: UUID
    phone: Phone


class Town:
    """One authority in a database of its own. `engine` is what the server itself signs in by."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine, expire_on_commit=False) as session:
            ours = people.create_authority(
                session, "bench", "Bench", "Europe/London", "GB", "ENG", "single-sighting"
            )
            ours.policy = sample_policy_data("single-sighting") | POLICY
            session.commit()
        self.id = ours.id
        with self.session() as session:
            self.zone_id = self._zone(session)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Acts for the authority; commits at the end."""
        with Session(self.engine, expire_on_commit=False) as session:
            act_for(session, self.id)
            yield session
            session.commit()

    def key(self, *scopes: str) -> str:
        with self.session() as session:
            return people.create_key(session, "bench", scopes, None, datetime.now(UTC))[1]

    def bays(self, name: str, count: int, minutes: int) -> list[str]:
        """So many bays in which one may stay for so long; their sensors' references, which are the bays' own."""
        references = [f"{name}-{number}" for number in range(count)]
        with self.session() as session:
            rule = self._rule(session, name, minutes)
            for first in range(0, count, 5000):
                self._add_bays(session, references[first : first + 5000], first, rule)
        return references

    def officers(self, count: int, push: PushReceiver) -> list[Officer]:
        """Officers who are free, all over the town."""
        with self.session() as session:
            return [self._officer(session, number / count, push) for number in range(count)]

    def _own(self, **values: Any) -> dict[str, Any]:
        return {"authority_id": self.id, "id": uuid7(), **values}

    def _zone(self, session: Session) -> UUID:
        outline = shapely.box(WEST - 0.01, SOUTH - 0.01, WEST + SIDE + 0.01, SOUTH + SIDE + 0.01)
        row = self._own(name="All", colour="#005a5b", outline=outline)
        session.execute(insert(tables.Zone), [row])
        return row["id"]

    def _rule(self, session: Session, name: str, minutes: int) -> UUID:
        row = self._own(
            name=name, bay_class="limited-waiting", hours="24/7", permitted_minutes=minutes,
            carried=False, code="30", suffix="", reason="period_ended",
        )  # fmt: skip
        session.execute(insert(tables.RestrictionRow), [row])
        return row["id"]

    def _add_bays(self, session: Session, references: Sequence[str], first: int, rule: UUID) -> None:
        bays = [
            self._own(reference=each, street="Judd Street", lon=lon, lat=lat)
            for each, (lon, lat) in zip(references, _places(first, len(references)), strict=True)
        ]
        sensors = [self._own(reference=each, heartbeat_minutes=1440) for each in references]
        of_bay = [{"authority_id": self.id, "bay_id": bay["id"]} for bay in bays]
        rules = [each | self._own(restriction_id=rule, valid_from=BEGINNING) for each in of_bay]
        mappings = [
            each | self._own(sensor_id=sensor["id"], valid_from=BEGINNING)
            for each, sensor in zip(of_bay, sensors, strict=True)
        ]
        session.execute(insert(tables.Bay), bays)
        session.execute(insert(tables.BayState), of_bay)
        session.execute(insert(tables.BayRestriction), rules)
        session.execute(insert(tables.ZoneBay), [each | {"zone_id": self.zone_id} for each in of_bay])
        session.execute(insert(tables.Sensor), sensors)
        session.execute(insert(tables.SensorBay), mappings)

    def _officer(self, session: Session, share: float, push: PushReceiver) -> Officer:
        now, phone = datetime.now(UTC), push.phone()
        person = self._own(email=f"{uuid7()}@example.org", name="Olu", role="officer")
        sign_in = self._own(
            person_id=person["id"], token_hash=str(uuid7()), device="bench",
            created_at=now, last_seen_at=now, expires_at=now + timedelta(days=1),
        )  # fmt: skip
        device = self._own(
            person_id=person["id"], sign_in_id=sign_in["id"], endpoint=phone.endpoint,
            state="active", created_at=now, last_seen_at=now, **phone.subscription["keys"],
        )  # fmt: skip
        shift = self._own(
            officer_id=person["id"], state="available", planned_from=now, planned_to=now + timedelta(hours=8),
            started_at=now, lon=WEST + share * SIDE, lat=SOUTH + SIDE / 2, accuracy_m=5.0, fix_at=now,
        )  # fmt: skip
        session.execute(insert(tables.Person), [person])
        session.execute(insert(tables.SignIn), [sign_in])
        session.execute(insert(tables.Device), [device])
        session.execute(insert(tables.Shift), [shift])
        of_zone = {"authority_id": self.id, "shift_id": shift["id"], "zone_id": self.zone_id}
        session.execute(insert(tables.ShiftZone), [of_zone])
        return Officer(person["id"], shift["id"], device["id"], phone)


def _places(first: int, count: int) -> Iterator[tuple[float, float]]:
    for number in range(first, first + count):
        row, column = divmod(number, IN_A_ROW)
        yield WEST + SIDE * column / IN_A_ROW, SOUTH + SIDE * (row % IN_A_ROW) / IN_A_ROW


@contextmanager
def town(stack: Stack) -> Iterator[Town]:
    """A town in the stack's database."""
    engine = create_engine(stack.env["DATABASE_URL"])
    try:
        yield Town(engine)
    finally:
        engine.dispose()
