"""The wall screen: its key opens it and nothing else, it closes in words, and it needs no hands."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from enforcement.simulation.stack import Stack

from .axe import violations
from .conftest import Street, call_for_help

WALL: ViewportSize = {"width": 1920, "height": 1080}
READ = """async (path) => (await fetch(`/api/v1${path}`, {
    headers: { Authorization: `Bearer ${localStorage.getItem('openpatrol-board-key')}` },
})).status"""


@pytest.fixture
def wall(chromium: Browser) -> Iterator[Page]:
    """A screen that nobody ever signed in at."""
    context = chromium.new_context(viewport=WALL)
    yield context.new_page()
    context.close()


def key_for_a_wall(street: Street) -> dict[str, Any]:
    made: dict[str, Any] = street.admin.post("/keys", {"name": "Wall", "scopes": ["board:read"]})
    return made


def test_a_display_key_opens_the_board_and_nothing_else_until_it_is_revoked(
    wall: Page, stack: Stack, street: Street
):
    key = key_for_a_wall(street)
    street.car_is_over(minutes=25)
    wall.goto(f"{stack.url}/board/#{key['key']}")
    expect(wall.get_by_text("lawful now").first).to_be_visible()
    assert key["key"] not in wall.url
    expect(wall.locator("hot-spots")).to_contain_text("Judd Street")
    assert violations(wall) == []
    assert [wall.evaluate(READ, path) for path in ("/board", "/map", "/tasks", "/people", "/shifts", "/journal")] == [
        200, 200, 403, 403, 403, 403,
    ]  # fmt: skip
    call_for_help(street, lon=street.lon, lat=street.lat, accuracy_m=9)
    expect(wall.get_by_role("alert")).to_contain_text("SOS: an officer calls for help")
    assert "Olu" not in wall.content()
    assert violations(wall) == []
    wall.reload()
    expect(wall.locator("hot-spots")).to_contain_text("Judd Street")
    street.admin._send("DELETE", f"/keys/{key['id']}")
    expect(wall.get_by_role("heading", name="This screen’s key opens nothing any more")).to_be_visible(
        timeout=75_000
    )
    expect(wall.locator("hot-spots")).to_be_hidden()
    assert violations(wall) == []


def test_a_screen_without_a_key_says_what_to_do(wall: Page, stack: Stack, street: Street):
    wall.goto(f"{stack.url}/board/")
    expect(wall.get_by_role("heading", name="This screen has no key yet")).to_be_visible()
    machine = street.admin.post("/keys", {"name": "Sensors", "scopes": ["readings:write"]})["key"]
    wall.goto(f"{stack.url}/board/#{machine}")
    expect(wall.get_by_role("heading", name="This key is not for a wall screen")).to_be_visible()


def test_after_a_gap_the_board_goes_on_by_itself(wall: Page, stack: Stack, street: Street):
    wall.clock.install(time=datetime.now(UTC))
    wall.goto(f"{stack.url}/board/#{key_for_a_wall(street)['key']}")
    expect(wall.get_by_text("lawful now").first).to_be_visible()
    wall.context.set_offline(True)
    wall.clock.fast_forward("03:00")
    expect(wall.locator("#clock")).to_contain_text("As of")
    wall.context.set_offline(False)
    wall.clock.fast_forward("01:00")
    expect(wall.locator("#clock")).not_to_contain_text("As of")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1366, 768), (1920, 1080)])
def test_all_of_it_is_on_the_screen_without_scrolling(
    wall: Page, stack: Stack, street: Street, width: int, height: int
):
    wall.set_viewport_size({"width": width, "height": height})
    wall.goto(f"{stack.url}/board/#{key_for_a_wall(street)['key']}")
    expect(wall.locator("board-map li").first).to_be_visible()
    figures = [box for box in (each.bounding_box() for each in wall.locator("dl > div").all()) if box]
    assert len({round(box["y"]) for box in figures}) == 1, "the six figures stand in one row"
    legend = wall.locator("board-map ul").bounding_box()
    assert legend
    assert legend["y"] + legend["height"] <= height
    assert wall.evaluate("document.documentElement.scrollHeight") <= height
