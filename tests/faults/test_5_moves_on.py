"""Promise 5. Unanswered, declined or stalled work moves on within a minute; nothing waits for ever."""

from datetime import timedelta
from itertools import pairwise

import pytest

from enforcement.simulation.stack import Stack

from .history import History
from .saboteur import Saboteur
from .scenes import PACE, Attempts, OnDuty, Records, post, says, town, until

MINUTE = timedelta(minutes=1)


def test_a_declined_offer_and_an_unanswered_one_go_to_the_next_officer(stack: Stack, history: History):
    borough = town(stack, history, offer_timeout_seconds=5)
    first, second, third = (OnDuty(borough, history, number) for number in (1, 2, 3))
    post(borough.network(history), says(borough, 0, "over"))
    everybody = {officer.id: officer for officer in (first, second, third)}
    records = Records(borough)
    until(lambda: records.count("assignments"))
    [(asked,)] = records("SELECT officer_id FROM assignments WHERE authority_id = :ours")
    one = everybody[str(asked)]
    one.on(one.offered(), "decline", reason="too_far")
    until(lambda: records.count("assignments") == 3)  # the second one leaves it unanswered
    story = records(
        "SELECT officer_id, end_reason, offered_at FROM assignments WHERE authority_id = :ours ORDER BY offered_at"
    )
    assert [reason for _, reason, _ in story][:2] == ["declined", "missed"]
    assert len({officer for officer, _, _ in story}) == 3
    assert all(later[2] - earlier[2] < MINUTE for earlier, later in pairwise(story))


@pytest.mark.parametrize("what", ["planner killed", "planner frozen"])
def test_a_planner_that_dies_or_hangs_in_mid_plan_keeps_nobody_waiting(
    stack: Stack, saboteur: Saboteur, history: History, what: str
):
    """Nearest first, within a second of its deadline; then there is another planner."""
    borough = town(stack, history, bays=3)
    officer, records = OnDuty(borough, history), Records(borough)
    for _ in range(6):  # those of both workers, as likely as not
        saboteur.strike(what, PACE)
    post(borough.network(history), says(borough, 0, "over"))
    assert officer.offered()["state"] == "offered"
    [(waited,)] = records(
        "SELECT a.offered_at - t.raised_at FROM tasks t JOIN assignments a ON a.task_id = t.id"
        " WHERE t.authority_id = :ours"
    )
    assert waited < MINUTE / 2


def test_a_message_that_a_dead_worker_had_in_hand_is_sent_by_another_one(
    stack: Stack, saboteur: Saboteur, history: History
):
    """Within a minute; sent again after a crash, it carries the same tag and topic (promise 2)."""
    borough = town(stack, history, offer_timeout_seconds=300)
    with Attempts() as service:
        service.hang(300)
        officer = OnDuty(borough, history)
        officer.subscribe(service)
        post(borough.network(history), says(borough, 0, "over"))
        until(lambda: service.came)
        for name in ("worker-1", "worker-2"):
            stack.kill(name)
        service.answer(201)
        saboteur.recover()
        records = Records(borough)
        until(lambda: records.count("notifications", "state = 'sent'"))
        came = {(each.headers["topic"], each.json["notification"]["tag"]) for each in service.came}
    assert (len(service.came), len(came)) == (2, 1)
    assert [(number, state) for number, state in records(ATTEMPTS)] == [(2, "sent")]


ATTEMPTS = "SELECT attempts, state FROM notifications WHERE authority_id = :ours"
