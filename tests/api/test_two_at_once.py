"""Two people change one thing: who comes second is told, and nothing is overwritten."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from ..builders import Council
from ..line.scenes import at_once
from .walk import patrol


def a_bay(council: Council) -> str:
    return f"/bays/{council.bay('B1', sensor=False)['id']}"


def a_person(council: Council) -> str:
    return f"/people/{council.person('officer')[0]}"


def a_suspension(council: Council) -> str:
    span = {"starts_at": "2026-06-29T12:00:00Z", "ends_at": "2026-06-29T18:00:00Z"}
    body = {"bay_id": council.bay("B1", sensor=False)["id"], "why": "Filming", **span}
    return f"/suspensions/{council.supervisor.post('/suspensions', body, 201)['id']}"


def a_patrol(council: Council) -> str:
    council.zone()
    return f"/patrols/{council.supervisor.post('/patrols', patrol(uuid4().hex), 201)['id']}"


def a_note(council: Council) -> str:
    note = {"text": "Ice on the bridge", "hazard": True}
    return f"/briefing-notes/{council.supervisor.post('/briefing-notes', note, 201)['id']}"


THINGS = {
    "bay": (a_bay, {"street": "First Street"}, {"street": "Second Street"}),
    "person": (a_person, {"name": "Ann"}, {"name": "Bea"}),
    "suspension": (a_suspension, {"why": "A film"}, {"why": "A play"}),
    "patrol": (a_patrol, {"minutes": 15}, {"minutes": 20}),
    "note": (a_note, {"last_day": "2026-07-30"}, {"last_day": "2026-07-31"}),
}


@pytest.mark.parametrize(("make", "first", "second"), THINGS.values(), ids=THINGS)
def test_the_second_is_told_and_nothing_is_overwritten(
    council: Council, make: Callable[[Council], str], first: dict[str, Any], second: dict[str, Any]
):
    path, who = make(council), council.administrator
    seen = who.patch(path, first)["version"]
    mine = who.patch(path, {**first, "version": seen}, 200)
    assert mine["version"] == seen + 1
    refused = who.call("PATCH", path, {**second, "version": seen})
    assert (refused.status_code, refused.get_json()["version"]) == (409, seen + 1)
    assert refused.get_json()["type"].endswith("/stale")
    assert who.patch(path, {**first, "version": seen + 1}, 200) == {**mine, "version": seen + 2}
    assert who.patch(path, second, 200)["version"] == seen + 3  # who names none takes it as it is


@pytest.mark.parametrize(("make", "first", "second"), THINGS.values(), ids=THINGS)
def test_a_version_alone_changes_nothing(
    council: Council, make: Callable[[Council], str], first: dict[str, Any], second: dict[str, Any]
):
    council.administrator.patch(make(council), {"version": 1}, 422)


def test_a_bay_that_an_import_changed_is_not_overwritten_either(council: Council):
    path = a_bay(council)
    bay = council.supervisor.get(path)
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [bay["lon"], bay["lat"]]},
        "properties": {"reference": "B1", "street": "From the file"},
    }
    file = {"type": "FeatureCollection", "features": [feature]}
    council.supervisor.post("/import/bays", file)
    council.supervisor.patch(path, {"street": "Typed", "version": bay["version"]}, 409)
    assert council.supervisor.get(path)["street"] == "From the file"


@pytest.mark.parametrize(("make", "first", "second"), THINGS.values(), ids=THINGS)
def test_of_two_at_the_same_moment_one_is_told(
    council: Council, make: Callable[[Council], str], first: dict[str, Any], second: dict[str, Any]
):
    path, callers = make(council), [council.person("administrator")[1] for _ in range(2)]
    seen = callers[0].patch(path, first)["version"]
    for turn in range(4):
        answers = at_once(
            council.app,
            *(
                partial(who.call, "PATCH", path, {**body, "version": seen + turn})
                for who, body in zip(callers, (first, second), strict=True)
            ),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
