"""The map of an officer's zones in a real browser: with and without signal, and the list of the same places."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import violations, violations_day_and_night
from .conftest import Street, app_is_kept, phone_in, sign_in, wants
from .officer import on_shift, on_the_way

MIDDLE = """() => {
    const { left, top, width, height } = document.querySelector('town-map').getBoundingClientRect();
    const canvas = document.querySelector('town-map canvas');
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const [x, y] = [(left + width / 2 - box.left) * scale, (top + height / 2 - box.top) * scale];
    return [...canvas.getContext('2d').getImageData(Math.round(x), Math.round(y), 1, 1).data];
}"""
DRAWN = """() => {
    const canvas = document.querySelector('way-map canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const red = (at) => [156, 28, 28].every((part, index) => data[at + index] === part);
    return Array.from({ length: data.length / 4 }, (_, index) => 4 * index).some(red);
}"""
RED = [156, 28, 28, 255]  # --now by day: the diamond of “lawful now”


def open_map(page: Page) -> None:
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("town-map canvas")).to_be_visible()


def tap_middle(page: Page) -> None:
    box = page.locator("town-map").bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_bay_on_the_map_is_touched_and_says_what_it_is(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    complaints: list[str] = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    open_map(page)
    page.get_by_role("button", name="Task", exact=True).click()
    page.wait_for_function(f"() => ({MIDDLE})().join() === '{','.join(map(str, RED))}'")
    tap_middle(page)
    card = page.locator("bay-card")
    expect(card.get_by_role("heading", name=f"Judd Street, bay {street.name}")).to_be_focused()
    expect(card).to_contain_text("Lawful now")
    expect(card).to_contain_text("limited waiting, 2 h")
    expect(card).to_contain_text("300 m from you")
    expect(card.get_by_role("link", name="Go to your task")).to_have_attribute("href", "#task")
    assert [text for text in complaints if "Content Security" in text] == []
    context.close()


def test_the_way_to_a_task_is_drawn_in_its_card_also_without_signal(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    app_is_kept(page)
    context.set_offline(True)
    page.reload()
    way = page.get_by_role("link", name="390 m to the north. Show it on the map")
    expect(way).to_be_visible()
    page.wait_for_function(f"() => ({DRAWN})()")
    assert violations(page) == []
    way.click()
    expect(page.locator("town-map canvas")).to_be_visible()
    expect(page.get_by_role("heading", name=f"Judd Street, bay {street.name}")).to_be_focused()
    expect(page.locator("bay-card")).to_contain_text("Lawful now")
    page.get_by_role("link", name="Go to your task").click()
    page.get_by_role("button", name="I’m here").click()
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    expect(page.locator("way-map")).to_have_count(0)
    context.close()


def test_any_bay_can_be_observed_from_the_list(chromium: Browser, street: Street):
    quiet = other_bay(street, "Elm Road", 0.001)
    context = phone_in(chromium, street)
    page = on_shift(context, street)
    page.get_by_role("link", name="Map", exact=True).click()
    page.get_by_role("button", name="List", exact=True).click()
    page.get_by_label("Street or bay").fill("elm")
    page.get_by_role("button", name=f"Elm Road, bay {quiet['reference']}").click()
    observe = page.get_by_role("link", name="Observe this one")
    expect(observe).to_have_attribute("href", f"#found/new/{quiet['id']}")
    context.close()


def test_list_and_map_show_the_same_places(chromium: Browser, street: Street):
    nearer = other_bay(street, "Elm Road", -0.001)["reference"]
    further = other_bay(street, "Oak Road", 0.001)["reference"]
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    open_map(page)
    page.get_by_role("button", name="List", exact=True).click()
    places = page.locator("place-list li strong")
    names = [f"Judd Street, bay {street.name}", f"Elm Road, bay {nearer}", f"Oak Road, bay {further}"]
    expect(places).to_have_text(names)
    page.reload()  # how it is seen is remembered
    expect(places).to_have_text(names)
    context.close()


def test_the_map_opens_without_signal_and_says_how_old_it_is(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    open_map(page)
    app_is_kept(page)
    page.get_by_role("button", name="Task", exact=True).click()
    tap_middle(page)
    expect(page.locator("bay-card")).to_contain_text(f"bay {street.name}")
    context.set_offline(True)
    page.reload()
    expect(page.locator("town-map canvas")).to_be_visible()
    page.get_by_role("button", name="Task", exact=True).click()
    page.wait_for_function(f"() => ({MIDDLE})().join() === '{','.join(map(str, RED))}'")
    context.close()


def test_a_phone_without_a_shift_says_why_there_is_no_map(chromium: Browser, street: Street):
    email, _ = street.person("officer", "Nia")
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{street.stack.url}/patrol/#map")
    sign_in(page, email)
    expect(page.get_by_text("No shift is planned for you, so there is no map yet.")).to_be_visible()
    assert violations(page) == []
    context.close()


def test_an_unsafe_place_is_on_the_map_in_words(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    page.get_by_role("button", name="Unsafe").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_text("unsafe: nobody is sent there.").first).to_be_visible(timeout=30_000)
    context.close()


def test_the_map_is_for_everybody(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    open_map(page)
    assert violations_day_and_night(page) == []
    page.get_by_text("What the shapes mean").click()
    page.get_by_role("button", name="Task", exact=True).click()
    tap_middle(page)
    expect(page.locator("bay-card")).to_be_visible()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="List", exact=True).click()
    assert violations_day_and_night(page) == []
    context.close()


@pytest.mark.parametrize("screen", ["map", "day"])
def test_twice_the_text_needs_no_sideways_scrolling(chromium: Browser, street: Street, screen: str):
    context = phone_in(chromium, street)
    context.add_init_script(wants(street, text="200"))
    page = on_the_way(context, street)
    page.goto(f"{street.stack.url}/patrol/#{screen}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def other_bay(street: Street, name: str, north: float) -> dict[str, Any]:
    """Another bay of the zone, so many degrees north of the first."""
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 60, "code": "30"}
    place = {"street": name, "lon": street.lon, "lat": street.lat + north}
    made: dict[str, Any] = street.admin.post(
        "/bays", {"reference": uuid4().hex[:6].upper(), **place, "restriction": rule}
    )
    return made


def test_marks_that_are_old_do_not_pass_for_what_goes_on_now(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    context.clock.install(time=datetime.now(UTC))  # on an open page it would be 1970 for a moment
    page = on_shift(context, street)
    page.get_by_role("link", name="Map", exact=True).click()
    page.get_by_role("button", name="List", exact=True).click()
    expect(page.locator("place-list li")).to_have_count(1)
    expect(page.get_by_text("How the bays stand was not heard yet")).to_be_hidden()
    context.set_offline(True)
    page.clock.run_for(180_000)
    expect(page.get_by_text("How the bays stood at")).to_be_visible()
    context.close()
