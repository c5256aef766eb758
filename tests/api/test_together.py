"""Readings that come at the same moment share a transaction, and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from routes.readings import _together
from routes.together import Together

from ..builders import Caller, Council, at

LOCK = text("SELECT FROM bay_state WHERE authority_id = :authority_id FOR UPDATE")


def wait_for(so: Callable[[], bool]) -> None:
    until = monotonic() + 30
    while not so():
        assert monotonic() < until
        sleep(0.01)


class Away(Exception):
    """Nobody's own fault."""


class Desk:
    """Notes what is done in one go. The first of it is under way until the desk is opened."""

    def __init__(self) -> None:
        self.done: list[list[str]] = []
        self.begun, self.open = Event(), Event()
        self.together = Together(self.do, nobodys=(Away,))

    def do(self, words: Sequence[str]) -> Sequence[str]:
        self.done.append(list(words))
        if not self.begun.is_set():
            self.begun.set()
            assert self.open.wait(30)
        if "bad" in words:
            raise ValueError("bad")
        if "away" in words:
            raise Away
        return [word.upper() for word in words]

    def bring(self, *words: str) -> dict[str, Future[str]]:
        """The first word is under way when the others come, each in a thread of its own."""
        with ThreadPoolExecutor(len(words)) as pool:
            first = pool.submit(self.together, "here", words[0])
            assert self.begun.wait(30)
            others = [pool.submit(self.together, "here", word) for word in words[1:]]
            self.wait_for(len(words) - 1)
            self.open.set()
            return dict(zip(words, [first, *others], strict=True))

    def wait_for(self, count: int) -> None:
        wait_for(lambda: len(self.together._gathered["here"]) == count)


def test_those_who_come_while_one_is_at_work_are_done_in_one_go() -> None:
    desk = Desk()
    answers = desk.bring("a", "b", "c", "d")
    assert {word: answer.result() for word, answer in answers.items()} == {w: w.upper() for w in "abcd"}
    assert [sorted(group) for group in desk.done] == [["a"], ["b", "c", "d"]]


def test_who_finds_nobody_at_work_waits_for_nobody() -> None:
    desk = Desk()
    desk.open.set()
    assert [desk.together("here", word) for word in "ab"] == ["A", "B"]
    assert desk.done == [["a"], ["b"]]


def test_work_on_other_subjects_is_not_waited_for() -> None:
    desk = Desk()
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(desk.together, "here", "a")
        assert desk.begun.wait(30)
        assert desk.together("there", "b") == "B"
        desk.open.set()
        assert held.result() == "A"


def test_what_one_brought_fails_nobody_else() -> None:
    answers = Desk().bring("a", "b", "bad", "c")
    assert [answers[word].result() for word in "abc"] == ["A", "B", "C"]
    with pytest.raises(ValueError, match="bad"):
        answers["bad"].result()


def test_a_fault_that_is_nobodys_own_is_told_to_all_without_trying_each() -> None:
    desk = Desk()
    answers = desk.bring("a", "b", "away")
    assert answers["a"].result() == "A"
    for word in ("b", "away"):
        with pytest.raises(Away):
            answers[word].result()
    assert len(desk.done) == 2


@contextmanager
def busy(council: Council, sensor: str) -> Iterator[None]:
    """Somebody has just brought a reading of this sensor, and waits for its bay."""
    with council.session() as other, ThreadPoolExecutor(1) as pool:
        other.execute(LOCK, {"authority_id": council.id})
        first = pool.submit(send, council, council.network, sensor)
        wait_for(lambda: council.id in _together._gathered)
        yield
        other.rollback()
        assert first.result() == 200


def send(council: Council, machine: Caller, sensor: str) -> int:
    item = {"sensor": sensor, "state": "occupied", "at": at("09:00").isoformat()}
    same = Caller(council.app.test_client())
    same.headers = machine.headers
    with council.app.app_context():
        return same.call("POST", "/readings", {"readings": [item]}).status_code


def test_readings_that_come_meanwhile_are_kept_in_one_transaction(council: Council) -> None:
    for number in range(4):
        council.bay(f"B{number}")
    with ThreadPoolExecutor(4) as pool:
        with busy(council, "S-B0"):
            others = [pool.submit(send, council, council.network, f"S-B{n}") for n in (1, 2, 3)]
            wait_for(lambda: len(_together._gathered[council.id]) == 3)
        assert [other.result() for other in others] == [200, 200, 200]
    with council.session() as session:
        transactions = text("SELECT xmin::text FROM readings WHERE authority_id = :id ORDER BY sensor")
        first, *rest = session.scalars(transactions, {"id": council.id})
    assert len(rest) == 3
    assert len({first, *rest}) == 2


def test_a_key_that_was_revoked_meanwhile_keeps_nothing_and_fails_nobody_else(council: Council) -> None:
    for number in range(2):
        council.bay(f"B{number}")
    made = council.administrator.post("/keys", {"name": "old", "scopes": ["readings:write"]}, 201)
    old = Caller(council.app.test_client(), made["key"])
    assert send(council, old, "S-B1") == 200
    with ThreadPoolExecutor(2) as pool:
        with busy(council, "S-B0"):
            council.administrator.delete(f"/keys/{made['id']}", 204)
            others = [pool.submit(send, council, key, "S-B1") for key in (old, council.network)]
            wait_for(lambda: len(_together._gathered[council.id]) == 2)
        assert [other.result() for other in others] == [401, 200]
    assert old.call("POST", "/readings", {"readings": []}).status_code == 401
