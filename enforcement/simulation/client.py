"""Our own API as a sensor network, a phone or a desk calls it."""

from collections.abc import Iterator
from typing import Any

import requests

PREFIX = "/api/v1"
TIMEOUT = (3.05, 30.0)  # seconds to connect, and between bytes
IMPORTED_WITHIN = (3.05, 180.0)  # the same for a whole file
PAGE = 200
TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class ApiFault(Exception):
    """The server refused. `problem` is its application/problem+json, {} if it sent none."""

    def __init__(self, what: str, status: int, problem: dict[str, Any]) -> None:
        words = problem.get("detail") or problem.get("title") or "no reason given"
        super().__init__(f"{what}: {status}, {words}")
        self.status, self.problem = status, problem

    @property
    def passing(self) -> bool:
        """Is the same call worth making again, later?"""
        return self.status in TRY_LATER


class ServerAway(Exception):
    """No answer came: the server is not there, or not yet."""


class ApiClient:
    """One caller, by a machine's key or by a person's sign-in. Not to be shared by threads."""

    def __init__(self, base: str, *, key: str | None = None) -> None:
        self._base = base.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy stands between us and our own server
        self._session.headers["Origin"] = self._base
        if key:
            self._session.headers["Authorization"] = f"Bearer {key}"

    def sign_in(self, email: str, password: str) -> Any:
        """The person's session is kept in a cookie; answers who they are."""
        return self.post("/sign-in", {"email": email, "password": password, "device": "simulation"})

    def cookie(self, name: str) -> str:
        """What the server gave to keep, by its name. Raises KeyError."""
        return str(self._session.cookies[name])

    def get(self, path: str, **params: Any) -> Any:
        return self._send("GET", path, params=params)

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        return self._send("POST", path, json={} if body is None else body, params=params)

    def patch(self, path: str, body: Any) -> Any:
        return self._send("PATCH", path, json=body)

    def put(self, path: str, body: Any) -> Any:
        return self._send("PUT", path, json=body)

    def post_text(self, path: str, text: str, content_type: str) -> Any:
        headers = {"Content-Type": content_type}
        return self._send("POST", path, timeout=IMPORTED_WITHIN, data=text.encode(), headers=headers)

    def every(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """All items of a list, page by page."""
        cursor: dict[str, Any] = {}
        while True:
            page = self.get(path, limit=PAGE, **params, **cursor)
            yield from page["items"]
            if not page["next"]:
                return
            cursor = {"cursor": page["next"]}

    def all_of(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """A list that comes whole."""
        items: list[dict[str, Any]] = self.get(path, **params)["items"]
        return items

    def close(self) -> None:
        self._session.close()

    def _send(self, method: str, path: str, timeout: tuple[float, float] = TIMEOUT, **how: Any) -> Any:
        what = f"{method} {path}"
        try:
            answer = self._session.request(method, f"{self._base}{PREFIX}{path}", timeout=timeout, **how)
        except requests.RequestException as fault:
            raise ServerAway(f"{what}: {type(fault).__name__}") from fault
        if answer.status_code >= 400:
            raise ApiFault(what, answer.status_code, _problem(answer))
        return answer.json() if answer.content else None


def _problem(answer: requests.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except requests.JSONDecodeError:
        return {}
    return problem if isinstance(problem, dict) else {}
