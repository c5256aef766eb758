"""The whole way of a message for real: our sender, a push service, and the push client of a browser that is not ours.

Nothing here is delivered by hand: Firefox subscribes, receives and decrypts by itself.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from enforcement.simulation.stack import Stack

from ..adapters.browser_push_service import BrowserPushService
from ..builders import PASSWORD
from .conftest import Street
from .firefox import Firefox

sys.path.insert(0, str(Path(__file__).parents[2]))
from tools.firefox import NoFirefox, find_or_install

SHOWN = """navigator.serviceWorker.ready.then((ours) => ours.getNotifications())
    .then((all) => all.length && JSON.stringify(all.map(({ title, body, tag }) => ({ title, body, tag }))))"""
SUBSCRIBED = "localStorage.getItem('openpatrol-device') !== null"


@pytest.fixture
def service() -> Iterator[BrowserPushService]:
    with BrowserPushService() as service:
        yield service


@pytest.fixture
def firefox(service: BrowserPushService) -> Iterator[Firefox]:
    try:
        path = find_or_install()
    except NoFirefox as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    with Firefox(str(path), push=service.address) as browser:
        yield browser


def sign_in(firefox: Firefox, stack: Stack, email: str) -> None:
    firefox.go(f"{stack.url}/patrol/")
    firefox.wait_until("document.querySelector('sign-in-form button') !== null")
    firefox.run(f"""(() => {{
        document.querySelector('[name=email]').value = {json.dumps(email)};
        document.querySelector('[name=password]').value = {json.dumps(PASSWORD)};
        document.querySelector('sign-in-form button').click();
    }})()""")
    firefox.wait_until("document.querySelector('shift-card button') !== null")
    firefox.wait_until(SUBSCRIBED)


def start_shift(firefox: Firefox) -> None:
    firefox.run("document.querySelector('shift-card button.main').click()")
    firefox.wait_until("document.querySelector('#nothing:not([hidden])') !== null")


def came(stack: Stack, task_id: str) -> list[bool]:
    """Of each message of a task: has the phone said that it came? The receipt follows what is shown."""
    until = time.monotonic() + 10
    with psycopg.connect(owner_url(stack), autocommit=True) as connection:
        while True:
            rows = connection.execute(
                "SELECT received_at IS NOT NULL FROM notifications WHERE task_id = %s ORDER BY queued_at",
                [task_id],
            ).fetchall()
            if all(said for (said,) in rows) or time.monotonic() > until:
                return [said for (said,) in rows]
            time.sleep(0.1)


def test_a_message_reaches_a_browsers_own_push_client(
    firefox: Firefox, service: BrowserPushService, stack: Stack, street: Street
):
    sign_in(firefox, stack, street.officer)
    start_shift(firefox)
    street.car_is_over(minutes=25)
    service.wait_for(1, seconds=30)
    [shown] = json.loads(firefox.wait_until(SHOWN))
    assert shown["title"] == f"Judd Street, bay {street.name}"
    assert shown["body"].startswith("25 min over · lawful from ")
    assert len(service.acknowledged) == 1
    [task] = street.admin.get("/tasks", state="open")["items"][:1]
    assert shown["tag"] == f"task-{task['id']}"
    assert came(stack, task["id"]) == [True]

    street.admin.post(f"/tasks/{task['id']}/withdraw", {"why": "A mistake"})
    service.wait_for(2, seconds=30)
    firefox.wait_until(f"({SHOWN}).then((all) => all && all.includes('called this one off'))")
    [replaced] = json.loads(firefox.wait_until(SHOWN))
    assert replaced["tag"] == shown["tag"]


def test_a_subscription_that_is_gone_is_made_anew_when_the_page_opens(
    firefox: Firefox, service: BrowserPushService, stack: Stack, street: Street
):
    sign_in(firefox, stack, street.officer)
    start_shift(firefox)
    service.forget_all()
    street.car_is_over(minutes=25)
    firefox.wait_until("document.querySelector('task-card:not([hidden])') !== null")
    wait_for_device(stack, street, "gone")

    firefox.go("about:blank")
    firefox.go(f"{stack.url}/patrol/")
    wait_for_device(stack, street, "active")
    street.car_leaves()
    service.wait_for(1, seconds=30)
    firefox.wait_until(f"({SHOWN}).then((all) => all && all.includes('The car'))")


def wait_for_device(stack: Stack, street: Street, state: str) -> None:
    """Until the newest subscription of this street's officer is in that state."""
    officer = street.shift["officer"]["id"]
    until = time.monotonic() + 30
    with psycopg.connect(owner_url(stack), autocommit=True) as connection:
        while time.monotonic() < until:
            row = connection.execute(
                "SELECT state FROM devices WHERE person_id = %s ORDER BY id DESC LIMIT 1", [officer]
            ).fetchone()
            if row == (state,):
                return
            time.sleep(0.1)
    raise TimeoutError(f"The subscription is {row}, not {state}")


def owner_url(stack: Stack) -> str:
    return stack.env["DATABASE_OWNER_URL"].replace("+psycopg", "")
