"""What the trade says no to. Each refusal is named here and becomes an HTTP status in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self


class Refusal(Exception):
    """A request that the rules turn down.

    `status` and `type` are those of the problem document (RFC 9457) that a client receives;
    `extra` are further members of that document, such as the task as it is now.
    """

    status = 422
    type = "refused"
    title = "That can't be done"

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra


class NotFound(Refusal):
    """Not there, or another authority's: the answer is the same."""

    status, type, title = 404, "not-found", "Not found"


class Invalid(Refusal):
    """A value that can't be right; `extra["errors"]` lists each one as {"pointer", "detail"} (RFC 6901)."""

    status, type, title = 422, "invalid", "Some values can't be used"

    @classmethod
    def at(cls, pointer: str, words: str) -> Self:
        """The one value that this JSON Pointer names."""
        return cls(words, errors=[{"pointer": pointer, "detail": words}])


class Conflict(Refusal):
    """It clashes with what is already there."""

    status, type, title = 409, "conflict", "That clashes with what is there"


class Stale(Conflict):
    """Somebody else changed it since it was seen, and nothing was overwritten; `version` is the one of now."""

    type, title = "stale", "It has changed meanwhile"


class StaleTask(Conflict):
    """The task changed since the phone last saw it; the answer carries it as it is now."""

    type, title = "stale-task", "The task has changed"


class Forbidden(Refusal):
    """Signed in, but not for this."""

    status, type, title = 403, "forbidden", "Not yours to do"


@contextmanager
def about(pointer: str) -> Iterator[None]:
    """What is refused as Invalid in here is wrong with this member of what was sent."""
    try:
        yield
    except Invalid as refusal:
        errors = refusal.extra.get("errors") or [{"pointer": "", "detail": refusal.detail}]
        refusal.extra["errors"] = [{**error, "pointer": pointer + error["pointer"]} for error in errors]
        raise
