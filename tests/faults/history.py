"""What was done to a stack, and when: told when something is found to be wrong."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any

LAST = 400  # entries that a person may still read


class History:
    """Notes in order of time. The seed makes the same choices again; the moments are the machine's own."""

    def __init__(self, seed: int, tell: Callable[[str], None] = lambda words: None) -> None:
        self.seed, self._tell = seed, tell
        self.faults: list[str] = []
        self._began = time.monotonic()
        self._notes: deque[str] = deque(maxlen=LAST)
        self._lock = Lock()

    def begin(self) -> None:
        """From now on the time is counted."""
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def note(self, what: str, **facts: Any) -> None:
        words = " ".join(f"{name}={value}" for name, value in facts.items())
        with self._lock:
            self._notes.append(f"{self.seconds:8.2f}  {what} {words}".rstrip())

    def fault(self, what: str) -> None:
        """Something that must never be."""
        self.note(f"WRONG: {what}")
        with self._lock:
            if what in self.faults:
                return
            self.faults.append(what)
        self._tell(f"WRONG: {what}")

    def __str__(self) -> str:
        with self._lock:
            told = "\n".join(self._notes)
        return f"seed {self.seed} (FAULT_SEED={self.seed} chooses the same again)\n{told}"
