"""Places that are no bay: where a standing patrol stands, where an officer found a car."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from ..adapters.tables import Bay
from ..domain.refusals import NotFound
from .zones import find_zones, in_turn


def add(session: Session, place: Mapping[str, Any], now: datetime) -> Bay:
    """A new spot: `street`, `at` (where in it, in words), `lon`, `lat`; known to the zones around it."""
    ours = session.info["authority_id"]
    # The second of two who name a place at the same moment sees what the first has called it.
    in_turn(session)
    taken = session.scalars(
        select(Bay.reference).where(
            Bay.authority_id == ours, Bay.reference.startswith(place["at"], autoescape=True)
        )
    ).all()
    spot = Bay(
        authority_id=ours,
        id=uuid7(),
        reference=_free(place["at"], taken),
        street=place["street"],
        lon=place["lon"],
        lat=place["lat"],
        spot=True,
        created_at=now,
    )
    session.add(spot)
    session.flush()
    find_zones(session, [spot])
    return spot


def where_found(session: Session, said: Mapping[str, Any], now: datetime) -> Bay:
    """The bay at which an officer found a car (also one out of use), or a spot for this one case. Raises NotFound."""
    if said.get("bay_id"):
        bay = session.get(Bay, (session.info["authority_id"], said["bay_id"]))
        if bay is None or bay.spot:
            raise NotFound(f"There is no bay {said['bay_id']}.")
        return bay
    spot = add(session, said["place"] | {"at": said["place"]["where"]}, now)
    spot.retired_at = now  # nothing else is ever asked for there
    return spot


def _free(wanted: str, taken: Sequence[str]) -> str:
    """The reference, with a number if others have it: a town has many school gates."""
    if wanted not in taken:
        return wanted
    return next(other for n in range(2, len(taken) + 3) if (other := f"{wanted} {n}") not in taken)


def forget(session: Session) -> int:
    """A place in an officer's words goes with the last case that was found there; how many went."""
    gone: int = session.execute(FORGET_SPOTS, {"ours": session.info["authority_id"]}).scalar_one()
    return gone


FORGET_SPOTS = text("""
    WITH nobodys AS (
      SELECT id FROM bays b WHERE b.authority_id = :ours AND b.spot AND b.retired_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM tasks t WHERE t.authority_id = b.authority_id AND t.bay_id = b.id)
        AND NOT EXISTS (SELECT FROM patrols p WHERE p.authority_id = b.authority_id AND p.bay_id = b.id)
    ), out_of_zones AS (
      DELETE FROM zone_bays z USING nobodys n WHERE z.authority_id = :ours AND z.bay_id = n.id
    ), gone AS (
      DELETE FROM bays b USING nobodys n WHERE b.authority_id = :ours AND b.id = n.id RETURNING 1
    )
    SELECT count(*) FROM gone
""")
