"""What comes through the door: requests as servers bring them, answers as the application gives them."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, request

from routes.asgi_to_wsgi import IN_MEMORY, InThreads

MOST = 3 * IN_MEMORY


@pytest.fixture(scope="module")
def door() -> InThreads:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST

    @app.route("/<path:where>", methods=["GET", "POST"])
    def echo(where: str) -> Any:
        body = request.get_data()
        told = {name: value for name, value in request.headers if name.startswith("X-")}
        words = request.args.get("words")
        return {"where": where, "words": words, "bytes": len(body), "told": told, "from": request.remote_addr}

    @app.get("/parts")
    def parts() -> Response:
        def pieces() -> Iterator[str]:
            yield "one, "
            yield "two"

        answer = Response(pieces(), status=202)
        answer.headers.add("Set-Cookie", "a=1")
        answer.headers.add("Set-Cookie", "b=2")
        return answer

    return InThreads(app, 2, MOST)


class Server:
    """One request as a server brings it, piece by piece, and what was answered."""

    def __init__(self, pieces: list[bytes], goes_away: bool = False) -> None:
        self._pieces, self._goes_away = list(pieces), goes_away
        self.read, self.sent = 0, []

    async def receive(self) -> dict[str, Any]:
        if not self._pieces:
            assert self._goes_away, "it waits for what will never come"
            return {"type": "http.disconnect"}
        piece = self._pieces.pop(0)
        self.read += len(piece)
        more = bool(self._pieces) or self._goes_away
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def ask(self, door: InThreads, path: str = "/here", method: str = "POST", **scope: Any) -> Any:
        base = {"type": "http", "http_version": "1.1", "method": method, "path": path, "query_string": b""}
        base |= {"headers": [], "client": ("192.0.2.7", 1), "server": ("openpatrol.example", 443)}
        asyncio.run(door(base | scope, self.receive, self.send))
        return self

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def json(self) -> Any:
        return json.loads(self.sent[1]["body"])


def test_a_body_in_pieces_is_one_body(door: InThreads):
    assert Server([b"ab", b"", b"cde"]).ask(door).json["bytes"] == 5


def test_a_body_too_long_for_memory_is_whole(door: InThreads):
    assert Server([b"x" * IN_MEMORY, b"y" * 5]).ask(door).json["bytes"] == IN_MEMORY + 5


def test_a_body_that_is_too_long_is_refused_and_not_read_on(door: InThreads):
    server = Server([b"x" * IN_MEMORY] * 50).ask(door)
    assert server.status == 413
    assert server.read == MOST + IN_MEMORY


def test_who_goes_away_in_mid_sentence_is_not_answered(door: InThreads):
    assert Server([b"half"], goes_away=True).ask(door).sent == []


def test_the_length_is_what_came_whatever_was_said(door: InThreads):
    said = [(b"content-length", b"2")]
    assert Server([b"abcdef"]).ask(door, headers=said).json["bytes"] == 6


def test_a_header_with_an_underscore_does_not_pass_for_the_proxys(door: InThreads):
    said = [(b"x_forwarded_for", b"203.0.113.9"), (b"x-forwarded-for", b"192.0.2.1")]
    assert Server([b""]).ask(door, headers=said).json["told"] == {"X-Forwarded-For": "192.0.2.1"}


def test_a_header_that_is_said_twice_is_a_list(door: InThreads):
    said = [(b"x-forwarded-for", b"192.0.2.1"), (b"x-forwarded-for", b"192.0.2.2")]
    assert Server([b""]).ask(door, headers=said).json["told"] == {"X-Forwarded-For": "192.0.2.1,192.0.2.2"}


def test_paths_and_questions_may_be_in_any_script(door: InThreads):
    asked = Server([b""]).ask(door, path="/Straße/улица", query_string=b"words=caf%C3%A9").json
    assert (asked["where"], asked["words"]) == ("Straße/улица", "café")


def test_who_asks_is_known_by_address(door: InThreads):
    assert Server([b""]).ask(door).json["from"] == "192.0.2.7"


def test_an_answer_in_parts_is_sent_whole_with_each_of_its_headers(door: InThreads):
    server = Server([b""]).ask(door, path="/parts", method="GET")
    assert (server.status, server.sent[1]["body"]) == (202, b"one, two")
    cookies = [value for name, value in server.sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"a=1", b"b=2"]
