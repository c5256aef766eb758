"""One stack of real processes for the tests of this folder, on a database of its own that keeps its promises."""

import os
from collections.abc import Iterator
from random import Random

import pytest

from enforcement.config import Clock
from enforcement.simulation.stack import Stack

from .borough import SETTINGS
from .history import History
from .saboteur import Saboteur


@pytest.fixture(scope="session")
def seed() -> int:
    """Chooses what is killed, and when."""
    return int(os.environ.get("FAULT_SEED", "1"))


@pytest.fixture(scope="package")
def running() -> Iterator[Stack]:
    """Two web servers and two workers. Their database is theirs alone, for it is killed too. They end with this
    folder's tests: at rest each worker takes a tenth of a processor."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            environment.delenv(name, raising=False)
        with Stack(SETTINGS, webs=2, workers=2) as stack:
            stack.serve(Clock())
            yield stack


@pytest.fixture
def history(seed: int) -> History:
    return History(seed)


@pytest.fixture
def saboteur(running: Stack, seed: int, history: History) -> Saboteur:
    """Who kills what a test names."""
    return Saboteur(running, Random(seed), history, (0.0, 0.0))


@pytest.fixture
def stack(running: Stack, saboteur: Saboteur) -> Iterator[Stack]:
    """The stack, whole again before the test and after it."""
    saboteur.recover()
    yield running
    saboteur.recover()
