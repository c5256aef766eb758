"""Two people at one thing on the desk: the second sees both, and nothing is overwritten."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from ..builders import PASSWORD
from .axe import violations_day_and_night
from .conftest import DESK, Street, desk_of

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


def test_at_a_suspension_what_each_wrote_holds(chromium: Browser, street: Street):
    [bay] = street.admin.get("/bays", reference=street.name)["items"]
    day = (datetime.now(UTC) + timedelta(days=2)).date()
    held = {"starts_at": f"{day}T08:00:00Z", "ends_at": f"{day}T18:00:00Z", "why": "Water main"}
    made = street.admin.post("/suspensions", {"bay_id": bay["id"], **held})
    desk = desk_of(chromium, street, screen="bays/suspensions")
    card = desk.locator(".items li").filter(has_text=f"bay {street.name}")
    card.get_by_text("The sign is up").click()
    card.get_by_label("The sign went up").fill(f"{day - timedelta(days=3)}T07:30")
    street.admin.patch(f"/suspensions/{made['id']}", {"why": "Gas main"})
    card.get_by_role("button", name="Save").click()
    clash = desk.get_by_role("region", name="Changed meanwhile")
    expect(clash).to_contain_text("Ada changed this suspension")
    expect(clash.get_by_role("row", name="The sign went up")).to_contain_text("not yet")
    expect(clash.get_by_role("row", name="Why")).to_contain_text("Gas main")
    clash.get_by_role("button", name="Save mine in its place").click()
    expect(card).to_contain_text("Correct when the sign went up", timeout=SAVED_WITHIN)
    expect(card).to_contain_text("Gas main")
    desk.context.close()


def test_at_a_patrol_theirs_is_taken(chromium: Browser, street: Street):
    gate = {"street": "Elm Road", "at": f"gate {street.name}", "lon": street.lon, "lat": street.lat}
    asked = {"name": f"School run {street.name}", "place": gate, "code": "26", "hours": "Mo-Su 03:00-04:00"}
    made = street.admin.post("/patrols", asked | {"minutes": 20})
    desk = desk_of(chromium, street, screen="patrols")
    desk.locator("patrol-list li").filter(has_text=street.name).get_by_role("button", name="Change").click()
    form = desk.locator("patrol-form[data-kind=standing]")
    form.get_by_label("Its name").fill("Mine")
    street.admin.patch(f"/patrols/{made['id']}", {"name": f"Theirs {street.name}"})
    form.get_by_role("button", name="Save the patrol").click()
    clash = desk.get_by_role("region", name="Changed meanwhile")
    expect(clash.get_by_role("row", name="Name")).to_contain_text("Mine")
    assert street.admin.get(f"/patrols/{made['id']}")["name"] == f"Theirs {street.name}"
    clash.get_by_role("button", name="Take theirs").click()
    expect(form.get_by_label("Its name")).to_have_value(f"Theirs {street.name}")
    desk.context.close()
