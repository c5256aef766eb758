"""The append-only record of every change. Ids and facts only: plates, notes and positions stay elsewhere."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from .base import Logged, db


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class JournalRow(Logged, db.Model):
    """One change. `xid` is the writing transaction: readers go by (xid, id), below the oldest one running."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_cursor", "authority_id", "xid", "id"),
        Index("ix_journal_subject", "authority_id", "subject_id", "id"),
        Index("ix_journal_acted", "authority_id", "at", "id", postgresql_where=text("actor IS NOT NULL")),
        Index("ix_journal_officer", "authority_id", "officer_id", "at", "id",
              postgresql_where=text("officer_id IS NOT NULL")),
        Index("ix_journal_about", "authority_id", "subject", "at", "id",
              postgresql_where=text("subject <> 'stay'")),
        Index("ix_journal_actor", "authority_id", "actor", "at", "id",
              postgresql_where=text("actor IS NOT NULL")),
        Index("ix_journal_kind", "authority_id", "kind", "at", "id",
              postgresql_where=text("kind NOT IN ('stay.began', 'stay.ended')")),
        {"postgresql_partition_by": "RANGE (at)"},
    )  # fmt: skip

    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
    kind: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    officer_id: Mapped[UUID | None]
    actor: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
