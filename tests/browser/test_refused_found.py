"""A car that an officer raised without a signal, and the line can't take: none of what they saw is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Street
from .offline import GENEROUS, Phone


@pytest.fixture
def phone(chromium: Browser, street: Street) -> Iterator[Phone]:
    """It raised a car by a code that the council has given up meanwhile, and a look was made there."""
    phone = Phone(chromium, street)
    phone.on_shift()
    phone.page.evaluate("location.hash = 'found/new'")
    phone.page.get_by_label("Contravention").fill("62")
    phone.page.get_by_role("button", name=re.compile("^62")).click()
    phone.page.get_by_role("button", name=street.name).click()
    phone.works_offline()
    policy = street.admin.get("/authority")["policy"]
    phone.context.set_offline(True)
    phone.kept(phone.page.get_by_role("button", name="Begin to observe").click)
    phone.looks("AB12CDE")
    street.admin.patch("/authority", {"policy": policy | {"codes": ["01", "30"]}})
    phone.context.set_offline(False)
    phone.page.locator("needs-line").get_by_role("link").click(timeout=GENEROUS)
    yield phone
    street.admin.patch("/authority", {"policy": policy})
    phone.context.close()


def test_it_is_left_with_the_supervisor_and_all_that_was_seen_there(phone: Phone):
    refused = phone.page.locator("refused-step")
    expect(refused).to_contain_text("Your council does not enforce code 62")
    expect(refused).to_contain_text("kept for your supervisor")
    refused.get_by_role("button", name="Leave all of it for the supervisor").click()
    phone.all_sent()
    found = next(body["id"] for path, body in phone.said if path == "/found")
    kept = phone.supervisor.get("/kept-records", limit=200)["items"]
    assert sorted(each["kind"] for each in kept if each["found_id"] == found) == ["found", "sighting"]


def test_it_goes_on_by_another_code(phone: Phone):
    refused = phone.page.locator("refused-step")
    refused.get_by_label("Code of the contravention").fill("01")
    refused.get_by_role("button", name="Correct and send").click()
    phone.all_sent()
    raised = next(body["id"] for path, body in phone.said if path == "/found")
    task = phone.supervisor.get(f"/tasks/{raised}")
    assert (task["code"], task["sightings"]) == ("01", 1)
