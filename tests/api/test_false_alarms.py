"""At which bays officers find nothing, as the desk is told."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from ..builders import Council

VISITS = """
    INSERT INTO tasks (authority_id, id, bay_id, stay_id, state, version, why, code, suffix, overstay_from,
                       lawful_from, sightings_needed, rights, priority, priority_reasons, offers, raised_at,
                       ended_at, outcome)
    SELECT :ours, gen_random_uuid(), :bay, :stay, 'closed', 1, '', '30', '', at - random() * interval '1 hour',
           at, 1, '', 0, '{}', 0, at, at, :outcome
    FROM (SELECT CAST(:now AS timestamptz) - CAST(:days AS int) * interval '1 day' - n * interval '1 minute' AS at
          FROM generate_series(1, :times) n) t
"""


def visited(council: Council, reference: str, outcome: str, times: int, days_ago: int = 1) -> None:
    """So many visits that ended so."""
    bay = council.supervisor.get(f"/bays?reference={reference}")["items"][0]["id"]
    with council.session() as session:
        stays = "SELECT id FROM stays WHERE authority_id = :ours AND bay_id = :bay"
        ours = {"ours": council.id, "bay": UUID(bay)}
        said = {"outcome": outcome, "times": times, "now": council.clock(), "days": days_ago}
        session.execute(text(VISITS), ours | said | {"stay": session.scalar(text(stays), ours)})
        session.commit()


@pytest.fixture
def town(council: Council) -> Council:
    for reference in ("GOOD", "BAD", "RARE"):
        council.bay(reference)
        council.reads((reference, "occupied", "08:00"))
    visited(council, "GOOD", "notice_served", 38)
    visited(council, "GOOD", "gone_on_arrival", 2)
    visited(council, "BAD", "advised_and_moved", 3)
    visited(council, "BAD", "bay_empty_sensor_wrong", 6)
    visited(council, "RARE", "gone_on_arrival", 4)
    return council


def told(council: Council, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = council.supervisor.get(f"/bays/false-alarms{query}")["items"]
    return items


def test_the_worst_bay_comes_first_with_its_interval_and_is_to_be_checked(town: Council):
    bad, good = told(town)
    assert (bad["reference"], bad["visits"], bad["in_vain"], bad["suspect"]) == ("BAD", 9, 6, True)
    assert (bad["low"], bad["share"], bad["high"]) == pytest.approx((0.354, 0.667, 0.879), abs=1e-3)
    assert (good["reference"], good["in_vain"], good["suspect"]) == ("GOOD", 2, False)


def test_what_says_nothing_of_the_car_and_what_is_long_past_is_not_counted(town: Council):
    visited(town, "BAD", "unsafe", 10)
    visited(town, "BAD", "notice_served", 50, days_ago=40)
    assert told(town, "?days=30")[0]["visits"] == 9
    assert told(town, "?days=60")[0]["visits"] == 59


def test_another_council_s_visits_count_for_nothing_here(town: Council, neighbour: Council):
    assert told(neighbour) == []
