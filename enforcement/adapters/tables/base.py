"""What every table has in common: an authority, composite keys, aware times, and the wall between tenants."""

from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from flask_sqlalchemy import SQLAlchemy
from shapely.geometry.base import BaseGeometry
from sqlalchemy import DateTime, ForeignKey, ForeignKeyConstraint, LargeBinary, MetaData, Text, event, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: DateTime(timezone=True),
            str: Text,
            dict[str, Any]: JSONB,
            list[str]: ARRAY(Text),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class Geometry(TypeDecorator[BaseGeometry]):
    """A shapely geometry in WGS84 (lon, lat), kept as WKB."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: BaseGeometry | None, dialect: Any) -> bytes | None:
        return None if value is None else shapely.to_wkb(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> BaseGeometry | None:
        return None if value is None else shapely.from_wkb(value)


class OfAuthority:
    """A row of one authority. Row-level security compares `authority_id` (see the first migration)."""

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authorities.id"), primary_key=True, sort_order=-9)


class Logged:
    """A row of a log: as `OfAuthority`, without the cost of a foreign key on every row."""

    authority_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-9)


class Owned(OfAuthority):
    """A row with an id that leaves the system: UUIDv7, so that ids sort by the time they were made."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-8)


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """A foreign key that can't cross authorities: (authority_id, column) → (authority_id, id)."""
    return ForeignKeyConstraint(["authority_id", column], [f"{table}.authority_id", f"{table}.id"])


def act_for(session: Session, authority_id: UUID) -> None:
    """Let `session` see the rows of this authority, and of no other, from its next transaction on.

    Without it a session sees no rows at all.
    """
    if session.in_transaction():
        raise RuntimeError("the authority is chosen before a transaction begins")
    session.info["authority_id"] = authority_id


@event.listens_for(Session, "after_begin")
def _name_the_authority(session: Session, transaction: Any, connection: Any) -> None:
    authority_id = session.info.get("authority_id")
    if authority_id is not None and not transaction.nested:
        connection.execute(
            text("SELECT set_config('openpatrol.authority', :id, true)"), {"id": str(authority_id)}
        )
