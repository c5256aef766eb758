"""A borough in the middle of its day, for eyes: cars, officers, work in every state, and four weeks before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import cycle
from random import Random
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

from PIL import Image, ImageDraw
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from enforcement.adapters.tables import act_for
from enforcement.simulation.borough import Borough, DemoBay, borough
from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import Stack

from .builders import PASSWORD
from .desk_weeks import PastBay, Weeks

SUPERVISOR = "sunita@example.org"
OFFICERS = ("Olu Adeyemi", "Priya Shah", "Tom Ellis", "Marta Nowak", "Idris Khan")
OFFERED_WITHIN = 60.0  # seconds
VAIN, SILENT = 2, 3  # bays where nobody is found, and sensors that have said nothing for two days
NOTICE = "No parking at any time\nWater main works\nCamford Council"
STILL = text("UPDATE sensors SET last_heard_at = :then WHERE id = ANY(:ids)")
AWAY = text("""
    UPDATE rights_providers SET faults = 3, open_since = :since, try_at = :until, last_fault_at = :since,
        last_fault = 'did not answer in time', last_answer_at = :before WHERE kind = 'apds'
""")


@dataclass
class DeskTown:
    """Who can be signed in, by e-mail; all have PASSWORD."""

    stack: Stack
    admin: ApiClient
    authority: UUID
    plan: Borough
    random: Random = field(default_factory=lambda: Random(7))
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    zones: dict[str, str] = field(default_factory=dict)
    bays: dict[str, dict[str, Any]] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)
    phones: dict[str, ApiClient] = field(default_factory=dict)
    shifts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ago(self, **span: float) -> str:
        return (self.now - timedelta(**span)).isoformat()


def lay_out(stack: Stack, authority: UUID, admin_email: str) -> DeskTown:
    """The council of that administrator, in the middle of its day. Its worker goes on planning and offering."""
    admin = ApiClient(stack.url)
    admin.sign_in(admin_email, PASSWORD)
    town = DeskTown(stack, admin, authority, borough())
    _places(town)
    _people(town)
    _past(town)
    _shifts(town)
    _upkeep(town)
    _cars(town)
    return town


def _places(town: DeskTown) -> None:
    for kind, file in (
        ("bays", town.plan.bays_geojson), ("zones", town.plan.zones_geojson), ("streets", town.plan.streets_geojson),
    ):  # fmt: skip
        town.admin.post(f"/import/{kind}", file)
    town.admin.post_text("/import/sensors", town.plan.sensors_csv, "text/csv")
    town.zones = {each["name"]: each["id"] for each in town.admin.all_of("/zones")}
    town.bays = {each["reference"]: each for each in town.admin.every("/bays")}


def _people(town: DeskTown) -> None:
    def person(email: str, name: str, role: str) -> str:
        made = town.admin.post("/people", {"email": email, "name": name, "role": role, "password": PASSWORD})
        return str(made["id"])

    person(SUPERVISOR, "Sunita Rao", "supervisor")
    for name in OFFICERS:
        email = f"{name.split()[0].lower()}@example.org"
        town.officers[name] = person(email, name, "officer")
        phone = town.phones[name] = ApiClient(town.stack.url)
        phone.sign_in(email, PASSWORD)


def _past(town: DeskTown) -> None:
    limited = [bay for bay in town.plan.bays if bay.kind.permitted_minutes]
    vain = {bay.reference for bay in limited[:: len(limited) // VAIN][:VAIN]}
    bays = [
        PastBay(UUID(town.bays[bay.reference]["id"]), bay.kind.permitted_minutes, bay.reference in vain)
        for bay in limited
    ]
    with _database(town) as session:
        Weeks(session, town.now).write(bays, [UUID(each) for each in town.officers.values()])
        session.commit()
    with create_engine(town.stack.env["DATABASE_OWNER_URL"], poolclass=NullPool).begin() as connection:
        connection.execute(text("ANALYZE"))  # as PostgreSQL does by itself, soon after


@contextmanager
def _database(town: DeskTown) -> Iterator[Session]:
    engine = create_engine(town.stack.env["DATABASE_URL"], poolclass=NullPool)
    with Session(engine, expire_on_commit=False) as session:
        act_for(session, town.authority)
        yield session


def _shifts(town: DeskTown) -> None:
    """Four have begun, the last comes later; tomorrow all but the first."""
    for number, (name, zone) in enumerate(zip(OFFICERS, cycle(town.zones), strict=False)):
        for days in (0, 1):
            start = town.now + timedelta(days=days, hours=1.5 if number == len(OFFICERS) - 1 else -2)
            times = {
                "planned_from": start.isoformat(),
                "planned_to": (start + timedelta(hours=8)).isoformat(),
            }
            if number or not days:
                body = {"officer_id": town.officers[name], "zones": [town.zones[zone]], **times}
                town.shifts.setdefault(name, town.admin.post("/shifts", body))
    for name, minutes in zip(OFFICERS[:4], (0.2, 0.5, 25.0, 4.0), strict=True):
        _begins(town, name, minutes)


def _begins(town: DeskTown, name: str, minutes: float) -> None:
    """Their phone last said where it was so many minutes ago."""
    zone = town.shifts[name]["zones"][0]["name"]
    bay = town.random.choice(town.plan.bays_in([zone]))
    step = {"id": str(uuid4()), "recorded_at": town.ago(hours=1.9)}
    town.phones[name].post(f"/shifts/{town.shifts[name]['id']}/start", step)
    fix = {"lon": bay.at.lon + 0.0002, "lat": bay.at.lat, "accuracy_m": 8, "at": town.ago(minutes=minutes)}
    town.phones[name].post("/positions", {"id": str(uuid4()), "fixes": [fix]})


def _upkeep(town: DeskTown) -> None:
    bays = [town.bays[bay.reference] for bay in town.plan.bays]
    for bay, begins, ends, why in (
        (bays[9], -20, 30, "Water main works"),
        (bays[10], -20, 30, "Water main works"),
        (bays[60], 24, 48, "Filming"),
    ):
        body = {
            "bay_id": bay["id"], "why": why, "notice": NOTICE,
            "starts_at": town.ago(hours=-begins), "ends_at": town.ago(hours=-ends),
        }  # fmt: skip
        body |= {"sign_up_at": town.ago(hours=30)} if begins < 0 else {}
        made = town.admin.post("/suspensions", body)
        if begins < 0:
            town.admin._session.put(f"{town.stack.url}/api/v1/suspensions/{made['id']}/sign", data=sign())
    town.admin.patch(f"/bays/{bays[30]['id']}", {"paused_why": "The plate of the bay is missing"})
    for name, days in (("match", 3), ("match", 17), ("market", 5)):
        town.admin.post(
            "/event-days", {"name": name, "day": (town.now + timedelta(days=days)).date().isoformat()}
        )
    town.admin.post("/briefing-notes", {"text": "The steps down to Wharf Road are slippery.", "hazard": True})
    town.admin.post("/briefing-notes", {"text": "Resurfacing in Mill Lane until Friday: no work there."})
    gate = {"street": "Orchard Row", "at": "the school gate", "lon": bays[0]["lon"], "lat": bays[0]["lat"]}
    town.admin.post(
        "/patrols",
        {
            "name": "School run",
            "place": gate,
            "code": "26",
            "hours": "Mo-Fr 08:15-09:15; PH off",
            "minutes": 20,
        },
    )
    for name, scopes in (("Bosch network", ["readings:write"]), ("Wall, control room", ["board:read"])):
        town.admin.post("/keys", {"name": name, "scopes": scopes})
    town.admin.post("/rights/providers", {"kind": "list", "name": "Residents’ permits"})
    with _database(town) as session:
        ids = (
            session.execute(text("SELECT id FROM sensors ORDER BY reference LIMIT :n"), {"n": SILENT})
            .scalars()
            .all()
        )
        session.execute(STILL, {"then": town.now - timedelta(days=2), "ids": ids})
        session.commit()


def _cars(town: DeskTown) -> None:
    sensors = {sensor.bay: sensor.reference for sensor in town.plan.sensors}
    key = town.admin.post("/keys", {"name": "Camford sensors", "scopes": ["readings:write"]})["key"]
    network = ApiClient(town.stack.url, key=key)
    readings = [
        {"sensor": sensors[bay.reference], **said}
        for number, bay in enumerate(town.plan.bays)
        if bay.reference in sensors and number % 17
        for said in _said(town, number, bay)
    ]
    readings += [
        {"sensor": f"70B3D5499{number:07}", "state": "free", "at": town.ago(minutes=9)} for number in range(3)
    ]
    network.post("/readings", {"readings": readings})


def _said(town: DeskTown, number: int, bay: DemoBay) -> list[dict[str, Any]]:
    """Every third bay is free; of the others some cars are over their time, more are within it."""
    allowed = bay.kind.permitted_minutes
    freed = {"state": "free", "at": town.ago(minutes=allowed + 200)}
    if number % 3 == 0 or not allowed:
        return [freed, {"state": "free", "at": town.ago(minutes=2)}]
    if number % 11 == 1:
        minutes = town.random.choice((3, 8, 14, 22, 41))
        return [freed, {"state": "over", "at": town.ago(minutes=0), "since": town.ago(minutes=minutes)}]
    came = {"state": "occupied", "at": town.ago(minutes=town.random.uniform(3, allowed * 0.8 + 3))}
    return [freed, came, {"state": "occupied", "at": town.ago(minutes=2)}]


def go_to_work(town: DeskTown, *, alarms: bool = True) -> None:
    """One officer is at a car, one on the way; with `alarms` one found it unsafe, and one calls for help."""
    there, going, third = _offered(town, 3)
    for name, steps in ((there, ("accept", "arrive")), (going, ("accept",))):
        for step in steps:
            _step(town, name, step)
    if alarms:
        _step(town, third, "decline", reason="unsafe")
        where = {"lon": town.plan.bays[40].at.lon, "lat": town.plan.bays[40].at.lat, "accuracy_m": 9}
        town.phones[third].post("/sos", {"id": str(uuid4()), **where})


def _step(town: DeskTown, name: str, what: str, **more: str) -> None:
    task = _tasks_of(town, name)[0]
    said = {
        "id": str(uuid4()),
        "recorded_at": datetime.now(UTC).isoformat(),
        "version": task["version"],
        **more,
    }
    town.phones[name].post(f"/tasks/{task['id']}/{what}", said)


def _tasks_of(town: DeskTown, name: str) -> list[dict[str, Any]]:
    return town.phones[name].all_of("/tasks", state="open")


def _offered(town: DeskTown, wanted: int) -> list[str]:
    """Officers with something to do, as soon as there are so many. Raises TimeoutError."""
    until = monotonic() + OFFERED_WITHIN
    while monotonic() < until:
        names = [name for name in OFFICERS[:4] if _tasks_of(town, name)]
        if len(names) >= wanted:
            return names[:wanted]
        sleep(0.5)
    raise TimeoutError("too few officers were offered anything")


def sign() -> bytes:
    """The sign of a suspension, as somebody photographed it."""
    image = Image.new("RGB", (480, 360), (120, 132, 138))
    pen = ImageDraw.Draw(image)
    pen.rectangle((90, 40, 390, 320), fill=(255, 210, 63), outline=(16, 33, 43), width=6)
    pen.multiline_text(
        (120, 90), NOTICE.replace(" at any", "\nat any"), fill=(16, 33, 43), font_size=30, spacing=12
    )
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()
