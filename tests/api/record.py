"""A council's record, written by hand row by row: so little that its figures can be counted on one's fingers."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from enforcement.adapters.tables import Assignment, Shift, StayRights, StayRow, Task

from ..builders import EVERY_HOUR, HOME

LIMIT = timedelta(hours=2)
LONDON = ZoneInfo("Europe/London")


def on(clock: str, day: str) -> datetime:
    """That time of a day in 2026 ("06-03"), as a clock in London shows it."""
    return datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=LONDON).astimezone(UTC)


class Recorded(Protocol):
    """A council whose record is written: in this process, or one of a running server."""

    @property
    def id(self) -> UUID: ...

    @property
    def supervisor(self) -> Any: ...

    def session(self) -> AbstractContextManager[Session]: ...

    def zone(self, name: str, *, lon: float = ..., half: float = ...) -> str: ...

    def person(self, role: str, name: str) -> tuple[str, Any]: ...


@dataclass
class Record:
    """Bays, stays, tasks, walks and shifts of a council."""

    council: Recorded
    bays: dict[str, UUID] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)

    def bay(self, reference: str, street: str, east: float) -> None:
        """A two-hour bay, so many degrees east of home."""
        rule = {"bay_class": "limited-waiting", "hours": EVERY_HOUR, "permitted_minutes": 120, "code": "30"}
        place = {"reference": reference, "street": street, "lon": HOME[0] + east, "lat": HOME[1]}
        self.bays[reference] = UUID(
            self.council.supervisor.post("/bays", {**place, "restriction": rule})["id"]
        )

    def shift(self, officer: str, begins: datetime, hours: float) -> None:
        """A new officer's, with a start and an end."""
        person, _ = self.council.person("officer", officer)
        ends = begins + timedelta(hours=hours)
        self.shifts[officer] = self._kept(
            Shift, officer_id=UUID(person), state="ended", planned_from=begins, planned_to=ends,
            started_at=begins, ended_at=ends,
        )  # fmt: skip

    def stay(self, bay: str, came: datetime, left: datetime | None, **more: Any) -> StayRow:
        """A car; its two hours are over if it stays so long."""
        stay: StayRow = self._kept(
            StayRow, bay_id=self.bays[bay], arrived_at=came, counted_from=came, departed_at=left,
            overstay_from=came + LIMIT, lawful_from=came + LIMIT, possible_swap=False, **more,
        )  # fmt: skip
        return stay

    def right(self, stay: StayRow, until: datetime) -> None:
        came = stay.arrived_at
        self._add(
            StayRights(
                authority_id=self.council.id, stay_id=stay.id, asked_at=came, due_at=came, covered_until=until
            )
        )

    def task(self, stay: StayRow, raised: datetime | None = None, **more: Any) -> Task:
        """What is raised when a stay is over its time, unless told otherwise."""
        return self._task(
            stay.bay_id, stay.overstay_from, raised or stay.overstay_from, stay_id=stay.id, **more
        )

    def found(self, bay: str, raised: datetime) -> Task:
        """An officer raised it themselves, where no sensor saw a car."""
        return self._task(self.bays[bay], raised, raised, found=True)

    def _task(self, bay: UUID, over: Any, raised: Any, **more: Any) -> Task:
        usual = {"state": "waiting", "code": "30", "suffix": "", "version": 1, "why": "", "offers": 0}
        judged = {"sightings_needed": 1, "rights": "none", "priority": 1.0, "priority_reasons": []}
        times = {"overstay_from": over, "lawful_from": over, "raised_at": raised}
        task: Task = self._kept(Task, **{"bay_id": bay, **usual, **judged, **times, **more})
        return task

    def walk(
        self,
        task: Task,
        officer: str,
        accepted: datetime,
        arrived: datetime | None = None,
        *,
        outcome: str | None = None,
        ended: str | None = "completed",
    ) -> None:
        """An officer went there; how the task ended, or why the officer's part in it did (None: they still go)."""
        shift = self.shifts[officer]
        later = arrived or accepted + timedelta(minutes=1)
        self._kept(
            Assignment, task_id=task.id, shift_id=shift.id, officer_id=shift.officer_id, offered_at=accepted,
            expires_at=accepted, accepted_at=accepted, arrived_at=arrived, expected_value=1.0, reason="",
            state="ended" if ended else "accepted", end_reason=ended, ended_at=later if ended else None,
        )  # fmt: skip
        if outcome:
            with self.council.session() as session:
                row = session.get_one(Task, (self.council.id, task.id))
                row.state, row.outcome, row.ended_at, row.officer_id = (
                    "closed",
                    outcome,
                    later,
                    shift.officer_id,
                )
                session.commit()

    def _kept(self, table: Any, **values: Any) -> Any:
        return self._add(table(authority_id=self.council.id, id=uuid7(), **values))

    def _add(self, row: Any) -> Any:
        with self.council.session() as session:
            session.add(row)
            session.commit()
        return row


def four_weeks(council: Recorded) -> Record:
    """June 2026, from Monday the 1st to Sunday the 28th, and what came before and after.

    Zone West has the High Street's bays H1 and H2, zone East has M1 in Mill Lane; S1 in Station Road and Q1 in Quiet
    Close lie in none. Overstays that began in June: six, two of them attended (a, g).
    """
    west, east = council.zone("West", half=0.001), council.zone("East", lon=HOME[0] + 0.01, half=0.001)
    record = Record(council)
    for place in (
        ("H1", "High Street", 0.0), ("H2", "High Street", 0.0002), ("M1", "Mill Lane", 0.01),
        ("S1", "Station Road", 0.02), ("Q1", "Quiet Close", 0.03),
    ):  # fmt: skip
        record.bay(*place)
    record.zones = {"West": west, "East": east}
    for officer, begins, hours in (
        ("A", on("08:00", "06-03"), 8), ("B", on("08:00", "06-23"), 4), ("C", on("10:00", "06-25"), 2),
        ("D", on("08:00", "06-24"), 8), ("E", on("06:00", "06-03"), 6), ("F", on("06:00", "06-05"), 0.5),
    ):  # fmt: skip
        record.shift(officer, begins, hours)
    _before(record)
    _first_week(record)
    _later_weeks(record)
    return record


def _before(record: Record) -> None:
    record.stay("H1", on("09:00", "05-20"), on("10:00", "05-20"))
    record.stay("H2", on("23:00", "05-31"), on("01:20", "06-01"))  # over on the first of June, at one


def _first_week(record: Record) -> None:
    a = record.task(record.stay("H1", on("10:00", "06-03"), on("12:30", "06-03"), covered_by="notice_served"))
    record.walk(a, "A", on("12:02", "06-03"), on("12:07", "06-03"), outcome="notice_served")
    b = record.task(record.stay("H2", on("09:00", "06-03"), on("11:10", "06-03")))
    record.walk(b, "E", on("11:01", "06-03"), ended="declined")
    record.walk(b, "A", on("11:05", "06-03"), on("11:12", "06-03"), outcome="gone_on_arrival")
    record.stay("H1", on("10:00", "06-04"), on("11:00", "06-04"))
    record.stay("M1", on("10:00", "06-04"), on("11:59", "06-04"))


def _later_weeks(record: Record) -> None:
    record.stay("H1", on("23:30", "06-08"), on("01:50", "06-09"))  # nobody was sent
    record.stay("M1", on("12:00", "06-10"), on("13:00", "06-10"))
    g = record.task(record.stay("M1", on("08:00", "06-23"), on("13:00", "06-23")), on("09:50", "06-23"))
    record.walk(g, "B", on("09:51", "06-23"), on("09:55", "06-23"), outcome="advised_and_moved")
    h = record.task(record.stay("S1", on("08:00", "06-24"), on("10:30", "06-24")), state="withdrawn")
    record.walk(h, "D", on("10:01", "06-24"), ended="withdrawn")
    permit = record.task(
        record.stay("S1", on("08:00", "06-25"), on("18:00", "06-25"), covered_by="right_seen")
    )
    record.walk(permit, "C", on("10:05", "06-25"), on("10:20", "06-25"), outcome="right_seen")
    record.stay("S1", on("08:00", "06-25"), on("19:00", "06-25"), superseded_at=on("19:00", "06-25"))
    record.right(record.stay("H2", on("10:00", "06-26"), on("12:20", "06-26")), until=on("13:00", "06-26"))
    record.walk(record.found("S1", on("11:00", "06-24")), "D", on("11:00", "06-24"), on("11:00", "06-24"))
    record.stay("H1", on("22:30", "06-28"), on("02:00", "06-29"))  # over on the 29th
