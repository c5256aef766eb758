"""Work that several requests bring at the same moment, done in one go by one of them."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True, eq=False)
class _Brought(Generic[T, R]):
    """What one thread brought, and what became of it. `woken` when that is known, or it is this one's turn."""

    work: T
    woken: Event = field(default_factory=Event)
    done: bool = False
    result: R | None = None
    fault: BaseException | None = None

    def answer(self) -> R:
        if self.fault is not None:
            raise self.fault
        return self.result  # type: ignore[return-value]


class Together(Generic[T, R]):
    """Threads that bring work for the same subject share one call of `do`, which answers in their order.

    Who finds nobody at work begins at once; those who come meanwhile wait, and then the first of them does
    all that has gathered. Nobody waits for company. Where a call fails, each is done alone, so that what one
    brought fails nobody else; a fault of a kind that is `nobodys` own is told to all of them instead.
    """

    def __init__(
        self, do: Callable[[Sequence[T]], Sequence[R]], nobodys: tuple[type[Exception], ...]
    ) -> None:
        self._do, self._nobodys = do, nobodys
        self._lock = Lock()
        # By subject, while somebody is at work on it.
        self._gathered: dict[Hashable, list[_Brought[T, R]]] = {}

    def __call__(self, subject: Hashable, work: T) -> R:
        mine = _Brought[T, R](work)
        with self._lock:
            at_work = subject in self._gathered
            self._gathered.setdefault(subject, []).append(mine)
        if at_work:
            mine.woken.wait()
        if not mine.done:
            self._work_off(subject)
        return mine.answer()

    def _work_off(self, subject: Hashable) -> None:
        with self._lock:
            group, self._gathered[subject] = self._gathered[subject], []
        self._settle(group)
        with self._lock:
            following = self._gathered[subject][:1] or self._gathered.pop(subject)
        for each in (*group, *following):
            each.woken.set()

    def _settle(self, group: Sequence[_Brought[T, R]]) -> None:
        try:
            for each, result in zip(group, self._do([each.work for each in group]), strict=True):
                each.result = result
        except BaseException as fault:
            self._apart(group, fault)
        for each in group:
            each.done = True

    def _apart(self, group: Sequence[_Brought[T, R]], fault: BaseException) -> None:
        for each in group:
            if len(group) == 1 or isinstance(fault, self._nobodys):
                each.fault = fault
            else:
                self._settle([each])
