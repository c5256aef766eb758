"""The live map and the list of the same: one selection, filters, and what happens is seen without loading anew."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import violations_day_and_night
from .conftest import Street, desk_of, signed_in

# Whether a shape is drawn around there, by its colour.
DRAWN = """([x, y, colour]) => {
    const canvas = document.querySelector('town-map canvas');
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const pen = canvas.getContext('2d');
    const { data } = pen.getImageData((x - box.left) * scale - 6, (y - box.top) * scale - 6, 12, 12);
    return Array.from({ length: data.length / 4 }, (_, index) => 4 * index)
        .some((at) => colour.every((part, index) => data[at + index] === part));
}"""
RED = [156, 28, 28]  # --now by day: the diamond of “lawful now”
# Buttons that stick out of their column of the screen.
STICKS_OUT = """() => [...document.querySelectorAll('live-screen > section')].flatMap((column) => {
    const { left, right } = column.getBoundingClientRect();
    return [...column.querySelectorAll('button')].filter((each) => !each.closest('.wide'))
        .filter((each) => each.offsetParent).map((each) => each.getBoundingClientRect())
        .filter((box) => box.left < left - 1 || box.right > right + 1);
})"""
LOADS = "() => performance.getEntriesByType('navigation').length && performance.timeOrigin"


@pytest.fixture
def desk(chromium: Browser, street: Street) -> Iterator[Page]:
    page = desk_of(chromium, street, as_list=False)
    expect(page.locator("town-map canvas")).to_be_visible()
    yield page
    page.context.close()


def only_its_zone(page: Page, street: Street) -> None:
    """All tests share one council: this one's zone is enough."""
    page.get_by_label("Zone").select_option(label=f"Zone {street.name}")


def as_list(page: Page) -> None:
    page.keyboard.press("Alt+l")
    expect(page.locator("bay-table")).to_be_visible()


def as_map(page: Page) -> None:
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("town-map canvas")).to_be_visible()


def to_the_bay(page: Page, street: Street) -> tuple[float, float]:
    """The bay is chosen in the list, so that the map shows it in its middle: where that is on the page."""
    as_list(page)
    page.get_by_label("Street or bay").fill(street.name)
    page.locator("bay-table").get_by_role("button", name=street.name).click()
    expect(page.locator("bay-story")).to_contain_text(f"bay {street.name}")
    as_map(page)
    return middle(page)


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("town-map").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_what_is_chosen_in_the_list_is_chosen_on_the_map_and_the_other_way_round(desk: Page, street: Street):
    x, y = to_the_bay(desk, street)
    bay = street.admin.get("/bays", reference=street.name)["items"][0]
    assert desk.url.endswith(f"#live/bay/{bay['id']}")
    desk.get_by_role("link", name="Close").click()
    expect(desk.locator("bay-story")).to_be_hidden()
    desk.mouse.click(x, y)
    expect(desk.locator("bay-story")).to_contain_text(f"bay {street.name}")
    assert desk.url.endswith(f"#live/bay/{bay['id']}")
    as_list(desk)
    expect(desk.locator("bay-table tr.chosen")).to_contain_text(street.name)
    desk.reload()  # the address keeps it
    expect(desk.locator("bay-story")).to_contain_text("limited waiting, 2 h")


def test_a_car_that_is_over_its_time_appears_by_itself(desk: Page, street: Street):
    x, y = to_the_bay(desk, street)
    loaded = desk.evaluate(LOADS)
    street.car_is_over(minutes=25)
    desk.wait_for_function(DRAWN, arg=[x, y, RED], timeout=15_000)
    expect(desk.locator("bay-story")).to_contain_text("Work here")
    desk.mouse.click(x, y)
    expect(desk.locator("task-story article")).to_contain_text("over a 2 h limit")
    as_list(desk)
    expect(desk.locator("task-table tr.chosen")).to_contain_text(street.name)
    street.car_leaves()
    expect(desk.locator("ended-table tr.chosen")).to_contain_text(street.name, timeout=15_000)
    expect(desk.locator("task-table").get_by_text(street.name)).to_have_count(0)
    assert desk.evaluate(LOADS) == loaded


def test_filters_leave_what_was_asked_for_in_map_and_list(desk: Page, street: Street):
    only_its_zone(desk, street)
    expect(desk.get_by_text("1 bay, 0 tasks, 0 officers on shift")).to_be_visible()
    as_list(desk)
    expect(desk.locator("bay-table tbody tr")).to_have_count(1)
    desk.get_by_label("State of the bay").select_option("over")
    expect(desk.get_by_text("0 bays, 0 tasks, 0 officers on shift")).to_be_visible()
    expect(desk.locator("bay-table").get_by_text("No bays.")).to_be_visible()
    desk.get_by_role("button", name="Show everything").click()
    expect(desk.locator("bay-table").get_by_role("button", name=street.name)).to_have_count(1)


def test_an_officer_stands_on_the_map_and_in_the_list_with_the_age_of_their_fix(desk: Page, street: Street):
    on_duty(street)
    only_its_zone(desk, street)
    expect(desk.get_by_text("1 officer on shift")).to_be_visible(timeout=15_000)
    as_list(desk)
    desk.locator("officer-list").get_by_role("button", name="Olu", exact=True).click()
    story = desk.locator("#chosen > officer-row")
    expect(story).to_contain_text("Position just now")
    as_map(desk)
    desk.get_by_role("link", name="Close").click()
    expect(story).to_be_hidden()
    desk.mouse.click(*middle(desk))
    expect(story).to_contain_text("Position")
    assert desk.url.endswith(f"#live/officer/{street.shift['id']}")


def test_all_of_it_by_keyboard_alone(desk: Page, street: Street):
    street.car_is_over(minutes=25)
    desk.get_by_label("Street or bay").focus()
    desk.keyboard.type(street.name)
    desk.keyboard.press("Alt+l")
    row = desk.locator("task-table").get_by_role("button", name=street.name)
    expect(row).to_be_visible(timeout=15_000)
    for _ in range(40):
        desk.keyboard.press("Tab")
        if row.evaluate("(button) => button === document.activeElement"):
            break
    desk.keyboard.press("Enter")
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(desk.locator("task-story article")).to_contain_text(street.name)
    desk.keyboard.press("Alt+l")
    expect(desk.locator("town-map")).to_be_visible()
    expect(row).to_be_hidden()


@pytest.mark.parametrize("look", ["map", "list"])
def test_it_is_for_everybody(desk: Page, street: Street, look: str):
    street.car_is_over(minutes=25)
    to_the_bay(desk, street)
    if look == "list":
        as_list(desk)
    expect(desk.locator("bay-story")).to_contain_text("Work here", timeout=15_000)
    assert violations_day_and_night(desk) == []


@pytest.mark.parametrize(("width", "text"), [(1366, "200%"), (820, "100%"), (360, "100%")])
def test_it_fits_a_narrow_screen_and_large_text(desk: Page, street: Street, width: int, text: str):
    desk.set_viewport_size({"width": width, "height": 768})
    desk.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text)
    for look in (as_list, as_map):
        look(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
        assert desk.evaluate(STICKS_OUT) == []


def on_duty(street: Street) -> None:
    """The street's officer has begun, beside the bay."""
    officer = signed_in(street, street.officer)
    now = datetime.now(UTC).isoformat()
    officer.post(f"/shifts/{street.shift['id']}/start", {"id": str(uuid4()), "recorded_at": now})
    officer.post(
        "/positions",
        {
            "id": str(uuid4()),
            "fixes": [{"lon": street.lon, "lat": street.lat - 0.0005, "accuracy_m": 5, "at": now}],
        },
    )
