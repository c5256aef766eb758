"""What tests of the whole database share."""

from collections.abc import Iterator

import pytest
from flask import Flask

from enforcement.adapters.embedded import EmbeddedPostgres

from ..builders import hash_quickly, new_council, standing_clock
from .databases import own_app
from .visits import Town


@pytest.fixture(scope="module")
def own(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A database in which nothing else lies: all of it is searched."""
    hash_quickly()
    with own_app(postgres, tmp_path_factory.mktemp("own")) as app:
        yield app


@pytest.fixture
def town(own: Flask) -> Iterator[Town]:
    with standing_clock(own) as clock:
        yield Town(new_council(own, clock))
