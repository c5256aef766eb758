"""Two officers say yes to the same task at once: one has it, the other is told what happened and goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from .axe import violations_day_and_night
from .conftest import Street
from .offline import GENEROUS, Phone, journal_of, task_of

OFFER_STANDS = 5  # seconds: the least that a policy may give


@pytest.fixture
def impatient(street: Street) -> Iterator[Street]:
    """A street of a council whose offers move on soon."""
    policy = street.admin.get("/authority")["policy"]
    street.admin.patch("/authority", {"policy": policy | {"offer_timeout_seconds": OFFER_STANDS}})
    yield street
    street.admin.patch("/authority", {"policy": policy})


def colleague_in(street: Street) -> Street:
    """The same street, as another officer with a shift there has it."""
    email, id_ = street.person("officer", "Nia")
    begins = datetime.now(UTC) - timedelta(minutes=1)
    planned = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=8)).isoformat()}
    zones = [zone["id"] for zone in street.shift["zones"]]
    return replace(
        street,
        officer=email,
        shift=street.admin.post("/shifts", {"officer_id": id_, "zones": zones, **planned}),
    )


def test_one_has_it_and_the_other_reads_what_happened_and_what_comes_next(
    chromium: Browser, impatient: Street
):
    phones = [Phone(chromium, impatient), Phone(chromium, colleague_in(impatient))]
    for phone in phones:
        phone.on_shift()
    impatient.car_is_over(minutes=25)

    def asked(phone: Phone) -> bool:
        return phone.page.get_by_role("button", name="I’m going").is_visible()

    first = phones[0].until(lambda: next((phone for phone in phones if asked(phone)), None))
    second = next(phone for phone in phones if phone is not first)
    first.context.set_offline(True)
    first.page.get_by_role("button", name="I’m going").click()
    first.until(lambda: first.lying() == 1)
    second.until(lambda: asked(second))
    first.context.set_offline(False)
    second.page.get_by_role("button", name="I’m going").click()

    supervisor = first.supervisor
    task = first.until(lambda: (found := task_of(supervisor, impatient))["state"] == "accepted" and found)
    winner, loser = (
        (first, second) if task["officer"]["id"] == first.street.shift["officer"]["id"] else (second, first)
    )
    loser.page.locator("needs-line").get_by_role("link").click(timeout=GENEROUS)
    refused = loser.page.locator("refused-step")
    expect(refused).to_contain_text("Another officer has this task now.")
    expect(refused).to_contain_text("The task now")
    expect(refused.get_by_role("button", name="Send it again")).to_be_hidden()
    assert violations_day_and_night(loser.page) == []
    refused.get_by_role("button", name="Let it go").click()
    loser.page.get_by_role("link", name="Task").click()
    expect(loser.page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    winner.all_sent()
    expect(winner.page.get_by_role("button", name="I’m here")).to_be_visible()
    expect(winner.page.locator("needs-line")).to_be_hidden()
    assert journal_of(impatient, task).count("task.accept") == 1
    for phone in phones:
        phone.context.close()
