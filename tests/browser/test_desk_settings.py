"""What administrators do on the desk: people, keys, and who changed what."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..builders import PASSWORD
from .axe import violations_day_and_night
from .conftest import DESK, Street, sign_in

ADA = "ada@example.org"


@pytest.fixture
def desk(chromium: Browser, stack: Stack, street: Street) -> Iterator[Page]:
    """Ada, the administrator, has signed in."""
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{stack.url}/desk/#people")
    sign_in(page, ADA)
    yield page
    context.close()


def test_a_person_is_made_gets_a_link_and_chooses_a_password(desk: Page, stack: Stack, chromium: Browser):
    email = f"{uuid4().hex[:8]}@example.org"
    desk.get_by_text("Add somebody").click()
    desk.get_by_label("Name", exact=True).fill("Nia Rees")
    desk.get_by_role("textbox", name="E-mail").fill("nobody")
    add = desk.get_by_role("button", name="Add, and make a link for a password")
    add.click()
    expect(desk.get_by_role("textbox", name="E-mail")).to_have_attribute("aria-invalid", "true")
    assert violations_day_and_night(desk) == []
    desk.get_by_role("textbox", name="E-mail").fill(email)
    add.click()
    link = desk.get_by_role("textbox", name="Link for Nia Rees").input_value()
    assert violations_day_and_night(desk) == []
    desk.get_by_role("button", name="I have it").click()
    assert link not in desk.content()

    theirs = chromium.new_context(viewport=DESK).new_page()
    theirs.goto(link)
    theirs.get_by_label("New password").fill(PASSWORD)
    theirs.get_by_label("The same again").fill(PASSWORD)
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_role("heading", name="Saved")).to_be_visible()
    theirs.goto(f"{stack.url}/patrol/")
    sign_in(theirs, email)
    expect(theirs.locator("tab-bar")).to_be_visible()

    desk.get_by_role("link", name="Nia Rees").first.click()
    desk.locator("people-screen").get_by_role("button", name="Sign out", exact=True).click()
    expect(desk.get_by_text("Not signed in anywhere.")).to_be_visible()
    desk.get_by_role("button", name="Close the account").click()
    expect(desk.get_by_role("button", name="Open the account again")).to_be_visible()
    assert violations_day_and_night(desk) == []
    theirs.context.close()


def test_a_key_is_made_shown_once_and_revoked(desk: Page, stack: Stack):
    desk.goto(f"{stack.url}/desk/#keys")
    desk.get_by_text("Make a key").click()
    name = f"Wall {uuid4().hex[:6]}"
    desk.get_by_label("Who or what uses it").fill(name)
    desk.get_by_role("button", name="Make it").click()
    expect(desk.get_by_text("Say what the key opens")).to_be_visible()
    desk.get_by_label("Wall screen").check()
    desk.get_by_role("button", name="Make it").click()
    address = desk.get_by_role("textbox", name=f"Address for {name}").input_value()
    assert address.startswith(f"{stack.url}/board/#op_")
    desk.get_by_role("button", name="I have it").click()
    assert address not in desk.content()
    row = desk.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("never")
    assert violations_day_and_night(desk) == []
    row.get_by_text("Revoke", exact=True).click()
    row.get_by_role("button", name="Revoke it").click()
    expect(row).to_contain_text("Revoked")


def test_a_supervisor_sees_people_but_changes_none_and_sees_no_keys(
    chromium: Browser, stack: Stack, street: Street
):
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{stack.url}/desk/#people")
    sign_in(page, street.supervisor)
    expect(page.get_by_role("link", name="Olu").first).to_be_visible()
    expect(page.get_by_text("Add somebody")).to_be_hidden()
    expect(page.get_by_role("link", name="Keys", exact=True)).to_have_count(0)
    context.close()


def test_the_audit_log_finds_a_change_by_its_person(desk: Page, stack: Stack, street: Street):
    bay = street.admin.get("/bays", reference=street.name)["items"][0]
    street.admin.patch(f"/bays/{bay['id']}", {"paused_why": "No sign"})
    desk.goto(f"{stack.url}/desk/#audit")
    row = desk.get_by_role("row").filter(has_text=street.name).filter(has_text="it is paused")
    expect(row).to_be_visible()
    ada = street.admin.get("/me")["person"]
    expect(row).to_contain_text(ada["name"])
    desk.get_by_label("Person").select_option(ada["id"])
    desk.get_by_label("About").select_option(label="Bays")
    expect(row).to_be_visible()
    assert violations_day_and_night(desk) == []
    other = desk.get_by_label("Person").locator("option", has_text="Sunita").first.get_attribute("value")
    desk.get_by_label("Person").select_option(other)
    expect(row).to_have_count(0)
    desk.get_by_label("Person").select_option(ada["id"])
    desk.get_by_label("To", exact=True).fill("2026-01-01")
    expect(desk.get_by_text("Nothing was changed like this.")).to_be_visible()


def test_a_policy_with_a_bad_value_is_told_at_its_field_and_what_changes_is_shown_first(
    desk: Page, stack: Stack, street: Street
):
    desk.goto(f"{stack.url}/desk/#settings")
    grace = desk.get_by_label("Grace, min", exact=True)
    before = grace.input_value()
    expect(desk.get_by_role("button", name="Save these changes")).to_be_hidden()
    grace.fill("500")
    desk.get_by_role("button", name="Save these changes").click()
    expect(grace).to_have_attribute("aria-invalid", "true")
    expect(desk.get_by_text("must be a number from 0 to 120").first).to_be_visible()
    assert violations_day_and_night(desk) == []
    grace.fill("14")
    expect(desk.get_by_role("region", name="What you have changed")).to_contain_text(f"Grace: {before} → 14")
    desk.get_by_role("button", name="Save these changes").click()
    expect(desk.get_by_text("The policy is saved.")).to_be_visible()
    assert street.admin.get("/authority")["policy"]["grace_minutes"] == 14
    expect(desk.locator(".past li").first).to_contain_text(f"Grace: {before} → 14")
    desk.get_by_role("button", name="Put back what was before").first.click()
    expect(grace).to_have_value(before)
    desk.get_by_role("button", name="Save these changes").click()
    expect(desk.get_by_role("region", name="What you have changed")).to_be_hidden()
    assert street.admin.get("/authority")["policy"]["grace_minutes"] == float(before)


def test_of_two_who_change_the_policy_the_second_is_told_and_loses_nothing(
    desk: Page, stack: Stack, street: Street
):
    desk.goto(f"{stack.url}/desk/#settings")
    looks = desk.get_by_label("A look takes, min")
    looks.fill("2")
    policy = street.admin.get("/authority")["policy"]
    street.admin.patch("/authority", {"policy": policy | {"attendance_minutes": 7}})
    desk.get_by_role("button", name="Save these changes").click()
    desk.get_by_role("button", name="Load theirs and keep what I changed").click()
    expect(desk.get_by_label("A visit takes, min")).to_have_value("7")
    expect(looks).to_have_value("2")
    desk.get_by_role("button", name="Save these changes").click()
    expect(desk.get_by_text("The policy is saved.")).to_be_visible()
    saved = street.admin.get("/authority")["policy"]
    assert (saved["attendance_minutes"], saved["look_minutes"]) == (7, 2)
    street.admin.patch("/authority", {"policy": policy})


def test_hours_are_shown_as_two_weeks_while_they_are_typed_and_errors_in_words(desk: Page, stack: Stack):
    desk.goto(f"{stack.url}/desk/#hours")
    strip = desk.locator("hours-strip")
    expect(strip.get_by_role("row")).to_have_count(15)
    hours = desk.get_by_label("When it is in force")
    hours.fill("Mo-Su 10:00-16:00")
    expect(strip.get_by_text("10:00 to 16:00")).to_have_count(14)
    hours.fill("EV:nothing 10:00-16:00")
    expect(desk.get_by_text("The calendar has no event days called 'nothing'.")).to_be_visible()
    expect(strip).to_be_hidden()
    desk.get_by_role("button", name="Add this restriction").click()
    expect(hours).to_have_attribute("aria-invalid", "true")
    assert violations_day_and_night(desk) == []
    desk.get_by_role("button", name="School run").click()
    expect(strip.get_by_text("08:15 to 09:15, 14:45 to 16:00").first).to_be_visible()
    desk.get_by_label("What you call it").fill("By the school")
    desk.get_by_role("button", name="Add this restriction").click()
    expect(desk.get_by_role("row").filter(has_text="By the school")).to_be_visible()
    assert violations_day_and_night(desk) == []
