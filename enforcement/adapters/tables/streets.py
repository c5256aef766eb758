"""Streets as lines, for the map alone: bays name their street by themselves."""

from shapely.geometry.base import BaseGeometry
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Geometry, Owned, db


class StreetLine(Owned, db.Model):
    """A street's course. `source` is the list that it came with: the next file of that list replaces it."""

    __tablename__ = "streets"
    __table_args__ = (UniqueConstraint("authority_id", "source", "name"),)

    source: Mapped[str]
    name: Mapped[str]
    line: Mapped[BaseGeometry] = mapped_column(Geometry)
