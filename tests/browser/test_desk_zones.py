"""Zones on the desk: drawn by pointer and by keyboard, refused with a reason, changed by two at once, from files."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..builders import square
from .axe import violations_day_and_night
from .conftest import DESK, Street, sign_in


@pytest.fixture
def desk(chromium: Browser, street: Street) -> Iterator[Page]:
    """The zones' screen of the street's supervisor, at the street's own zone."""
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{street.stack.url}/desk/#zones/{zone_of(street)['id']}")
    sign_in(page, street.supervisor)
    expect(page.locator("zone-map .leaflet-map-pane")).to_be_attached()
    yield page
    context.close()


def zone_of(street: Street) -> dict[str, Any]:
    [zone] = [zone for zone in street.admin.all_of("/zones") if zone["name"] == f"Zone {street.name}"]
    return zone


def named(street: Street, name: str) -> dict[str, Any]:
    [zone] = [zone for zone in street.admin.all_of("/zones") if zone["name"] == name]
    return zone


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def on_map(page: Page, across: float, down: float) -> None:
    """Click the map, at these shares of it."""
    box = page.locator("zone-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def form(page: Page) -> Any:
    return page.locator("zone-form")


def draw(page: Page, *corners: tuple[float, float]) -> None:
    button(page, "Draw a zone").click()
    for corner in corners:
        on_map(page, *corner)


AROUND = ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))
BOW = ((0.3, 0.3), (0.7, 0.7), (0.7, 0.3), (0.3, 0.7))


def test_a_zone_is_drawn_its_bays_are_counted_and_an_officer_is_assigned_to_it(desk: Page, street: Street):

    name = f"Drawn {street.name}"
    draw(desk, *AROUND)
    expect(form(desk)).to_contain_text("1 bay inside.")

    button(desk, "Close the outline").click()
    desk.get_by_label("Name", exact=True).fill(name)
    desk.get_by_label("Times when it is active").fill("Mo-Su 00:00-24:00")

    button(desk, "Save").click()
    card = desk.locator("zone-card")
    expect(card.get_by_role("heading", name=name)).to_be_visible()
    expect(card).to_contain_text("Sunita")
    expect(card).to_contain_text("Drawn, 1 bay")
    assert named(street, name)["bays"] == 1
    card.get_by_label("Olu").check()
    expect(desk.get_by_text(f"Olu patrols {name}.")).to_be_visible()
    [shift] = [each for each in street.admin.all_of("/shifts", on=False) if each["id"] == street.shift["id"]]
    assert name in [zone["name"] for zone in shift["zones"]]


def test_a_polygon_that_crosses_itself_is_refused_while_it_is_drawn(desk: Page, street: Street):
    draw(desk, *BOW)
    button(desk, "Close the outline").click()
    desk.get_by_label("Name", exact=True).fill(f"Bow {street.name}")
    fault = "The outline crosses itself: the edge after corner 1 and the one after corner 3"
    expect(form(desk)).to_contain_text(fault)
    assert violations_day_and_night(desk) == []

    button(desk, "Save").click()
    expect(form(desk).get_by_role("alert")).to_contain_text(fault)
    button(desk, "Undo").click()  # the name
    button(desk, "Undo").click()  # the fourth corner
    expect(form(desk)).not_to_contain_text("crosses itself")
    button(desk, "Redo").click()
    expect(form(desk)).to_contain_text(fault)
    assert f"Bow {street.name}" not in [zone["name"] for zone in street.admin.all_of("/zones")]


def test_of_two_supervisors_at_one_zone_the_second_sees_both_and_nothing_is_overwritten(
    desk: Page, street: Street
):
    zone = zone_of(street)
    button(desk, "Edit").click()
    desk.get_by_label("Name", exact=True).fill(f"Mine {street.name}")
    theirs = {
        "name": f"Theirs {street.name}",
        "colour": "#9c1c1c",
        "outline": square(street.lon, street.lat, 0.0004),
        "version": zone["version"],
    }
    street.admin.put(f"/zones/{zone['id']}", theirs)
    clash = desk.get_by_role("region", name="Changed meanwhile")
    expect(clash).to_contain_text("Ada changed this zone")
    expect(clash.get_by_role("row", name="Name")).to_contain_text(f"Mine {street.name}")
    expect(clash.get_by_role("row", name="Name")).to_contain_text(f"Theirs {street.name}")
    assert violations_day_and_night(desk) == []

    button(desk, "Save").click()
    expect(clash).to_be_visible()
    assert street.admin.get(f"/zones/{zone['id']}")["name"] == f"Theirs {street.name}"
    button(desk, "Take theirs").click()
    expect(desk.get_by_label("Name", exact=True)).to_have_value(f"Theirs {street.name}")
    desk.get_by_label("Name", exact=True).fill(f"Both {street.name}")
    button(desk, "Save").click()
    expect(desk.get_by_role("heading", name=f"Both {street.name}")).to_be_visible()
    assert street.admin.get(f"/zones/{zone['id']}")["colour"] == "#9c1c1c"


def test_a_corner_that_is_dragged_takes_its_bays_along_and_one_step_brings_it_back(desk: Page):
    button(desk, "Edit").click()
    corner = desk.locator(".zone-handle.corner").nth(0).bounding_box()
    middle = desk.locator("zone-map").bounding_box()
    assert corner
    assert middle
    desk.mouse.move(corner["x"] + 12, corner["y"] + 12)
    desk.mouse.down()
    desk.mouse.move(middle["x"] + middle["width"] * 0.4, middle["y"] + middle["height"] * 0.5, steps=5)
    desk.mouse.move(middle["x"] + middle["width"] * 0.8, middle["y"] + middle["height"] * 0.2, steps=5)
    desk.mouse.up()
    expect(form(desk)).to_contain_text("1 bay would be left in no zone")
    button(desk, "Undo").click()
    expect(form(desk)).not_to_contain_text("left in no zone")
    expect(button(desk, "Undo")).to_be_disabled()


def test_a_corner_is_changed_by_keyboard_alone(desk: Page, street: Street):
    zone = zone_of(street)
    press = desk.keyboard.press
    button(desk, "Edit").focus()
    press("Enter")
    expect(desk.get_by_label("Name", exact=True)).to_be_focused()
    desk.get_by_text("Corners by hand").focus()
    press("Enter")
    press("Tab")
    expect(button(desk, "corner 1")).to_be_focused()
    press("Shift+ArrowRight")
    press("ArrowUp")
    expect(button(desk, "corner 1")).to_be_focused()
    press("Insert")
    expect(button(desk, "corner 2")).to_be_focused()
    expect(button(desk, "corner 5")).to_be_visible()

    press("Delete")
    expect(button(desk, "corner 5")).to_have_count(0)
    desk.get_by_label("Latitude of corner 3").fill(str(street.lat + 0.002))
    press("Tab")
    button(desk, "Save").focus()
    press("Enter")
    expect(desk.locator("zone-card")).to_contain_text("Redrawn, with as many bays")
    [ring] = street.admin.get(f"/zones/{zone['id']}")["outline"]["coordinates"]
    [before] = zone["outline"]["coordinates"]
    metres_east, metres_north = (ring[0][0] - before[0][0]) * 69_900, (ring[0][1] - before[0][1]) * 111_195
    assert (metres_east, metres_north) == (
        pytest.approx(10, abs=1),
        pytest.approx(1, abs=0.3),
    )  # as degrees are rounded
    assert (len(ring), ring[2][1]) == (len(before), pytest.approx(street.lat + 0.002))


def test_a_file_is_looked_at_before_it_is_taken_and_each_fault_has_its_place(desk: Page, street: Street):
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    shapes = {f"New {street.name}": square(street.lon, street.lat), f"Bow {street.name}": bow}
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"name": name}} for name, shape in shapes.items()
    ]
    file = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    button(desk, "Import").click()
    desk.get_by_label("A GeoJSON file").set_input_files(
        {"name": "zones.geojson", "mimeType": "application/geo+json", "buffer": file}
    )
    part = desk.locator("zone-import")
    expect(part).to_contain_text(
        f"Zone 2 in the file, “Bow {street.name}”: geometry: crosses itself at 0.5, 0.5"
    )
    expect(part.get_by_role("row", name=f"New {street.name}")).to_contain_text("new")
    assert violations_day_and_night(desk) == []

    assert f"New {street.name}" not in [zone["name"] for zone in street.admin.all_of("/zones")]
    button(desk, "Import 1 zone").click()
    expect(desk.get_by_text("The zones are imported.")).to_be_visible()
    assert named(street, f"New {street.name}")["bays"] == 1
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Export").click()
    exported = json.loads(download.value.path().read_text())
    assert f"New {street.name}" in [each["properties"]["name"] for each in exported["features"]]


def test_a_file_that_is_no_geojson_says_so(desk: Page):
    button(desk, "Import").click()
    desk.get_by_label("A GeoJSON file").set_input_files(
        {"name": "zones.csv", "mimeType": "text/csv", "buffer": b"name,colour"}
    )
    expect(desk.locator("zone-import")).to_contain_text("It is not JSON")


def test_a_zone_is_split_by_a_line_and_its_officers_have_both_parts(desk: Page, street: Street):
    button(desk, "Split").click()
    on_map(desk, 0.1, 0.4)
    expect(desk.locator("zone-split")).to_contain_text("Draw a line across the zone")
    on_map(desk, 0.9, 0.4)
    expect(desk.locator("zone-split")).to_contain_text("on one side")

    desk.get_by_label("Name of the other part").fill(f"North {street.name}")
    button(desk, "Split").click()
    expect(desk.get_by_text("are two zones now.")).to_be_visible()
    assert zone_of(street)["bays"] + named(street, f"North {street.name}")["bays"] == 1
    [shift] = [each for each in street.admin.all_of("/shifts", on=False) if each["id"] == street.shift["id"]]
    assert len(shift["zones"]) == 2


def test_a_deleted_zone_comes_back_with_one_press(desk: Page, street: Street):
    button(desk, "Delete").click()
    expect(desk.get_by_text(f"Zone {street.name} is deleted.")).to_be_visible()
    assert f"Zone {street.name}" not in [zone["name"] for zone in street.admin.all_of("/zones")]
    button(desk, "Undo").click()
    expect(desk.get_by_role("heading", name=f"Zone {street.name}")).to_be_visible()
    assert zone_of(street)["bays"] == 1


def test_bays_that_a_drawing_leaves_in_no_zone_are_named(desk: Page, street: Street):
    button(desk, "Edit").click()
    desk.get_by_text("Corners by hand").click()
    for corner in (1, 2):
        desk.get_by_label(f"Latitude of corner {corner}").fill(str(street.lat + 0.0005))
        desk.keyboard.press("Tab")
    told = f"1 bay would be left in no zone, and nobody sent there: Judd Street {street.name}."
    expect(form(desk)).to_contain_text(told)


def test_at_twice_the_text_size_nothing_is_lost(desk: Page):
    desk.evaluate("() => { document.documentElement.dataset.text = '200'; }")
    button(desk, "Edit").click()
    box = desk.locator("zone-map").bounding_box()
    assert box
    assert box["width"] > 600
    assert desk.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert violations_day_and_night(desk) == []
