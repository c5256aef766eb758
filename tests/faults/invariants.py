"""What must hold whatever was killed: asked of the database itself, past every layer that could be wrong."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from enforcement.domain.readings import Assertion, State
from enforcement.domain.stays import fold

BAYS_AT_ONCE = 50
SHOWN = 5  # examples of each fault
STALLED = timedelta(seconds=60)


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """One moment of the database, as its owner sees it: all councils' rows."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def lost_or_twice(connection: Connection, promised: Mapping[str, bytes]) -> tuple[int, int]:
    """Of the readings that were acknowledged (by sensor, a byte for each by its number): how many are not
    stored, and how many are stored more than once."""
    stored: dict[str, Counter[int]] = defaultdict(Counter)
    rows = connection.execution_options(yield_per=20_000).execute(text("SELECT sensor, key FROM readings"))
    for sensor, key in rows:
        if sensor in promised:
            stored[sensor][int(key.rpartition(":")[2])] += 1
    lost = sum(
        1
        for sensor, flags in promised.items()
        for n, flag in enumerate(flags)
        if flag and not stored[sensor][n]
    )
    return lost, sum(count - 1 for keys in stored.values() for count in keys.values())


def wrong_stays(
    connection: Connection, debounce: timedelta, some: int | None = None, random: Random | None = None
) -> list[str]:
    """Bays whose recorded stays are not a clean fold of their stored readings."""
    bays = connection.scalars(text("SELECT bay_id FROM bay_state WHERE at IS NOT NULL ORDER BY 1")).all()
    if some is not None and random:
        bays = random.sample(bays, min(some, len(bays)))
    wrong = []
    for first in range(0, len(bays), BAYS_AT_ONCE):
        part = list(bays[first : first + BAYS_AT_ONCE])
        recorded, reported = _recorded(connection, part), _reported(connection, part)
        for bay in part:
            clean = [_facts(stay) for stay in fold(reported[bay], debounce)[0]]
            if clean != recorded[bay]:
                wrong.append(f"bay {bay}: {_first_difference(recorded[bay], clean)}")
    return wrong


FACTS = ("arrived_at", "arrived_after", "counted_from", "claimed_since", "departed_at", "possible_swap")


def _facts(stay: Any) -> tuple[Any, ...]:
    return tuple(getattr(stay, name) for name in FACTS)


def _first_difference(recorded: list[Any], clean: list[Any]) -> str:
    for number, pair in enumerate(zip(recorded, clean, strict=False)):
        if pair[0] != pair[1]:
            return f"stay {number} is recorded as {_shown(pair[0])} and folds to {_shown(pair[1])}"
    return f"{len(recorded)} stays are recorded, {len(clean)} fold"


def _shown(facts: tuple[Any, ...]) -> str:
    return ", ".join(f"{name}={fact}" for name, fact in zip(FACTS, facts, strict=True))


def _recorded(connection: Connection, bays: list[UUID]) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    rows = connection.execute(
        text(
            f"SELECT bay_id, {', '.join(FACTS)} FROM stays"
            " WHERE superseded_at IS NULL AND bay_id = ANY(:bays) ORDER BY arrived_at, departed_at"
        ),
        {"bays": bays},
    )
    for bay, *facts in rows:
        found[bay].append(tuple(facts))
    return found


def _reported(connection: Connection, bays: list[UUID]) -> dict[UUID, list[Assertion]]:
    found: dict[UUID, list[Assertion]] = defaultdict(list)
    rows = connection.execute(
        text("SELECT bay_id, event_at, state, since FROM readings WHERE folded AND bay_id = ANY(:bays)"),
        {"bays": bays},
    )
    for bay, at, state, since in rows:
        found[bay].append(Assertion(at, State(state), since))
    return found


NEVER = {
    "two tasks of one overstay": """
        SELECT stay_id, overstay_from, count(*) FROM tasks WHERE stay_id IS NOT NULL AND NOT found
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "two open tasks of one stay": """
        SELECT stay_id, count(*) FROM tasks
        WHERE state NOT IN ('closed', 'withdrawn') AND stay_id IS NOT NULL AND NOT found
        GROUP BY 1 HAVING count(*) > 1""",
    "two open tasks of one patrol": """
        SELECT patrol_id, count(*) FROM tasks WHERE state NOT IN ('closed', 'withdrawn') AND patrol_id IS NOT NULL
        GROUP BY 1 HAVING count(*) > 1""",
    "a task in two hands": """
        SELECT task_id, count(*) FROM assignments WHERE state <> 'ended' GROUP BY 1 HAVING count(*) > 1""",
    "an officer with two tasks in hand": """
        SELECT officer_id, count(*) FROM assignments WHERE state <> 'ended' AND NOT beside
        GROUP BY 1 HAVING count(*) > 1""",
    "a task whose state is not that of its assignment": """
        SELECT t.id, t.state, a.state FROM tasks t
        LEFT JOIN assignments a ON a.task_id = t.id AND a.state <> 'ended'
        WHERE coalesce(a.state, 'none') <> CASE t.state WHEN 'offered' THEN 'offered'
              WHEN 'accepted' THEN 'accepted' WHEN 'arrived' THEN 'accepted' ELSE 'none' END""",
    "two messages of one thing to one phone": """
        SELECT device_id, assignment_id, kind, count(*) FROM notifications WHERE assignment_id IS NOT NULL
        GROUP BY 1, 2, 3 HAVING count(*) > 1""",
    "a closed task without just one outcome of that name": """
        SELECT t.id, t.outcome, count(o.id) FROM tasks t
        LEFT JOIN outcomes o ON o.task_id = t.id AND o.outcome = t.outcome
        WHERE t.state = 'closed' GROUP BY 1, 2 HAVING count(o.id) <> 1""",
    "two stays in one bay at once": """
        SELECT bay_id, count(*) FROM stays WHERE superseded_at IS NULL AND departed_at IS NULL
        GROUP BY 1 HAVING count(*) > 1""",
    "an acceptance that is told twice in the journal": """
        SELECT subject_id, facts->>'assignment_id', count(*) FROM journal WHERE kind = 'task.accept'
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "an end that is told twice in the journal": """
        SELECT subject_id, count(*) FROM journal WHERE kind IN ('task.close', 'task.withdraw')
        GROUP BY 1 HAVING count(*) > 1""",
}


def never(connection: Connection) -> list[str]:
    """What must not be in the database at any moment."""
    found = []
    for what, query in NEVER.items():
        rows = connection.execute(text(query)).all()
        if rows:
            found.append(
                f"{what}: {len(rows)} times, such as {[tuple(map(str, row)) for row in rows[:SHOWN]]}"
            )
    return found


WAITS = {
    "a stay for its look": "SELECT min(check_at) FROM stays",
    "a patrol for its look": "SELECT min(check_at) FROM patrols",
    "an unanswered offer": "SELECT min(expires_at) FROM assignments WHERE state = 'offered'",
    "a plan": "SELECT min(wanted_at) FROM planning WHERE wanted > planned",
    "a task past its hours": """
        SELECT min(lawful_until) FROM tasks WHERE state IN ('waiting', 'escalated')""",
    "a message that came to nothing": "SELECT min(expires_at) FROM notifications WHERE state = 'queued'",
    "a job": """
        SELECT min(greatest(j.scheduled_at, e.at)) FROM procrastinate_jobs j
        JOIN procrastinate_events e ON e.job_id = j.id AND e.type IN ('deferred', 'deferred_for_retry')
        WHERE j.status = 'todo' AND greatest(j.scheduled_at, e.at) < now()""",
    "a dead worker's job": """
        SELECT min(coalesce(w.last_heartbeat, e.at)) FROM procrastinate_jobs j
        JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'started'
        LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
        WHERE j.status = 'doing' AND e.at = (SELECT max(at) FROM procrastinate_events l
                                             WHERE l.job_id = j.id AND l.type = 'started')""",
}


def waits(connection: Connection) -> dict[str, float]:
    """For how many seconds each kind of work has been overdue at the worst; 0 where none is."""
    now = connection.scalar(text("SELECT now()"))
    found = {}
    for what, query in WAITS.items():
        since = connection.scalar(text(query))
        found[what] = max(0.0, (now - since).total_seconds()) if since else 0.0
    return found


def stalled(connection: Connection) -> list[str]:
    """Work that has not moved on within a minute."""
    limit = STALLED.total_seconds()
    return [f"{what} has waited for {s:.0f} s" for what, s in waits(connection).items() if s > limit]


KEPT_IN = {"sightings": "sightings", "outcome": "outcomes"}


def broken_promises(connection: Connection, taken: Mapping[str, str]) -> list[str]:
    """Writes of phones that got their 2xx (id to kind) and have left no trace, or more than one."""
    found = [*_missing(connection, "actions", taken)]
    for kind, table in KEPT_IN.items():
        found += _missing(connection, table, [id_ for id_, said in taken.items() if said == kind])
    return found


def _missing(connection: Connection, table: str, ids: Collection[str] | Iterable[str]) -> list[str]:
    wanted = [UUID(id_) for id_ in ids]
    query = text(f"SELECT id FROM {table} WHERE id = ANY(:ids)")
    stored = Counter(connection.scalars(query, {"ids": wanted}))
    missing = [str(id_) for id_ in wanted if not stored[id_]]
    twice = [str(id_) for id_, count in stored.items() if count > 1]
    told = [f"{len(missing)} acknowledged, not in {table}: {missing[:SHOWN]}"] if missing else []
    return told + ([f"{len(twice)} twice in {table}: {twice[:SHOWN]}"] if twice else [])
