"""What is asked of a provider, and how it says that it can't tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from ...domain.rights import Answer


@dataclass(frozen=True, slots=True)
class Question:
    """Is this plate covered at one of these places? Without a plate: is the place itself?

    `places` are in the provider's own words; none means everywhere. `plate` as `normal_plate` gives it.
    """

    at: datetime
    places: tuple[str, ...] = ()
    plate: str | None = None


class Unanswered(Exception):
    """No answer came that could be used. The reason follows the provider's name: "did not answer".

    `wait` is how long the provider asks to be left in peace.
    """

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


class Provider(Protocol):
    """Somebody who knows of permits or payments. `name` is the council's own name for it."""

    @property
    def name(self) -> str: ...

    def ask(self, question: Question) -> Answer:
        """Covered or none. Raises Unanswered for everything else."""

    def hang_up(self) -> None:
        """The question has been given up: whatever it waits for, it shall end."""
