"""What a file would change, item by item, before any of it is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..domain.refusals import Invalid, Refusal
from .imports import LONGEST_TEXT, Faulty, Imported

T = TypeVar("T")
PIECE = 1000  # items that one transaction takes: short enough that nobody waits
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """An item that can be taken: its place in the file (from 0), what it says, and what of that is news.

    `news` names what would change of something that is known; of a new one it is None.
    """

    index: int
    reference: str
    says: T
    news: tuple[str, ...] | None


@dataclass(slots=True)
class Differences(Generic[T]):
    """A file beside what is there."""

    items: list[Item[T]] = field(default_factory=list)
    refused: list[Faulty] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(item.news is None for item in self.items)

    @property
    def same(self) -> int:
        return sum(item.news == () for item in self.items)

    @property
    def changed(self) -> int:
        return len(self.items) - self.new - self.same

    @property
    def changes(self) -> list[Item[T]]:
        """The first of those that would change."""
        return [item for item in self.items if item.news][:MOST_SHOWN]

    @property
    def wanted(self) -> list[Item[T]]:
        """Those that are not the same as before."""
        return [item for item in self.items if item.news != ()]

    @property
    def imported(self) -> Imported:
        """What became of the file, once all of it was taken."""
        return Imported(self.new, len(self.items) - self.new, self.refused)


def differences(
    items: Sequence[Any], name: Callable[[Any], str], read: Callable[[Any], tuple[T, tuple[str, ...] | None]]
) -> Differences[T]:
    """Each item, read, or why it can't be: `read` answers what it says and its news, or raises a Refusal."""
    found: Differences[T] = Differences()
    seen: set[str] = set()
    for index, item in enumerate(items):
        called = name(item).strip()[:LONGEST_TEXT]
        try:
            if called in seen:
                raise Invalid(f"{called!r} stands more than once in this file")
            says, news = read(item)
        except Refusal as refusal:
            found.refused.append(Faulty(index, called, refusal.detail))
        else:
            seen.add(called)
            found.items.append(Item(index, called, says, news))
    return found


def pieces(items: Sequence[T], most: int = PIECE) -> Iterable[Sequence[T]]:
    return (items[first : first + most] for first in range(0, len(items), most))
