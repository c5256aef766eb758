"""What needs a supervisor, as they read it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from ..adapters.tables import Alert, ApiKey, Person
from .paging import Page, page


def alerts(session: Session, *, state: str = "open", cursor: UUID | None = None, limit: int = 50) -> Page:
    """What needs a supervisor, or needed one."""
    put_away = Alert.resolved_at.is_not(None)
    query = _alerts(session).where(put_away if state == "resolved" else ~put_away)
    rows, following = page(session, query, Alert.id, cursor, limit)
    return [_alert(*row) for row in rows], following


def alert(session: Session, alert_id: UUID) -> dict[str, Any]:
    """One alert, which is there."""
    return _alert(*session.execute(_alerts(session).where(Alert.id == alert_id)).one())


def _alerts(session: Session) -> Select:
    seer = aliased(Person)
    return (
        select(Alert, Person.name, seer.name, ApiKey.name)
        .outerjoin(Person, (Person.authority_id == Alert.authority_id) & (Person.id == Alert.officer_id))
        .outerjoin(seer, (seer.authority_id == Alert.authority_id) & (seer.id == Alert.acknowledged_by))
        .outerjoin(ApiKey, (ApiKey.authority_id == Alert.authority_id) & (ApiKey.id == Alert.subject_id))
        .where(Alert.authority_id == session.info["authority_id"])
    )


def _alert(alert: Alert, officer: str | None, seer: str | None, network: str | None) -> dict[str, Any]:
    at = {"lon": alert.lon, "lat": alert.lat, "accuracy_m": alert.accuracy_m, "at": alert.fix_at}
    return {
        **{column: getattr(alert, column) for column in ALERT_COLUMNS},
        "officer": {"id": alert.officer_id, "name": officer} if officer else None,
        "acknowledged_by": {"id": alert.acknowledged_by, "name": seer} if seer else None,
        "network": network,
        "position": at if alert.fix_at else None,
    }


ALERT_COLUMNS = (
    "id", "kind", "subject", "subject_id", "tasks", "facts", "raised_at", "again_at", "acknowledged_at", "cleared_at",
    "resolved_at",
)  # fmt: skip
