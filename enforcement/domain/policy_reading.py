"""Reading a policy's JSON: every value is checked, and every fault is collected with its place."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeVar

from .refusals import Invalid

Text = TypeVar("Text", str, str | None)


class Faults:
    """What is wrong with a document: `found` lists {"detail", "pointer"} (JSON Pointer, RFC 6901); and the
    `bounds` within which its numbers had to be: lowest, highest, and what is usual, by their place."""

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []
        self.bounds: dict[str, tuple[float, float, float]] = {}

    def add(self, pointer: str, detail: str) -> None:
        self.found.append({"detail": detail, "pointer": pointer})


class Reader:
    """One object of the document. A faulty member is noted, and its default is given instead."""

    def __init__(self, value: object, faults: Faults, pointer: str = "") -> None:
        self._faults, self._pointer = faults, pointer
        self._members: dict[str, Any] = value if isinstance(value, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(value, dict):
            faults.add(pointer, "must be an object")

    def number(self, name: str, default: float, low: float, high: float) -> float:
        self._faults.bounds[f"{self._pointer}/{name}"] = (low, high, default)
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(name, f"must be a number from {low:g} to {high:g}")
            return default
        return value

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        self._faults.bounds[f"{self._pointer}/{name}"] = (low, high, default)
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(name, f"must be a whole number from {low} to {high}")
            return default
        return value

    def maybe_whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or None where it is left out or null."""
        return None if self._take(name, None) is None else self.whole(name, low, low, high)

    def flag(self, name: str, default: bool) -> bool:
        value = self._take(name, default)
        if not isinstance(value, bool):
            self.fault(name, "must be true or false")
            return default
        return value

    def text(self, name: str, default: Text, check: Callable[[str], str] = str) -> Text:
        """A text; it must be there and not empty unless the default is None."""
        value = self._take(name, default)
        if value is None and default is None:
            return default
        if not isinstance(value, str) or not (value or default is None):
            self.fault(name, "must be a text" if name in self._members else "is missing")
            return default
        return self._checked(name, value, check)

    def choice(self, name: str, default: str, choices: Collection[str]) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or value not in choices:
            self.fault(name, f"must be one of {', '.join(choices)}")
            return default
        return value

    def texts(self, name: str, check: Callable[[str], str], default: Sequence[str] = ()) -> list[str]:
        if name not in self._members:
            self._asked.add(name)
            return list(default)
        taken: list[str] = []
        for index, value in enumerate(self._list(name)):
            if isinstance(value, str):
                taken.append(self._checked(f"{name}/{index}", value, check))
            else:
                self.fault(f"{name}/{index}", "must be a text")
        return taken

    def maybe_texts(self, name: str, check: Callable[[str], str]) -> list[str] | None:
        """Texts, or None where they are left out or null."""
        return None if self._take(name, None) is None else self.texts(name, check)

    def part(self, name: str) -> "Reader":
        return Reader(self._take(name, {}), self._faults, f"{self._pointer}/{name}")

    def parts(self, name: str) -> Iterator["Reader"]:
        for index, value in enumerate(self._list(name)):
            yield Reader(value, self._faults, f"{self._pointer}/{name}/{index}")

    def nothing_else(self, allowed: Collection[str] = ()) -> None:
        """Note every member that was neither asked for nor allowed."""
        for name in self._members:
            if name not in self._asked and name not in allowed:
                self.fault(str(name).replace("~", "~0").replace("/", "~1"), "is not a member of a policy")

    def fault(self, name: str, detail: str) -> None:
        """Note what is wrong with a member."""
        self._faults.add(f"{self._pointer}/{name}", detail)

    def _list(self, name: str) -> list[Any]:
        value = self._take(name, [])
        if isinstance(value, list):
            return value
        self.fault(name, "must be a list")
        return []

    def _take(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        return self._members.get(name, default)

    def _checked(self, name: str, value: str, check: Callable[[str], str]) -> str:
        try:
            return check(value)
        except Invalid as invalid:
            self.fault(name, invalid.detail)
            return value
