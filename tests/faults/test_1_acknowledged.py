"""Promise 1. An acknowledged reading is never lost: whatever is killed at any moment, the database too."""

from dataclasses import replace
from random import Random
from threading import Thread

import pytest

from enforcement.simulation.stack import Stack

from .borough import SETTINGS
from .history import History
from .saboteur import Saboteur
from .scenes import PACE, Records, post, says, town
from .storm import Storm, Wanted

ROUNDS = 2
STRIKES = 12
STORM = Wanted(
    seconds=20, rate=80, seed=0, bays=160, every=(0.1, 0.6), gateways=2, officers=3, strikes=STRIKES
)


@pytest.mark.parametrize("what", ["web killed", "database killed", "database restarted"])
def test_what_was_acknowledged_a_moment_before_a_kill_is_stored_once(
    stack: Stack, saboteur: Saboteur, history: History, what: str
):
    borough = town(stack, history, bays=10)
    api, sent = borough.network(history), 0
    for _ in range(ROUNDS):
        batch = [says(borough, bay, "occupied") for bay in range(10)]
        assert post(api, *batch)["taken"] == 10
        saboteur.strike(what, PACE)
        sent += len(batch)
        saboteur.recover()
    records = Records(borough)
    assert records.count("readings") == sent
    assert records.count("stays", "departed_at IS NULL") == 10


def test_a_kill_while_batches_are_under_way_loses_and_doubles_none(
    stack: Stack, saboteur: Saboteur, history: History, seed: int
):
    borough, random = town(stack, history, bays=10), Random(seed)
    acknowledged: list[str] = []

    def send() -> None:
        api = borough.network(history)
        for _ in range(25):
            batch = [
                says(borough, random.randrange(10), random.choice(("occupied", "free"))) for _ in range(5)
            ]
            post(api, *batch)
            acknowledged.extend(reading["key"] for reading in batch)

    senders = [Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for what in ("web killed", "database killed", "web killed", "database restarted"):
        saboteur.strike(what, PACE)
        saboteur.recover()
    for sender in senders:
        sender.join()
    stored = [
        key.rpartition(":")[2]
        for (key,) in Records(borough)("SELECT key FROM readings WHERE authority_id = :ours")
    ]
    assert sorted(stored) == sorted(acknowledged), history
    assert not history.faults, history


def test_a_storm_of_kills_under_load_breaks_no_promise(seed: int, monkeypatch: pytest.MonkeyPatch):
    """Everything at once, as `make soak` does it for an hour."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    told: list[str] = []
    with Stack(SETTINGS, webs=2, workers=2) as stack:
        storm = Storm(stack, replace(STORM, seed=seed), told.append)
        storm.run()
    assert not storm.history.faults, "\n".join([*storm.history.faults, str(storm.history), *told[-5:]])
    assert (storm.lost, storm.twice) == (0, 0)
    assert storm.saboteur.strikes.total() >= STRIKES, storm.history
    assert storm.acknowledged > STORM.seconds * STORM.rate / 4
