"""A town with one bay, and what tests of the line look at behind the API."""

import pytest

from ..builders import Council, Officer
from .scenes import Town


@pytest.fixture
def town(council: Council) -> Town:
    """A council with one zone and in it one two-hour bay, B1."""
    return Town(council)


@pytest.fixture
def officer(town: Town) -> Officer:
    """An officer on duty at the bay."""
    return town.on_duty(town.centre)
