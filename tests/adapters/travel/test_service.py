"""Walks as a routing service tells them, and the straight line whenever it does not."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic

import numpy as np
import pytest

from enforcement.adapters.travel import StraightLine
from enforcement.adapters.travel.formats import FORMATS
from enforcement.adapters.travel.memory import Memory
from enforcement.adapters.travel.service import LARGEST_ANSWER, RoutingService
from enforcement.adapters.travel.walks import ServiceAddress, Walks, opened, travel_of
from enforcement.config import TravelSetting
from enforcement.domain.breaker import FAULTS_IN_A_ROW, REST

from .routing_server import TWICE, RoutingServer
from .streets import places

HERE, THERE = places((0, 0), (300, 40)), places((900, 0), (0, 700), (500, 500))
LINE = StraightLine()
AMPLE = 20.0


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=sorted(FORMATS))
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def server() -> Iterator[RoutingServer]:
    with RoutingServer() as server:
        yield server


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def service(server: RoutingServer, kind: str, watch: Watch) -> RoutingService:
    return RoutingService(FORMATS[kind], server.url, watch)


def asked(service: RoutingService, here=HERE, there=THERE, seconds: float = AMPLE):
    return service.tables(here, there, monotonic() + seconds)


def test_it_tells_seconds_and_metres_of_every_walk(service: RoutingService):
    told = asked(service)
    assert told.fault is None
    assert told.known.all()
    expected = TWICE.metres(HERE, THERE)
    assert told.metres == pytest.approx(expected, abs=20)  # officers' places are rounded to ten metres
    assert told.seconds == pytest.approx(expected, abs=20)


def test_what_it_told_is_not_asked_again_nor_for_an_officer_who_stands_still(
    service: RoutingService, server: RoutingServer
):
    first = asked(service)
    jitter = np.round(HERE, 4) + 0.00003
    again = asked(service, jitter, THERE[::-1])
    assert len(server.asked) == 1
    assert (again.metres == first.metres[:, ::-1]).all()


def test_only_what_is_new_is_asked(service: RoutingService, server: RoutingServer):
    asked(service)
    new = places((100, 100))
    asked(service, HERE, np.concatenate([THERE, new]))
    (_, targets) = server.asked[1]
    assert targets == [pytest.approx(new[0].tolist(), abs=1e-5)]


def test_officers_places_go_out_no_finer_than_ten_metres(service: RoutingService, server: RoutingServer):
    asked(service)
    assert all(round(each, 4) == each for place in server.asked[0][0] for each in place)


def test_a_big_table_is_asked_in_parts_and_put_together(service: RoutingService, server: RoutingServer):
    rng = np.random.default_rng(4)
    here, there = places(*rng.uniform(-2000, 2000, (45, 2))), places(*rng.uniform(-2000, 2000, (170, 2)))
    told = asked(service, here, there)
    assert told.known.all()
    assert told.metres == pytest.approx(TWICE.metres(here, there), abs=25)
    assert len(server.asked) == 3 * 3


def test_where_it_knows_no_way_there_is_none(service: RoutingService, server: RoutingServer, kind: str):
    lon, lat = np.round(THERE[1], 5).tolist()
    server.no_way = (lon, lat)
    told = asked(service)
    assert told.known.all()
    assert np.isinf(told.seconds[:, 1]).all()
    assert np.isinf(told.metres[:, 1]).all()
    assert np.isfinite(told.seconds[:, [0, 2]]).all()
    walks = Walks(ServiceAddress(kind, server.url))
    assert np.isinf(walks.seconds(HERE, THERE)[:, 1]).all()


def nothing_known(told, words: str) -> None:
    assert not told.known.any()
    assert np.isinf(told.seconds).all()
    assert words in told.fault


def cut(told):
    """A row is missing."""
    return {
        name: value[:1] if name in ("durations", "distances", "sources_to_targets") else value
        for name, value in told.items()
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda told: b"<html>welcome</html>", "another shape"),
        (lambda told: b"", "another shape"),
        (lambda told: b"[" * 100_000, "another shape"),
        (lambda told: {"code": "NoTable", "error": "No path could be found for input"}, "another shape"),
        (lambda told: {**told, "durations": [[-1.0] * 3] * 2, "sources_to_targets": [[{}]]}, "another shape"),
        (lambda told: {**told, "durations": [[1], [1, 2, 3]], "sources_to_targets": [[], [{}]]}, "another shape"),
        (lambda told: {**told, "durations": [["1"] * 3] * 2, "units": "miles"}, "another shape"),
        (cut, "a table of another size"),
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_none(service: RoutingService, server: RoutingServer, change, words):
    server.change = change
    nothing_known(asked(service), words)


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
def test_an_error_is_no_answer_and_a_redirect_is_not_followed(
    service: RoutingService, server: RoutingServer, status: int
):
    server.status, server.headers = status, {"Location": f"{server.url}/table/v1/foot/elsewhere"}
    nothing_known(asked(service), f"answered with the status {status}")
    assert len(server.asked) == 1


def test_too_much_is_not_read(service: RoutingService, server: RoutingServer):
    server.pad = b" " * LARGEST_ANSWER
    nothing_known(asked(service), "answered with too much")


def test_the_times_of_cars_are_not_taken_for_walks(service: RoutingService, server: RoutingServer):
    server.speed = 30 / 3.6
    nothing_known(asked(service), "does not answer for walking")


def test_a_place_off_its_map_is_not_next_door(service: RoutingService, server: RoutingServer):
    """A service takes each place to its nearest street, however far that is."""
    server.walks = lambda sources, targets: (np.zeros((len(sources), len(targets))),) * 2
    told = asked(service, HERE, np.concatenate([THERE, places((0, 30_000))]))
    assert not told.known[:, 3].any()
    assert "walks that can't be" in told.fault


def test_nobody_waits_for_a_slow_one(service: RoutingService, server: RoutingServer):
    server.hold()
    began = monotonic()
    nothing_known(asked(service, seconds=0.2), "did not answer")
    assert monotonic() - began < AMPLE / 2


def test_nor_for_one_that_answers_in_drips(service: RoutingService, server: RoutingServer):
    server.drip = True
    began = monotonic()
    nothing_known(asked(service, seconds=0.3), "did not answer")
    assert monotonic() - began < AMPLE / 2


def test_one_that_is_down_leaves_the_straight_line_and_says_so(kind: str):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        walks = travel_of(TravelSetting(kind, url))()
        assert (walks.seconds(HERE, THERE) == LINE.seconds(HERE, THERE)).all()
        assert (walks.metres(HERE, THERE) == LINE.metres(HERE, THERE)).all()
    assert (walks.by, walks.fault) == ("service", "the routing service did not answer")


def test_after_some_faults_in_a_row_it_is_left_in_peace_and_tried_again_later(
    service: RoutingService, server: RoutingServer, watch: Watch
):
    server.status = 500
    for _ in range(FAULTS_IN_A_ROW + 2):
        told = asked(service)
    nothing_known(told, "left in peace")
    assert len(server.asked) == FAULTS_IN_A_ROW
    server.status = 200
    watch.now += REST + timedelta(seconds=1)
    assert asked(service).known.all()


def test_a_part_that_failed_is_asked_with_the_next_plan(service: RoutingService, server: RoutingServer):
    row = places(*((100 + 10 * i, 0) for i in range(81)))
    server.change = lambda told: told if columns(told) > 1 else b"no"
    first = asked(service, HERE, row)
    assert first.known.sum(axis=1).tolist() == [80, 80]
    assert first.fault
    server.change = None
    assert asked(service, HERE, row).known.all()


def columns(told) -> int:
    return len((told.get("durations") or told["sources_to_targets"])[0])


def test_more_places_than_it_can_be_asked_about_are_not_asked_at_all(
    service: RoutingService, server: RoutingServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("enforcement.adapters.travel.service.MOST_COLUMNS", 2)
    nothing_known(asked(service), "more places than")
    assert not server.asked


def test_it_has_an_address_in_the_settings(server: RoutingServer, kind: str):
    walks = travel_of(TravelSetting(kind, f"{server.url}/foot"))()
    assert walks.metres(HERE, THERE) == pytest.approx(TWICE.metres(HERE, THERE), abs=20)
    assert walks.fault is None
    assert opened(walks.opens) is opened(ServiceAddress(kind, f"{server.url}/foot"))


# The memory


def test_the_memory_forgets_who_was_not_wanted_for_longest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("enforcement.adapters.travel.memory.MOST_ROWS", 2)
    memory, bay = Memory(), [(1.0, 1.0)]
    for origin in range(3):
        memory.keep([(float(origin), 0.0)], bay, (np.array([[5.0]]), np.array([[7.0]])))
        memory.recall([(0.0, 0.0)], bay)
    seconds, metres = memory.recall([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)], bay)
    assert np.isnan(seconds[:, 0]).tolist() == [False, True, False]
    assert metres[2, 0] == 7.0


def test_too_many_places_begin_the_memory_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("enforcement.adapters.travel.memory.MOST_COLUMNS", 2)
    memory, here = Memory(), [(0.0, 0.0)]
    for bay in range(3):
        memory.keep(here, [(float(bay), 1.0)], (np.array([[5.0]]), np.array([[7.0]])))
    seconds, _ = memory.recall(here, [(float(bay), 1.0) for bay in range(3)])
    assert np.isnan(seconds[0]).tolist() == [True, True, False]
