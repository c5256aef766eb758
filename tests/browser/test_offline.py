"""A phone loses its network, its page, its server, its sign-in: nothing is lost, and nothing is there twice."""

from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

from playwright.sync_api import Browser, Error, Route, expect

from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import Stack

from .conftest import Street, sign_in, signed_in
from .offline import GENEROUS, Phone, counted, journal_of, kept_of, task_of

TEN = 10
SEALS_SLOWLY = """(() => {
    const seal = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = async (...what) => {
        await new Promise((done) => { setTimeout(done, 700); });
        return seal(...what);
    };
})()"""
ONE_VISIT = {"sightings": 1, "outcomes": 1, "actions": 4}


def ended(phone: Phone, outcome: str) -> bool:
    return bool(task_of(phone.supervisor, phone.street)["outcome"] == outcome)


def long_over(supervisor: ApiClient, task: dict[str, Any]) -> bool:
    """For longer than a phone's clock, set by a slow answer, may be behind."""
    if task["state"] != "withdrawn":
        return False
    now, ended_at = (datetime.fromisoformat(at) for at in (supervisor.get("/me")["now"], task["ended_at"]))
    return now - ended_at > timedelta(seconds=5)


def is_there_once(street: Street, task: dict[str, Any]) -> dict[str, int]:
    """How many rows there are of the visit, none of them twice."""
    found = counted(street, task)
    assert {name: found[name] for name in ONE_VISIT} == ONE_VISIT
    return found


def test_a_visit_without_signal_outlives_a_reload_and_the_page_and_is_there_once(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.context.set_offline(True)
    phone.kept(phone.arrives)
    phone.page.reload()
    expect(phone.page.locator("sighting-form")).to_be_visible()
    phone.looks("ab12 cde")
    phone.page.close()
    phone.opened()
    phone.ends("gone_on_arrival")
    assert phone.lying() == 3

    phone.context.set_offline(False)
    phone.all_sent()
    phone.until(lambda: ended(phone, "gone_on_arrival"))
    before = is_there_once(street, task)
    assert kept_of(phone.supervisor, task) == []

    again = [each for each in phone.said if task["id"] in each[0]] * TEN
    Random(1).shuffle(again)
    other = signed_in(street, street.officer)
    for path, body in again:
        other.post(path, body)
    assert counted(street, task) == before
    phone.context.close()


def test_an_answer_that_is_lost_on_its_way_leaves_nothing_twice(chromium: Browser, street: Street):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    lost: list[str] = []

    def swallow(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        with suppress(Error):  # the phone may have given it up by itself
            route.abort()

    phone.page.route("**/sightings", swallow, times=2)
    phone.arrives()
    phone.looks("AB12CDE")
    phone.ends("gone_on_arrival")
    phone.until(lambda: ended(phone, "gone_on_arrival"))
    phone.all_sent()
    assert len(lost) == 2
    is_there_once(street, task)
    phone.context.close()


def test_a_page_that_ends_as_the_answer_comes_opens_with_what_was_answered(chromium: Browser, street: Street):
    phone = Phone(chromium, street)
    phone.on_shift()
    phone.works_offline()
    street.car_is_over(minutes=25)
    going = phone.page.get_by_role("button", name="I’m going")
    expect(going).to_be_visible(timeout=GENEROUS)
    phone.page.evaluate(SEALS_SLOWLY)
    with phone.page.expect_response("**/accept"):
        going.click()
    phone.context.set_offline(True)
    phone.page.reload()
    expect(phone.page.get_by_role("button", name="I’m here")).to_be_visible()
    phone.context.set_offline(False)
    phone.all_sent()
    assert task_of(phone.supervisor, street)["state"] == "accepted"
    phone.context.close()


def test_a_server_that_is_killed_in_the_middle_gets_the_rest_when_it_is_back(
    chromium: Browser, stack: Stack, street: Street
):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.context.set_offline(True)
    phone.kept(phone.arrives)
    phone.looks("AB12CDE")
    phone.ends("gone_on_arrival")

    def kill(route: Route) -> None:
        stack.kill("web-1")
        route.continue_()

    phone.page.route("**/sightings", kill, times=1)
    try:
        phone.context.set_offline(False)
        phone.until(lambda: stack.pid("web-1") is None)
        assert phone.lying() >= 2
    finally:
        stack.start("web-1")
        stack.wait_until_ready()
    phone.until(lambda: ended(phone, "gone_on_arrival"))
    phone.all_sent()
    is_there_once(street, task)
    phone.context.close()


def test_two_phones_of_an_officer_accept_at_once_and_neither_asks_what_to_do(
    chromium: Browser, street: Street
):
    one, other = Phone(chromium, street), Phone(chromium, street)
    one.on_shift()
    sign_in(other.page, street.officer)
    street.car_is_over(minutes=25)
    for phone in (one, other):
        expect(phone.page.get_by_role("button", name="I’m going")).to_be_visible(timeout=GENEROUS)
        phone.context.set_offline(True)
        phone.page.get_by_role("button", name="I’m going").click()
    for phone in (one, other):
        phone.context.set_offline(False)
    for phone in (one, other):
        phone.all_sent()
        expect(phone.page.get_by_role("button", name="I’m here")).to_be_visible()
        expect(phone.page.locator("needs-line")).to_be_hidden()
    supervisor = one.supervisor
    task = task_of(supervisor, street)
    assert journal_of(street, task).count("task.accept") == 1
    assert task["state"] == "accepted"
    one.context.close()
    other.context.close()


def test_a_car_that_leaves_after_arrival_takes_nothing_from_a_visit_without_signal(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.arrives()
    phone.all_sent()
    phone.context.set_offline(True)
    phone.looks("AB12CDE")
    street.car_leaves()
    phone.ends("drove_away_before_preparation")
    supervisor = phone.supervisor
    phone.until(lambda: task_of(supervisor, street)["may_have_left_at"])
    phone.context.set_offline(False)
    phone.until(lambda: ended(phone, "drove_away_before_preparation"))
    phone.all_sent()
    is_there_once(street, task)
    phone.context.close()


def test_what_was_recorded_on_a_task_that_had_ended_is_shown_beside_it_and_left_with_the_supervisor(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.context.set_offline(True)
    street.car_leaves()
    supervisor = phone.supervisor
    phone.until(lambda: long_over(supervisor, task_of(supervisor, street)))
    phone.kept(phone.arrives)
    phone.looks("AB12CDE")
    phone.ends("gone_on_arrival")
    phone.context.set_offline(False)

    phone.page.locator("needs-line").get_by_role("link").click(timeout=GENEROUS)
    refused = phone.page.locator("refused-step")
    expect(refused).to_contain_text("What you recorded")
    expect(refused).to_contain_text("The task now")
    expect(refused).to_contain_text("2 more steps of this task wait")
    assert phone.lying() == 3
    refused.get_by_role("button", name="Leave all of it for the supervisor").click()
    phone.all_sent()
    assert kept_of(supervisor, task) == ["outcome", "sighting"]
    phone.context.close()


def test_what_is_let_go_can_be_taken_back(chromium: Browser, street: Street):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.context.set_offline(True)
    phone.kept(phone.arrives)
    phone.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    phone.context.set_offline(False)
    phone.page.locator("needs-line").get_by_role("link").click(timeout=GENEROUS)
    refused = phone.page.locator("refused-step")
    refused.get_by_role("button", name="Let it go").click()
    expect(refused).to_be_hidden()
    phone.page.get_by_role("button", name="Undo").click()
    expect(refused).to_be_visible()
    phone.context.close()


def test_a_sign_in_that_ended_loses_nothing_and_what_waits_goes_after_the_next(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.context.set_offline(True)
    phone.kept(phone.arrives)
    phone.looks("AB12CDE")
    phone.ends("gone_on_arrival")
    mine = signed_in(street, street.officer)
    for each in mine.all_of("/me/sign-ins"):
        if not each["current"]:
            mine.post(f"/sign-ins/{each['id']}/sign-out", {"lost": False})
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("3 steps wait on this phone, locked")).to_be_visible(timeout=GENEROUS)
    assert phone.lying() == 3
    sign_in(phone.page, street.officer)
    phone.until(lambda: ended(phone, "gone_on_arrival"))
    phone.all_sent()
    is_there_once(street, task)
    phone.context.close()
