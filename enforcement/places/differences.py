"""What a file would change, item by item, before any of it is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from .imports import Faulty, Imported, all_or_nothing, each

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
    answers, refused = each(items, name, read)
    return Differences([Item(index, called, *answer) for index, called, answer in answers], refused)


def take_in(
    session: Session,
    found: Differences[T],
    take: Callable[[Sequence[Item[T]]], None],
    settle: Callable[[], object],
    *,
    strict: bool,
    most: int = PIECE,
) -> Imported:
    """Take what is not the same as before, a piece at a time, and `settle` after each. Raises AllOrNothing."""
    if strict:
        all_or_nothing(session, found.refused, len(found.items) + len(found.refused))
    for piece in pieces(found.wanted, most):
        take(piece)
        settle()
    return found.imported


def pieces(items: Sequence[T], most: int = PIECE) -> Iterable[Sequence[T]]:
    return (items[first : first + most] for first in range(0, len(items), most))
