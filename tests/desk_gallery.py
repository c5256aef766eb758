"""`make gallery`: pictures of the desk and the wall screen for the README, of a borough in the middle of its day."""

from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from enforcement.config import Clock
from enforcement.simulation.stack import Stack
from tools.chromium import find_or_install

from .browser.conftest import DESK, QUIET, be_quick, sign_in
from .browser.desk_pages import ANSWERED, COUNTING
from .desk_town import SUPERVISOR, DeskTown, go_to_work, lay_out
from .gallery import READERS, _taken
from .stacks import found

ADMIN = "ada@example.org"
WALL = {"width": 1920, "height": 1080}


def main() -> None:
    expect.set_options(timeout=30_000)
    with Stack(durable=False) as stack, sync_playwright() as playwright:
        authority = found(stack, "camford", ADMIN)
        stack.serve(Clock())
        be_quick(stack)
        town = lay_out(stack, authority, ADMIN)
        go_to_work(town, alarms=False)
        browser = playwright.chromium.launch(
            executable_path=str(find_or_install()), args=[*QUIET, "--lang=en-GB"]
        )
        _of_the_desk(browser, town)
        _of_the_wall(browser, town)
        browser.close()


def _page(browser: Browser, size: Any) -> Page:
    context = browser.new_context(viewport=size, locale="en-GB")
    context.add_init_script(COUNTING)
    context.set_default_timeout(20_000)
    return context.new_page()


def _of_the_desk(browser: Browser, town: DeskTown) -> None:
    page = _page(browser, DESK)
    page.goto(f"{town.stack.url}/desk/#live")
    sign_in(page, SUPERVISOR)
    task = next(each for each in town.admin.every("/tasks", state="open") if each["state"] == "accepted")
    page.evaluate("(id) => { location.hash = `live/task/${id}`; }", task["id"])
    expect(page.locator("task-story article")).to_be_visible()
    _taken(page, READERS / "desk-live.webp")
    for name, where in (
        ("desk-shifts", "shifts/plan"),
        ("desk-zones", f"zones/{next(iter(town.zones.values()))}"),
        ("desk-reports", "reports"),
    ):
        page.evaluate("(where) => { location.hash = where; }", where)
        expect(page.locator("main h1")).to_be_attached()
        page.wait_for_function(ANSWERED)
        if name == "desk-reports":
            expect(page.locator("report-picture canvas").first).to_be_visible()
        _taken(page, READERS / f"{name}.webp")
    page.context.close()


def _of_the_wall(browser: Browser, town: DeskTown) -> None:
    key = town.admin.post("/keys", {"name": "Wall", "scopes": ["board:read"]})["key"]
    page = _page(browser, WALL)
    page.goto(f"{town.stack.url}/board/#{key}")
    expect(page.get_by_text("lawful now").first).to_be_visible()
    _taken(page, READERS / "board.webp")
    page.context.close()


if __name__ == "__main__":
    main()
