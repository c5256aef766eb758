"""Things to do in order of time, taken from the front as they fall due."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


class Tape(Generic[T]):
    """`items` come in order of `due`; there may be no end of them."""

    def __init__(self, items: Iterator[T], due: Callable[[T], datetime]) -> None:
        self._items, self._due = items, due
        self._next = next(items, None)

    @property
    def next_due(self) -> datetime | None:
        """When the next one falls due, or None at the end."""
        return None if self._next is None else self._due(self._next)

    def take(self, now: datetime) -> list[T]:
        """All that is due by now, in order."""
        taken = []
        while self._next is not None and self._due(self._next) <= now:
            taken.append(self._next)
            self._next = next(self._items, None)
        return taken
