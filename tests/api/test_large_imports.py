"""A file of a whole city with a fault in every hundredth line: all good ones are in, all faults are named, nothing is
half done. With THOROUGH it is 100,000 bays, as many as one file may hold."""

import os
from collections import Counter
from typing import Any

from sqlalchemy import func, select

from enforcement.adapters.tables import Bay, BayRestriction, BayState, ZoneBay

from ..builders import Council
from .test_imports import bay, collection, imports

BAYS = 100_000 if os.environ.get("THOROUGH") else 10_000
EVERY = 100
FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"hours": "never ever"}, "never ever"),
    ({"lat": 91}, "latitude beyond ±90°"),
    ({"permitted_minutes": -1}, "0 to a week"),
    ({"code": "00"}, "not a known contravention code"),
    ({"street": ""}, "street is missing"),
)


def city() -> bytes:
    """Along streets of a hundred bays; of every hundred the last is faulty, each time in another way."""
    return collection(*(bay(f"B{number}", **_said(number)) for number in range(BAYS)))


def _said(number: int) -> dict[str, Any]:
    place = {"lon": -0.12 + number % 1000 * 1e-5, "lat": 51.5 + number // 1000 * 1e-5}
    street = {"street": f"Street {number // 100}"}
    wrong, _ = FAULTS[number // EVERY % len(FAULTS)] if number % EVERY == EVERY - 1 else ({}, "")
    return place | street | wrong


def count(council: Council, table: Any) -> int:
    with council.session() as session:
        return (
            session.scalar(select(func.count()).select_from(table).where(table.authority_id == council.id))
            or 0
        )


def test_a_city_with_a_fault_in_every_hundredth_bay(council: Council):
    council.zone(lon=-0.12, lat=51.5, half=0.05)
    file = city()
    strict = council.supervisor.call("POST", "/import/bays?strict=true", data=file)
    assert (strict.status_code, len(strict.get_json()["refused"])) == (422, BAYS // EVERY)
    assert count(council, Bay) == 0

    said = imports(council, "bays", file)
    good = BAYS - BAYS // EVERY
    assert (said["taken"], said["updated"]) == (good, 0)
    assert [fault["index"] for fault in said["refused"]] == list(range(EVERY - 1, BAYS, EVERY))
    assert [fault["reference"] for fault in said["refused"]] == [
        f"B{n}" for n in range(EVERY - 1, BAYS, EVERY)
    ]
    for fault in said["refused"]:
        assert FAULTS[fault["index"] // EVERY % len(FAULTS)][1] in fault["detail"]
    whole = [count(council, table) for table in (Bay, BayRestriction, BayState, ZoneBay)]
    assert Counter(whole) == {good: 4}

    again = imports(council, "bays", file)
    assert (again["taken"], again["updated"], again["refused"]) == (0, good, said["refused"])
    assert [count(council, table) for table in (Bay, BayRestriction)] == [good, good]
