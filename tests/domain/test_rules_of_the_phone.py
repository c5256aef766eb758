"""What the phone says without a network is what the server will say: one rule in two languages."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.policy import Observation, StartRule
from enforcement.domain.refusals import Invalid
from enforcement.domain.sightings import (
    BRITISH,
    Case,
    Sighting,
    looks_british,
    missing_for_notice,
    normal_plate,
)

from ..web.node import FOLDER, node

LAWFUL = datetime(2026, 6, 29, 11, 11, tzinfo=UTC)
OLU, ANN = "Olu", "Ann"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask_phone() -> Iterator[Ask]:
    """One process of Node answers all the cases."""
    command = [node(), "--import", str(FOLDER / "setup.mjs"), str(FOLDER / "as-the-server.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as phone:
        assert phone.stdin
        assert phone.stdout
        stdin, stdout = phone.stdin, phone.stdout

        def ask(judge: str, **case: Any) -> Any:
            stdin.write(json.dumps({"judge": judge, **case}) + "\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield ask
        stdin.close()


minutes = st.integers(-90, 30) | st.sampled_from([-0.01, 0.01, 4.99])
hours = st.integers(1, 12)
looks = st.builds(
    Sighting,
    at=minutes.map(lambda each: LAWFUL + timedelta(minutes=each)),
    officer=st.sampled_from([OLU, OLU, OLU, ANN]),
    plate=st.sampled_from(["AB12CDE", "AB12CDE", "XY34ZZZ", None]),
    valve_positions=st.none() | st.sampled_from([(3, 9), (3, 9), (4, 9)]) | st.tuples(hours, hours),
)
cases = st.builds(
    Case,
    asked=st.builds(
        Observation, st.sampled_from([0, 0, 5, 10]), st.sampled_from([1, 2, 3]), st.sampled_from(StartRule)
    ),
    lawful_from=st.just(LAWFUL),
    counted_from=st.none() | minutes.map(lambda each: LAWFUL + timedelta(minutes=each)),
)


def millis(at: datetime | None) -> float | None:
    return at and at.timestamp() * 1000


@settings(max_examples=400, deadline=None)
@given(seen=st.lists(looks, max_size=5), case=cases)
def test_what_is_missing_before_a_notice_is_the_same_on_the_phone(
    ask_phone: Ask, seen: list[Sighting], case: Case
):
    told = [
        {
            "at": millis(look.at),
            "officer": look.officer,
            "plate": look.plate,
            "front": look.valve_positions and look.valve_positions[0],
            "rear": look.valve_positions and look.valve_positions[1],
        }
        for look in seen
    ]
    rule = {
        "sightings": case.asked.sightings,
        "minutes": case.asked.minutes,
        "startRule": case.asked.start_rule.value,
        "lawfulFrom": millis(case.lawful_from),
        "countedFrom": millis(case.counted_from),
    }
    said = ask_phone("evidence", looks=told, officer=OLU, rule=rule)
    assert said == missing_for_notice(seen, OLU, case)


@settings(max_examples=200, deadline=None)
@given(text=st.text("ABCDEÜéßß0123456789ＡＢ９ .·-–—\u00a0\u0301Ж🚗", max_size=12))
def test_a_plate_is_read_the_same_on_the_phone(ask_phone: Ask, text: str):
    try:
        plate = normal_plate(text)
    except Invalid:
        plate = None
    assert ask_phone("plate", text=text) == plate


@settings(max_examples=300, deadline=None)
@given(
    plate=st.from_regex(BRITISH, fullmatch=True)
    | st.from_regex(r"[A-Z]{0,3}[0-9]{0,4}[A-Z]{0,3}[0-9]{0,3}", fullmatch=True)
)
def test_a_plate_looks_british_on_the_phone_where_it_does_to_the_server(ask_phone: Ask, plate: str):
    assert ask_phone("british", plate=plate) == looks_british(plate)
