"""Partitions are made ahead and dropped when they are empty, and nobody's work has to end for it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import LiteralString

import psycopg
import pytest
from flask import Flask

from enforcement.adapters import partitions
from enforcement.adapters.tables import db

from ..waiting import running
from .databases import as_owner

IN_ITS_MONTH, AFTERWARDS = date(2020, 1, 10), date(2020, 2, 10)


@pytest.fixture
def owner(own: Flask) -> Iterator[psycopg.Connection]:
    with as_owner(own) as connection:
        yield connection


@pytest.fixture
def other(own: Flask) -> Iterator[psycopg.Connection]:
    with as_owner(own) as connection:
        yield connection


def names(owner: psycopg.Connection) -> set[str]:
    return {
        name
        for (name,) in owner.execute("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    }


def test_there_is_one_for_each_day_and_for_each_month_of_the_journal(owner: psycopg.Connection):
    before = names(owner)
    for _ in range(2):
        partitions.make(db.engine, date(2019, 1, 31), date(2019, 2, 1))
    assert names(owner) - before == {
        *("readings_p20190131", "readings_p20190201", "positions_p20190131", "positions_p20190201"),
        *("journal_p20190101", "journal_p20190201"),
    }


def test_old_ones_go_when_they_are_empty_and_only_then(owner: psycopg.Connection, other: psycopg.Connection):
    partitions.make(db.engine, date(2020, 1, 1), date(2020, 1, 2))
    owner.execute(
        "INSERT INTO positions (authority_id, at, shift_id, officer_id, received_at, lon, lat, accuracy_m)"
        " VALUES (gen_random_uuid(), '2020-01-01 12:00Z', gen_random_uuid(), gen_random_uuid(), now(), 0, 0, 5)"
    )
    with other.transaction():
        other.execute("SELECT FROM readings")
        partitions.drop(db.engine, IN_ITS_MONTH)
        assert "readings_p20200101" in names(owner), "somebody had to wait for it"
    partitions.drop(db.engine, IN_ITS_MONTH)
    assert {"positions_p20200101", "journal_p20200101"} <= names(owner)
    assert not {"positions_p20200102", "readings_p20200101"} & names(owner)
    partitions.drop(db.engine, AFTERWARDS)
    assert "positions_p20200101" in names(owner)
    assert "journal_p20200101" not in names(owner)


def test_a_new_one_does_not_make_readings_wait_for_a_backup(other: psycopg.Connection):
    day = date(2031, 1, 1)
    with other.transaction():
        other.execute("LOCK TABLE readings_default IN ACCESS SHARE MODE")
        with pytest.raises(Exception, match="lock timeout"):
            partitions.make(db.engine, day, day)
    partitions.make(db.engine, day, day)


# Whoever had written to one kind, and then read another, would wait in a circle with it and be ended.


def test_readings_are_free_while_one_of_another_kind_waits_to_be_made(
    owner: psycopg.Connection, other: psycopg.Connection
):
    day = date(2032, 1, 1)
    with other.transaction():
        other.execute("LOCK TABLE positions_default IN ACCESS SHARE MODE")
        with running(partial(partitions.make, db.engine, day, day), partial(somebody_waits, owner)):
            at_once(owner, "SELECT FROM readings")


def test_readings_are_free_while_one_of_another_kind_waits_to_be_dropped(
    owner: psycopg.Connection, other: psycopg.Connection
):
    partitions.make(db.engine, date(2020, 1, 3), date(2020, 1, 3))
    with other.transaction():
        other.execute("LOCK TABLE positions_p20200103 IN ACCESS SHARE MODE")
        with running(partial(partitions.drop, db.engine, AFTERWARDS), partial(somebody_waits, owner)):
            at_once(owner, "SELECT FROM readings")


def somebody_waits(owner: psycopg.Connection) -> bool:
    ours = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    return bool(owner.execute(f"SELECT FROM pg_locks WHERE NOT granted AND {ours}").rowcount)


def at_once(owner: psycopg.Connection, statement: LiteralString) -> None:
    owner.execute("SET lock_timeout = '100ms'")
    owner.execute(statement)
