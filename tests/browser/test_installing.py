"""A browser that would install the app finds all that it asks for."""

import json
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, expect

from enforcement.simulation.stack import Stack
from routes.shell import shell

from .conftest import Street, app_is_kept, phone_in, sign_in

STATIC = Path(__file__).parents[2] / "static"
INCOGNITO = "in-incognito"  # tests run in windows of their own, from which nothing is installed


def manifest() -> dict[str, Any]:
    said: dict[str, Any] = json.loads((STATIC / "patrol" / "manifest.webmanifest").read_text())
    return said


def test_chromium_finds_nothing_that_forbids_to_install_it(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    app_is_kept(page)
    cdp = context.new_cdp_session(page)
    assert cdp.send("Page.getAppManifest")["errors"] == []
    found = cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [each["errorId"] for each in found if each["errorId"] != INCOGNITO] == []
    context.close()


def test_each_shortcut_opens_its_screen(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    for shortcut in manifest()["shortcuts"]:
        page.goto(stack.url + shortcut["url"])
        expect(page.locator("tab-bar [aria-current]")).to_contain_text(shortcut["short_name"])
    context.close()


def test_pictures_are_as_large_as_it_says_and_small_to_load():
    named = [*manifest()["icons"], *manifest()["screenshots"]]
    for each in named:
        if each["sizes"] != "any":
            with Image.open(STATIC / each["src"].lstrip("/")) as picture:
                assert "x".join(map(str, picture.size)) == each["sizes"], each["src"]
    files = list((STATIC / "patrol" / "pictures").iterdir())
    assert {f"/patrol/pictures/{file.name}" for file in files} == {
        each["src"] for each in manifest()["screenshots"]
    }
    assert sum(file.stat().st_size for file in files) < 150_000


def test_no_phone_keeps_the_pictures():
    kept = shell()
    assert not [address for address in {**kept.first, **kept.rest} if "/pictures/" in address]
