"""`make gallery`: pictures of the app in the demo's borough, for who installs it and for the README."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from enforcement.config import Clock
from enforcement.simulation.borough import ALL_HOURS, KINDS, Borough, DemoBay, borough
from enforcement.simulation.client import ApiClient
from enforcement.simulation.points import Point
from enforcement.simulation.stack import Stack
from tools.chromium import find_or_install

from .browser.conftest import QUIET, app_is_kept, be_quick, sign_in
from .builders import PASSWORD
from .stacks import found

ROOT = Path(__file__).parents[1]
INSTALLERS = ROOT / "static" / "patrol" / "pictures"  # as the manifest names them
READERS = ROOT / "docs" / "pictures"
ADMIN, OFFICER = "ada@example.org", "olu@example.org"
ZONE = "Camford Market"
SCREEN = {"width": 390, "height": 844}  # what most officers hold
SHARP = 2  # pixels of a picture for one of the page
OVER = (12, 47, 95)  # minutes that cars have outstayed; the first is where the officer is sent
TWO_HOURS = next(kind for kind in KINDS if (kind.hours, kind.permitted_minutes) == (ALL_HOURS, 120))


@dataclass(frozen=True, slots=True)
class Town:
    """The demo's borough in a stack of its own, with one officer on a shift in its market."""

    url: str
    admin: ApiClient
    sensors: ApiClient
    cars: list[DemoBay]  # where they outstay
    plan: Borough


def main() -> None:
    expect.set_options(timeout=30_000)
    with Stack(durable=False) as stack, sync_playwright() as playwright:
        found(stack, "camford", ADMIN)
        stack.serve(Clock())
        be_quick(stack)
        town = _settle(stack)
        browser = playwright.chromium.launch(executable_path=str(find_or_install()), args=list(QUIET))
        with _phone(browser, town) as page:
            _a_shift(page, town)
        browser.close()


def _settle(stack: Stack) -> Town:
    admin = ApiClient(stack.url)
    admin.sign_in(ADMIN, PASSWORD)
    plan = borough()
    for kind, file in (
        ("bays", plan.bays_geojson), ("zones", plan.zones_geojson), ("streets", plan.streets_geojson),
    ):  # fmt: skip
        admin.post(f"/import/{kind}", file)
    admin.post_text("/import/sensors", plan.sensors_csv, "text/csv")
    key = admin.post("/keys", {"name": "sensors", "scopes": ["readings:write"]})["key"]
    person = {"email": OFFICER, "name": "Olu Officer", "role": "officer", "password": PASSWORD}
    zone = next(each["id"] for each in admin.every("/zones") if each["name"] == ZONE)
    now = datetime.now(UTC)
    admin.post(
        "/shifts",
        {
            "officer_id": admin.post("/people", person)["id"],
            "zones": [zone],
            "planned_from": (now - timedelta(minutes=1)).isoformat(),
            "planned_to": (now + timedelta(hours=8)).isoformat(),
        },
    )
    admin.post("/briefing-notes", {"text": "The steps down to Wharf Road are slippery.", "hazard": True})
    return Town(stack.url, admin, ApiClient(stack.url, key=key), _outstayed(plan), plan)


def _outstayed(plan: Borough) -> list[DemoBay]:
    """Some way from each other, in bays where two hours are allowed at any time."""
    heard = {sensor.bay for sensor in plan.sensors if not sensor.model}
    bays = [bay for bay in plan.bays_in([ZONE]) if bay.reference in heard and bay.kind == TWO_HOURS]
    return bays[:: max(1, len(bays) // len(OVER))][: len(OVER)]


@contextmanager
def _phone(browser: Any, town: Town) -> Iterator[Page]:
    at = town.cars[0].at.moved(east_m=90, north_m=-110)
    context: BrowserContext = browser.new_context(
        viewport=SCREEN, has_touch=True, device_scale_factor=SHARP, geolocation=_fix(at)
    )
    context.grant_permissions(["notifications", "geolocation"], origin=town.url)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _fix(at: Point) -> dict[str, float]:
    return {"longitude": at.lon, "latitude": at.lat, "accuracy": 8}


def _cars_are_over(town: Town) -> None:
    now = datetime.now(UTC)
    sensor_of = {sensor.bay: sensor.reference for sensor in town.plan.sensors}
    readings = [
        {
            "sensor": sensor_of[bay.reference],
            "state": "over",
            "at": now.isoformat(),
            "since": (now - timedelta(minutes=minutes)).isoformat(),
        }
        for bay, minutes in zip(town.cars, OVER, strict=True)
    ]
    town.sensors.post("/readings", {"readings": readings})


def _a_shift(page: Page, town: Town) -> None:
    page.goto(f"{town.url}/patrol/")
    sign_in(page, OFFICER)
    start = page.get_by_role("button", name="Start my shift")
    expect(start).to_be_visible()
    app_is_kept(page)
    _taken(page, INSTALLERS / "day.webp")
    start.click()
    page.get_by_role("button", name="Not now; it is in the settings").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    _cars_are_over(town)
    expect(page.get_by_role("button", name="I’m going")).to_be_visible()
    _taken(page, INSTALLERS / "task.webp")
    page.get_by_role("button", name="I’m going").click()
    page.get_by_role("link", name="Map", exact=True).click()
    _taken(page, INSTALLERS / "map.webp")
    page.emulate_media(color_scheme="dark")
    page.get_by_role("link", name="Task", exact=True).click()
    page.get_by_role("button", name="I’m here").click()
    expect(page.get_by_role("heading", name="What you see")).to_be_visible()
    _taken(page, READERS / "look.webp")
    page.emulate_media(color_scheme="light")
    page.context.set_offline(True)
    page.get_by_label("Number plate").fill("AB12 CDE")
    page.get_by_role("button", name="Record this look").click()
    expect(page.locator("undo-bar button")).to_have_count(0, timeout=15_000)
    page.get_by_role("link", name="Outbox").click()
    _taken(page, READERS / "outbox.webp")


def _taken(page: Page, file: Path) -> None:
    """Once nothing moves any more."""
    page.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
    page.wait_for_timeout(1500)  # the map has drawn itself, messages of a moment are gone
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.save(file, quality=60, method=6)


if __name__ == "__main__":
    main()
