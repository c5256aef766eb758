"""Calling our API: what it refuses is one thing, a server that is away another, and patience is for that."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread, Timer

import pytest

from enforcement.config import Clock
from enforcement.simulation.client import ApiClient, ApiFault, ServerAway
from enforcement.simulation.pace import Pace
from enforcement.simulation.patience import Stopped, insist
from enforcement.simulation.stack import free_port


class Desk(BaseHTTPRequestHandler):
    """Answers what `answers` says, in turn, and notes what came."""

    def do_GET(self):
        self._answer()

    def do_POST(self):
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer()

    def _answer(self):
        status, body, headers = self.server.answers.pop(0)
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def desk():
    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        server.answers, server.seen, server.bodies = [], [], []
        server.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def answer(status, body=None, **headers):
    return status, body, {name.replace("_", "-"): value for name, value in headers.items()}


def test_a_person_is_known_by_the_cookie_of_their_sign_in_and_says_where_they_come_from(desk):
    desk.answers = [answer(200, {"person": {}}, Set_Cookie="openpatrol=abc; HttpOnly"), answer(204)]
    api = ApiClient(desk.url)
    api.sign_in("ann@camford.example", "a long password")
    assert api.post("/sign-out") is None
    assert desk.seen[1][2]["Cookie"] == "openpatrol=abc"
    assert desk.seen[1][2]["Origin"] == desk.url


def test_a_machine_is_known_by_its_key(desk):
    desk.answers = [answer(200, {})]
    ApiClient(desk.url, key="op_1").get("/bays", limit=3)
    assert desk.seen[0][1] == "/api/v1/bays?limit=3"
    assert desk.seen[0][2]["Authorization"] == "Bearer op_1"


def test_a_list_is_read_to_its_end(desk):
    desk.answers = [answer(200, {"items": [1, 2], "next": "c"}), answer(200, {"items": [3], "next": None})]
    assert list(ApiClient(desk.url).every("/tasks", state="open")) == [1, 2, 3]
    assert desk.seen[1][1] == "/api/v1/tasks?limit=200&state=open&cursor=c"


def test_a_refusal_carries_the_servers_own_words(desk):
    desk.answers = [answer(409, {"type": "stale-task", "detail": "It changed."})]
    with pytest.raises(ApiFault, match="POST /tasks/1/accept: 409, It changed") as fault:
        ApiClient(desk.url).post("/tasks/1/accept")
    assert fault.value.problem["type"] == "stale-task"


def test_a_refusal_that_is_not_json_is_still_a_refusal(desk):
    desk.answers = [answer(502)]
    with pytest.raises(ApiFault, match="no reason given"):
        ApiClient(desk.url).get("/me")


def test_a_server_that_is_not_there_is_away():
    with pytest.raises(ServerAway):
        ApiClient(f"http://127.0.0.1:{free_port()}").get("/me")


def test_what_a_busy_server_could_not_take_is_said_again_until_it_can(desk):
    desk.answers = [answer(503), answer(200, {"taken": 1})]
    api = ApiClient(desk.url)
    assert insist(Pace(Clock()), lambda: api.post("/readings", {"readings": [7]})) == {"taken": 1}
    assert desk.bodies == [b'{"readings": [7]}'] * 2


def test_a_refusal_that_waiting_will_not_mend_is_not_said_again(desk):
    desk.answers = [answer(422, {"detail": "Wrong."}), answer(200, {})]
    api = ApiClient(desk.url)
    with pytest.raises(ApiFault, match="Wrong"):
        insist(Pace(Clock()), lambda: api.post("/readings", {}))
    assert len(desk.answers) == 1


def test_nobody_insists_when_the_simulation_is_to_end():
    pace = Pace(Clock())
    api = ApiClient(f"http://127.0.0.1:{free_port()}")
    Timer(0.2, pace.stop.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped):
        insist(pace, lambda: api.get("/me"))
    assert time.monotonic() - began < 5
