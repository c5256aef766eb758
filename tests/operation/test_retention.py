"""What has outlived its period is gone everywhere; what is evidence, or under hold, is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from flask import Flask

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.tables import db
from enforcement.adapters.tables.kept import KeptRecord
from enforcement.adapters.tables.rights import RightsAnswer, RightsProvider
from enforcement.domain.policy import sample_policy
from enforcement.people import passwords
from enforcement.pipeline import retention
from routes.commands.retention import _session

from ..builders import Council, new_council, standing_clock
from .databases import as_owner, own_app, rows_of_all

NUMBERS = count(10)
TRAIL = 51.508642  # a latitude that only an officer's phone reported


@dataclass
class Case:
    """A visit, with words that nothing else in the database has."""

    task_id: str
    plate: str
    note: str


class Town:
    """Officers make visits: some with a notice, some without; then years go by."""

    def __init__(self, council: Council) -> None:
        self.council, self.clock = council, council.clock
        self.officer = council.on_duty(council.zone())
        self.visits: dict[str, Case] = {}

    def visit(self, name: str, outcome: str, **details: Any) -> Case:
        """One task from its reading to its outcome."""
        number = next(NUMBERS)
        case = Case("", f"ZZ{number:02}QQX", f"beside a hedge of kind {number}")
        self.council.bay(f"V{number}")
        self.council.reads((f"V{number}", "occupied", "09:00"), status=200)
        self.clock.set("11:12")
        self.officer.stand(lon=-0.1276, lat=TRAIL, clock=self.clock)
        self.council.sweep()
        (task,) = self.officer.mine()
        case.task_id = task["id"]
        task = self.officer.step(task, "accept")
        task = self.officer.step(task, "arrive")
        task = self.officer.step(
            task, "sightings", plate=case.plate, note=case.note, lon=-0.1276, lat=51.507211
        )
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
        return retention.forget_outlived(partial(_session, self.council.id), self.clock())

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


@pytest.fixture(scope="module")
def own(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A database in which nothing else lies: all of it is searched."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with own_app(postgres, tmp_path_factory.mktemp("retention")) as app:
        yield app


@pytest.fixture
def town(own: Flask) -> Iterator[Town]:
    with standing_clock(own) as clock:
        yield Town(new_council(own, clock))


def test_a_visit_without_a_notice_is_forgotten_everywhere_and_evidence_is_not(town: Town):
    advised = town.visit("advised", "advised_and_moved")
    incident = town.visit("incident", "incident", reference="REF-77-QQ")
    served = town.visit("served", "notice_served")
    for case in (advised, served):
        town.asked_about(case)
    town.council.supervisor.post(f"/tasks/{advised.task_id}/hold", {"reason": "x"}, 201)
    town.council.supervisor.delete(f"/tasks/{advised.task_id}/hold", 204)
    town.clock.forward(days=29)
    town.night()
    assert advised.plate in town.everything()
    assert str(TRAIL) in town.everything()
    town.clock.forward(days=2)
    town.night()
    left = town.everything()
    for gone in (advised.plate, advised.note, incident.plate, incident.note, "REF-77-QQ", str(TRAIL)):
        assert gone not in left, f"{gone} is still there"
    assert served.plate in left
    assert served.note in left


def test_what_a_case_needs_is_kept_as_long_as_the_case(town: Town):
    served = town.visit("served", "notice_served")
    town.clock.forward(days=2 * 365)
    town.night()
    assert town.rows("readings") == 2
    assert served.plate in town.everything()
    town.clock.forward(days=2 * 365)
    town.night()
    assert served.plate not in town.everything()
    kinds = (
        "tasks",
        "assignments",
        "sightings",
        "outcomes",
        "readings",
        "shifts",
        "positions",
        "actions",
    )
    assert {kind: town.rows(kind) for kind in kinds} == dict.fromkeys(kinds, 0)


def test_a_case_under_hold_stays_with_all_its_evidence_until_it_is_lifted(town: Town):
    served, advised = town.visit("served", "notice_served"), town.visit("advised", "advised_and_moved")
    for case in (served, advised):
        town.council.supervisor.post(
            f"/tasks/{case.task_id}/hold", {"reason": "Claim at the county court"}, 201
        )
    town.clock.forward(days=5 * 365)
    town.night()
    for case in (served, advised):
        assert case.plate in town.everything()
        assert case.note in town.everything()
    assert town.rows("readings") == 4
    assert town.rows("outcomes") == 2
    with town.council.session() as session:
        retention.lift(session, UUID(served.task_id), retention.standing(session)[0].placed_by, town.clock())
        session.commit()
    town.night()
    assert served.plate not in town.everything()
    assert advised.plate in town.everything()


def test_a_task_that_is_still_open_loses_nothing(town: Town):
    town.council.bay("OPEN")
    town.council.reads(("OPEN", "occupied", "07:00"), status=200)
    town.council.sweep()
    assert len(town.council.tasks()) == 1
    town.clock.forward(days=4 * 365)
    town.night()
    assert town.rows("tasks") == 1
    assert town.rows("readings") == 1


def test_the_dry_run_says_what_would_go_and_leaves_it(town: Town):
    town.visit("advised", "advised_and_moved")
    town.clock.forward(days=31)
    before = rows_of_all(town.council.app)
    db.session.remove()
    told = town.council.app.test_cli_runner().invoke(args=["retention", "--dry-run"])
    assert "1 sightings, 1 outcomes" in told.output
    assert rows_of_all(town.council.app) == before
    assert town.council.app.test_cli_runner().invoke(args=["retention"]).exit_code == 0
    assert town.rows("sightings") == 0


def test_another_councils_records_are_not_touched(town: Town, postgres: EmbeddedPostgres):
    there = Town(new_council(town.council.app, town.clock))
    plate = there.visit("advised", "advised_and_moved").plate
    town.clock.forward(days=31)
    town.night()
    assert plate in town.everything()


def test_pieces_add_up(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retention, "PIECE", 1)
    for number in range(3):
        town.visit(str(number), "advised_and_moved")
    town.clock.forward(days=31)
    erased = town.night()
    assert (erased["sightings"], erased["outcomes"]) == (3, 3)
    assert erased["positions"] >= 3


def test_the_journal_says_how_much_was_forgotten_and_the_reason_for_a_hold_stays_out_of_it(town: Town):
    case = town.visit("served", "notice_served")
    supervisor = town.council.supervisor
    held = supervisor.post(f"/tasks/{case.task_id}/hold", {"reason": "Claim of Mr Smith"}, 201)
    assert [each["task_id"] for each in supervisor.get("/holds")["items"]] == [case.task_id]
    supervisor.post(f"/tasks/{case.task_id}/hold", {"reason": "Again"}, 409)
    supervisor.delete(f"/tasks/{case.task_id}/hold", 204)
    supervisor.delete(f"/tasks/{case.task_id}/hold", 404)
    assert town.council.journal(held["id"]) == ["hold.placed", "hold.lifted"]
    town.night()
    assert town.council.journal(str(town.council.id))[-1] == "authority.forgot"
    assert "Smith" not in str(rows_of_all(town.council.app)["journal"])


def test_old_partitions_go_when_they_are_empty_and_only_then(town: Town):
    with as_owner(town.council.app) as owner:
        owner.execute("SELECT openpatrol_make_partitions('2020-01-01', '2020-01-02')")
        owner.execute(
            "INSERT INTO positions (authority_id, at, shift_id, officer_id, received_at, lon, lat, accuracy_m)"
            " SELECT id, '2020-01-01 12:00Z', id, id, now(), 0, 0, 5 FROM authorities"
        )
        reader = as_owner(town.council.app)
        with reader, reader.transaction():
            reader.execute("SELECT FROM readings")
            drop(owner)
            assert "readings_p20200101" in partitions(owner), "somebody had to wait for it"
        drop(owner)
        left = partitions(owner)
    assert {"positions_p20200101", "journal_p20200101"} <= left
    assert not {"positions_p20200102", "readings_p20200101"} & left


def test_a_new_partition_does_not_make_readings_wait_for_a_backup(town: Town):
    with as_owner(town.council.app) as owner, as_owner(town.council.app) as backup:
        with backup.transaction():
            backup.execute("LOCK TABLE readings_default IN ACCESS SHARE MODE")
            with pytest.raises(Exception, match="lock timeout"):
                owner.execute("SELECT openpatrol_make_partitions('2031-01-01', '2031-01-01')")
        owner.execute("SELECT openpatrol_make_partitions('2031-01-01', '2031-01-01')")


def test_every_sample_policy_says_how_long():
    for name in ("single-sighting", "devon-2021"):
        assert sample_policy(name).retention.visits.days == 30


def drop(owner: Any) -> None:
    owner.execute("SELECT openpatrol_drop_partitions('2020-01-10')")


def partitions(owner: Any) -> set[str]:
    return {name for (name,) in owner.execute("SELECT relname FROM pg_class WHERE relispartition")}
