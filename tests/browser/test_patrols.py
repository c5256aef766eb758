"""An officer at a standing patrol, and one with nothing to do, in a real browser."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from enforcement.domain.policy import sample_policy_data

from .conftest import Street, desk_of, phone_in
from .officer import opened

LONDON = ZoneInfo("Europe/London")


def school_run(street: Street) -> dict[str, Any]:
    """A patrol whose window is open for another hour."""
    now = datetime.now(UTC).astimezone(LONDON)
    begins, ends = now - timedelta(minutes=30), now + timedelta(minutes=60)
    gate = {"street": "Elm Road", "at": f"gate {street.name}", "lon": street.lon, "lat": street.lat}
    body = {
        "name": f"School run {street.name}",
        "place": gate,
        "instructions": "Zigzags on both sides",
        "code": "26",
        "hours": f"Mo-Su {begins:%H:%M}-{ends:%H:%M}",
        "minutes": 20,
    }
    patrol: dict[str, Any] = street.admin.post("/patrols", body)
    return patrol


def on_patrol(chromium: Browser, street: Street) -> Page:
    page = opened(phone_in(chromium, street), street)
    page.get_by_role("button", name="Start my shift").click()
    return page


def test_a_patrol_says_where_what_to_do_and_until_when_and_ends_with_its_own_outcomes(
    chromium: Browser, street: Street
):
    patrol = school_run(street)
    page = on_patrol(chromium, street)
    expect(page.get_by_role("heading", name=f"Elm Road, gate {street.name}")).to_be_visible()
    card = page.locator("task-card")
    expect(card.get_by_text(f"School run {street.name}: 20 min")).to_be_visible()
    expect(card.get_by_text("Zigzags on both sides")).to_be_visible()
    expect(card.get_by_text("Be seen there until")).to_be_visible()
    page.get_by_role("button", name="I’m going").click()
    page.get_by_role("button", name="I’m here").click()
    expect(card.get_by_text("Zigzags on both sides")).to_be_visible()
    expect(page.get_by_text("Gone when I arrived")).to_have_count(0)
    expect(page.locator(".usual button").first).to_have_text("Patrolled: nothing found, or nothing more")
    page.get_by_role("button", name="Patrolled: nothing found").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    desk = desk_of(chromium, street)
    desk.get_by_role("link", name="Patrols", exact=True).click()
    expect(desk.locator("patrol-list").get_by_text(f"School run {street.name}")).to_be_visible()
    expect(desk.locator("patrol-list").get_by_text("for 20 min").first).to_be_visible()
    desk.get_by_role("link", name="Live", exact=True).click()
    expect(desk.get_by_role("row").filter(has_text=street.name).filter(has_text="Patrolled")).to_be_visible(
        timeout=20_000
    )
    desk.context.close()
    [done] = street.admin.get(f"/patrols/{patrol['id']}/rounds")["items"]
    assert done["outcome"] == "patrolled"
    page.context.close()


def test_who_has_nothing_to_do_reads_which_street_to_see(chromium: Browser, street: Street):
    quick = sample_policy_data("single-sighting") | {"debounce_seconds": 3}
    street.admin.patch("/authority", {"policy": quick | {"street_seen_days": 7}})
    far = {"reference": f"F-{street.name}", "street": f"Long Lane {street.name}", "lon": street.lon}
    street.admin.post("/bays", far | {"lat": street.lat + 0.0005})
    page = on_patrol(chromium, street)
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    expect(page.locator("walk-hint").get_by_text("Nothing urgent: walk down")).to_be_visible(timeout=75_000)
    street.admin.patch("/authority", {"policy": quick})
    page.context.close()
