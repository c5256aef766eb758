"""Everything that is held about one person or one plate: what somebody asks for under article 15 of the UK GDPR.

Which columns could be personal stands in docs/data-protection.md; a test holds the two to each other.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Text, Uuid, cast, func, or_, select, text, union
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.photos import PhotoName
from ..adapters.tables import Base, Person
from ..domain.refusals import NotFound
from ..domain.sightings import normal_plate

TABLES: Mapping[str, Table] = Base.metadata.tables
# What opens doors is not told to anybody: hashes of passwords and tokens, keys of phones.
NEVER_TOLD = frozenset({"password_hash", "token_hash", "p256dh", "auth", "vault"})
# Rows that name nobody by themselves, and by which column they belong to one that does.
OF_THEIRS = {
    "notifications": ("device_id", "devices"),
    "shift_logs": ("shift_id", "shifts"),
    "briefings_read": ("shift_id", "shifts"),
    "shift_zones": ("shift_id", "shifts"),
    "photos": ("sighting_id", "sightings"),
}
OF_SEEN = {"addenda": "sighting_id", "misreadings": "sighting_id", "photos": "sighting_id"}
OF_CASES = {"tasks": "id", "outcomes": "task_id", "holds": "task_id"}

Held = dict[str, list[dict[str, Any]]]  # by table, its rows


def person_asking(session: Session, who: str) -> Person:
    """The person with this address or id, also one who left. Raises NotFound."""
    same = or_(Person.email == who.strip().lower(), cast(Person.id, Text) == who.strip().lower())
    person = session.scalars(
        select(Person).where(Person.authority_id == session.info["authority_id"], same)
    ).first()
    if person is None:
        raise NotFound(f"Nobody here has the address or id {who}.")
    return person


def held_about_person(session: Session, person_id: UUID, now: datetime) -> Held:
    """Their account, what they did, what was done about them; that it was given out is journalled."""
    found = _rows(session, {name: _about_person(name, person_id) for name in tables_of_people()})
    journal.record(
        session, "person.data-given", person_id, at=now, actor="command", rows=sum(map(len, found.values()))
    )
    return found


def held_about_plate(session: Session, typed: str, now: datetime) -> Held:
    """What was seen and asked of a plate, and the cases it was seen in. Raises Invalid where it can't be one.

    The journal says which cases were given out, never the plate.
    """
    found = _rows(session, _about_plate(session.info["authority_id"], normal_plate(typed)))
    cases = [str(row["id"]) for row in found.get("tasks", ())]
    ours = session.info["authority_id"]
    journal.record(session, "authority.plate-given", ours, at=now, actor="command", tasks=cases)
    return found


def tables_of_people() -> list[str]:
    """Tables with rows that name people, or belong to such a row."""
    return [name for name in TABLES if name == "people" or name in OF_THEIRS or _naming(TABLES[name])]


def tables_of_plates() -> list[str]:
    """Tables with rows about a plate."""
    return sorted(_about_plate(UUID(int=0), ""))


def _naming(table: Table) -> list[ColumnElement[Any]]:
    by_name = [c for c in table.c if c.name.endswith("_by") or c.name in ("officer_id", "person_id", "actor")]
    return [column for column in by_name if isinstance(column.type, Uuid | Text)]


def _about_person(name: str, person_id: UUID) -> ColumnElement[bool]:
    table, words = TABLES[name], [str(person_id), f"person:{person_id}"]
    if name in OF_THEIRS:
        column, owner = OF_THEIRS[name]
        owners = TABLES[owner]
        mine = select(owners.c.id).where(
            owners.c.authority_id == table.c.authority_id, _about_person(owner, person_id)
        )
        return table.c[column].in_(mine)
    named = [c == person_id if isinstance(c.type, Uuid) else c.in_(words) for c in _naming(table)]
    if name == "people":
        named.append(table.c.id == person_id)
    if name == "journal":
        named += [table.c.subject_id == person_id, cast(table.c.facts, Text).contains(str(person_id))]
    return or_(*named)


def _about_plate(ours: UUID, plate: str) -> dict[str, ColumnElement[bool]]:
    seen, apart, photos = TABLES["sightings"], TABLES["kept_records"], TABLES["photo_files"]
    theirs = (seen.c.authority_id == ours, seen.c.plate == plate)
    written = func.regexp_replace(apart.c.said["plate"].astext, "[^A-Za-z0-9]", "", "g")
    kept, of_ours = func.upper(written) == plate, apart.c.authority_id == ours
    return {
        **{name: table.c.plate == plate for name, table in TABLES.items() if "plate" in table.c},
        **{name: TABLES[name].c[of].in_(select(seen.c.id).where(*theirs)) for name, of in OF_SEEN.items()},
        **{
            name: TABLES[name].c[of].in_(select(seen.c.task_id).where(*theirs))
            for name, of in OF_CASES.items()
        },
        "kept_records": kept,
        "photo_files": photos.c.sighting_id.in_(
            union(select(seen.c.id).where(*theirs), select(apart.c.record_id).where(of_ours, kept))
        ),
    }


def _rows(session: Session, wanted: Mapping[str, ColumnElement[bool]]) -> Held:
    session.execute(text("SET LOCAL statement_timeout = 0"))  # years of a journal are read from end to end
    found = {name: _told(session, TABLES[name], about) for name, about in sorted(wanted.items())}
    return _with_files({name: rows for name, rows in found.items() if rows})


def _with_files(found: Held) -> Held:
    """Where the photos themselves lie, within `PHOTOS_FOLDER`."""
    for row in found.get("photo_files", ()):
        row["file"] = str(PhotoName(row["authority_id"], row["sighting_id"], row["sha256"]).path)
    return found


def _told(session: Session, table: Table, about: ColumnElement[bool]) -> list[dict[str, Any]]:
    told = [column for column in table.c if column.name not in NEVER_TOLD]
    query: Select[Any] = select(*told).where(table.c.authority_id == session.info["authority_id"], about)
    return [dict(row._mapping) for row in session.execute(query.order_by(*table.primary_key.columns))]
