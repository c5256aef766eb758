"""A council whose officers make visits, in a database in which nothing else lies."""

from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from enforcement.adapters.tables import db
from enforcement.adapters.tables.kept import KeptRecord
from enforcement.adapters.tables.rights import RightsAnswer, RightsProvider
from enforcement.pipeline import retention
from routes.commands.councils import session_of

from ..builders import Council
from ..line.camera import send, take
from ..pictures import hash_of, jpeg
from .databases import as_owner, rows_of_all

NUMBERS = count(10)
TRAIL = 51.508642  # a latitude that only an officer's phone reported


@dataclass
class Case:
    """A visit, with words that nothing else in the database has."""

    task_id: str
    plate: str
    note: str
    photo: bytes
    sighting_id: str = ""

    @property
    def file(self) -> str:
        """How its photo's file is called."""
        return f"{self.sighting_id}-{hash_of(self.photo)}.jpg"


class Town:
    """Officers make visits: some with a notice, some without; then years go by."""

    def __init__(self, council: Council) -> None:
        self.council, self.clock = council, council.clock
        self.officer = council.on_duty(council.zone())
        self.visits: dict[str, Case] = {}

    def visit(self, name: str, outcome: str, unsent: bytes | None = None, **details: Any) -> Case:
        """One task from its reading to its outcome; one photo is sent, and maybe another one is not yet."""
        number = next(NUMBERS)
        case = Case("", f"ZZ{number:02}QQX", f"beside a hedge of kind {number}", jpeg(number))
        self.council.bay(f"V{number}")
        self.council.reads((f"V{number}", "occupied", "09:00"), status=200)
        self.clock.set("11:12")
        self.officer.stand(lon=-0.1276, lat=TRAIL, clock=self.clock)
        self.council.sweep()
        (task,) = self.officer.mine()
        case.task_id = task["id"]
        task = self.officer.step(task, "accept")
        task = self.officer.step(task, "arrive")
        place = {"note": case.note, "lon": -0.1276, "lat": 51.507211}
        task, case.sighting_id = take(
            self.officer, task, *filter(None, (case.photo, unsent)), plate=case.plate, **place
        )
        send(self.officer, case.sighting_id, case.photo)
        self.officer.step(task, "outcome", outcome=outcome, details=details)
        self.council.reads((f"V{number}", "free", "11:12"), status=200)
        self.visits[name] = case
        return case

    def asked_about(self, case: Case) -> None:
        """A permit system answered about the plate that the officer saw, and a second look came too late."""
        with self.council.session() as session:
            ours, now = self.council.id, self.clock()
            asked = RightsProvider(
                authority_id=ours, kind="list", name=case.task_id, place_by="bay", places={}, about_bays=False,
                about_plates=True, timeout_seconds=1, fresh_minutes=1,
            )  # fmt: skip
            session.add(asked)
            session.flush()
            session.add(
                RightsAnswer(
                    authority_id=ours,
                    question_id=uuid4(),
                    about="plate",
                    task_id=UUID(case.task_id),
                    plate=case.plate,
                    provider_id=asked.id,
                    provider="list",
                    status="none",
                    checked_at=now,
                    reason="",
                )
            )
            session.add(
                KeptRecord(
                    authority_id=ours,
                    record_id=uuid4(),
                    person_id=UUID(self.officer.id),
                    task_id=UUID(case.task_id),
                    kind="sighting",
                    said={"plate": case.plate},
                    why="late",
                    recorded_at=now,
                    received_at=now,
                )
            )
            session.commit()

    def night(self) -> dict[str, int]:
        """What the job does."""
        db.session.remove()
        folder = self.council.app.extensions["openpatrol"].photos
        return retention.forget_outlived(partial(session_of, self.council.id), folder, self.clock())

    @property
    def photos(self) -> Path:
        """Where this council's photos lie."""
        settings = self.council.app.extensions["openpatrol"].settings
        return settings.instance_folder / "photos" / str(self.council.id)

    def files(self) -> set[str]:
        """The names of all photos that are kept, and of what is still coming."""
        return {each.name for each in self.photos.rglob("*") if each.is_file()}

    def rows(self, table: str) -> int:
        """How many of them this council has."""
        with as_owner(self.council.app) as owner:
            ours = f"SELECT count(*) FROM {table} WHERE authority_id = %s"
            row = owner.execute(ours.encode(), [self.council.id]).fetchone()
            assert row
            return int(row[0])

    def everything(self) -> str:
        """The whole database as text."""
        return "\n".join(row for rows in rows_of_all(self.council.app).values() for row in rows)
