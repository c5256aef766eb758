"""The journal as people search it: what was changed, by whom and about what, the latest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..adapters.tables import (
    ApiKey,
    Bay,
    JournalRow,
    Patrol,
    Person,
    RestrictionRow,
    RightsProvider,
    Sensor,
    Shift,
    SuspensionRow,
    Task,
    Zone,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
COLUMNS = ("at", "kind", "subject", "subject_id", "officer_id", "actor", "facts")
Names = dict[UUID | None, str]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """An entry's place in time; as text `microseconds.id`."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """The place that `text` stands for, or None if it is none of ours."""
        try:
            microseconds, id_ = map(int, text.split("."))
            at = EPOCH + microseconds * MICROSECOND
        except (ValueError, OverflowError):
            return None
        return cls(at, id_) if 0 <= id_ < 2**63 else None


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for. `person`: who did it, or whose work it was about. `alone`: also what nobody did but
    the system or an officer, which are many more. `before`: where the page before this one ended."""

    subject: str | None = None
    subject_id: UUID | None = None
    kind: str | None = None
    person_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    alone: bool = False
    before: Place | None = None


def audit(session: Session, sought: Sought, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """The entries, each with `who` did it and what it is `about` by name, and where the next page begins."""
    found = {
        row.id: row for query in _queries(session, sought) for row in session.scalars(query.limit(limit + 1))
    }
    rows = sorted(found.values(), key=lambda row: (row.at, row.id), reverse=True)
    following = str(Place(rows[limit - 1].at, rows[limit - 1].id)) if len(rows) > limit else None
    return _named(session, rows[:limit]), following


def _queries(session: Session, sought: Sought) -> list[Select]:
    """One for each index, or place in it, that is needed: a person's own deeds, and what concerned them."""
    query = _narrowed(session, sought)
    if sought.person_id is None:
        return [query if sought.alone or sought.subject_id else query.where(JournalRow.actor.is_not(None))]
    acted = (
        query.where(JournalRow.actor == name)
        for name in (f"person:{sought.person_id}", str(sought.person_id))
    )
    return [*acted, query.where(JournalRow.officer_id == sought.person_id)]


def _narrowed(session: Session, sought: Sought) -> Select:
    query = (
        select(JournalRow)
        .where(JournalRow.authority_id == session.info["authority_id"])
        .order_by(JournalRow.at.desc(), JournalRow.id.desc())
    )
    # Said literally: the indexes of subjects and kinds leave out the many of stays.
    if sought.subject:
        query = query.where(JournalRow.subject == bindparam("subject", sought.subject, literal_execute=True))
    if sought.kind:
        query = query.where(JournalRow.kind == bindparam("kind", sought.kind, literal_execute=True))
    if sought.subject_id:
        query = query.where(JournalRow.subject_id == sought.subject_id)
    if sought.since:
        query = query.where(JournalRow.at >= sought.since)
    if sought.until:
        query = query.where(JournalRow.at < sought.until)
    if sought.before:
        before = (JournalRow.at <= sought.before.at) & or_(
            JournalRow.at < sought.before.at, JournalRow.id < sought.before.id
        )
        query = query.where(before)
    return query


# Names


def _named(session: Session, rows: Sequence[JournalRow]) -> list[dict[str, Any]]:
    people = _names_of(
        session, Person.name, (id_ for row in rows for id_ in (row.officer_id, actor_id(row.actor)))
    )
    keys = _names_of(session, ApiKey.name, (actor_id(row.actor) for row in rows))
    things = _things(session, rows)
    return [
        {
            **{name: getattr(row, name) for name in COLUMNS},
            "who": (people | keys).get(actor_id(row.actor)),
            "officer": people.get(row.officer_id),
            "about": things.get((row.subject, row.subject_id)),
        }
        for row in rows
    ]  # fmt: skip


def actor_id(actor: str | None) -> UUID | None:
    """Whose deed it was, from `person:<id>` or `key:<id>`; None for a command, or for nobody."""
    try:
        return UUID((actor or "").rpartition(":")[2])
    except ValueError:
        return None


def _names_of(session: Session, column: InstrumentedAttribute[str], ids: Iterable[UUID | None]) -> Names:
    return _read(session, select(column.class_.id, column), column.class_, ids)


def _read(session: Session, query: Select, model: Any, ids: Iterable[UUID | None]) -> Names:
    wanted = set(ids) - {None}
    if not wanted:
        return {}
    ours = (model.authority_id == session.info["authority_id"], model.id.in_(wanted))
    return dict(session.execute(query.where(*ours)).all())


def _things(session: Session, rows: Sequence[JournalRow]) -> dict[tuple[str, UUID], str]:
    by_subject: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        by_subject[row.subject].add(row.subject_id)
    return {
        (subject, id_): name
        for subject, ids in by_subject.items()
        if subject in CALLED
        for id_, name in _read(session, *CALLED[subject](), ids).items()
        if id_ is not None
    }


def _plainly(column: InstrumentedAttribute[str]) -> Callable[[], tuple[Select, Any]]:
    return lambda: (select(column.class_.id, column), column.class_)


BAY_WORDS = Bay.street + ", bay " + Bay.reference


def _by_bay(model: Any) -> Callable[[], tuple[Select, Any]]:
    there = (Bay.authority_id == model.authority_id) & (Bay.id == model.bay_id)
    return lambda: (select(model.id, BAY_WORDS).join(Bay, there), model)


def _shift() -> tuple[Select, Any]:
    theirs = (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id)
    return select(Shift.id, Person.name).join(Person, theirs), Shift


CALLED: dict[str, Callable[[], tuple[Select, Any]]] = {
    "person": _plainly(Person.name),
    "key": _plainly(ApiKey.name),
    "zone": _plainly(Zone.name),
    "sensor": _plainly(Sensor.reference),
    "restriction": _plainly(RestrictionRow.name),
    "patrol": _plainly(Patrol.name),
    "provider": _plainly(RightsProvider.name),
    "bay": lambda: (select(Bay.id, BAY_WORDS), Bay),
    "task": _by_bay(Task),
    "suspension": _by_bay(SuspensionRow),
    "shift": _shift,
}
