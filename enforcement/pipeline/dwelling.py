"""Beside the line: how long cars stay, learned every night from an authority's own stays.

An overstay ends when the sensor sees the car leave. One that was cut short (by the end of the controlled hours or
of a suspension, by a sensor that fell silent, or because the car is still there) counts for as long as it was seen.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Authority, Bay, DwellModel
from ..domain.dwell import BANDS, PRIOR, SHRINKAGE, Dwell, Stays, calibration, fit, traits_of
from .retention import Sessions

LOOK_BACK = timedelta(days=42)
LONGEST_STAY = timedelta(days=2)  # before its overstay began: older arrivals are not looked for
BAYS_AT_ONCE = 500
HELD_OUT = 0.2  # the latest stays, by which a model of those before is judged
MINUTES_AHEAD = 10.0


def refit(sessions: Sessions, now: datetime) -> Dwell:
    """Fit the authority's model to its stays of the last weeks, and keep it; until then the old one stands.

    `calibration` judges a model of the earlier stays by the later ones, which it has not seen.
    """
    with sessions() as session:
        stays = seen(session, now)
    model, judged = fit(stays), _judged(stays)
    learned = {"fitted_at": now, "model": _written(model), "calibration": judged}
    with sessions() as session:
        ours = session.info["authority_id"]
        row = insert(DwellModel).values(authority_id=ours, **learned)
        session.execute(row.on_conflict_do_update(index_elements=["authority_id"], set_=learned))
        journal.record(
            session, "authority.learned", ours, at=now, stays=model.stays, departures=model.departures
        )
    return model


def model_of(session: Session) -> Dwell:
    """The model of the authority that the session acts for: the prior until one was fitted."""
    ours = session.info["authority_id"]
    fitted_at = session.scalar(select(DwellModel.fitted_at).where(DwellModel.authority_id == ours))
    if fitted_at is None:
        return PRIOR
    known = _known.get(ours)
    if known is None or known[0] != fitted_at:
        at, written = session.execute(
            select(DwellModel.fitted_at, DwellModel.model).where(DwellModel.authority_id == ours)
        ).one()
        known = _known[ours] = (at, _read(written))
    return known[1]


def kept(session: Session) -> DwellModel | None:
    """What was fitted last, when, and how right it was; None if nothing was yet."""
    ours = session.info["authority_id"]
    return session.scalar(select(DwellModel).where(DwellModel.authority_id == ours))


_known: dict[UUID, tuple[datetime, Dwell]] = {}
"""By authority, the model that this process read last, and when it was fitted."""


def _judged(stays: Stays) -> dict[str, Any]:
    """How right a model of the earlier stays is about the later ones; they come in the order of their beginning."""
    later = np.arange(len(stays)) >= (1 - HELD_OUT) * len(stays)
    deciles = calibration(fit(stays.where(~later)), stays.where(later), MINUTES_AHEAD)
    told = [{"looks": d.looks, "predicted": d.predicted, "observed": d.observed} for d in deciles]
    return {"minutes_ahead": MINUTES_AHEAD, "stays": int(later.sum()), "deciles": told}


def _written(model: Dwell) -> dict[str, Any]:
    return {
        "bands": BANDS.tolist(),
        "rates": list(model.rates),
        "paces": model.paces,
        "stays": model.stays,
        "departures": model.departures,
    }


def _read(written: dict[str, Any]) -> Dwell:
    """A model of another version's bands is not ours to read: the prior, until the next night."""
    if written["bands"] != BANDS.tolist():
        return PRIOR
    return Dwell(tuple(written["rates"]), written["paces"], written["stays"], written["departures"])


def seen(session: Session, now: datetime) -> Stays:
    """The overstays of the last weeks, in the order of their beginning."""
    ours = session.info["authority_id"]
    zone = ZoneInfo(session.scalars(select(Authority.time_zone).where(Authority.id == ours)).one())
    bays = session.scalars(select(Bay.id).where(Bay.authority_id == ours)).all()
    found: list[Row[Any]] = []
    for first in range(0, len(bays), BAYS_AT_ONCE):
        some = bays[first : first + BAYS_AT_ONCE]
        since = now - LOOK_BACK
        asked = {"ours": ours, "bays": some, "since": since, "arrived": since - LONGEST_STAY, "now": now}
        found += session.execute(SEEN, asked)
    found.sort(key=lambda row: (row.overstay_from, row.bay))
    traits = [_traits(row, zone) for row in found]
    return Stays(
        np.array([row.minutes for row in found], dtype=float),
        np.array([row.gone for row in found], dtype=bool),
        {kind: np.array([each[kind] for each in traits], dtype=np.str_) for kind in SHRINKAGE},
    )


def _traits(row: Row[Any], zone: ZoneInfo) -> dict[str, str]:
    return traits_of(
        bay=str(row.bay),
        street=row.street,
        bay_class=row.bay_class,
        permitted_minutes=row.permitted_minutes,
        over_from=row.overstay_from.astimezone(zone),
    )


# A stay forgets an overstay that the end of the controlled hours cut short; its task does not. Whom a right
# covered was not over its time, and a clock that was started again tells nothing of the car before.
SEEN = text("""
    SELECT extract(epoch FROM e.ended - o.overstay_from)::float / 60 AS minutes,
           coalesce(s.departed_at <= e.ended, false) AS gone,
           o.overstay_from, b.id AS bay, b.street, r.bay_class, r.permitted_minutes
    FROM stays s
    JOIN LATERAL (
      SELECT s.overstay_from, s.lawful_until
      UNION
      SELECT t.overstay_from, t.lawful_until FROM tasks t
      WHERE t.authority_id = s.authority_id AND t.stay_id = s.id
        AND t.overstay_from IS DISTINCT FROM s.overstay_from
    ) o ON o.overstay_from >= greatest(s.counted_from, :since) AND o.overstay_from < :now
    JOIN bays b ON b.authority_id = s.authority_id AND b.id = s.bay_id
    JOIN bay_state here ON here.authority_id = b.authority_id AND here.bay_id = b.id
    JOIN bay_restrictions br ON br.authority_id = b.authority_id AND br.bay_id = b.id
      AND br.valid_from <= o.overstay_from AND (br.valid_to IS NULL OR br.valid_to > o.overstay_from)
    JOIN restrictions r ON r.authority_id = br.authority_id AND r.id = br.restriction_id
    JOIN LATERAL (
      SELECT least(coalesce(s.departed_at, least(:now, here.silent_at)), o.lawful_until,
        (SELECT min((j.facts ->> 'silent_since')::timestamptz) FROM journal j
         WHERE j.authority_id = b.authority_id AND j.subject_id = b.id AND j.kind = 'bay.unknown'
           AND j.at > o.overstay_from AND j.at <= coalesce(s.departed_at, :now))) AS ended
    ) e ON e.ended > o.overstay_from
    WHERE s.authority_id = :ours AND s.bay_id = ANY(:bays) AND s.arrived_at >= :arrived
      AND s.superseded_at IS NULL AND s.covered_by IS NULL
""")
