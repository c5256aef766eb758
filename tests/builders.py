"""Builders that hide what does not matter to a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from enforcement import jobs, people
from enforcement.adapters.planner import PlanResult
from enforcement.adapters.push import PushSender
from enforcement.adapters.tables import act_for, db
from enforcement.domain.dispatch import plan
from enforcement.people import passwords

PASSWORD = "correct horse battery"
ORIGIN = "http://localhost"
HOME = (-0.1276, 51.5072)
EVERY_HOUR = "Mo-Su 00:00-24:00"


def at(clock: str, day: str = "2026-06-29") -> datetime:
    """A time on a Monday in June, as a clock in London shows it (an hour ahead of UTC)."""
    return datetime.fromisoformat(f"{day}T{clock}+01:00").astimezone(UTC)


def step(ahead: timedelta = timedelta(0), **said: Any) -> dict[str, Any]:
    """The body of a phone's write, with an id of its own."""
    return {"id": str(uuid4()), "recorded_at": (datetime.now(UTC) + ahead).isoformat(), **said}


def square(lon: float, lat: float, half: float = 0.001) -> dict[str, Any]:
    """A GeoJSON polygon around a point; `half` its side in degrees."""
    west, east, south, north = lon - half, lon + half, lat - half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class SetClock:
    """A clock that shows what it was set to."""

    speed = 1.0

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, clock: str, day: str = "2026-06-29") -> datetime:
        self.now = at(clock, day)
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@contextmanager
def standing_clock(app: Flask) -> Iterator[SetClock]:
    """Such a clock in the place of the application's: Monday 29 June 2026, 09:00 in London."""
    services, clock = app.extensions["openpatrol"], SetClock(at("09:00"))
    app.extensions["openpatrol"] = replace(services, settings=replace(services.settings, clock=clock))
    yield clock
    app.extensions["openpatrol"] = services


class PlannerHere:
    """The planner without its process: tests of other things need no second one."""

    def plan(self, officers: Any, tasks: Any, travel: Any, now: datetime, chance: Any) -> PlanResult:
        return PlanResult(plan(officers, tasks, travel, now, chance), "assignment", 0.0)


def workshop(clock: SetClock, planner: Any = None, sender: Any = None) -> jobs.Workshop:
    """Where a worker works: without another planner it plans here, and without a sender it tells nobody."""
    return jobs.Workshop(db.engine, clock, planner or PlannerHere(), sender)


def hash_quickly() -> None:
    """Passwords are hashed as they really are, at a fraction of the price."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def address_of_its_own() -> str:
    """An IP address that nobody else has: attempts to sign in are counted by address."""
    return str(IPv6Address(0xFD00 << 112 | uuid4().int >> 16))


class Caller:
    """A person's browser, or a machine with a key."""

    def __init__(self, client: FlaskClient, key: str | None = None) -> None:
        self.client = client
        client.environ_base["REMOTE_ADDR"] = address_of_its_own()
        self.headers = {"Authorization": f"Bearer {key}"} if key else {"Origin": ORIGIN}

    def call(self, method: str, path: str, body: Any = None, **kwargs: Any) -> TestResponse:
        if body is not None:
            kwargs["json"] = body
        headers = {**self.headers, **kwargs.pop("headers", {})}
        db.session.remove()  # what the test itself read holds no locks
        # In a context of its own, as on a server: nothing of one request is left for the next.
        return Context().run(self.client.open, f"/api/v1{path}", method=method, headers=headers, **kwargs)

    def now(self) -> datetime:
        """What the clock on the wall shows."""
        time: datetime = self.client.application.extensions["openpatrol"].clock()
        return time

    def get(self, path: str, **kwargs: Any) -> Any:
        return expect(self.call("GET", path, **kwargs), 200)

    def post(self, path: str, body: Any = None, status: int | None = None, **kwargs: Any) -> Any:
        return expect(self.call("POST", path, body, **kwargs), status)

    def patch(self, path: str, body: Any, status: int | None = None) -> Any:
        return expect(self.call("PATCH", path, body), status)

    def put(self, path: str, body: Any = None, status: int | None = None, **kwargs: Any) -> Any:
        return expect(self.call("PUT", path, body, **kwargs), status)

    def delete(self, path: str, status: int | None = None) -> Any:
        return expect(self.call("DELETE", path), status)


def expect(answer: TestResponse, status: int | None) -> Any:
    """The answer's JSON, if its status is the expected one (any 2xx without an expectation)."""
    right = answer.status_code == status if status else 200 <= answer.status_code < 300
    assert right, (
        f"{answer.request.method} {answer.request.path}: {answer.status} {answer.get_data(as_text=True)}"
    )
    return answer.get_json(silent=True)


@dataclass
class Officer:
    """An officer with a phone, and the shift they were given."""

    id: str
    phone: Caller
    shift: dict[str, Any] = field(default_factory=dict)
    device: dict[str, Any] = field(default_factory=dict)

    def start(self, *, lon: float = HOME[0], lat: float = HOME[1], clock: SetClock) -> None:
        """Go on duty, here."""
        step = {"id": str(uuid4()), "recorded_at": clock().isoformat()}
        self.shift = self.phone.post(f"/shifts/{self.shift['id']}/start", step)
        self.stand(lon=lon, lat=lat, clock=clock)

    def stand(self, *, lon: float, lat: float, clock: SetClock, accuracy_m: float = 5.0) -> Any:
        """Report a position."""
        fix = {"lon": lon, "lat": lat, "accuracy_m": accuracy_m, "at": clock().isoformat()}
        return self.phone.post("/positions", {"id": str(uuid4()), "fixes": [fix]})

    def step(self, task: dict[str, Any], what: str, status: int | None = None, **more: Any) -> Any:
        """Accept, decline, arrive, sightings or outcome, as the phone last saw the task."""
        body = {
            "id": str(uuid4()),
            "version": task["version"],
            "recorded_at": self.phone.now().isoformat(),
            **more,
        }
        return self.phone.post(f"/tasks/{task['id']}/{what}", body, status)

    def mine(self) -> list[dict[str, Any]]:
        """The open tasks on this phone."""
        return self.phone.get("/tasks?state=open")["items"]


class Council:
    """A council with an administrator, a supervisor and a sensor network's key."""

    def __init__(self, app: Flask, clock: SetClock, authority_id: UUID, slug: str) -> None:
        self.app, self.clock, self.id, self.slug = app, clock, authority_id, slug
        self.sender: PushSender | None = None

    def browser(self) -> Caller:
        return Caller(self.app.test_client())

    def with_key(self, *scopes: str) -> Caller:
        """A machine with a key of these scopes."""
        with self.session() as session:
            _, token = people.create_key(session, "a machine", scopes, None, self.clock())
            session.commit()
        return Caller(self.app.test_client(), token)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A database session that acts for this council."""
        with Session(db.engine, expire_on_commit=False) as session:
            act_for(session, self.id)
            yield session

    def person(self, role: str, name: str = "Sam") -> tuple[str, Caller]:
        """Someone with an account, signed in: their id and their browser."""
        email = f"{uuid4().hex[:10]}@example.org"
        with self.session() as session:
            person = people.create_person(session, email, name, role, PASSWORD, "test", self.clock())
            session.commit()
        browser = self.browser()
        browser.post("/sign-in", {"email": email, "password": PASSWORD})
        return str(person.id), browser

    @property
    def supervisor(self) -> Caller:
        if not hasattr(self, "_supervisor"):
            _, self._supervisor = self.person("supervisor", "Sunita")
        return self._supervisor

    @property
    def administrator(self) -> Caller:
        if not hasattr(self, "_administrator"):
            _, self._administrator = self.person("administrator", "Ada")
        return self._administrator

    @property
    def network(self) -> Caller:
        """The sensor network."""
        if not hasattr(self, "_network"):
            self._network = self.with_key("readings:write")
        return self._network

    def zone(
        self, name: str = "Centre", lon: float = HOME[0], lat: float = HOME[1], half: float = 0.01
    ) -> str:
        """A square zone; its id."""
        return self.supervisor.post("/zones", {"name": name, "outline": square(lon, lat, half)})["id"]

    def bay(
        self,
        reference: str = "B1",
        *,
        lon: float = HOME[0],
        lat: float = HOME[1],
        sensor: bool = True,
        **rule: Any,
    ) -> dict[str, Any]:
        """A bay, a two-hour bay unless told otherwise, with a sensor called S-<reference>."""
        restriction = {
            "bay_class": "limited-waiting",
            "hours": EVERY_HOUR,
            "permitted_minutes": 120,
            "code": "30",
            **rule,
        }
        body = {
            "reference": reference,
            "street": "Judd Street",
            "lon": lon,
            "lat": lat,
            "restriction": restriction,
        }
        bay = self.supervisor.post("/bays", body)
        if sensor:
            self.supervisor.post("/sensors", {"reference": f"S-{reference}", "bay": reference})
        return bay

    def officer(self, *zones: str, name: str = "Olu", hours: float = 8) -> Officer:
        """An officer with a shift planned around now in these zones."""
        person_id, phone = self.person("officer", name)
        begins = self.clock() - timedelta(minutes=5)
        shift = self.supervisor.post(
            "/shifts",
            {
                "officer_id": person_id,
                "zones": list(zones),
                "planned_from": begins.isoformat(),
                "planned_to": (begins + timedelta(hours=hours)).isoformat(),
            },
        )
        return Officer(person_id, phone, shift)

    def on_duty(self, *zones: str, lon: float = HOME[0], lat: float = HOME[1], name: str = "Olu") -> Officer:
        """An officer on shift in these zones, standing here."""
        officer = self.officer(*zones, name=name)
        officer.start(lon=lon, lat=lat, clock=self.clock)
        return officer

    def reads(self, *readings: tuple[str, str, str], status: int | None = None) -> Any:
        """Post readings: (bay reference, state, time), the time as a London clock shows it."""
        items = [
            {"sensor": f"S-{bay}", "state": state, "at": at(clock).isoformat()}
            for bay, state, clock in readings
        ]
        return self.network.post("/readings", {"readings": items}, status)

    def says_over(self, bay: str, since: str, clock: str) -> Any:
        """A network that counts by itself claims an overstay."""
        item = {
            "sensor": f"S-{bay}",
            "state": "over",
            "since": at(since).isoformat(),
            "at": at(clock).isoformat(),
        }
        return self.network.post("/readings", {"readings": [item]})

    def sweep(self) -> None:
        """What a worker does: everything that is due here, now."""
        db.session.remove()
        shop = workshop(self.clock, sender=self.sender)
        for step in jobs.SWEPT.values():
            step(shop, self.id)

    def tasks(self, state: str = "open") -> list[dict[str, Any]]:
        """The tasks as the supervisor sees them."""
        return self.supervisor.get(f"/tasks?state={state}")["items"]

    def journal(self, subject_id: str) -> list[str]:
        """The story of one thing: its entries' kinds."""
        return [entry["kind"] for entry in self.supervisor.get(f"/journal?subject_id={subject_id}")["items"]]


def new_council(app: Flask, clock: SetClock) -> Council:
    """A council of its own, in England, with the policy of a single sighting."""
    slug = f"c{uuid4().hex[:12]}"
    with Session(db.engine, expire_on_commit=False) as session:
        authority = people.create_authority(
            session, slug, f"Borough of {slug}", "Europe/London", "GB", "ENG", "single-sighting"
        )
        session.commit()
    return Council(app, clock, authority.id, slug)
