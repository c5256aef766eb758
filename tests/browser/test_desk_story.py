"""The whole story of a task on one page, as it came about, and live."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from ..adapters.push_service import PushService
from ..builders import PASSWORD, step
from ..pictures import hash_of
from .axe import violations_day_and_night
from .conftest import Street, desk_of
from .offline import task_of
from .test_desk_kept import left
from .test_desk_photos import PHOTO, Camera

# Parts that stick out of the page.
STICKS_OUT = """() => [...document.querySelectorAll('task-screen *')].filter((each) => each.offsetParent)
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((each) => each.outerHTML.slice(0, 80))"""
# How many marks of the clock cover another.
COVERED = """() => {
    const marks = [...document.querySelectorAll('stay-clock .marks span')];
    const boxes = marks.map((each) => each.getBoundingClientRect());
    const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1;
    return boxes.filter((one, index) => boxes.slice(0, index).some((other) => meet(one, other))).length;
}"""
HAPPENED = (
    "Raised by the sensor",
    "Olu was asked to go",
    "Olu is going",
    "Olu arrived",
    "Olu recorded what they saw",
    "Olu: Notice served",
)


def heard(street: Street, *minutes_ago: int, state: str = "occupied") -> None:
    now = datetime.now(UTC)
    readings = [
        {
            "sensor": f"S-{street.name}",
            "state": state,
            "at": (now - timedelta(minutes=minutes)).isoformat(),
        }
        for minutes in minutes_ago
    ]
    assert street.sensors.post("/readings", {"readings": readings})["taken"] == len(readings)


def went(street: Street, service: PushService) -> tuple[Camera, dict[str, Any]]:
    """The officer was asked to go to a car that has stood there for 2 h 25 min, by a message too, and is there."""
    officer = Camera(street.stack.url)
    officer.sign_in(street.officer, PASSWORD)
    officer.post("/devices", service.subscribe(officer.get("/push")["key"]).info)
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    heard(street, 160, state="free")
    heard(street, 145, 100, 50)
    while not (tasks := officer.get("/tasks", state="open")["items"]):
        pass
    [task] = tasks
    [message] = service.wait_for(1)
    shown = message.json["notification"]["data"]["notification"]
    officer.post(f"/notifications/{shown}/receipt")
    for what in ("accept", "arrive"):
        task = officer.post(f"/tasks/{task['id']}/{what}", {**step(), "version": task["version"]})
    return officer, task


@pytest.fixture
def told(
    chromium: Browser, street: Street, push_service: PushService
) -> Iterator[tuple[Page, Camera, dict[str, Any]]]:
    officer, task = went(street, push_service)
    page = desk_of(chromium, street, screen=f"task/{task['id']}")
    yield page, officer, task
    page.context.close()


def part(page: Page, heading: str) -> Any:
    return page.locator(".tale .card").filter(has=page.get_by_role("heading", name=heading, exact=True))


def serve(officer: Camera, task: dict[str, Any]) -> None:
    """A look with its photo, and a notice."""
    seen = step()
    photos = [{"sha256": hash_of(PHOTO), "taken_at": seen["recorded_at"]}]
    said = {**seen, "version": task["version"], "plate": "AB12CDE", "photos": photos}
    task = officer.post(f"/tasks/{task['id']}/sightings", said)
    officer.send_photo(seen["id"])
    officer.post(
        f"/tasks/{task['id']}/outcome",
        {
            **step(),
            "version": task["version"],
            "outcome": "notice_served",
            "details": {"notice_number": "CF123"},
        },
    )


def test_a_story_is_told_from_the_first_reading_to_the_notice(
    told: tuple[Page, Camera, dict[str, Any]], street: Street, tmp_path: Path
):
    page, officer, task = told
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Judd Street, bay {street.name}")
    expect(page.locator("task-screen .car")).to_contain_text("Olu is there")
    words = {"id": str(uuid4()), "text": "The bridge is closed"}
    street.admin.post(f"/people/{street.shift['officer']['id']}/messages", words)
    expect(part(page, "Messages and receipts")).to_contain_text(
        "Ada wrote to Olu, while it was theirs: “The bridge is closed”"
    )
    serve(officer, task)
    expect(page.locator("task-screen .car")).to_contain_text("notice served", ignore_case=True)

    marks = [each.inner_text() for each in part(page, "The clock").locator("ol li p").all()]
    assert [each.strip() for each in marks[:3]] == [
        "The bay was last reported free", "A car was there", "Its time was over: 2 h are allowed",
    ]  # fmt: skip
    assert "A notice could be lawful from here: 11 min more, grace has to be exceeded" in "".join(marks)
    assert "Olu looked at it, 25 min over its time" in "".join(marks)
    assert page.evaluate(COVERED) == 0
    expect(part(page, "Permits and payments").locator("li")).to_have_count(1)
    offer = part(page, "Who was asked, and why").locator("li")
    expect(offer).to_have_count(1)
    expect(offer).to_contain_text("Olu was asked: the only one who can get there")
    expect(offer).to_contain_text("had done it")
    push, words = part(page, "Messages and receipts").locator("li").all()
    expect(push).to_contain_text("Olu’s phone was asked to go")
    expect(push).to_contain_text("Shown on the phone")
    expect(words).to_contain_text("Not read yet.")
    expect(part(page, "What was seen")).to_contain_text("AB12CDE")
    expect(part(page, "What was seen").get_by_role("img", name="Photo taken")).to_be_visible()
    end = part(page, "How it ended").locator("li")
    expect(end).to_have_count(1)
    expect(end).to_contain_text("Notice CF123")
    readings = part(page, "What the sensor said").locator("li")
    expect(readings).to_have_count(2)
    expect(readings.last).to_contain_text("A car is there: said 3 times")
    happened = part(page, "What has happened").locator("li")
    for line, said in enumerate(HAPPENED):
        expect(happened.nth(line)).to_contain_text(said, ignore_case=True)

    street.car_leaves()
    expect(part(page, "The clock")).to_contain_text("The bay was reported free")
    with page.expect_download() as pack:
        page.get_by_role("link", name="Evidence pack").click()
    pack.value.save_as(tmp_path / "pack.html")
    assert "AB12CDE" in (tmp_path / "pack.html").read_text()
    expect(part(page, "What has happened")).to_contain_text("Made an evidence pack")


def test_it_is_reached_from_the_map_and_leads_back_there(
    told: tuple[Page, Camera, dict[str, Any]], street: Street
):
    page, _, task = told
    page.get_by_role("link", name="Show it live").click()
    expect(page.locator("task-story article")).to_contain_text(street.name)
    page.get_by_role("link", name="The whole story").click()
    expect(page.get_by_role("heading", name="The clock")).to_be_visible()
    assert page.url.endswith(f"#task/{task['id']}")
    expect(page.get_by_role("link", name="Live", exact=True)).to_have_attribute("aria-current", "page")


def waiting(street: Street) -> dict[str, Any]:
    """Work that nobody was asked to do: no officer has begun."""
    heard(street, 145)
    while not (task := task_of(street.admin, street)):
        pass
    return task


def test_what_can_be_done_about_it_can_be_done_there(chromium: Browser, street: Street):
    page = desk_of(chromium, street, screen=f"task/{waiting(street)['id']}")
    page.get_by_label("Call it off, because").fill("A funeral")
    page.get_by_role("button", name="Call off").click()
    expect(part(page, "How it ended")).to_contain_text("Called off: A funeral")
    expect(part(page, "What has happened").locator("li").last).to_contain_text("By Sunita")
    page.context.close()


def test_it_is_put_before_all_others_and_back(chromium: Browser, street: Street):
    task = waiting(street)
    page = desk_of(chromium, street, screen=f"task/{task['id']}")
    page.get_by_role("button", name="Put it before all others").click()
    expect(page.get_by_text("It comes first in the next plan.")).to_be_visible()
    about = part(page, "What it is about")
    expect(about).to_contain_text("The desk asks for this first")
    assert street.admin.get(f"/tasks/{task['id']}")["priority"] == 100
    page.get_by_role("button", name="No longer before all others").click()
    expect(page.get_by_role("button", name="Put it before all others")).to_be_visible()
    expect(about).not_to_contain_text("The desk asks for this first")
    assert street.admin.get(f"/tasks/{task['id']}")["priority"] == task["priority"]
    page.context.close()


def test_of_many_readings_the_rest_comes_when_it_is_asked_for(chromium: Browser, street: Street):
    officer = Camera(street.stack.url)
    officer.sign_in(street.officer, PASSWORD)
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    heard(street, *range(145, 85, -1))
    while not (tasks := officer.get("/tasks", state="open")["items"]):
        pass
    page = desk_of(chromium, street, screen=f"task/{tasks[0]['id']}")
    line = part(page, "What the sensor said").locator("li")
    expect(line).to_contain_text("said 50 times")
    page.get_by_role("button", name="Show more readings: 10 are left").click()
    expect(line).to_contain_text("said 60 times")
    expect(page.get_by_role("button", name="Show more readings")).to_be_hidden()
    page.context.close()


def test_what_was_left_is_told_there_and_put_away_and_taken_up_again(chromium: Browser, street: Street):
    _, task, _ = left(street)
    page = desk_of(chromium, street, screen=f"task/{task['id']}")
    card = part(page, "Left with you").locator("li.card")
    expect(card).to_contain_text("AB12CDE")
    expect(part(page, "How it ended")).to_contain_text("Called off: A funeral")
    card.get_by_role("button", name="Dealt with").click()
    expect(card).to_contain_text("Dealt with by Sunita")
    card.get_by_role("button", name="Take it up again").click()
    expect(card).to_contain_text("What to do")
    card.get_by_role("button", name="Dealt with").click()
    page.get_by_role("button", name="Undo").click()
    expect(card).to_contain_text("What to do")
    page.context.close()


def test_it_is_for_everybody(told: tuple[Page, Camera, dict[str, Any]]):
    page, officer, task = told
    serve(officer, task)
    expect(part(page, "How it ended")).to_contain_text("Notice CF123")
    assert violations_day_and_night(page) == []


@pytest.mark.parametrize(("width", "text"), [(1366, "200%"), (820, "100%"), (360, "100%")])
def test_it_fits_a_narrow_screen_and_large_text(
    told: tuple[Page, Camera, dict[str, Any]], width: int, text: str
):
    page, officer, task = told
    serve(officer, task)
    expect(part(page, "How it ended")).to_contain_text("Notice CF123")
    page.set_viewport_size({"width": width, "height": 768})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
    page.wait_for_function(f"({COVERED})() === 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKS_OUT) == []


def test_a_case_is_held_for_a_court_and_let_go_again(
    told: tuple[Page, Camera, dict[str, Any]], street: Street
):
    page, _, task = told
    kept = part(page, "How long it is kept")
    kept.get_by_label("Hold this case, because").fill("Claim at the county court")
    kept.get_by_role("button", name="Hold").click()
    expect(kept).to_contain_text("Held: Claim at the county court")
    assert [each["task_id"] for each in street.admin.get("/holds")["items"]] == [task["id"]]
    kept.get_by_role("button", name="Lift the hold").click()
    expect(kept.get_by_label("Hold this case, because")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(kept).to_contain_text("Held: Claim at the county court")
    assert not violations_day_and_night(page)
