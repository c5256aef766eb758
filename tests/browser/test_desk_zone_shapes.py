"""Zones of odd shapes, from files and by keys: copies, holes, many corners, too many corners."""

import json
from math import cos, pi, sin
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from ..builders import square
from .axe import violations_day_and_night
from .conftest import Street
from .test_desk_zones import button, desk, form, named, zone_of

__all__ = ["desk"]  # the fixture

# Whether anything is drawn on the map at a point of the window.
DRAWN = """([x, y]) => {
    const canvas = document.querySelector('zone-map canvas');
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    return canvas.getContext('2d').getImageData((x - left) * scale, (y - top) * scale, 1, 1).data[3] > 0;
}"""


def round_one(street: Street, corners: int) -> dict[str, Any]:
    """A polygon with so many corners around the street's bay."""
    ring = [
        [
            round(street.lon + 0.001 * cos(2 * pi * at / corners), 7),
            round(street.lat + 0.001 * sin(2 * pi * at / corners), 7),
        ]
        for at in range(corners)
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def drawn_as(street: Street, outline: dict[str, Any]) -> None:
    zone = zone_of(street)
    body = {"name": zone["name"], "outline": outline, "version": zone["version"]}
    street.admin.put(f"/zones/{zone['id']}", body)


def chosen(page: Page, name: str, content: bytes) -> Any:
    button(page, "Import").click()
    file = FilePayload(name=name, mimeType="application/geo+json", buffer=content)
    page.get_by_label("A GeoJSON file").set_input_files(file)
    return page.locator("zone-import")


def collection(**shapes: dict[str, Any]) -> bytes:
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"name": name}} for name, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_copy_has_the_same_shape_and_a_name_of_its_own(desk: Page, street: Street):
    button(desk, "Copy").click()
    expect(desk.get_by_label("Name", exact=True)).to_have_value(f"Zone {street.name} copy")
    button(desk, "Save").click()
    expect(desk.get_by_role("heading", name=f"Zone {street.name} copy")).to_be_visible()
    copy = named(street, f"Zone {street.name} copy")
    assert copy["outline"] == zone_of(street)["outline"]
    assert copy["id"] != zone_of(street)["id"]


def test_control_and_z_takes_a_step_back_and_with_shift_it_is_done_again(desk: Page):
    button(desk, "Edit").click()
    desk.get_by_text("Corners by hand").click()
    latitude = desk.get_by_label("Latitude of corner 1")
    before = latitude.input_value()
    button(desk, "corner 1").focus()
    desk.keyboard.press("Shift+ArrowUp")
    expect(latitude).not_to_have_value(before)
    after = latitude.input_value()
    desk.keyboard.press("Control+z")
    expect(latitude).to_have_value(before)
    desk.keyboard.press("Control+Shift+z")
    expect(latitude).to_have_value(after)


def test_many_corners_stand_on_pages(desk: Page, street: Street):
    drawn_as(street, round_one(street, 120))
    expect(desk.locator("zone-card")).to_contain_text("Redrawn")
    button(desk, "Edit").click()
    desk.get_by_text("Corners by hand").click()
    table = desk.locator("corner-table")
    expect(table).to_contain_text("1 to 50 of 120")
    expect(table.locator("tbody tr")).to_have_count(50)
    button(desk, "Later").click()
    button(desk, "Later").click()
    expect(table).to_contain_text("101 to 120 of 120")
    expect(button(desk, "corner 120")).to_be_visible()
    button(desk, "Earlier").click()
    expect(button(desk, "corner 51")).to_be_visible()


def test_a_hole_is_left_empty_on_the_map_and_has_corners_of_its_own(desk: Page, street: Street):
    outline = square(street.lon, street.lat)
    hole = square(street.lon + 0.0005, street.lat + 0.0005, 0.0002)["coordinates"][0]
    outline["coordinates"].append(hole)
    drawn_as(street, outline)
    expect(desk.locator("zone-card")).to_contain_text("Redrawn")
    button(desk, "Edit").click()
    handles = desk.locator(".zone-handle.corner")
    expect(handles).to_have_count(8)
    boxes = [handles.nth(at).bounding_box() for at in range(8)]
    spots = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    (left, top), (right, bottom) = (
        (pick(x for x, _ in spots[4:]), pick(y for _, y in spots[4:])) for pick in (min, max)
    )
    middle = ((left + right) / 2, (top + bottom) / 2)
    desk.wait_for_function(DRAWN, arg=[middle[0], bottom + 25])
    assert not desk.evaluate(DRAWN, list(middle))
    desk.get_by_text("Corners by hand").click()
    expect(button(desk, "corner 4 of hole 1")).to_be_visible()


def test_a_polygon_of_ten_thousand_points_is_refused_at_once_with_how_many_may_be(desk: Page, street: Street):
    part = chosen(desk, "zones.geojson", collection(**{f"Round {street.name}": round_one(street, 9_999)}))
    expect(part).to_contain_text(f"Zone 1 in the file, “Round {street.name}”")
    expect(part).to_contain_text("2000")
    expect(button(desk, "Import 1 zone")).to_have_count(0)


def test_a_file_that_breaks_off_says_in_which_line(desk: Page):
    part = chosen(desk, "zones.geojson", b'{"type": "FeatureCollection",\n "features": [\n  {"type": }]}')
    expect(part).to_contain_text("It is not JSON: line 3, character 12")


def test_the_times_of_a_zone_are_shown_for_two_weeks_and_what_is_wrong_with_them(desk: Page):
    button(desk, "Edit").click()
    form(desk).get_by_text("Its times in the next two weeks").click()
    expect(form(desk)).to_contain_text("Always active.")
    expect(form(desk).locator("form > [role=status]")).to_have_text(
        "1 bay inside."
    )  # read out, once it rests
    expect(form(desk)).to_contain_text("Always active.")
    desk.get_by_label("Times when it is active").fill("Mo-Su 09:15-17:45")
    expect(form(desk).locator("hours-strip")).to_contain_text("09:15 to 17:45")
    expect(form(desk).locator("hours-strip tbody tr")).to_have_count(14)
    assert violations_day_and_night(desk) == []
    desk.get_by_label("Times when it is active").fill("every morning")
    expect(form(desk).locator("hours-ahead")).to_contain_text("can't be read")


def test_on_a_tablet_all_of_it_is_reached(desk: Page):
    desk.set_viewport_size({"width": 820, "height": 1180})
    button(desk, "Edit").click()
    desk.get_by_text("Corners by hand").click()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 820
    box = desk.locator("zone-map").bounding_box()
    assert box
    assert box["width"] > 400
    expect(button(desk, "Save")).to_be_visible()
    assert violations_day_and_night(desk) == []
