"""From a zone on the map to an officer on the way: the whole line, by the hands of a supervisor and an officer."""

from playwright.sync_api import Browser, expect

from ..builders import square
from .conftest import Street, desk_of, phone_in
from .officer import PLANNED_WITHIN, on_shift

CORNERS = ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))
FAR = 0.05  # degrees


def test_a_zone_is_drawn_an_officer_is_assigned_and_goes_and_the_supervisor_sees_it(
    chromium: Browser, street: Street
):
    [before] = street.shift["zones"]
    away = street.admin.post(
        "/zones", {"name": f"Away {street.name}", "outline": square(street.lon + FAR, street.lat)}
    )
    street.admin.patch(f"/shifts/{street.shift['id']}", {"zones": [away["id"]]})
    context = phone_in(chromium, street)
    phone = on_shift(context, street)
    street.car_is_over(minutes=25)

    desk = desk_of(chromium, street, screen=f"zones/{before['id']}")
    expect(desk.locator("zone-map .leaflet-map-pane")).to_be_attached()
    desk.get_by_role("button", name="Draw a zone").click()
    box = desk.locator("zone-map").bounding_box()
    assert box
    for across, down in CORNERS:
        desk.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    desk.get_by_role("button", name="Close the outline").click()
    desk.get_by_label("Name", exact=True).fill(f"Drawn {street.name}")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("heading", name=f"Drawn {street.name}")).to_be_visible()
    expect(phone.get_by_role("button", name="I’m going")).to_be_hidden()
    desk.locator("zone-card").get_by_label("Olu").check()

    phone.get_by_role("button", name="I’m going").click(timeout=PLANNED_WITHIN)
    desk.get_by_role("link", name="Live", exact=True).click()
    task = desk.locator("task-table").get_by_role("row").filter(has_text=street.name)
    expect(task).to_contain_text("Olu is going", timeout=PLANNED_WITHIN)
    phone.get_by_role("button", name="I’m here").click()
    expect(task).to_contain_text("Olu is there")
    task.get_by_role("button", name=street.name).click()
    expect(desk.locator("task-story")).to_contain_text("over a 2 h limit")
    context.close()
    desk.context.close()
