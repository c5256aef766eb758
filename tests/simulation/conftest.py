"""A server for the stacks that tests start: the one that all tests share, which is there already."""

from collections.abc import Iterator

import pytest

from enforcement.adapters.embedded import EmbeddedPostgres


@pytest.fixture(scope="module")
def database_server(postgres: EmbeddedPostgres) -> Iterator[None]:
    """Named in the environment, as a benchmark or CI would name one."""
    postgres.ensure_database("stacks")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", postgres.app_url("stacks"))
        environment.setenv("DATABASE_OWNER_URL", postgres.owner_url("stacks"))
        yield
