"""Readings, taken in by a real server over HTTP: acknowledged after the commit, and folded by then.

No worker runs: what follows from a stay is another figure. Every reading comes from a bay's own cycle, in which
half of the reports change a stay and half are heartbeats. Rounds of ours and of the limit take turns, and the
middle one of each counts, so that a neighbour's noise meets both.
"""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from statistics import median
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import msgspec
import psycopg
from sqlalchemy.engine import make_url

from enforcement.config import Clock
from enforcement.simulation.stack import Stack

from .harness import Figure, Figures, Tell, at_least, at_most, case, in_process
from .town import town

BATCH = 100
POSTERS, CLIENTS = 4, 32
ROUNDS = 5
CYCLE = ("occupied", "occupied", "free", "free")
BETWEEN = timedelta(seconds=45)  # longer than the debounce time: every arrival is another car
Row = tuple[str, datetime, str]  # sensor, time, state


@case(
    "ingest-batch",
    "ingest-single",
    tiny={"bays": 400, "batches": 1, "singles": 2, "rounds": 1, "durable": False},
)
def ingest(
    tell: Tell,
    bays: int = 10_000,
    batches: int = 25,
    singles: int = 40,
    rounds: int = ROUNDS,
    durable: bool = True,
) -> Figures:
    """Limits: the same rows by COPY and INSERT … ON CONFLICT into the same indexes, in commits as large."""
    with Stack(durable=durable, webs=2, workers=0) as stack:
        kerb = Kerb(stack, bays)
        stack.serve(Clock())
        for name, size, posters, count, target in (
            ("ingest-batch", BATCH, POSTERS, batches, at_least(5000, of_limit=1 / 3)),
            ("ingest-single", 1, CLIENTS, singles, at_least(1000)),
        ):
            ours, floor = [], []
            for number in range(1 + rounds):
                work = kerb.rounds(posters, count, size)
                tell(f"{name}: round {number} of {rounds}")
                ours.append(_rate(work, in_process(post, stack.url, kerb.key, work)))
                floor.append(_rate(work, in_process(copy, kerb.owner, kerb.authority_id, work)))
            yield Figure(name, median(ours[1:]), "1/s", median(floor[1:]), target)


@case("bays-1k-to-1m", tiny={"few": 50, "many": 400, "batches": 2, "rounds": 1, "durable": False})
def bays_1k_to_1m(
    tell: Tell,
    few: int = 1000,
    many: int = 1_000_000,
    batches: int = 40,
    rounds: int = ROUNDS,
    durable: bool = True,
) -> Figures:
    """What a reading costs in a big country, as a multiple of what it costs in a small town; the limit is the
    same multiple of a plain update of as many bays by their keys."""
    with Stack(durable=durable, workers=0) as town, Stack(durable=durable, workers=0) as country:
        tell(f"setting up {few} and {many} bays")
        kerbs = Kerb(town, few), Kerb(country, many)
        for stack in (town, country):
            stack.serve(Clock())
        ours: list[list[float]] = [[], []]
        floor: list[list[float]] = [[], []]
        for number in range(1 + rounds):
            tell(f"bays-1k-to-1m: round {number} of {rounds}")
            for place, kerb in enumerate(kerbs):
                work = kerb.rounds(1, batches, BATCH)
                ours[place].append(in_process(post, kerb.stack.url, kerb.key, work))
                floor[place].append(in_process(touch, kerb.owner, kerb.authority_id, work))
        small, big = (median(times[1:]) for times in ours)
        least, most = (median(times[1:]) for times in floor)
        yield Figure("bays-1k-to-1m", big / small, "times", most / least, at_most(1.2))


def _rate(work: Sequence[Sequence[Sequence[Row]]], seconds: float) -> float:
    return sum(len(batch) for share in work for batch in share) / seconds


@dataclass
class Kerb:
    """A council of so many bays, each with its sensor, and what they will say next."""

    stack: Stack
    bays: int
    began: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=12))

    def __post_init__(self) -> None:
        with town(self.stack) as place:
            self.authority_id, self.key = place.id, place.key("readings:write")
        url = make_url(self.stack.env["DATABASE_OWNER_URL"]).set(drivername="postgresql")
        self.owner = url.render_as_string(hide_password=False)
        with psycopg.connect(self.owner, autocommit=True) as database:
            for statement in PLACES:
                database.execute(statement, {"authority_id": self.authority_id, "bays": self.bays})
        self._next = self._cycle()

    def _cycle(self) -> Iterator[Row]:
        """In an order that has nothing to do with how the bays lie in the tables."""
        order = list(range(self.bays))
        Random(1).shuffle(order)
        for turn in range(10**9):
            for bay in order:
                yield f"S{bay}", self.began + turn * BETWEEN, CYCLE[turn % 4]

    def rounds(self, posters: int, batches: int, size: int) -> list[list[list[Row]]]:
        """By poster, the batches that it posts; no bay is in two posters' hands before its turn comes again."""
        return [[list(islice(self._next, size)) for _ in range(batches)] for _ in range(posters)]


PLACES = (
    """CREATE TEMP TABLE places AS SELECT gen_random_uuid() AS bay_id, gen_random_uuid() AS sensor_id, n
       FROM generate_series(0, %(bays)s - 1) n""",
    """INSERT INTO bays (authority_id, id, reference, street, lon, lat)
       SELECT %(authority_id)s, bay_id, 'B' || n, 'Long Street', 0, 51.5 FROM places""",
    "INSERT INTO bay_state (authority_id, bay_id) SELECT %(authority_id)s, bay_id FROM places",
    """INSERT INTO sensors (authority_id, id, reference, heartbeat_minutes)
       SELECT %(authority_id)s, sensor_id, 'S' || n, 1440 FROM places""",
    """INSERT INTO sensor_bays (authority_id, id, sensor_id, bay_id, valid_from)
       SELECT %(authority_id)s, gen_random_uuid(), sensor_id, bay_id, '2020-01-01' FROM places""",
    "CREATE TABLE floor_readings (LIKE readings INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES)",
    "CREATE TABLE floor_bays AS SELECT row_number() OVER () - 1 AS n, s.* FROM bay_state s",
    "ALTER TABLE floor_bays ADD PRIMARY KEY (authority_id, n)",
    "ANALYZE",
)


def in_turn(shares: Sequence[Any], work: Callable[[Any], None]) -> float:
    """Each share in a thread of its own; the seconds that all of them took."""
    with ThreadPoolExecutor(len(shares)) as pool:
        began = time.perf_counter()
        for done in [pool.submit(work, share) for share in shares]:
            done.result()
        return time.perf_counter() - began


# What the clients do, in a process of their own.


def post(url: str, key: str, work: Sequence[Sequence[Sequence[Row]]]) -> float:
    """Post batches over as many connections as there are shares; seconds. What is not taken is an error."""
    where = urlsplit(url)
    shares = [[(_request(where.netloc, key, batch), len(batch)) for batch in share] for share in work]

    def run(share: Sequence[tuple[bytes, int]]) -> None:
        with socket.create_connection((where.hostname or "", where.port or 80)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request, count in share:
                line.sendall(request)
                _check(_answer(line), count)

    return in_turn(shares, run)


def _request(host: str, key: str, batch: Sequence[Row]) -> bytes:
    items = [{"sensor": s, "state": state, "at": at, "battery_percent": 87} for s, at, state in batch]
    body = msgspec.json.encode({"readings": items})
    head = (
        f"POST /api/v1/readings HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _answer(line: socket.socket) -> bytes:
    """The whole answer: by its Content-Length, which ours always have."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head = got[: got.index(b"\r\n\r\n") + 4]
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(got) < len(head) + length:
        got += _more(line)
    return got


def _more(line: socket.socket) -> bytes:
    more = line.recv(65536)
    if not more:
        raise RuntimeError("the server hung up")
    return more


def _check(answer: bytes, count: int) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0] or msgspec.json.decode(body)["taken"] != count:
        raise RuntimeError(answer.decode(errors="replace")[-500:])


STAGE = "COPY staging (key, event_at, sensor, state, sensor_id, bay_id) FROM STDIN"
KEEP = """
    INSERT INTO floor_readings (authority_id, source, key, event_at, received_at, sensor, sensor_id, bay_id, state,
                                folded, health, raw)
    SELECT %s, 'batch', key, event_at, now(), sensor, sensor_id, bay_id, state, true,
           '{"battery_percent": 87}', '{"sensor": "S1", "state": "free", "battery_percent": 87}'
    FROM staging ON CONFLICT DO NOTHING
"""


def copy(owner: str, authority_id: UUID, work: Sequence[Sequence[Sequence[Row]]]) -> float:
    """The limit: the same rows into a staging table, and from there into the same indexes; seconds."""
    ids = {row[0]: (uuid4(), uuid4()) for share in work for batch in share for row in batch}
    shares = [
        [[(f"{s}:{state}", at, s, state, *ids[s]) for s, at, state in batch] for batch in share]
        for share in work
    ]
    lines = [psycopg.connect(owner) for _ in shares]
    for line in lines:
        line.execute("CREATE TEMP TABLE staging (LIKE readings) ON COMMIT DELETE ROWS")
        for column in ("authority_id", "source", "received_at", "folded", "id"):
            line.execute(f"ALTER TABLE staging ALTER {column} DROP NOT NULL")
        line.commit()

    def run(share: tuple[psycopg.Connection[Any], Sequence[Sequence[Any]]]) -> None:
        line, batches = share
        for batch in batches:
            with line.cursor() as cursor, cursor.copy(STAGE) as staging:
                for row in batch:
                    staging.write_row(row)
            line.execute(KEEP, (authority_id,))
            line.commit()

    seconds = in_turn(list(zip(lines, shares, strict=True)), run)
    for line in lines:
        line.close()
    return seconds


def touch(owner: str, authority_id: UUID, work: Sequence[Sequence[Sequence[Row]]]) -> float:
    """The limit of size: as many bays updated by their keys, in as many commits; seconds."""
    [share] = work
    with psycopg.connect(owner) as line:
        began = time.perf_counter()
        for batch in share:
            keys = [int(sensor[1:]) for sensor, _, _ in batch]
            line.execute(
                "UPDATE floor_bays SET at = now() WHERE authority_id = %s AND n = ANY(%s)",
                (authority_id, keys),
            )
            line.commit()
        return time.perf_counter() - began
