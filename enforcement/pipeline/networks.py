"""Sensor networks: when each was last heard, how long they usually say nothing, and those that have gone quiet."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..adapters import arrays
from ..adapters.tables import ApiKey, NetworkGap
from ..domain import networks
from ..domain.networks import Gap
from ..domain.safety import AlertKind
from . import alerts
from .rules import Rules

FEEDS = "readings:write"
LONGEST_KEPT = timedelta(days=2)  # a gap that lasted longer says so of its last hours only

# The gap that ends now, told of every hour that it touched. Keys are locked in the order of their ids.
HEAR = """
    WITH known AS (
        SELECT id, heard_at FROM api_keys
        WHERE authority_id = %(authority_id)s AND id = ANY(%(ids)s::uuid[])
        ORDER BY id FOR NO KEY UPDATE
    ), heard AS (
        UPDATE api_keys k SET heard_at = %(now)s FROM known
        WHERE k.authority_id = %(authority_id)s AND k.id = known.id
          AND (known.heard_at IS NULL OR known.heard_at < %(now)s)
        RETURNING k.id, known.heard_at AS before
    )
    INSERT INTO network_gaps (authority_id, key_id, hour, seconds)
    SELECT %(authority_id)s, id, hour, extract(epoch FROM %(now)s - before)
    FROM heard, generate_series(
        date_trunc('hour', greatest(before, %(oldest)s), 'UTC'), %(now)s, interval '1 hour') AS hour
    WHERE before IS NOT NULL
    ON CONFLICT (authority_id, key_id, hour)
      DO UPDATE SET seconds = excluded.seconds WHERE network_gaps.seconds < excluded.seconds
"""


def hear(session: Session, keys: Collection[UUID], now: datetime) -> None:
    """Readings came in by these keys. Last in its transaction: others that bring some wait for its end."""
    session.connection().exec_driver_sql(
        HEAR,
        {
            "authority_id": session.info["authority_id"],
            "ids": arrays.uuids(keys),
            "now": now,
            "oldest": now - LONGEST_KEPT,
        },
    )


def look(session: Session, rules: Rules, since: datetime, now: datetime) -> int:
    """Tell of the networks that have gone quiet, once each time, and put away those that are heard again; how many
    there were of either.

    `since`: we listen since then without a break; silence before it may have been our own. A network that was never
    heard is not connected yet; one whose key was revoked is none any more.
    """
    ours = session.info["authority_id"]
    session.execute(
        delete(NetworkGap).where(
            NetworkGap.authority_id == ours, NetworkGap.hour < now - networks.LEARNT_FROM
        )
    )
    keys = session.scalars(
        select(ApiKey)
        .where(ApiKey.authority_id == ours, ApiKey.scopes.contains([FEEDS]), ApiKey.heard_at.is_not(None))
        .order_by(ApiKey.id)
    ).all()
    gaps = _gaps(session)
    return sum(_look_at(session, key, gaps[key.id], rules, since, now) for key in keys)


def _gaps(session: Session) -> dict[UUID, list[Gap]]:
    ours = select(NetworkGap).where(NetworkGap.authority_id == session.info["authority_id"])
    found: dict[UUID, list[Gap]] = defaultdict(list)
    for row in session.scalars(ours):
        found[row.key_id].append(Gap(row.hour, timedelta(seconds=row.seconds)))
    return found


def _look_at(
    session: Session, key: ApiKey, gaps: Sequence[Gap], rules: Rules, since: datetime, now: datetime
) -> bool:
    quiet = _is_quiet(key, gaps, rules, since, now)
    if quiet == (key.quiet_at is not None):
        return False
    if quiet:
        facts = {"heard_at": key.heard_at.isoformat() if key.heard_at else None}
        alerts.raise_alert(session, AlertKind.NETWORK_QUIET, "key", key.id, now, facts=facts)
    else:
        alerts.clear(session, AlertKind.NETWORK_QUIET, key.id, now, resolve=True)
    key.quiet_at = now if quiet else None
    return True


def _is_quiet(key: ApiKey, gaps: Sequence[Gap], rules: Rules, since: datetime, now: datetime) -> bool:
    if key.revoked_at or key.heard_at is None:
        return False
    if key.quiet_at and key.heard_at < key.quiet_at:
        return True  # until it is heard
    usual, listened = networks.usual(gaps, rules.zone), max(key.heard_at, since)
    return networks.is_quiet(listened, now, usual, rules.zone, rules.policy.network_patience)
