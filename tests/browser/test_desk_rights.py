"""Permit and payment systems on the desk: connected, tried out, parted with."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..adapters.rights.provider import TOKEN, FakeProvider
from .axe import violations_day_and_night
from .conftest import DESK, Street, desk_of, sign_in


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


@pytest.fixture
def desk(chromium: Browser, stack: Stack, street: Street) -> Iterator[Page]:
    """Ada's: the administrator."""
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{stack.url}/desk/#rights")
    sign_in(page, "ada@example.org")
    yield page
    context.close()


def test_one_is_connected_tried_out_and_parted_with(desk: Page, street: Street, provider: FakeProvider):
    name = f"Meters {uuid4().hex[:6]}"
    desk.get_by_text("Connect a permit or payment system").click()
    desk.get_by_label("What you call it").fill(name)
    desk.get_by_label("Its address").fill("ftp://nowhere")
    desk.get_by_label("Access token").fill(TOKEN)
    desk.get_by_role("button", name="Connect it").click()
    expect(desk.get_by_label("Its address")).to_have_attribute("aria-invalid", "true")
    assert violations_day_and_night(desk) == []
    desk.get_by_label("Its address").fill(provider.url)
    desk.get_by_role("button", name="Connect it").click()

    card = desk.get_by_role("region", name=name)
    expect(card).to_contain_text("Not asked yet")
    assert TOKEN not in desk.content()
    provider.covers("AB12CDE", until="2099-06-29T13:20:00Z")
    card.get_by_text("Try it out").click()
    card.get_by_label("Plate").fill("AB12CDE")
    card.get_by_label("Place, by its own name").fill("805430")
    card.get_by_role("button", name="Ask it now").click()
    expect(card.get_by_role("status")).to_contain_text("It answers: covered")
    provider.answers(500)
    card.get_by_role("button", name="Ask it now").click()
    expect(card.get_by_role("status")).to_have_text("No answer: it answered with the error 500.")
    assert violations_day_and_night(desk) == []
    provider.works()
    elsewhere = provider.url.replace("127.0.0.1", "localhost")
    card.get_by_text("Change its address, token or places").click()
    card.get_by_label("Its address").fill(elsewhere)
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("alert")).to_contain_text("Give the access token again")
    card.get_by_label("Access token").fill(TOKEN)
    card.get_by_role("button", name="Save").click()
    expect(card).to_contain_text(elsewhere)
    card.get_by_role("button", name="Ask it now").click()
    expect(card.get_by_role("status")).to_contain_text("It answers: covered")
    assert violations_day_and_night(desk) == []
    card.get_by_text("Ask it no more", exact=True).click()
    card.get_by_role("button", name="Part with it").click()
    expect(card).to_have_count(0)


def test_a_supervisor_sees_how_they_are_and_changes_nothing(
    chromium: Browser, street: Street, provider: FakeProvider
):
    name = f"Meters {uuid4().hex[:6]}"
    body = {"kind": "apds", "name": name, "base_url": provider.url, "token": TOKEN}
    made = street.admin.post("/rights/providers", body)
    desk = desk_of(chromium, street, screen="rights")
    expect(desk.get_by_role("region", name=name)).to_contain_text(provider.url)
    expect(desk.locator("rights-screen").get_by_role("button")).to_have_count(0)
    street.admin._send("DELETE", f"/rights/providers/{made['id']}")
    expect(desk.get_by_role("region", name=name)).to_have_count(0)
    desk.context.close()
