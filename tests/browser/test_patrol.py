"""An officer's visit in a real browser, from signing in to the outcome on the supervisor's desk."""

import json
from typing import Any

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService
from .conftest import SUBSCRIBE, Street, desk_of, messages_reach, phone_in
from .officer import SENT_WITHIN, on_the_way, opened
from .offline import awaited

TAP = """async () => {
    const [shown] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification: shown }));
}"""
SHOWN = (
    """async () => (await self.registration.getNotifications()).map(({ title, body }) => ({ title, body }))"""
)


def deliver(page: Page, origin: str, message: Any) -> None:
    """What the browser does when its push service hands it a message."""
    cdp = page.context.new_cdp_session(page)
    registrations: list[Any] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"])
    )
    cdp.send("ServiceWorker.enable")
    id_ = awaited(page, lambda: registrations)[0]["registrationId"]
    body = {"origin": origin, "registrationId": id_, "data": json.dumps(message)}
    cdp.send("ServiceWorker.deliverPushMessage", body)


def test_a_visit_from_the_push_to_the_outcome(
    chromium: Browser, stack: Stack, street: Street, push_service: PushService
):
    context = phone_in(chromium, street)
    subscription = push_service.subscribe()
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    given = json.dumps({"endpoint": subscription.endpoint, "keys": keys})
    context.add_init_script(SUBSCRIBE % given)
    page = opened(context, street)
    page.get_by_role("button", name="Start my shift").click()
    messages_reach(page)

    street.car_is_over(minutes=25)
    (message,) = push_service.wait_for(1)
    assert message.json["notification"]["title"] == f"Judd Street, bay {street.name}"
    assert "25 min over" in message.json["notification"]["body"]
    deliver(page, stack.url, message.json)
    worker = context.service_workers[0]
    assert awaited(page, lambda: worker.evaluate(SHOWN)) == [
        {name: message.json["notification"][name] for name in ("title", "body")}
    ]
    worker.evaluate(TAP)
    expect(page.get_by_role("heading", name=f"Judd Street, bay {street.name}")).to_be_visible()
    expect(page.locator("task-card").get_by_text("Lawful now")).to_be_visible()

    page.get_by_role("button", name="I’m going").click()
    expect(page.get_by_role("button", name="I’m here")).to_be_visible()
    seeing = page.get_by_role("heading", name="What you see")
    for metres in range(40, 0, -2):  # walking up to the car; two good fixes near it are an arrival
        context.set_geolocation(
            {"longitude": street.lon, "latitude": street.lat - metres / 111_000, "accuracy": 8}
        )
        page.wait_for_timeout(1000)
        if seeing.is_visible():
            break
    expect(seeing).to_be_visible()

    page.get_by_label("Number plate").fill("ab12 cde")
    page.get_by_role("button", name="Record this look").click()
    expect(page.get_by_text("The evidence is complete.")).to_be_visible()
    page.get_by_role("button", name="Begin a notice").click()
    page.get_by_role("button", name="Notice served").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()

    desk = desk_of(chromium, street)
    row = desk.get_by_role("row").filter(has_text=street.name)
    expect(row.filter(has_text="Notice served")).to_be_visible(timeout=SENT_WITHIN)
    context.close()
    desk.context.close()


def test_a_car_that_leaves_takes_its_task_off_the_phone(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = on_the_way(context, street)
    street.car_leaves()
    expect(page.locator("task-card").get_by_text("The car may have left")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible(timeout=15_000)
    context.close()
