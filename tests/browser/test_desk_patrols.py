"""A supervisor sends somebody where no sensor has seen anything: once, or again and again."""

from playwright.sync_api import Browser, Page, expect

from .axe import violations_day_and_night
from .conftest import Street, desk_of

SENT_WITHIN = 15_000


def patrols_of(chromium: Browser, street: Street) -> Page:
    page = desk_of(chromium, street)
    page.get_by_role("link", name="Patrols").click()
    expect(page.get_by_role("heading", name="Patrols", exact=True)).to_be_visible()
    return page


def test_a_resident_called_and_somebody_is_sent_once(chromium: Browser, street: Street):
    page = patrols_of(chromium, street)
    form = page.locator("patrol-form[data-kind=once]")
    form.get_by_role("button", name="Send somebody").click()
    for words in ("Say what it is about.", "Find the bay and choose it", "Choose what to look for."):
        expect(form.get_by_role("alert")).to_contain_text(words)
    form.get_by_label("What is it about?").fill(f"A resident called {street.name}")
    form.get_by_label("Bay: its street or reference").fill(street.name)
    form.get_by_role("button", name=street.name).click()
    form.get_by_label("What to look for first").select_option("30")
    form.get_by_label("Until, today").fill("23:59")
    assert violations_day_and_night(page) == []
    form.get_by_role("button", name="Send somebody").click()
    asked = page.locator("patrol-list li").filter(has_text=street.name)
    expect(asked).to_contain_text("for 10 min", timeout=SENT_WITHIN)
    for _ in range(100):
        tasks = [each for each in street.admin.get("/tasks", state="open")["items"] if each["patrol"]]
        if found := [each for each in tasks if street.name in each["patrol"]["name"]]:
            break
        page.wait_for_timeout(100)
    assert [(each["bay"]["reference"], each["code"]) for each in found] == [(street.name, "30")]
    asked.get_by_role("button", name="Call it off").click()
    expect(asked).to_have_count(0, timeout=SENT_WITHIN)
    page.context.close()


def test_a_place_that_is_no_bay_and_hours_that_cannot_be_read(chromium: Browser, street: Street):
    page = patrols_of(chromium, street)
    form = page.locator("patrol-form[data-kind=standing]")
    form.get_by_label("Its name").fill(f"School run {street.name}")
    form.get_by_text("A place that is no bay").click()
    form.get_by_label("Street", exact=True).fill("Judd Street")
    form.get_by_label("Where in it").fill(f"the gate {street.name}")
    form.locator("town-map canvas").click()
    expect(form.get_by_label("Latitude")).not_to_have_value("")
    form.get_by_label("Latitude").fill(str(street.lat))
    form.get_by_label("Longitude").fill(str(street.lon))
    form.get_by_label("What to look for first").select_option("30")
    form.get_by_label("When").fill("every morning")
    form.get_by_role("button", name="Save the patrol").click()
    expect(form.get_by_role("alert")).to_contain_text(
        "can't be read from “every morning” on", timeout=SENT_WITHIN
    )
    expect(form.get_by_label("When")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("When").fill("Mo-Su 08:15-09:15")
    form.get_by_role("button", name="Save the patrol").click()
    asked = page.locator("patrol-list li").filter(has_text=street.name)
    expect(asked).to_contain_text("08:15", timeout=SENT_WITHIN)
    asked.get_by_role("button", name="Pause").click()
    expect(asked).to_contain_text("Paused", timeout=SENT_WITHIN)
    asked.get_by_role("button", name="Change").click()
    form.get_by_label("Its name").fill(f"Gate {street.name}")
    form.get_by_role("button", name="Save the patrol").click()
    expect(asked).to_contain_text(f"Gate {street.name}", timeout=SENT_WITHIN)
    asked.get_by_role("button", name="Ask no more").click()
    expect(asked).to_have_count(0, timeout=SENT_WITHIN)
    page.locator("undo-bar").get_by_role("button", name="Undo").click()
    expect(asked).to_contain_text(f"Gate {street.name}", timeout=SENT_WITHIN)
    asked.get_by_role("button", name="Ask no more").click()
    expect(asked).to_have_count(0, timeout=SENT_WITHIN)
    page.context.close()
