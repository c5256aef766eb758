"""Two people at one thing on the desk: the second sees both, and nothing is overwritten."""

from playwright.sync_api import Browser, expect

from ..builders import PASSWORD
from .axe import violations_day_and_night
from .conftest import DESK, Street
from .officer import desk_of

SAVED_WITHIN = 30_000


def test_at_a_bay_the_second_sees_both_and_chooses(chromium: Browser, street: Street):
    [bay] = street.admin.get("/bays", reference=street.name)["items"]
    desk = desk_of(chromium, street, screen=f"bays/{bay['id']}")
    desk.get_by_text("Rename or move it").click()
    desk.get_by_label("Street", exact=True).fill("My Street")
    street.admin.patch(f"/bays/{bay['id']}", {"street": "Their Street"})
    desk.locator("form[name=bay-change]").get_by_role("button", name="Save").click()
    clash = desk.get_by_role("region", name="Changed meanwhile")
    expect(clash).to_contain_text("Ada changed this bay")
    row = clash.get_by_role("row", name="Street")
    expect(row).to_contain_text("My Street")
    expect(row).to_contain_text("Their Street")
    assert violations_day_and_night(desk) == []
    assert street.admin.get(f"/bays/{bay['id']}")["street"] == "Their Street"
    clash.get_by_role("button", name="Save mine in its place").click()
    expect(desk.get_by_role("heading", name="My Street")).to_be_visible(timeout=SAVED_WITHIN)
    assert street.admin.get(f"/bays/{bay['id']}")["street"] == "My Street"
    desk.context.close()


def test_at_an_account_what_was_typed_stays_and_theirs_is_taken(chromium: Browser, street: Street):
    person = street.shift["officer"]["id"]
    context = chromium.new_context(viewport=DESK)
    desk = context.new_page()
    desk.goto(f"{street.stack.url}/desk/#people/{person}")
    desk.get_by_label("E-mail").fill("ada@example.org")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    form = desk.locator("form[name=change]")
    form.get_by_label("Name").fill("Mine")
    street.admin.patch(f"/people/{person}", {"name": f"Theirs {street.name}"})
    expect(desk.get_by_role("link", name=f"Theirs {street.name}")).to_be_visible(timeout=SAVED_WITHIN)
    expect(form.get_by_label("Name")).to_have_value("Mine")
    form.get_by_role("button", name="Save").click()
    clash = desk.get_by_role("region", name="Changed meanwhile")
    expect(clash.get_by_role("row", name="Name")).to_contain_text(f"Theirs {street.name}")
    clash.get_by_role("button", name="Take theirs").click()
    expect(form.get_by_label("Name")).to_have_value(f"Theirs {street.name}")
    [kept] = [each for each in street.admin.all_of("/people") if each["id"] == person]
    assert kept["name"] == f"Theirs {street.name}"
    context.close()
