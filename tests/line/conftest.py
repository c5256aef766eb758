"""A town with one bay, and what tests of the line look at behind the API."""

from collections.abc import Iterator

import argon2
import pytest

from enforcement import people

from ..builders import Council, Officer
from .scenes import Town


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The same hashing at its least cost: these tests sign in hundreds of times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "hasher", argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def town(council: Council) -> Town:
    """A council with one zone and in it one two-hour bay, B1."""
    return Town(council)


@pytest.fixture
def officer(town: Town) -> Officer:
    """An officer on duty at the bay."""
    return town.on_duty(town.centre)
