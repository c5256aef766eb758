"""What all reports ask for: bays, a period, and what counts as an overstay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Result, TextClause, text
from sqlalchemy.orm import Session

from ...domain.reports import FALSE_ALARMS, NO_OVERSTAY, Period

LONGEST_STAY = timedelta(days=2)  # before its overstay begins, and after it came: others are not looked for


# Compiling costs more than it saves, and a million stays are not to be sorted on disk: until the transaction ends.
LARGE = text("SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, as far as it has gone by `now`; of one zone, or of all of the council."""

    period: Period
    zone_id: UUID | None
    now: datetime

    def run(self, session: Session, statement: TextClause, **more: Any) -> Result[Any]:
        """What a statement of these modules answers."""
        session.execute(LARGE)
        return session.execute(statement, self._values(session) | more)

    def _values(self, session: Session) -> dict[str, Any]:
        return {
            "ours": session.info["authority_id"],
            "zone": self.zone_id,
            "begins": self.period.begins,
            "ends": self.period.ends,
            "since": self.period.begins - LONGEST_STAY,
            "until": self.period.ends + LONGEST_STAY,
            "time_zone": self.period.zone.key,
            "now": self.now,
            "false_alarms": [outcome.value for outcome in FALSE_ALARMS],
            "no_overstay": [outcome.value for outcome in NO_OVERSTAY],
        }


# All bays that there ever were, or those in a zone.
HERE = """
    here AS (
      SELECT b.id, b.street FROM bays b
      WHERE b.authority_id = :ours AND (cast(:zone AS uuid) IS NULL OR EXISTS (
        SELECT FROM zone_bays z WHERE z.authority_id = b.authority_id AND z.bay_id = b.id AND z.zone_id = :zone))
    )
"""
