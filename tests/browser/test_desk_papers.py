"""Beside the day plan: what officers are told, their signed logs, and what was left with the supervisor."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from enforcement.simulation.client import ApiClient, ApiFault

from ..builders import step
from .axe import violations_day_and_night
from .conftest import Street, signed_in
from .officer import PLANNED_WITHIN


@pytest.fixture
def officer(street: Street) -> ApiClient:
    return signed_in(street, street.officer)


def test_a_note_is_added_its_days_changed_and_put_away(desk: Page, street: Street, officer: ApiClient):
    shift = street.shift["id"]
    read = officer.get(f"/shifts/{shift}/briefing")["sha256"]
    faulty = [{"item": "Radio", "ok": False, "note": f"dead since {street.name}"}]
    officer.post(f"/shifts/{shift}/briefing", step(sha256=read, equipment=faulty))
    desk.goto(f"{street.stack.url}/desk/#shifts/briefing")
    expect(desk.get_by_text(f"Radio: dead since {street.name}")).to_be_visible()
    expect(desk.locator(".readers").get_by_text("Read,").first).to_be_visible()
    words = f"Roadworks at {street.name}"
    desk.get_by_text("Add a note").click()
    desk.get_by_role("button", name="Tell officers").click()
    expect(desk.get_by_text("Write what officers are to know.")).to_be_visible()
    desk.get_by_label("What officers are to know").fill(words)
    desk.get_by_label("Where").select_option(label=f"Zone {street.name}")
    desk.get_by_role("button", name="Tell officers").click()
    note = desk.locator("note-list li").filter(has_text=words)
    expect(note).to_contain_text(f"Zone {street.name} · now, until it is put away")
    assert words in str(officer.get(f"/shifts/{shift}/briefing"))
    note.get_by_text("Change its days").click()
    note.get_by_label("To, if it ends").fill("2199-12-31")
    note.get_by_role("button", name="Save").click()
    expect(note).to_contain_text("2199")
    assert violations_day_and_night(desk) == []
    note.get_by_role("button", name="Put away").click()
    expect(note).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()
    expect(note).to_contain_text("2199")


def test_a_signed_log_is_read_and_says_what_came_later(desk: Page, street: Street, officer: ApiClient):
    shift = street.shift["id"]
    officer.post(f"/shifts/{shift}/start", step())
    during = datetime.now(UTC).isoformat()
    officer.post(f"/shifts/{shift}/end", step())
    day = street.shift["planned_from"][:10]
    desk.goto(f"{street.stack.url}/desk/#shifts/logs/{day}/{shift}")
    expect(desk.get_by_text("Not signed: its officer signs it on their phone.")).to_be_visible()
    log = officer.get(f"/shifts/{shift}/log")
    officer.post(f"/shifts/{shift}/log/sign", step(name="Olu", sha256=log["sha256"]))
    expect(desk.locator(".log").get_by_text("Signed,")).to_be_visible()
    expect(desk.get_by_label("The log", exact=True)).to_contain_text("Signed by its officer as “Olu”")
    expect(desk.get_by_text("Something came from the phone after it was signed")).to_have_count(0)
    assert violations_day_and_night(desk) == []
    officer.post(f"/shifts/{shift}/state", {**step(state="break"), "recorded_at": during})
    expect(desk.get_by_text("Something came from the phone after it was signed")).to_be_visible()


def test_what_could_not_be_taken_says_why_and_what_to_do(desk: Page, street: Street, officer: ApiClient):
    shift = street.shift["id"]
    officer.post(f"/shifts/{shift}/start", step())
    street.car_is_over(minutes=25)
    task = offered(desk, officer)
    task = officer.post(f"/tasks/{task['id']}/accept", step(version=task["version"]))
    task = officer.post(f"/tasks/{task['id']}/arrive", step(version=task["version"]))
    end = {"outcome": "advised_and_moved", "version": task["version"]}
    closed = officer.post(f"/tasks/{task['id']}/outcome", step(**end))
    with pytest.raises(ApiFault):
        officer.post(f"/tasks/{task['id']}/outcome", step(outcome="prevented", version=closed["version"]))
    desk.goto(f"{street.stack.url}/desk/#shifts/kept")
    record = desk.get_by_role("listitem").filter(has=desk.locator(f'a[href="#task/{task["id"]}"]'))
    expect(record).to_contain_text("How a visit ended · Olu")
    expect(record).to_contain_text("Prevented")
    expect(record).to_contain_text("Compare it with how the task ended.")
    assert violations_day_and_night(desk) == []


def offered(desk: Page, officer: ApiClient) -> dict:
    for _ in range(PLANNED_WITHIN // 100):
        tasks = officer.get("/tasks", state="open")["items"]
        if tasks:
            return tasks[0]
        desk.wait_for_timeout(100)
    raise AssertionError("nothing was offered")
