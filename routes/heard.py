"""Which networks this process has heard lately: that is written down now and then, not with each reading."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID


class Heard:
    """Keys by which readings came, and when that was last written down: once in `every`."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._noted: dict[UUID, datetime] = {}

    def anew(self, keys: Collection[UUID], now: datetime) -> list[UUID]:
        """Those of which it is to be written down again."""
        return [key for key in keys if not self._noted_lately(key, now)]

    def _noted_lately(self, key: UUID, now: datetime) -> bool:
        noted = self._noted.get(key)
        return noted is not None and noted <= now < noted + self._every

    def note(self, keys: Collection[UUID], now: datetime) -> None:
        """It is written down, and committed."""
        self._noted.update(dict.fromkeys(keys, now))
