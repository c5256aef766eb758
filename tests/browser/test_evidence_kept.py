"""Evidence says what it is and is not dropped: in a browser, from a gallery's picture to the server's record."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect

from .conftest import Street, phone_in, signed_in
from .officer import SENT_WITHIN, at_the_car

MADE = 1_767_600_000  # the 5th of January 2026, 8 o'clock


def test_what_was_chosen_misread_or_never_recorded_arrives_as_what_it_is(
    chromium: Browser, street: Street, tmp_path: Path
):
    photo = tmp_path / "gallery.jpg"
    Image.effect_noise((240, 180), 40).convert("RGB").save(photo)
    os.utime(photo, (MADE, MADE))
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    plate, record = page.get_by_label("Number plate"), page.get_by_role("button", name="Record this look")
    undo, thumbs = page.get_by_role("button", name="Undo"), page.locator(".thumbs canvas")

    page.locator("input[multiple]").set_input_files(photo)
    expect(page.get_by_text("1 photo was chosen from the phone’s pictures")).to_be_visible()
    page.get_by_role("button", name="Remove photo 1").click()
    expect(thumbs).to_have_count(0)
    undo.click()
    expect(thumbs).to_have_count(1)

    plate.fill("AQ12 CDE")
    record.click()
    undo.click()
    expect(plate).to_have_value("AQ12 CDE")
    expect(thumbs).to_have_count(1)
    record.click()
    page.get_by_role("button", name="I misread it").click()
    expect(page.get_by_text("Misread, as you said at")).to_be_visible()
    expect(plate).to_have_value("")

    plate.fill("AB12 CDE")
    page.locator("input[capture]").set_input_files(photo)
    expect(thumbs).to_have_count(1)
    page.get_by_role("button", name="Advised and moved").click()
    expect(page.get_by_text("recorded as a look first, with 1 photo")).to_be_visible()
    page.get_by_role("link", name="Outbox").click()
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=SENT_WITHIN)
    context.close()

    supervisor = signed_in(street, street.supervisor)
    officer = street.shift["officer"]["id"]
    [task] = [
        each for each in supervisor.get("/tasks")["items"] if (each["officer"] or {}).get("id") == officer
    ]
    looks = supervisor.get(f"/tasks/{task['id']}/sightings")["items"]
    assert [(each["plate"], each["misread_at"] is not None) for each in looks] == [
        ("AQ12CDE", True),
        ("AB12CDE", False),
    ]
    [[chosen], [taken]] = [each["photos"] for each in looks]
    assert (chosen["chosen"], chosen["taken_at"], chosen["lon"]) == (True, "2026-01-05T08:00:00Z", None)
    assert taken["chosen"] is False
    assert taken["lon"] is not None
    assert chosen["received_at"]
    assert taken["received_at"]
