"""Officers are sent from the live page: dragged to a task or a zone, with a way back; by touch, and by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..builders import square
from .axe import violations_day_and_night
from .conftest import Street, call_for_help, desk_of
from .test_desk_live import as_list, on_duty, to_the_bay

# A point of the window at which the map has a bay, an officer, or ground that is neither.
WHERE = """(what) => {
    const map = document.querySelector('town-map');
    const { left, top, right, bottom } = map.getBoundingClientRect();
    const is = {
        bay: ({ bay }) => bay, officer: ({ officer }) => officer, ground: ({ bay, officer }) => !bay && !officer,
    };
    for (let y = (top + bottom) / 2 - 85; y < (top + bottom) / 2 + 85; y += 5) {
        for (let x = (left + right) / 2 - 85; x < (left + right) / 2 + 85; x += 5) {
            if (is[what](map.under(x, y, what === 'ground' ? 60 : 6))) return [x, y];
        }
    }
    return null;
}"""
Point = tuple[float, float]


@pytest.fixture
def desk(chromium: Browser, street: Street) -> Iterator[Page]:
    """The street's officer is on duty beside its bay, and patrols another zone: the plan sends nobody here."""
    elsewhere = {
        "name": f"Elsewhere {street.name}",
        "outline": square(street.lon + 0.02, street.lat, 0.001),
    }
    zone = street.admin.post("/zones", elsewhere)
    street.admin.patch(f"/shifts/{street.shift['id']}", {"zones": [zone["id"]]})
    on_duty(street)
    page = desk_of(chromium, street, as_list=False)
    expect(page.locator("town-map canvas")).to_be_visible()
    expect(page.locator("alert-list")).to_contain_text("Out of their zones")  # later, it would move the page
    yield page
    page.context.close()


def officer(page: Page, street: Street) -> None:
    """The officer is chosen: their row stands beside the map and the list."""
    page.goto(f"{street.stack.url}/desk/#live/officer/{street.shift['id']}")
    expect(page.locator("#chosen > officer-row")).to_contain_text("Olu", timeout=15_000)


def carry(page: Page, begin: Point, end: Point, *, drop: bool = True) -> None:
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    if drop:
        page.mouse.up()


def middle_of(page: Page, selector: str) -> Point:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def on_map(page: Page, what: str) -> Point:
    page.wait_for_function(WHERE, arg=what)
    x, y = page.evaluate(WHERE, what)
    return x, y


SEND = "#chosen > officer-row button[value=send]"
ROW = "task-table tbody tr"


def car_in_the_list(page: Page, street: Street) -> None:
    street.car_is_over(minutes=25)
    as_list(page)
    page.get_by_label("Street or bay").fill(street.name)
    expect(page.locator(ROW)).to_contain_text("Waiting", timeout=15_000)


def task_of(street: Street) -> dict[str, Any]:
    [task] = [
        each
        for each in street.admin.all_of("/tasks", state="open")
        if each["bay"]["reference"] == street.name
    ]
    return task


def zones_of(street: Street) -> list[str]:
    [shift] = [each for each in street.admin.all_of("/shifts") if each["id"] == street.shift["id"]]
    return [zone["name"] for zone in shift["zones"]]


def test_an_officer_is_dragged_to_a_task_in_the_list_and_it_is_taken_back(desk: Page, street: Street):
    for number in range(25):  # of a whole borough, not one of which is to lie over the list
        outline = square(street.lon + 0.02, street.lat, 0.001)
        street.admin.post("/zones", {"name": f"Ward {number} {street.name}", "outline": outline})
    officer(desk, street)
    car_in_the_list(desk, street)
    carry(desk, middle_of(desk, SEND), middle_of(desk, ROW), drop=False)
    expect(desk.locator(".in-hand")).to_contain_text(f"Olu → Judd Street, bay {street.name}")
    expect(desk.locator(f"{ROW}.under")).to_have_count(1)
    desk.mouse.up()
    expect(desk.get_by_text(f"Olu is asked to go to Judd Street, bay {street.name}.")).to_be_visible()
    assert task_of(street)["officer"]["name"] == "Olu"
    desk.locator("undo-bar").get_by_role("button", name="Undo").click()
    expect(desk.locator(ROW)).to_contain_text("Waiting")
    assert task_of(street)["state"] == "waiting"


def test_what_was_said_at_the_hand_is_done_although_an_alarm_moves_the_page(desk: Page, street: Street):
    officer(desk, street)
    car_in_the_list(desk, street)
    carry(desk, middle_of(desk, SEND), middle_of(desk, ROW), drop=False)
    expect(desk.locator(".in-hand")).to_contain_text(f"Olu → Judd Street, bay {street.name}")
    before = middle_of(desk, ROW)
    call_for_help(street, lon=street.lon, lat=street.lat, accuracy_m=9)
    expect(desk.locator("alert-list")).to_contain_text("SOS")
    assert middle_of(desk, ROW) != before
    desk.mouse.up()
    expect(desk.get_by_text(f"Olu is asked to go to Judd Street, bay {street.name}.")).to_be_visible()


def test_an_officers_place_on_the_map_is_dragged_to_a_mark(desk: Page, street: Street):
    street.car_is_over(minutes=25)
    to_the_bay(desk, street)
    expect(desk.locator("bay-story")).to_contain_text("Work here", timeout=15_000)
    carry(desk, on_map(desk, "officer"), on_map(desk, "bay"))
    expect(desk.get_by_text(f"Olu is asked to go to Judd Street, bay {street.name}.")).to_be_visible()
    assert task_of(street)["officer"]["name"] == "Olu"
    assert f"#live/officer/{street.shift['id']}" not in desk.url  # it was no click


def test_an_officers_place_is_dragged_to_a_zone_and_back_by_undo(desk: Page, street: Street):
    to_the_bay(desk, street)
    expect(desk.get_by_text("officers on shift").or_(desk.get_by_text("officer on shift"))).to_be_visible()
    carry(desk, on_map(desk, "officer"), on_map(desk, "ground"), drop=False)
    expect(desk.locator(".in-hand")).to_contain_text(f"Olu → only Zone {street.name}")
    desk.mouse.up()
    words = f"Olu patrols Zone {street.name} now, and Elsewhere {street.name} no more."
    expect(desk.get_by_text(words)).to_be_visible()
    assert zones_of(street) == [f"Zone {street.name}"]
    desk.locator("undo-bar").get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("Olu patrols as before.")).to_be_visible()
    assert zones_of(street) == [f"Elsewhere {street.name}"]


def test_escape_puts_the_officer_back_and_a_refusal_says_why(desk: Page, street: Street):
    officer(desk, street)
    car_in_the_list(desk, street)
    carry(desk, middle_of(desk, SEND), middle_of(desk, ROW), drop=False)
    desk.keyboard.press("Escape")
    expect(desk.locator(".in-hand")).to_have_count(0)
    desk.mouse.up()
    expect(desk.locator("task-story article")).to_be_hidden()  # nor was it a click
    assert task_of(street)["state"] == "waiting"

    chip = f".zone-targets [data-zone]:text('Elsewhere {street.name}')"
    carry(desk, middle_of(desk, SEND), middle_of(desk, ROW), drop=False)
    desk.mouse.move(*middle_of(desk, chip), steps=3)
    expect(desk.locator(".in-hand")).to_contain_text("already")
    desk.mouse.up()
    words = f"Olu patrols Elsewhere {street.name} already, and nothing else."
    expect(desk.locator("notice-line")).to_contain_text(words)


def test_a_finger_drags_as_a_mouse_does(desk: Page, street: Street):
    officer(desk, street)
    car_in_the_list(desk, street)
    finger = desk.context.new_cdp_session(desk)
    begin, end = middle_of(desk, SEND), middle_of(desk, ROW)

    def touch(kind: str, *points: Point) -> None:
        finger.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", begin)
    for step in range(1, 9):
        share = step / 8
        touch(
            "touchMove",
            (begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1])),
        )
    expect(desk.locator(".in-hand")).to_contain_text("Olu →")
    touch("touchEnd")
    expect(desk.get_by_text(f"Olu is asked to go to Judd Street, bay {street.name}.")).to_be_visible()
    assert task_of(street)["officer"]["name"] == "Olu"


def test_by_keyboard_an_officer_is_sent_from_a_list(desk: Page, street: Street):
    officer(desk, street)
    car_in_the_list(desk, street)
    desk.locator(SEND).focus()
    desk.keyboard.press("Enter")
    menu = desk.get_by_role("dialog", name="Send Olu")
    expect(menu).to_be_visible()
    assert violations_day_and_night(desk) == []
    menu.get_by_label("To").select_option(label=f"Judd Street, bay {street.name}")
    menu.get_by_role("button", name="Send").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(f"Olu is asked to go to Judd Street, bay {street.name}.")).to_be_visible()
    desk.keyboard.press("Escape")

    desk.locator(SEND).press("Enter")
    expect(menu).to_contain_text("A task can’t be given now.")
    menu.get_by_label("To").select_option(label=f"Zone {street.name}")
    menu.get_by_role("button", name="Send").click()
    expect(desk.get_by_text(f"Olu patrols Zone {street.name} now")).to_be_visible()
    assert zones_of(street) == [f"Zone {street.name}"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Page, street: Street):
    officer(desk, street)
    desk.locator("#chosen > officer-row").get_by_text("Change zones").click()
    zones = [zone["id"] for zone in street.shift["zones"]]
    street.admin.patch(f"/shifts/{street.shift['id']}", {"zones": zones})
    expect(desk.locator("#chosen > officer-row .facts")).to_contain_text(f"Zone {street.name}")
    desk.locator("#chosen > officer-row").get_by_role("button", name="Save zones").click()
    expect(desk.locator("notice-line")).to_contain_text("Somebody else changed Olu’s zones meanwhile")
    assert zones_of(street) == [f"Zone {street.name}"]
