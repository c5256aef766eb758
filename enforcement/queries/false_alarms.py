"""At which bays officers find nothing, though a sensor sent them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Task
from ..domain.false_alarms import COUNTED, FALSE_ALARMS, worst_first

MOST = 200


def false_alarms(session: Session, days: int, now: datetime) -> list[dict[str, Any]]:
    """Of visits to cars that sensors reported, in so many days: the worst bays first, those with enough visits."""
    ours = session.info["authority_id"]
    in_vain = func.count().filter(Task.outcome.in_([each.value for each in FALSE_ALARMS]))
    counts = session.execute(
        select(Task.bay_id, func.count(), in_vain)
        .where(
            Task.authority_id == ours,
            Task.stay_id.is_not(None),
            ~Task.found,
            Task.outcome.in_([each.value for each in COUNTED]),
            Task.ended_at > now - timedelta(days=days),
        )
        .group_by(Task.bay_id)
    )
    counted = ((bay_id, visits, vain) for bay_id, visits, vain in counts)
    worst = [each for each in worst_first(counted) if each.in_vain][:MOST]
    bays = {
        bay.id: bay
        for bay in session.scalars(
            select(Bay).where(
                Bay.authority_id == ours,
                Bay.id.in_([each.bay_id for each in worst]),
                Bay.retired_at.is_(None),
            )
        )
    }
    return [
        asdict(each) | {"reference": bay.reference, "street": bay.street, "paused_at": bay.paused_at}
        for each in worst
        if (bay := bays.get(each.bay_id))
    ]
