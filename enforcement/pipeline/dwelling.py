"""Beside the line: how long cars stay, learned every night from an authority's own stays."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Authority, DwellModel
from ..domain.dwell import BANDS, PRIOR, SHRINKAGE, Dwell, Stays, calibration, fit, traits_of
from .seen import overstays_seen
from .sessions import Sessions

LOOK_BACK = timedelta(days=42)
HELD_OUT = 0.2  # the latest stays, by which a model of those before is judged
MINUTES_AHEAD = 10.0
MINUTE = timedelta(minutes=1)


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
    found = overstays_seen(session, now - LOOK_BACK, now)
    traits = [_traits(row, zone) for row in found]
    return Stays(
        np.array([(row.ended - row.overstay_from) / MINUTE for row in found], dtype=float),
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
