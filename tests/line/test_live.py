"""The live feed, over a real web server: who hears of what, how soon, and from where they go on."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from enforcement import journal
from enforcement.adapters.tables import Authority
from enforcement.config import Clock, Settings
from enforcement.simulation.stack import OUR_WEB, free_port, without_settings, written
from routes import live
from routes.auth import SPEAKER

from ..builders import Council, Officer, at
from .scenes import Town, overstay

ROOT = Path(__file__).parents[2]
SOON = 2.0
PATIENCE = 20  # signs of life, two a second, with nothing to tell


@pytest.fixture(scope="module")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A web server of our own on the tests' database; its address."""
    port = free_port()
    env = without_settings(os.environ) | {
        "OPENPATROL_ENV": "development",
        "DATABASE_URL": str(settings.database_url),
        "INSTANCE_FOLDER": str(settings.instance_folder),
        "PORT": str(port),
        "OPENPATROL_CLOCK": written(Clock(at("09:00"), 1.0, time.time())),
        "LOG_LEVEL": "WARNING",
    }
    log = tmp_path_factory.mktemp("live") / "web.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, *OUR_WEB, "--port", str(port), "tests.line.served:app"],
            cwd=ROOT,
            env=env,
            stdout=out,
            stderr=out,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, child, log)
        yield f"{url}/api/v1/live"
    finally:
        child.terminate()
        child.wait(15)


def wait_until_ready(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while child.poll() is None and time.monotonic() < until:
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.1)
    pytest.fail(f"the web server is not ready:\n{log.read_text()}")


class Listener:
    """One client of the feed: its events, as they come."""

    def __init__(self, url: str, cookie: str, **headers: str) -> None:
        self.answer = requests.get(url, headers={"Cookie": cookie, **headers}, stream=True, timeout=(5, 5))
        assert self.answer.status_code == 200, self.answer.text
        self.lines = self.answer.iter_lines(chunk_size=1, decode_unicode=True)

    def close(self) -> None:
        self.answer.close()

    def next(self) -> tuple[str, Any, str | None]:
        """The next event's name, data and id; raises StopIteration at the end of the stream."""
        event: dict[str, str] = {}
        pings = 0
        for line in self.lines:
            pings += line.startswith(":")
            assert pings < PATIENCE, "nothing is told"
            name, colon, value = line.partition(": ")
            if colon and name:
                event[name] = value
            elif not line and "event" in event:
                return event["event"], json.loads(event["data"]), event.get("id")
        raise StopIteration

    def kinds(self, count: int) -> list[str]:
        """The kinds of the next changes."""
        return [self.next()[1]["kind"] for _ in range(count)]


def cookie(person: Any) -> str:
    """What this person's browser sends."""
    return f"openpatrol={person.client.get_cookie('openpatrol').value}"


@contextmanager
def listening(server: str, person: Any, query: str = "", **headers: str) -> Iterator[Listener]:
    listener = Listener(f"{server}{query}", cookie(person), **headers)
    try:
        yield listener
    finally:
        listener.close()


def note(town: Town, kind: str = "test.noted", officer_id: str | None = None) -> None:
    with town.session() as session:
        officer = UUID(officer_id) if officer_id else None
        journal.record(session, kind, uuid4(), at=town.clock(), officer_id=officer)
        session.commit()


def test_a_feed_that_falls_silent_is_asked_instead_within_fifteen_seconds():
    """Two pings have to be missing before anybody thinks so; an answer may take two seconds."""
    timing = (ROOT / "static/shared/live.js").read_text().partition("TIMING = {")[2].partition("}")[0]
    milliseconds = dict(part.strip().split(": ") for part in timing.split(","))
    silence, first_poll = (int(milliseconds[name].replace("_", "")) for name in ("silence", "firstPoll"))
    assert silence > 2 * live.PING_SECONDS * 1000
    assert silence + first_poll <= 13_000


def test_a_stranger_hears_nothing_nor_does_a_page_of_somebody_else(server: str, town: Town):
    another = {"Cookie": cookie(town.supervisor), SPEAKER: str(uuid4())}
    for headers in ({}, {"Cookie": "openpatrol=op_nobody"}, another):
        answer = requests.get(server, headers=headers, timeout=5)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"].endswith("/not-signed-in")


def test_a_wall_screen_hears_that_something_changed_and_not_what(server: str, town: Town, officer: Officer):
    wall = {"Authorization": town.with_key("board:read").headers["Authorization"]}
    with requests.get(server, headers=wall, stream=True, timeout=(5, 5)) as answer:
        assert answer.status_code == 200
    listener = Listener(server, "", **wall)
    assert listener.next()[0] == "hello"
    note(town, "person.changed", officer.id)
    note(town, "task.offer", officer.id)
    name, told, _ = listener.next()
    assert (name, told["subject"], set(told)) == ("change", "task", {"cursor", "at", "subject"})
    listener.close()
    other = {"Authorization": town.with_key("journal:read").headers["Authorization"]}
    assert requests.get(server, headers=other, timeout=5).status_code == 403


def test_an_officers_feed_is_not_opened_as_a_page(server: str, town: Town, officer: Officer):
    opened = {"Sec-Fetch-Mode": "navigate"}
    sent = {"Cookie": cookie(officer.phone), **opened}
    with requests.get(server, headers=sent, stream=True, timeout=(5, 5)) as answer:
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    with listening(server, town.supervisor, **opened) as desk:
        assert desk.next()[0] == "hello"


def test_a_change_is_heard_within_two_seconds_of_the_action(server: str, town: Town, officer: Officer):
    with listening(server, town.supervisor) as desk:
        name, hello, id_ = desk.next()
        assert (name, hello["cursor"]) == ("hello", id_)
        assert hello["now"].startswith("2026-06-29T08:0")
        began = time.monotonic()
        step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "state": "break"}
        officer.phone.post(f"/shifts/{officer.shift['id']}/state", step)
        name, item, id_ = desk.next()
        assert time.monotonic() - began < SOON
    assert (name, item["kind"], item["subject_id"]) == ("change", "shift.break", officer.shift["id"])
    assert item["cursor"] == id_


def test_changes_come_in_order_and_each_once(server: str, town: Town):
    with listening(server, town.supervisor) as desk:
        desk.next()
        for number in range(20):
            note(town, f"test.number{number}")
        assert desk.kinds(20) == [f"test.number{number}" for number in range(20)]


def test_an_officer_hears_only_what_concerns_them(server: str, town: Town, officer: Officer):
    other = town.officer(town.centre)
    with listening(server, officer.phone) as phone, listening(server, town.supervisor) as desk:
        phone.next(), desk.next()
        note(town, "test.others", other.id)
        note(town, "test.nobodys")
        note(town, "test.mine", officer.id)
        assert phone.kinds(1) == ["test.mine"]
        assert desk.kinds(3) == ["test.others", "test.nobodys", "test.mine"]


def test_a_council_hears_nothing_of_another(server: str, town: Town, neighbour: Council):
    with listening(server, neighbour.supervisor) as theirs:
        theirs.next()
        note(town, "test.ours")
        note(neighbour, "test.theirs")
        assert theirs.kinds(1) == ["test.theirs"]


@pytest.mark.parametrize("by_header", [True, False])
def test_who_comes_back_with_a_cursor_goes_on_from_there(server: str, town: Town, by_header: bool):
    with listening(server, town.supervisor) as desk:
        desk.next()
        note(town, "test.heard")
        _, _, heard = desk.next()
    note(town, "test.missed1")
    note(town, "test.missed2")
    headers, query = ({"Last-Event-ID": heard}, "") if by_header else ({}, f"?cursor={heard}")
    with listening(server, town.supervisor, query, **headers) as desk:
        assert desk.next()[0] == "hello"
        assert desk.kinds(2) == ["test.missed1", "test.missed2"]
        note(town, "test.new")
        assert desk.kinds(1) == ["test.new"]


def test_an_officer_who_comes_back_is_not_told_what_concerns_others(
    server: str, town: Town, officer: Officer
):
    start = town.supervisor.get("/journal")["cursor"]
    overstay(town)
    note(town, "test.nobodys")
    note(town, "test.mine", officer.id)
    with listening(server, officer.phone, f"?cursor={start}") as phone:
        phone.next()
        assert phone.kinds(2) == ["task.offer", "test.mine"]


def test_with_a_cursor_from_before_a_restore_the_client_is_told_to_load_afresh(server: str, town: Town):
    old = town.supervisor.get("/journal")["cursor"]
    with town.session() as session:
        session.get_one(Authority, town.id).epoch = uuid4()
        session.commit()
    with listening(server, town.supervisor, f"?cursor={old}") as desk:
        assert [desk.next()[0] for _ in range(2)] == ["hello", "reload"]
        with pytest.raises(StopIteration):
            desk.next()


def test_a_restore_while_somebody_listens_tells_them_to_load_afresh(server: str, town: Town):
    with listening(server, town.supervisor) as desk:
        desk.next()
        with town.session() as session:
            session.get_one(Authority, town.id).epoch = uuid4()
            session.commit()
        assert desk.next()[0] == "reload"


def test_the_stream_of_someone_who_signed_out_ends(server: str, town: Town, officer: Officer):
    with listening(server, officer.phone) as phone:
        phone.next()
        officer.phone.post("/sign-out")
        assert phone.next()[0] == "signed-out"
        with pytest.raises(StopIteration):
            phone.next()


def test_who_is_no_supervisor_any_more_does_not_go_on_hearing_everything(server: str, town: Town):
    person_id, browser = town.person("supervisor", "Sid")
    with listening(server, browser) as desk:
        desk.next()
        town.administrator.patch(f"/people/{person_id}", {"role": "officer"})
        while (heard := desk.next()[0]) == "change":
            pass
        assert heard == "reload"


def test_many_who_join_at_once_all_hear_the_next_change(server: str, town: Town):
    together, heard, town_cookie = Barrier(9), [], cookie(town.supervisor)

    def join() -> None:
        together.wait()
        listener = Listener(server, town_cookie)
        listener.next()
        heard.append(listener.next()[1]["kind"])
        listener.close()

    threads = [Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    together.wait()
    time.sleep(1)
    note(town, "test.all")
    for thread in threads:
        thread.join()
    assert heard == ["test.all"] * 8


def test_the_feed_is_hardened_like_every_other_answer(server: str, town: Town):
    known = {"Cookie": cookie(town.supervisor)}
    for method, headers, status in (
        ("GET", known, 200),
        ("GET", {}, 401),
        ("HEAD", known, 405),
        ("POST", {}, 405),
    ):
        with requests.request(method, server, headers=headers, stream=True, timeout=(5, 5)) as answer:
            assert answer.status_code == status
            said = answer.headers
        assert said["Content-Security-Policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in said["Content-Security-Policy"]
        assert (said["Cache-Control"], said["X-Content-Type-Options"]) == ("no-store", "nosniff")
        assert said["Referrer-Policy"] == said["Cross-Origin-Resource-Policy"] == "same-origin"
        assert said["Content-Type"].startswith(
            "text/event-stream" if status == 200 else "application/problem+json"
        )
