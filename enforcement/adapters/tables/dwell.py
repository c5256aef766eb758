"""What an authority's own stays have shown of how long cars stay."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped

from .base import OfAuthority, db


class DwellModel(OfAuthority, db.Model):
    """The model that planning uses until the next one is fitted, and how right one like it was about later stays.

    `calibration`: `minutes_ahead`, and by decile the number of `looks` and the shares `predicted` and
    `observed`. See `domain.dwell`.
    """

    __tablename__ = "dwell_models"

    fitted_at: Mapped[datetime]
    model: Mapped[dict[str, Any]]
    calibration: Mapped[dict[str, Any]]
