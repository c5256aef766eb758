"""What a council has on record: its bays with sensors, their overstays on some days, and those of the weeks before.

An overstay counts from the moment at which a penalty could first be lawful, by the rules as they were recorded
then; before it there is nothing that an officer could do. It ends as `pipeline.seen` has it, or with
the last of the days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from ...adapters.tables import Authority, BayRestriction, RestrictionRow, StayRow
from ...domain.refusals import Refusal
from ...pipeline.dwelling import LOOK_BACK
from ...pipeline.rules import OF_RESTRICTION, rules_of
from ...pipeline.seen import LONGEST_STAY, overstays_seen
from ..dispatch.past import Past, PastOverstay
from ..points import Point
from .hours import SECOND, Day, Hours, controlled, days_of


class NothingToReplay(Refusal):
    """The days asked for can't be walked; the text says what there is."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bay and where it is."""

    bay: str
    street: str
    point: Point


@dataclass(frozen=True, slots=True)
class Overstay:
    """A car at a bay for which a penalty could be lawful from `begins`, seen until `ended`."""

    bay: str
    begins: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class History:
    """`days`: those on which anything is controlled, of all `asked_for`. `past` ends where they begin.

    `two_sightings`: the council's policy asks for more than one of some of what its bays allow.
    """

    council: str
    zone: str
    hours: Hours
    asked_for: int
    days: tuple[Day, ...]
    places: tuple[Place, ...]
    overstays: tuple[Overstay, ...]
    past: Past
    two_sightings: bool = False


def read_history(session: Session, first: date, last: date, hours: Hours, now: datetime) -> History:
    """The record of the authority that the session acts for. Raises NothingToReplay."""
    ours = session.scalars(select(Authority).where(Authority.id == session.info["authority_id"])).one()
    zone = ZoneInfo(ours.time_zone)
    today = now.astimezone(zone).date()
    if last > today or days_of(last, last, hours, zone)[0].ends > now:
        raise NothingToReplay(f"{last} is not over yet: only days that are can be replayed.")
    asked = days_of(first, last, hours, zone)
    rows = _pieces(overstays_seen(session, asked[0].begins - LONGEST_STAY, asked[-1].ends), asked)
    rules = rules_of(session, asked[0].begins)
    in_force = _in_force(session, asked[0].begins, asked[-1].ends)
    days = controlled(asked, [rules.restriction(row).hours for row in in_force]) if rows else []
    if not days:
        raise NothingToReplay(_what_is_there(session, first, last, hours, zone))
    midnight = days_of(first, first, Hours(0, hours.ends), zone)[0].begins
    return History(
        council=ours.name,
        zone=ours.time_zone,
        hours=hours,
        asked_for=len(asked),
        days=tuple(days),
        places=tuple(_places(session, asked[0].begins, asked[-1].ends, rows)),
        overstays=tuple(Overstay(str(row.bay), begins, ended) for row, begins, ended in rows),
        past=_past(overstays_seen(session, midnight - LOOK_BACK, midnight), zone),
        two_sightings=any(rules.policy.observation(row.code, row.suffix).sightings > 1 for row in in_force),
    )


Piece = tuple[Row[Any], datetime, datetime]


def _pieces(rows: Iterable[Row[Any]], days: Sequence[Day]) -> list[Piece]:
    """Overstays of which something falls into these days, from when they count until when they were seen."""
    found: list[Piece] = []
    for row in sorted(
        (row for row in rows if row.ended > _begins(row)), key=lambda row: (row.stay, _begins(row))
    ):
        begins, ended = _begins(row), row.ended
        if found and found[-1][0].stay == row.stay and begins <= found[-1][2]:
            begins, ended = found[-1][1], max(ended, found.pop()[2])  # its clock was set again
        found.append((row, begins, ended))
    return [each for each in found if any(each[1] < day.ends and each[2] > day.begins for day in days)]


def _begins(row: Row[Any]) -> datetime:
    begins: datetime = row.lawful_from or row.overstay_from
    return begins


def _in_force(session: Session, begins: datetime, ends: datetime) -> Sequence[RestrictionRow]:
    """All restrictions that were in force at some moment in between."""
    rows = session.scalars(
        select(RestrictionRow)
        .join(BayRestriction, OF_RESTRICTION)
        .where(
            RestrictionRow.authority_id == session.info["authority_id"],
            BayRestriction.valid_from < ends,
            (BayRestriction.valid_to.is_(None)) | (BayRestriction.valid_to > begins),
        )
        .distinct()
    )
    return rows.all()


def _places(session: Session, begins: datetime, ends: datetime, rows: Sequence[Piece]) -> list[Place]:
    """The bays that had a sensor then, or an overstay: nothing is known of others. In the order of their ids."""
    asked = {"ours": session.info["authority_id"], "begins": begins, "ends": ends}
    found = [*session.execute(WITH_SENSORS, asked), *(row for row, _, _ in rows)]
    bays = {str(row.bay): Place(str(row.bay), row.street, Point(row.lon, row.lat)) for row in found}
    return [bays[bay] for bay in sorted(bays)]


WITH_SENSORS = text("""
    SELECT b.id AS bay, b.street, b.lon, b.lat FROM bays b
    WHERE b.authority_id = :ours AND (b.retired_at IS NULL OR b.retired_at > :begins)
      AND EXISTS (SELECT FROM sensor_bays m WHERE m.authority_id = b.authority_id AND m.bay_id = b.id
                  AND m.valid_from < :ends AND (m.valid_to IS NULL OR m.valid_to > :begins))
""")


def _past(rows: Iterable[Row[Any]], zone: ZoneInfo) -> Past:
    """What was known on the eve: a car that was still there then was not seen to leave."""
    known = [_past_one(row, zone) for row in rows if row.ended > _begins(row)]
    return Past(tuple(sorted({each.day for each in known})), tuple(known))


def _past_one(row: Row[Any], zone: ZoneInfo) -> PastOverstay:
    local = _begins(row).astimezone(zone)
    over = local.hour * 3600 + local.minute * 60 + local.second
    return PastOverstay(local.date(), str(row.bay), over, over + (row.ended - local) // SECOND, row.gone)


def _what_is_there(session: Session, first: date, last: date, hours: Hours, zone: ZoneInfo) -> str:
    ours = StayRow.authority_id == session.info["authority_id"]
    there = select(func.min(StayRow.arrived_at), func.max(StayRow.arrived_at), func.count()).where(
        ours, StayRow.superseded_at.is_(None)
    )
    earliest, latest, stays = session.execute(there).one()
    nothing = f"No overstay is on record from {first} to {last} while officers are out ({hours.words})."
    if not stays:
        return f"{nothing} There are no stays on record at all."
    days = [at.astimezone(zone).date() for at in (earliest, latest)]
    return f"{nothing} There are {stays:,} stays on record, the first of {days[0]}, the last of {days[1]}."
