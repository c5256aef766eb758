"""python -m tests.browser.pictures: what an installer shows of the app, photographed anew."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from enforcement.config import Clock
from enforcement.simulation.stack import Stack

from ..stacks import found
from .conftest import QUIET, Street, be_quick, find_or_install, laid_out, phone_in, sign_in

FOLDER = Path(__file__).parents[2] / "static" / "patrol" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}  # what most officers hold
SHARPNESS = 2
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
APART = 0.00006  # degrees: bays along a kerb


def main() -> None:
    with Stack(durable=False) as stack, sync_playwright() as playwright:
        found(stack, "camford", "ada@example.org")
        stack.serve(Clock())
        be_quick(stack)
        street = laid_out(stack, "14")
        more_bays(street)
        path = os.environ.get("CHROMIUM") or str(find_or_install())
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        page = phone_in(browser, street, device_scale_factor=SHARPNESS).new_page()
        page.set_viewport_size(PHONE)
        photograph(page, street)
        browser.close()


def more_bays(street: Street) -> None:
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 120, "code": "30"}
    for number in [*range(8, 14), *range(15, 22)]:
        north = street.lat + (number - 14) * APART
        bay = {"reference": str(number), "street": "Judd Street", "lon": street.lon, "lat": north}
        street.admin.post("/bays", {**bay, "restriction": rule})


def photograph(page: Page, street: Street) -> None:
    page.goto(f"{street.stack.url}/patrol/#day")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="On patrol")).to_be_visible()
    put_away_questions(page)
    all_is_sent(page)
    keep(page, "day")
    page.get_by_role("link", name="Task", exact=True).click()
    street.car_is_over(minutes=25)
    expect(page.locator("way-map canvas")).to_be_visible()
    page.get_by_role("button", name="I’m going").click()
    expect(page.get_by_role("button", name="I’m here")).to_be_visible()
    all_is_sent(page)
    keep(page, "task")
    page.locator("way-map a").click()
    page.locator("bay-card").get_by_role("button", name="Close").click()
    for button in ("Task", "+", "+"):
        page.get_by_role("button", name=button, exact=True).click()
    keep(page, "map")


def put_away_questions(page: Page) -> None:
    """What is asked once of a new phone is no picture of its work."""
    page.locator("#first-steps").evaluate("(place) => place.replaceChildren()")


def all_is_sent(page: Page) -> None:
    expect(page.get_by_role("link", name="Outbox", exact=True)).to_be_visible()


def keep(page: Page, name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    page.evaluate(PAINTED)
    picture = Image.open(io.BytesIO(page.screenshot()))
    assert picture.size == (PHONE["width"] * SHARPNESS, PHONE["height"] * SHARPNESS)
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
