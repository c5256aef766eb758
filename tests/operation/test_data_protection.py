"""What could be personal is on the data-protection page, column by column: a new one can't slip in."""

import re

import pytest
from sqlalchemy import Column, Double, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from enforcement.adapters.tables import Base
from enforcement.domain.policy import sample_policy_data
from routes.pages import ROOT

PAGE = (ROOT / "docs" / "data-protection.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", re.M)
ROWS = {table: (personal, other, goes) for table, personal, other, goes in ROW.findall(PAGE)}
MEMBERS = re.findall(r"^\| `(\w+_(?:days|years))` \| (\d+) \|", PAGE, re.M)


def could_be_personal(column: Column) -> bool:
    """Words, places, and ids of people. Times, numbers and other ids are as personal as their row."""
    of_people = column.name in ("officer_id", "person_id") or column.name.endswith("_by")
    return isinstance(column.type, Text | JSONB | ARRAY | Double) or (
        of_people and isinstance(column.type, Uuid)
    )


def columns(cell: str) -> set[str]:
    return set(re.findall(r"\w+", cell.replace("(hashed)", "").replace("(encrypted)", "")))


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_column_that_could_be_personal_is_told(table: str):
    assert table in ROWS, f"docs/data-protection.md has no row for {table}"
    personal, other, goes = ROWS[table]
    there = {column.name for column in Base.metadata.tables[table].c if could_be_personal(column)}
    assert columns(personal) | columns(other) == there, (
        "say in docs/data-protection.md whether it is personal"
    )
    assert not columns(personal) & columns(other)
    assert goes


def test_the_periods_are_those_of_the_sample_policy():
    retention = sample_policy_data("single-sighting")["retention"]
    assert {name: int(number) for name, number in MEMBERS} == retention
