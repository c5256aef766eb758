"""People and work written straight into the tables, in a transaction of the test's own: quick, and of any shape."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shapely import box
from sqlalchemy.orm import Session

from enforcement.adapters.tables import (
    Alert,
    Assignment,
    Bay,
    BayRestriction,
    Person,
    RestrictionRow,
    Shift,
    ShiftZone,
    Task,
    Zone,
    ZoneBay,
)

LONG_AGO = timedelta(days=200)


class Patrol:
    """What is added is flushed, never committed. Ids are those of the rows."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.rule = self._add(
            RestrictionRow, name="Two hours", bay_class="limited-waiting", hours="24/7", permitted_minutes=120,
            carried=False, code="30", suffix="", reason="period_ended",
        )  # fmt: skip

    def zone(self, *, lon: float, lat: float, half: float = 0.001) -> UUID:
        outline = box(lon - half, lat - half, lon + half, lat + half)
        return self._add(Zone, name=str(uuid4()), colour="#005a5b", outline=outline)

    def bay(self, zones: Collection[UUID], *, lon: float, lat: float) -> UUID:
        bay = self._add(Bay, reference=str(uuid4()), street="Judd Street", lon=lon, lat=lat)
        self._add(BayRestriction, bay_id=bay, restriction_id=self.rule, valid_from=self.now - LONG_AGO)
        self._link(ZoneBay, *[{"zone_id": zone, "bay_id": bay} for zone in zones])
        return bay

    def officer(self, **row: Any) -> UUID:
        usual = {"email": f"{uuid4().hex}@example.org", "name": "Olu", "role": "officer", "pace": 1.0}
        return self._add(Person, **usual | row)

    def shift(self, officer: UUID, zones: Collection[UUID], *, state: str = "available", **row: Any) -> UUID:
        began = self.now - timedelta(hours=1)
        usual = {"planned_from": began, "planned_to": self.now + timedelta(hours=4), "started_at": began}
        shift = self._add(Shift, officer_id=officer, state=state, **usual | row)
        self._link(ShiftZone, *[{"zone_id": zone, "shift_id": shift} for zone in zones])
        return shift

    def task(self, bay: UUID, *, state: str = "waiting", **row: Any) -> UUID:
        over = row.pop("overstay_from", self.now - timedelta(minutes=20))
        usual = {
            "version": 1, "why": "Over a 2 h limit", "code": "30", "suffix": "", "overstay_from": over,
            "lawful_from": over + timedelta(minutes=11), "sightings_needed": 1, "rights": "none", "priority": 5.0,
            "priority_reasons": [], "offers": 0, "raised_at": over,
        }  # fmt: skip
        return self._add(Task, bay_id=bay, state=state, **usual | row)

    def hand(self, task: UUID, shift: UUID, officer: UUID, state: str = "accepted", **row: Any) -> UUID:
        usual = {
            "offered_at": self.now, "expires_at": self.now + timedelta(minutes=1), "expected_value": 1.0,
            "walk_seconds": 120.0, "walk_metres": 160.0, "reason": "nearest",
        }  # fmt: skip
        return self._add(
            Assignment, task_id=task, shift_id=shift, officer_id=officer, state=state, **usual | row
        )

    def calls_for_help(self, officer: UUID) -> None:
        self._add(
            Alert, kind="sos", subject="officer", subject_id=officer, officer_id=officer, tasks=[],
            raised_at=self.now,
        )  # fmt: skip

    def _add(self, table: Any, **row: Any) -> UUID:
        made = table(authority_id=self.session.info["authority_id"], id=uuid4(), **row)
        self.session.add(made)
        self.session.flush()
        return made.id

    def _link(self, table: Any, *rows: dict[str, UUID]) -> None:
        ours = self.session.info["authority_id"]
        self.session.add_all(table(authority_id=ours, **row) for row in rows)
        self.session.flush()
