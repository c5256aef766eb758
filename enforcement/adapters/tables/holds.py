"""Legal holds: what must not be erased, whatever its age."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from .base import Owned, db, refers


class Hold(Owned, db.Model):
    """A case that is kept until the hold is lifted: an appeal, a claim, a request of a court."""

    __tablename__ = "holds"
    __table_args__ = (
        refers("task_id", "tasks"),
        refers("placed_by", "people"),
        refers("lifted_by", "people"),
        Index("uq_holds_standing", "authority_id", "task_id", unique=True,
              postgresql_where=text("lifted_at IS NULL")),
    )  # fmt: skip

    task_id: Mapped[UUID]
    reason: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by: Mapped[UUID]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]
