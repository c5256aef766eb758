"""Who works when: a supervisor plans, changes, calls off, and copies a day from last week."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from .axe import violations_day_and_night
from .conftest import Street
from .officer import stands_still

LONDON = ZoneInfo("Europe/London")
NEW = "section.new"


def day(days: int) -> str:
    return (datetime.now(LONDON) + timedelta(days=days)).date().isoformat()


def clock_on(days: int, hour: int) -> str:
    return (
        datetime.fromisoformat(f"{day(days)}T{hour:02}:00").replace(tzinfo=LONDON).astimezone(UTC).isoformat()
    )


def worked(street: Street, name: str, days: int, begins: int = 8, ends: int = 16) -> dict[str, Any]:
    """An officer of this name, with a shift so many days from today."""
    _, officer_id = street.person("officer", name)
    [zone] = street.shift["zones"]
    times = {"planned_from": clock_on(days, begins), "planned_to": clock_on(days, ends)}
    return street.admin.post("/shifts", {"officer_id": officer_id, "zones": [zone["id"]], **times})


def open_day(desk: Page, street: Street, days: int) -> None:
    desk.goto(f"{street.stack.url}/desk/#shifts/plan/{day(days)}")
    expect(desk.get_by_role("heading", name="Shifts", exact=True)).to_be_visible()


def names() -> tuple[str, str]:
    mark = uuid4().hex[:5]
    return f"Ana {mark}", f"Ben {mark}"


def test_last_week_is_copied_and_taken_back(desk: Page, street: Street):
    ana, ben = names()
    for name in (ana, ben):
        worked(street, name, days=1 - 7)
    open_day(desk, street, days=1)
    desk.get_by_role("button", name="Copy from last week").click()
    expect(desk.get_by_role("heading", name="Copy to")).to_be_visible()
    expect(desk.get_by_label(ana)).to_be_checked()
    assert violations_day_and_night(desk) == []
    desk.get_by_role("button", name="Plan these 2 shifts").click()
    row = desk.get_by_role("row").filter(has_text=ana)
    expect(row).to_contain_text("08:00–16:00")
    expect(row).to_contain_text(f"Zone {street.name}")
    desk.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(0)
    expect(desk.get_by_role("row").filter(has_text=ben)).to_have_count(0)


def test_what_can_not_be_copied_is_said_before(desk: Page, street: Street):
    ana, _ = names()
    before = worked(street, ana, days=2 - 7)
    times = {"planned_from": clock_on(2, 12), "planned_to": clock_on(2, 20)}
    zones = [zone["id"] for zone in before["zones"]]
    street.admin.post("/shifts", {"officer_id": before["officer"]["id"], "zones": zones, **times})
    open_day(desk, street, days=2)
    desk.get_by_role("button", name="Copy from last week").click()
    expect(desk.get_by_text(f"Not planned: {ana} has a shift at that time already.")).to_be_visible()
    expect(desk.get_by_role("button", name="Plan these 0 shifts")).to_be_disabled()


def test_a_shift_is_planned_changed_and_called_off_by_keyboard(desk: Page, street: Street):
    ana, _ = names()
    street.person("officer", ana)
    desk.reload()
    open_day(desk, street, days=3)
    desk.get_by_role("button", name="Plan a shift").press("Enter")
    officer = desk.locator(NEW).get_by_label("Officer")
    officer.focus()
    officer.press_sequentially(ana)
    expect(officer).to_have_value(id_of(street, ana))
    desk.get_by_role("checkbox", name=f"Zone {street.name}").press("Space")
    desk.get_by_role("button", name="Plan this shift").press("Enter")
    row = desk.get_by_role("row").filter(has_text=ana)
    expect(row).to_contain_text("08:00–16:00")
    desk.get_by_text("Change times and zones").press("Enter")
    desk.locator("shift-panel").get_by_label("To", exact=True).fill(f"{day(3)}T18:30")
    desk.get_by_role("button", name="Save changes").press("Enter")
    expect(row).to_contain_text("08:00–18:30")
    assert violations_day_and_night(desk) == []
    desk.get_by_role("button", name="Call off this shift").press("Enter")
    expect(row).to_have_count(0)
    desk.get_by_role("button", name="Undo").press("Enter")
    expect(row).to_contain_text("08:00–18:30")


def id_of(street: Street, name: str) -> str:
    people = street.admin.get("/people", limit=200)["items"]
    return next(each["id"] for each in people if each["name"] == name)


def test_an_overlapping_shift_is_refused_with_what_it_clashes(desk: Page, street: Street):
    ana, _ = names()
    shift = worked(street, ana, days=4)
    open_day(desk, street, days=4)
    desk.reload()
    desk.get_by_role("button", name="Plan a shift").click()
    desk.locator(NEW).get_by_label("Officer").select_option(shift["officer"]["id"])
    desk.get_by_role("checkbox", name=f"Zone {street.name}").check()
    desk.get_by_role("button", name="Plan this shift").click()
    refused = desk.get_by_text(f"{ana} has a shift at that time already.")
    expect(refused).to_contain_text("08:00 to 16:00")


def test_a_zone_is_dragged_to_a_shift_and_taken_off_again(desk: Page, street: Street):
    ana, _ = names()
    shift = worked(street, ana, days=5)
    street.admin.patch(f"/shifts/{shift['id']}", {"zones": []})
    open_day(desk, street, days=5)
    row = desk.get_by_role("row").filter(has_text=ana)
    expect(row).to_contain_text("No zone yet")
    zones = street.admin.get("/zones")["items"]
    expect(desk.locator(".chip")).to_have_count(len(zones))
    chip = desk.locator(".chip", has_text=street.name)
    row.scroll_into_view_if_needed()  # a page that scrolls under a held button lets go of what was taken
    stands_still(chip)
    chip.drag_to(row)
    expect(row).to_contain_text(f"Zone {street.name}")
    expect(desk.get_by_text(f"Zone {street.name} is added to {ana}’s shift.")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("No zone yet")


def test_the_second_supervisor_is_told_and_nothing_is_overwritten(desk: Page, street: Street):
    ana, _ = names()
    shift = worked(street, ana, days=6)
    open_day(desk, street, days=6)
    desk.get_by_role("button", name=ana).click()
    desk.get_by_text("Change times and zones").click()
    street.admin.patch(f"/shifts/{shift['id']}", {"planned_to": clock_on(6, 20)})
    row = desk.get_by_role("row").filter(has_text=ana)
    expect(row).to_contain_text("08:00–20:00")
    desk.locator("shift-panel").get_by_label("To", exact=True).fill(f"{day(6)}T12:00")
    desk.get_by_role("button", name="Save changes").click()
    expect(desk.get_by_text("Somebody changed this meanwhile.")).to_be_visible()
    expect(row).to_contain_text("08:00–20:00")
