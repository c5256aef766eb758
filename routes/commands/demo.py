"""The demo: a borough that does not exist, people to sign in as, and officers who walk by themselves."""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from enforcement import people
from enforcement.adapters.tables import Person, Shift, Zone, act_for, db
from enforcement.config import Settings
from enforcement.pipeline import roster
from enforcement.pipeline.rules import rules_of
from enforcement.places import bay_files, briefing_notes, sensor_files, streets, zone_files
from enforcement.simulation.borough import COUNTRY, NAME, SLUG, SUBDIVISION, TIME_ZONE, borough

FILE = "demo.json"  # in the instance folder, for its owner's eyes: the demo's passwords, made anew for each machine
SHIFT = timedelta(hours=12)
YOURS = "Camford Market"  # the zone that is left to the officer that you can be
PEOPLE = (
    ("admin", "Ada Admin", "administrator", None),
    ("supervisor", "Sunita Supervisor", "supervisor", None),
    ("officer", "Olu Officer", "officer", YOURS),
    ("west", "Wes (simulated)", "officer", "Camford West"),
    ("east", "Esi (simulated)", "officer", "Camford East"),
)
SIMULATED = ("west", "east")
NOTES = (
    {"text": "The steps down to Wharf Road are slippery after rain.", "hazard": True},
    {
        "text": "New drop-off bays in Market Street: talk to drivers before anything else this week.",
        "hazard": False,
    },
)
WHENEVER = {"zone_id": None, "first_day": None, "last_day": None}


@dataclass(frozen=True, slots=True)
class Accounts:
    """How to sign in to the demo, and how its simulation does."""

    passwords: dict[str, str]
    key: str

    @property
    def environment(self) -> dict[str, str]:
        officers = " ".join(f"{address(name)}:{self.passwords[name]}" for name in SIMULATED)
        return {"OPENPATROL_SIMULATION_KEY": self.key, "OPENPATROL_SIMULATION_OFFICERS": officers}

    def lines(self, url: str) -> Iterator[str]:
        """What a newcomer needs to know."""
        for page, who in (("patrol", "officer"), ("desk", "supervisor"), ("desk", "admin")):
            yield f"  {url}/{page}/   {address(who)}   {self.passwords[who]}"


def address(name: str) -> str:
    """The demo's addresses are at a domain that never exists."""
    return f"{name}@camford.example"


def ensure(settings: Settings) -> Accounts | None:
    """The demo's accounts, its borough built if the database is empty, and a shift for everyone today.

    None in a database that holds other councils' data.
    """
    with db.session() as session:
        rows = session.execute(text("SELECT slug, id FROM openpatrol_authorities()")).all()
        known = {row.slug: row.id for row in rows}
        session.rollback()
        path = settings.instance_folder / FILE
        if not known:
            accounts = _build(session, settings)
            _keep(path, accounts)
        elif SLUG in known and path.exists():
            act_for(session, known[SLUG])
            accounts = Accounts(**json.loads(path.read_text()))
        else:
            return None
        _plan_today(session, settings)
        session.commit()
    return accounts


def _build(session: Session, settings: Settings) -> Accounts:
    now, demo = settings.clock(), borough()
    people.create_authority(session, SLUG, NAME, TIME_ZONE, COUNTRY, SUBDIVISION, "single-sighting")
    calendar = rules_of(session, now).calendar
    for result in (
        bay_files.bays(session, _file(demo.bays_geojson), calendar, now, "demo", strict=True),
        zone_files.zones(session, _file(demo.zones_geojson), "demo", now, strict=True),
        streets.replace(session, "streets", _file(demo.streets_geojson), "demo", now, strict=True),
        sensor_files.sensors(session, demo.sensors_csv.encode(), now, "demo", strict=True),
    ):
        assert not result.refused
    passwords = {name: secrets.token_hex(6) for name, *_ in PEOPLE}
    known = {
        name: people.create_person(session, address(name), full_name, role, passwords[name], "demo", now)
        for name, full_name, role, _ in PEOPLE
    }
    for note in NOTES:
        briefing_notes.add_note(session, {**WHENEVER, **note}, known["supervisor"].id, now.date(), now)
    _, key = people.create_key(session, "Simulated sensors", ["readings:write", "places:read"], None, now)
    return Accounts(passwords, key)


def _file(geojson: Any) -> bytes:
    return json.dumps(geojson).encode()


def _keep(path: Path, accounts: Accounts) -> None:
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"passwords": accounts.passwords, "key": accounts.key}, file)


def _plan_today(session: Session, settings: Settings) -> None:
    """Whoever has no shift that covers now gets one."""
    now, ours = settings.clock(), session.info["authority_id"]
    zones = {zone.name: zone.id for zone in session.scalars(select(Zone).where(Zone.authority_id == ours))}
    for name, _, role, zone in PEOPLE:
        if role != "officer" or zone is None:
            continue
        officer_id = session.scalars(
            select(Person.id).where(Person.authority_id == ours, Person.email == address(name))
        ).one()
        covered = session.scalar(
            select(func.count())
            .select_from(Shift)
            .where(
                Shift.authority_id == ours,
                Shift.officer_id == officer_id,
                Shift.ended_at.is_(None),
                Shift.planned_from <= now,
                Shift.planned_to > now,
            )
        )
        if not covered:
            roster.plan(session, officer_id, [zones[zone]], now, now + SHIFT, "demo", now)
