"""Every route of the API with a body that it takes, and a town that has something of everything."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import Table, select, text
from werkzeug.test import TestResponse

from enforcement import people, pipeline
from enforcement.adapters.tables import (
    ApiKey,
    Base,
    Freeze,
    LostPhone,
    Notification,
    ShiftLog,
)

from ..builders import HOME, PASSWORD, Caller, Council, square, workshop
from ..pictures import hash_of, jpeg

PREFIX = "/api/v1"
HASH = "string(length=64)"
PARAMETER = re.compile(rf"<(uuid|{re.escape(HASH)}):(\w+)>")
NOTHING: dict[str, Callable[[], str]] = {"uuid": lambda: str(uuid4()), HASH: lambda: 2 * uuid4().hex}
QUERIES = {
    "PUT /sightings/<uuid:sighting_id>/photos/<string(length=64):sha256>": "?offset=0&size=1",
    "GET /shifts/copy": "?from_day=2026-06-29&day=2026-07-06",
    "GET /hours": "?hours=24/7",
}
ROLES = people.ROLES
PROBLEM = "application/problem+json"
TABLES: list[Table] = list(Base.metadata.sorted_tables)
OURS = [table.name for table in TABLES if "authority_id" in table.c]  # all but the councils' own


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one route: `roles` None means that it is open to all."""

    method: str
    rule: str
    endpoint: str
    roles: tuple[str, ...] | None
    scope: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def parameters(self) -> list[str]:
        return [name for _, name in PARAMETER.findall(self.rule)]

    def path(self, ids: dict[str, str]) -> str:
        """The path under /api/v1 with these ids, and a query that it takes; an id that is not given names nothing."""
        filled = PARAMETER.sub(lambda found: ids.get(found[2], NOTHING[found[1]]()), self.rule)
        return filled.removeprefix(PREFIX) + QUERIES.get(str(self).replace(PREFIX, ""), "")


def routes_of(app: Flask) -> list[Route]:
    """All routes under /api/v1."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(f"{PREFIX}/"):
            continue
        guard = app.view_functions[rule.endpoint].guard  # type: ignore[attr-defined]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found.append(Route(method, rule.rule, rule.endpoint, guard["roles"], guard["scope"]))
    return sorted(found, key=str)


def is_problem(answer: TestResponse) -> bool:
    """Is it a refusal that says what is wrong, and points at what it names?"""
    said = answer.get_json(silent=True) or {}
    pointed = all(set(error) == {"pointer", "detail"} for error in said.get("errors", ()))
    right = said.get("status") == answer.status_code and said.get("title") and said.get("detail")
    return bool(answer.mimetype == PROBLEM and right and pointed)


ROWS = " UNION ALL ".join(
    f"SELECT '{table.name}', t::text FROM {table.name} t WHERE {column} = :id"
    for table in TABLES
    for column in ["authority_id" if "authority_id" in table.c else "id"]
)


def rows_of(council: Council) -> dict[str, list[str]]:
    """Everything that a council has, as the database keeps it."""
    with council.session() as session:
        told = session.execute(text(ROWS), {"id": council.id}).all()
    return {table.name: sorted(row for name, row in told if name == table.name) for table in TABLES}


class Town:
    """A council where everything has happened once: `ids` by the names that routes give them."""

    def __init__(self, council: Council) -> None:
        self.council, self.clock = council, council.clock
        self.ids: dict[str, str] = {"zone_id": council.zone()}
        self._keys: dict[tuple[str, ...], Caller] = {}
        self._furnish()
        self._work()
        self._rights()
        self._messages()
        self._phones()
        self._trouble()
        self._learn()
        self.callers = {
            "administrator": council.administrator,
            "supervisor": council.supervisor,
            "officer": self.officer.phone,
        }

    def _furnish(self) -> None:
        supervisor = self.council.supervisor
        policy = supervisor.get("/authority")["policy"] | {"street_seen_days": 7}
        self.council.administrator.patch("/authority", {"policy": policy})
        bay = self.council.bay("B1")
        self.ids |= {"bay_id": bay["id"], "restriction_id": bay["restriction"]["id"]}
        self.ids["sensor_id"] = supervisor.get("/sensors")["items"][0]["id"]
        suspension = {"bay_id": bay["id"], "starts_at": "2026-08-01T06:00Z", "ends_at": "2026-08-02T06:00Z"}
        suspension["why"] = "Filming"
        self.ids["suspension_id"] = supervisor.post("/suspensions", suspension)["id"]
        supervisor.put(f"/suspensions/{self.ids['suspension_id']}/sign", data=jpeg(2))
        match = {"name": "match", "day": "2026-07-04"}
        self.ids["event_day_id"] = supervisor.post("/event-days", match, 201)["id"]
        self.ids["patrol_id"] = supervisor.post("/patrols", patrol(), 201)["id"]
        supervisor.post("/import/streets", STREETS, 200)
        note = supervisor.post("/briefing-notes", {"text": "Ice on the bridge", "hazard": True}, 201)
        self.ids["briefing_note_id"] = note["id"]

    def _work(self) -> None:
        """One task to its end, a second one on offer."""
        council, self.officer = self.council, self.council.on_duty(self.ids["zone_id"])
        council.bay("B2")
        self.ids |= {"shift_id": self.officer.shift["id"], "person_id": self.officer.id}
        self.officer.phone.post(f"/shifts/{self.ids['shift_id']}/briefing", _briefing(self))
        council.clock.set("11:05")
        council.reads(("B1", "occupied", "09:00"))
        council.network.post(
            "/readings",
            {"readings": [{"sensor": "NEW", "state": "free", "at": council.clock().isoformat()}]},
        )
        council.sweep()
        (task,) = self.officer.mine()
        task = self.officer.step(task, "accept")
        task = self.officer.step(task, "arrive")
        council.clock.set("11:12")
        self.ids["sha256"] = hash_of(jpeg())
        photo = {"sha256": self.ids["sha256"], "taken_at": council.clock().isoformat()}
        self._misread(task)
        self.ids["sighting_id"] = str(uuid4())
        task = self.officer.step(
            task, "sightings", id=self.ids["sighting_id"], plate="AB12CDE", photos=[photo]
        )
        self.officer.step(task, "outcome", outcome="notice_served")
        self.officer.step(task, "outcome", 409, outcome="prevented")  # too late, and kept
        self.ids["kept_record_id"] = council.supervisor.get("/kept-records")["items"][0]["id"]
        council.supervisor.post(f"/tasks/{task['id']}/hold", {"reason": "An appeal"}, 201)
        self._add_to_sighting(task)
        council.reads(("B2", "occupied", "09:05"))
        council.sweep()
        self.task = self.officer.mine()[0]
        self.ids["task_id"] = self.task["id"]

    def _rights(self) -> None:
        """A list of permits, asked about a plate, and to be asked about a bay."""
        council = self.council
        sent = {"data": b"plate,right\nXY99ZZZ,permit", "content_type": "text/csv"}
        council.administrator.call("POST", "/import/rights?name=permits", **sent)
        self.ids["provider_id"] = council.supervisor.get("/rights/providers")["items"][0]["id"]
        self.officer.phone.post(f"/tasks/{self.task['id']}/rights", {"plate": "AB12CDE"})
        council.bay("B3")
        council.reads(("B3", "occupied", "09:05"))
        council.sweep()

    def _misread(self, task: dict[str, Any]) -> None:
        """The officer took an O for a Q, and has said so."""
        wrong = str(uuid4())
        self.officer.step(task, "sightings", id=wrong, plate="AQ12CDE")
        self.officer.phone.post(f"/tasks/{task['id']}/sightings/{wrong}/misread", _step(self))

    def _add_to_sighting(self, task: dict[str, Any]) -> None:
        path = f"/tasks/{task['id']}/sightings/{self.ids['sighting_id']}/addenda"
        self.officer.phone.post(path, _step(self, text="It was a van."))
        photo = f"/sightings/{self.ids['sighting_id']}/photos/{self.ids['sha256']}"
        self.officer.phone.put(f"{photo}?offset=0&size={len(jpeg())}", data=jpeg())

    def _ours(self, table: Any) -> Any:
        """The ids of a table's rows, also for a role that may see everybody's."""
        return select(table.id).where(table.authority_id == self.council.id)

    def _messages(self) -> None:
        council = self.council
        council.administrator.post("/reset-links", {"person_id": self.officer.id}, 201)
        words = {"id": str(uuid4()), "text": "Rain from three"}
        self.ids["message_id"] = council.supervisor.post(f"/people/{self.officer.id}/messages", words, 201)[
            "id"
        ]
        self.ids["device_id"] = self.officer.phone.post("/devices", device(), 201)["id"]
        self.officer.phone.post(f"/devices/{self.ids['device_id']}/test", status=202)
        with council.session() as session:
            self.ids["notification_id"] = str(session.scalars(self._ours(Notification)).one())
            self.ids["key_id"] = str(session.scalars(self._ours(ApiKey)).first())

    def _phones(self) -> None:
        """A spare phone that is signed in, and one that was lost."""
        council, ours = self.council, self.council.id
        spare, _ = council.person("officer", "Spare")
        self.ids["sign_in_id"] = council.supervisor.get(f"/people/{spare}/sign-ins")["items"][0]["id"]
        lost = LostPhone(
            authority_id=ours, id=uuid4(), person_id=UUID(spare), lost_at=self.clock(), lost_by=UUID(spare)
        )
        with council.session() as session:
            session.add(lost)
            session.commit()
            self.ids["lost_phone_id"] = str(lost.id)

    def _trouble(self) -> None:
        """A call for help, a place that is frozen, a shift whose log was signed."""
        self.ids["alert_id"] = self.officer.phone.post("/sos", {"id": str(uuid4())})["id"]
        now, ours = self.clock(), self.council.id
        freeze = Freeze(
            authority_id=ours, task_id=UUID(self.task["id"]), lon=HOME[0] + 0.5, lat=HOME[1], radius_m=150.0,
            starts_at=now, asks_at=now + timedelta(hours=1), check_at=now + timedelta(hours=1),
        )  # fmt: skip
        log = ShiftLog(
            authority_id=ours, shift_id=UUID(self.ids["shift_id"]), document="{}", sha256="", signed_at=now
        )
        with self.council.session() as session:
            session.add_all([freeze, log])
            session.commit()
            self.ids["freeze_id"] = str(freeze.id)

    def _learn(self) -> None:
        """What the night makes of the day: how long cars stay here."""
        shop = workshop(self.clock)
        pipeline.dwelling.refit(partial(shop.session, self.council.id), self.clock())

    def key(self, *scopes: str) -> Caller:
        """A machine with these scopes; the same one when asked again."""
        if scopes not in self._keys:
            self._keys[scopes] = self.council.with_key(*scopes)
        return self._keys[scopes]

    def allowed(self, route: Route) -> dict[str, Caller]:
        """Everybody who may use a guarded route."""
        callers = {role: self.callers[role] for role in route.roles or ()}
        return callers | ({f"key:{route.scope}": self.key(route.scope)} if route.scope else {})


def device(endpoint: str = "http://127.0.0.1:9/push") -> dict[str, Any]:
    """A push subscription as a browser makes it."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": urlsafe_b64encode(point).decode(), "auth": urlsafe_b64encode(bytes(16)).decode()}
    return {"endpoint": f"{endpoint}/{uuid4()}", "keys": keys}


def patrol(name: str = "School run", **more: Any) -> dict[str, Any]:
    """A standing patrol at a school gate, on school mornings."""
    gate = {"street": "Judd Street", "at": "the school gate", "lon": HOME[0], "lat": HOME[1]}
    hours = {"hours": "Mo-Fr 08:15-09:15; PH off", "minutes": 20}
    return {"name": name, "place": gate, "code": "26", **hours, **more}


RESTRICTION = {
    "bay_class": "limited-waiting",
    "hours": "Mo-Sa 08:00-18:30",
    "permitted_minutes": 60,
    "code": "30",
}
FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [-0.12, 51.5]},
    "properties": {"reference": "F1", "street": "Judd Street"},
}

STREETS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[HOME[0], HOME[1] - 0.01], [HOME[0], HOME[1]]],
            },
            "properties": {"name": "Judd Street"},
        }
    ],
}


def _step(town: Town, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), **more}


def _briefing(town: Town) -> dict[str, Any]:
    return _step(town, sha256="0" * 64, equipment=[{"item": "Radio", "ok": False, "note": "cracked"}])


def _task(town: Town, **more: Any) -> dict[str, Any]:
    return _step(town, version=town.task["version"], **more)


def _fix(town: Town) -> dict[str, Any]:
    return {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": town.clock().isoformat()}


def _times(town: Town) -> tuple[str, str]:
    return "2026-07-01T08:00:00Z", "2026-07-01T16:00:00Z"


Body = Callable[[Town], dict[str, Any]]

# By method and rule: what a caller sends who means it. Routes that take no body are not named.
BODIES: dict[str, Body] = {
    "POST /sign-in": lambda town: {"email": "nobody@example.org", "password": PASSWORD},
    "PATCH /me": lambda town: {"language": "cy"},
    "POST /password": lambda town: {"token": "op_none", "password": PASSWORD},
    "POST /reset-links": lambda town: {"person_id": town.ids["person_id"]},
    "POST /people": lambda town: {"email": f"{uuid4().hex}@example.org", "name": "New", "role": "officer"},
    "PATCH /people/<uuid:person_id>": lambda town: {"name": "Olu"},
    "POST /keys": lambda town: {"name": "a machine", "scopes": ["readings:write"]},
    "PATCH /authority": lambda town: {"name": "Camford"},
    "POST /zones": lambda town: {"name": uuid4().hex, "outline": square(lon=1, lat=51)},
    "PUT /zones/<uuid:zone_id>": lambda town: {
        "name": "Centre",
        "outline": square(lon=HOME[0], lat=HOME[1]),
        "version": 1,
    },
    "POST /zones/<uuid:zone_id>/split": lambda town: {
        "version": 1,
        "parts": [
            {"name": "Centre", "outline": square(lon=HOME[0], lat=HOME[1])},
            {"name": uuid4().hex, "outline": square(lon=1, lat=51)},
        ],
    },
    "POST /restrictions": lambda town: dict(RESTRICTION),
    "POST /bays": lambda town: {"reference": uuid4().hex, "street": "Judd Street", "lon": -0.12, "lat": 51.5},
    "PATCH /bays/<uuid:bay_id>": lambda town: {"street": "Judd Street"},
    "POST /bays/<uuid:bay_id>/restrictions": lambda town: {"restriction_id": town.ids["restriction_id"]},
    "POST /suspensions": lambda town: {
        "bay_id": town.ids["bay_id"],
        "starts_at": _times(town)[0],
        "ends_at": _times(town)[1],
        "why": "Filming",
    },
    "PATCH /suspensions/<uuid:suspension_id>": lambda town: {"notice": "No parking: filming"},
    "POST /bays/restrictions": lambda town: {
        "which": {"text": "Judd"},
        "restriction_id": town.ids["restriction_id"],
        "expected": 0,
    },
    "POST /bays/restrictions/preview": lambda town: {
        "which": {"zone_id": town.ids["zone_id"]},
        "restriction_id": town.ids["restriction_id"],
    },
    "POST /event-days": lambda town: {"name": uuid4().hex, "day": "2026-07-11"},
    "POST /patrols": lambda town: patrol(uuid4().hex),
    "PATCH /patrols/<uuid:patrol_id>": lambda town: {"minutes": 15},
    "POST /sensors": lambda town: {"reference": uuid4().hex},
    "PATCH /sensors/<uuid:sensor_id>": lambda town: {"model": "tps110"},
    "POST /sensors/<uuid:sensor_id>/bay": lambda town: {"bay_id": town.ids["bay_id"]},
    "POST /import/bays": lambda town: {"type": "FeatureCollection", "features": [FEATURE]},
    "POST /import/bays/preview": lambda town: {"type": "FeatureCollection", "features": [FEATURE]},
    "POST /import/streets": lambda town: STREETS,
    "POST /import/zones": lambda town: {"type": "FeatureCollection", "features": []},
    "POST /readings": lambda town: {
        "readings": [{"sensor": "S-B1", "state": "occupied", "at": town.clock().isoformat()}]
    },
    "POST /found": lambda town: _step(town, bay_id=town.ids["bay_id"], code="01", lon=HOME[0], lat=HOME[1]),
    "POST /tasks/<uuid:task_id>/accept": _task,
    "POST /tasks/<uuid:task_id>/decline": lambda town: _task(town, reason="busy"),
    "POST /tasks/<uuid:task_id>/arrive": _task,
    "POST /tasks/<uuid:task_id>/sightings": lambda town: _task(town, plate="AB12CDE", note="by the kerb"),
    "POST /tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/addenda": lambda town: _step(
        town, text="Wet road"
    ),
    "POST /tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/misread": _step,
    "POST /tasks/<uuid:task_id>/look-again": _task,
    "POST /tasks/<uuid:task_id>/preparation": _task,
    "POST /tasks/<uuid:task_id>/outcome": lambda town: _task(
        town, outcome="incident", details={"reference": "INC-7"}
    ),
    "POST /tasks/<uuid:task_id>/offer": lambda town: {"shift_id": town.ids["shift_id"]},
    "POST /tasks/<uuid:task_id>/take-back": lambda town: {"shift_id": town.ids["shift_id"]},
    "POST /tasks/<uuid:task_id>/hold": lambda town: {"reason": "An appeal"},
    "POST /tasks/<uuid:task_id>/withdraw": lambda town: {"why": "A mistake"},
    "POST /tasks/<uuid:task_id>/rights": lambda town: {"plate": "AB12CDE"},
    "POST /rights/providers": lambda town: {"kind": "list", "name": uuid4().hex},
    "PATCH /rights/providers/<uuid:provider_id>": lambda town: {"about_plates": False},
    "POST /rights/providers/<uuid:provider_id>/test": lambda town: {"plate": "AB12CDE"},
    "POST /shifts": lambda town: {
        "officer_id": town.officer.id,
        "zones": [town.ids["zone_id"]],
        "planned_from": _times(town)[0],
        "planned_to": _times(town)[1],
    },
    "PATCH /shifts/<uuid:shift_id>": lambda town: {"zones": [town.ids["zone_id"]]},
    "POST /shifts/copy": lambda town: {
        "from_day": "2026-06-29",
        "day": "2026-07-06",
        "shifts": [town.ids["shift_id"]],
    },
    "POST /shifts/<uuid:shift_id>/start": _step,
    "POST /shifts/<uuid:shift_id>/state": lambda town: _step(town, state="available"),
    "POST /shifts/<uuid:shift_id>/end": _step,
    "POST /shifts/<uuid:shift_id>/check-in": _step,
    "POST /shifts/<uuid:shift_id>/briefing": _briefing,
    "POST /briefing-notes": lambda town: {"text": "Roadworks", "zone_id": town.ids["zone_id"]},
    "PATCH /briefing-notes/<uuid:briefing_note_id>": lambda town: {"last_day": "2026-07-31"},
    "POST /shifts/<uuid:shift_id>/log/sign": lambda town: _step(town, name="Olu", sha256="0" * 64),
    "POST /shifts/<uuid:shift_id>/radio": lambda town: _step(town, step="state", state="available"),
    "POST /tasks/<uuid:task_id>/radio": lambda town: _task(town, officer_id=town.officer.id, step="accept"),
    "PUT /shifts/<uuid:shift_id>/check-ins": lambda town: {"minutes": 30},
    "POST /freezes/<uuid:freeze_id>/extend": lambda town: {"minutes": 30},
    "POST /sos": lambda town: {"id": str(uuid4()), "lon": HOME[0], "lat": HOME[1], "accuracy_m": 5},
    "POST /sos/<uuid:alert_id>/cancel": _step,
    "POST /positions": lambda town: {"id": str(uuid4()), "fixes": [_fix(town)]},
    "POST /devices": lambda town: device(),
    "POST /people/<uuid:person_id>/messages": lambda town: {"id": str(uuid4()), "text": "Come to the market"},
    "POST /messages/<uuid:message_id>/read": _step,
    "POST /sign-ins/<uuid:sign_in_id>/sign-out": lambda town: {"lost": True},
}


def body_for(route: Route, town: Town) -> dict[str, Any] | None:
    """What the town's people would send there."""
    make = BODIES.get(f"{route.method} {route.rule.removeprefix(PREFIX)}")
    return make(town) if make else None
