"""What is secret is in no log, no journal and no answer: real processes, at DEBUG, through a day of faults."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import create_engine, make_url, text

from enforcement.config import Clock
from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import ROOT, Stack, free_port

from ..adapters.push_service import PushService
from ..builders import HOME, square

PASSWORD = "tell-nobody-the-right-one"
WRONG = "tell-nobody-the-wrong-one"
CHOSEN = "tell-nobody-the-chosen-one"
DATABASE = "tell-nobody-the-database-one"
HEADER = "tell-nobody-the-webhook-one"
PLATE = "QZ73XKW"
NOTE = "tell-nobody-what-i-saw"
UNREADABLE = "tell-nobody-half-a-body"


@dataclass
class Day:
    """Everything that was answered, and everything that nobody may read in it."""

    stack: Stack
    secrets: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    def send(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        headers = {"Origin": self.stack.url, **kwargs.pop("headers", {})}
        answer = requests.request(
            method, f"{self.stack.url}/api/v1{path}", headers=headers, timeout=20, **kwargs
        )
        self.answers.append(f"{answer.text} {answer.headers if 'Set-Cookie' not in answer.headers else ''}")
        self.statuses.add(answer.status_code)
        return answer

    def as_person(self, person: ApiClient, method: str, path: str, body: Any) -> requests.Response:
        return self.send(method, path, json=body, cookies=person._session.cookies.get_dict())

    @contextmanager
    def without(self, right: str, table: str) -> Iterator[None]:
        """The server may not do this with the table: a fault in the middle of a transaction."""
        owner = create_engine(self.stack.env["DATABASE_OWNER_URL"], isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            connection.execute(text(f"REVOKE {right} ON {table} FROM openpatrol_app"))
            yield
            connection.execute(text(f"GRANT {right} ON {table} TO openpatrol_app"))
        owner.dispose()

    def logs(self) -> str:
        return "\n".join(log.read_text() for log in sorted(self.stack.folder.glob("*.log")))


@pytest.fixture(scope="module")
def push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture(scope="module")
def day(push_service: PushService) -> Iterator[Day]:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with Stack({"LOG_LEVEL": "DEBUG", "VAPID_PRIVATE_KEY": pem}, durable=False) as stack:
        named = make_url(stack.env["DATABASE_URL"]).set(password=DATABASE)
        stack.env["DATABASE_URL"] = named.render_as_string(hide_password=False)
        stack.flask("create-authority", "camford", "--name", "Camford")
        first = ("--email", "ada@example.org", "--name", "Ada", "--password", PASSWORD)
        stack.flask("create-admin", "--authority", "camford", *first)
        stack.serve(Clock())
        day = Day(stack)
        day.secrets["the push key"] = pem.splitlines()[1]
        live_through(day, push_service)
        start_without_a_database(day)
        stack.stop()
        yield day


def live_through(day: Day, push_service: PushService) -> None:
    admin = ApiClient(day.stack.url)
    admin.sign_in("ada@example.org", PASSWORD)
    sign_in_badly(day)
    officer = new_officer(day, admin)
    network = key_of(day, admin)
    seen = late_car(day, admin, officer, network, push_service)
    break_things(day, officer, seen)
    for path in ("/journal", "/people", "/keys", "/readings", "/tasks"):
        day.as_person(admin, "GET", path, None)
    start = admin.get("/journal")["cursor"].split(".")[0] + ".0.0"
    while items := (page := admin.get("/journal", cursor=start, limit=500))["items"]:
        day.answers.append(str(items))
        start = page["cursor"]


def sign_in_badly(day: Day) -> None:
    for _ in range(7):
        day.send("POST", "/sign-in", json={"email": "ada@example.org", "password": WRONG})
    day.send("POST", "/sign-in", json={"email": WRONG, "password": PASSWORD, "more": PASSWORD})
    day.send("POST", "/sign-in", json=[PASSWORD])
    day.send(
        "POST", "/sign-in", data=f'{{"password": "{UNREADABLE}', headers={"Content-Type": "application/json"}
    )
    day.send("GET", f"/people?password={WRONG}", cookies={"openpatrol": f"op_{uuid4().hex}_{WRONG}"})


def new_officer(day: Day, admin: ApiClient) -> ApiClient:
    person = {"email": "olu@example.org", "name": "Olu", "role": "officer"}
    person_id = admin.post("/people", person)["id"]
    link = admin.post("/reset-links", {"person_id": person_id})["url"].partition("#")[2]
    day.secrets["a reset link"] = link
    for _ in range(2):
        day.send("POST", "/password", json={"token": link, "password": CHOSEN})
    officer = ApiClient(day.stack.url)
    officer.sign_in("olu@example.org", CHOSEN)
    (cookie,) = officer._session.cookies
    day.secrets["a sign-in"] = str(cookie.value)
    day.secrets["the secret half of a sign-in"] = str(cookie.value).split("_", 2)[2]
    zone = admin.post("/zones", {"name": "Centre", "outline": square(*HOME)})["id"]
    begins = datetime.now(UTC) - timedelta(minutes=1)
    planned = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=8)).isoformat()}
    shift = admin.post("/shifts", {"officer_id": person_id, "zones": [zone], **planned})
    officer.post(f"/shifts/{shift['id']}/start", {"id": str(uuid4()), "recorded_at": now()})
    fix = {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": now()}
    officer.post("/positions", {"id": str(uuid4()), "fixes": [fix]})
    return officer


def key_of(day: Day, admin: ApiClient) -> ApiClient:
    key = admin.post("/keys", {"name": "sensors", "scopes": ["readings:write"]})["key"]
    day.secrets["a key"] = key
    day.secrets["the secret half of a key"] = key.split("_", 2)[2]
    bearer = {"Authorization": f"Bearer {key}", "X-Downlink-Apikey": HEADER}
    for body in ({}, {"end_device_ids": {}, "uplink_message": {}}, {"end_device_ids": 7, "token": HEADER}):
        day.send("POST", "/webhooks/things-stack", json=body, headers=bearer)
    day.send("GET", "/people", headers=bearer)
    day.send("GET", "/bays", headers={"Authorization": f"Bearer {key}x"})
    return ApiClient(day.stack.url, key=key)


def late_car(
    day: Day, admin: ApiClient, officer: ApiClient, network: ApiClient, push_service: PushService
) -> dict[str, Any]:
    """A car over its time, a message about it to a phone whose push service has seen better days."""
    phone = push_service.subscribe()
    day.secrets |= {"a phone's address": phone.endpoint, "a phone's key": phone.auth}
    day.secrets["the path of a phone's address"] = phone.endpoint.rsplit("/", 1)[1]
    keys = {"p256dh": phone.p256dh, "auth": phone.auth}
    device = officer.post("/devices", {"endpoint": phone.endpoint, "keys": keys})["id"]
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 120, "code": "30"}
    place = {"reference": "B1", "street": "Judd Street", "lon": HOME[0], "lat": HOME[1]}
    admin.post("/bays", {**place, "restriction": rule})
    admin.post("/sensors", {"reference": "S1", "bay": "B1"})
    since = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    with day.without("UPDATE", "notifications"):  # the worker can't say what became of it
        network.post(
            "/readings", {"readings": [{"sensor": "S1", "state": "over", "at": now(), "since": since}]}
        )
        wait_for(lambda: "permission denied" in day.logs() or "ProgrammingError" in day.logs())
    officer.post(f"/devices/{device}/test")
    push_service.wait_for(1)
    (task,) = officer.get("/tasks", state="open")["items"]
    for step in ("accept", "arrive"):
        body = {"id": str(uuid4()), "recorded_at": now(), "version": task["version"]}
        task = officer.post(f"/tasks/{task['id']}/{step}", body)
    return task


def break_things(day: Day, officer: ApiClient, task: dict[str, Any]) -> None:
    """Faults of ours with somebody's data in hand."""
    path = f"/tasks/{task['id']}/sightings"

    def look(**more: Any) -> dict[str, Any]:
        step = {"id": str(uuid4()), "recorded_at": now(), "version": task["version"]}
        return {**step, "plate": PLATE, "note": NOTE, **more}

    with day.without("INSERT", "sightings"):
        assert day.as_person(officer, "POST", path, look()).status_code == 500
    with day.without("UPDATE", "people"), day.without("INSERT", "sign_ins"):
        day.send("POST", "/sign-in", json={"email": "olu@example.org", "password": CHOSEN})
    day.as_person(officer, "POST", path, look(version=-1))
    day.as_person(officer, "POST", path, look(plate=f"{PLATE}\0"))
    day.as_person(officer, "POST", path, look(lon=f"{PLATE}"))
    assert day.as_person(officer, "POST", path, look()).status_code == 200


def start_without_a_database(day: Day) -> None:
    """A web server that can't reach its database says so, and no more."""
    away = make_url(day.stack.env["DATABASE_URL"]).set(host="127.0.0.1", port=1, query={})
    env = day.stack.env | {"DATABASE_URL": away.render_as_string(hide_password=False)}
    commands = {
        "lonely-web": ["granian", "--interface", "asgi", "--port", str(free_port()), "asgi:app"],
        "lonely-worker": ["flask", "worker"],
    }
    with ThreadPoolExecutor(len(commands)) as pool:
        list(pool.map(partial(run_to_its_end, day, env), commands.items()))


def run_to_its_end(day: Day, env: dict[str, str], named: tuple[str, list[str]]) -> None:
    name, command = named
    with (day.stack.folder / f"{name}.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            timeout=60,
            check=False,
        )


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)


def now() -> str:
    return datetime.now(UTC).isoformat()


KNOWN = {
    "a password": PASSWORD, "a wrong password": WRONG, "a chosen password": CHOSEN,
    "the database's password": DATABASE, "a webhook's header": HEADER, "half a body": UNREADABLE,
    "a plate": PLATE, "a note": NOTE,
}  # fmt: skip


def found_in(told: str, secrets: dict[str, str]) -> list[str]:
    return [what for what, secret in secrets.items() if secret in told]


def test_the_day_had_every_fault_in_it(day: Day):
    assert {200, 400, 401, 403, 422, 429, 500} <= day.statuses
    logs = day.logs()
    for told in ("request", "fault", "ProgrammingError"):
        assert told in logs
    assert (day.stack.folder / "lonely-web.log").read_text()
    assert (day.stack.folder / "lonely-worker.log").read_text()


def test_no_log_has_a_secret_a_plate_or_a_note_in_it(day: Day):
    assert found_in(day.logs(), KNOWN | day.secrets) == []


def test_no_journal_entry_and_no_answer_has_a_secret_in_it(day: Day):
    assert found_in("\n".join(day.answers), KNOWN | day.secrets) == []


def test_keys_of_the_installation_are_its_own_to_read(day: Day):
    for key in day.stack.folder.glob("*.pem"):
        assert key.stat().st_mode & 0o077 == 0, key
        assert found_in(day.logs(), {key.name: key.read_text().splitlines()[1]}) == []
