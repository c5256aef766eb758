"""Promise 9. Bad input of any kind: a 4xx that says what is wrong; never a 5xx, never half a batch in silence."""

from collections import Counter
from random import Random
from threading import Thread
from typing import Any

from enforcement.simulation.stack import Stack

from .clients import Watched
from .history import History
from .scenes import OnDuty, Records, post, says, town
from .vandal import Vandal, bad_reading

SENT = 60


def test_a_batch_is_judged_item_by_item_under_load(stack: Stack, history: History, seed: int):
    """Good ones among bad ones, from several callers at once: each is kept or comes back by its number."""
    borough = town(stack, history, bays=5)
    good_keys: list[str] = []

    def send(random: Random) -> None:
        api = borough.network(history)
        for _ in range(SENT // 3):
            good = [says(borough, random.randrange(5), "occupied") for _ in range(5)]
            batch: list[Any] = [*good, *(bad_reading(random) for _ in range(5))]
            random.shuffle(batch)
            answer = post(api, *batch)
            refused = [each["index"] for each in answer["refused"]]
            if refused != [at for at, item in enumerate(batch) if item not in good]:
                history.fault(f"refused {refused} of {batch}")
            good_keys.extend(reading["key"] for reading in good)

    senders = [Thread(target=send, args=(Random(seed + number),)) for number in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    stored = [
        key.rpartition(":")[2]
        for (key,) in Records(borough)("SELECT key FROM readings WHERE authority_id = :ours")
    ]
    assert sorted(stored) == sorted(good_keys)
    assert not history.faults, history


def test_whatever_a_vandal_sends_gets_a_4xx(stack: Stack, history: History, seed: int):
    borough = town(stack, history)
    officer = OnDuty(borough, history)
    person = officer.signed_in(history)
    vandal = Vandal(borough.network(history), person, Random(seed))
    for _ in range(SENT):
        vandal.send()
    assert not history.faults, history
    assert sum(vandal.answers.values()) == SENT
    assert set(Counter(vandal.answers)) <= {200, 400, 404, 409, 413, 415, 422}
    assert isinstance(person, Watched)
