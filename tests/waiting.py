"""Steps that run into each other: one in a thread of its own, by now waiting for what the test holds."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def running(step: Callable[[], T], waits: Callable[[], bool]) -> Iterator[Future[T]]:
    """The step has begun; by now it is done, or it `waits`."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(step)
        until = monotonic() + 10
        while not future.done() and monotonic() < until and not waits():
            sleep(0.02)
        yield future
