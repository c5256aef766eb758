"""Promise 3. Two officers accept at once: one has the task, the other hears why not."""

import time
from datetime import UTC, datetime
from typing import Any

from enforcement.simulation.client import ApiFault
from enforcement.simulation.stack import Stack

from ..builders import step
from .history import History
from .scenes import OnDuty, Records, at_once, post, says, town, until

ROUNDS = 3
TIMEOUT = 5  # seconds that an offer stands: the least that a policy may give


def accepting(officer: OnDuty, task: dict[str, Any]) -> Any:
    body = step(version=task["version"])
    return lambda: officer.phone.post(f"/tasks/{task['id']}/accept", body)


def test_an_offer_that_has_moved_on_is_the_next_officers_alone(stack: Stack, history: History):
    borough = town(stack, history, offer_timeout_seconds=TIMEOUT)
    first = OnDuty(borough, history, 1)
    post(borough.network(history), says(borough, 0, "over"))
    seen_by_first = first.offered()
    second = OnDuty(borough, history, 2)
    seen_by_second = second.offered()
    assert seen_by_second["id"] == seen_by_first["id"]
    lost, won = at_once([accepting(first, seen_by_first), accepting(second, seen_by_second)])
    assert isinstance(won, dict), won
    assert (won["state"], won["officer"]["id"]) == ("accepted", second.id)
    assert isinstance(lost, ApiFault)
    assert (lost.status, lost.problem["detail"]) == (409, "Another officer has this task now.")
    now = lost.problem["task"]
    assert now["state"] in ("offered", "accepted")  # whoever has it may not have answered yet
    assert now["officer"] is None


def test_an_answer_at_the_moment_when_the_offer_moves_on_has_one_winner(stack: Stack, history: History):
    """The first says yes on both their phones just as the time is up; the second as soon as it is theirs."""
    borough = town(stack, history, bays=ROUNDS, offer_timeout_seconds=TIMEOUT)
    first = OnDuty(borough, history, 1)
    records, network = Records(borough), borough.network(history)
    for bay in range(ROUNDS):
        post(network, says(borough, bay, "over"))
        task = first.offered()
        expires = datetime.fromisoformat(task["assignment"]["expires_at"])
        other_phone = first.signed_in(history)
        body = step(version=task["version"])
        early = (expires - datetime.now(UTC)).total_seconds() - 0.05 + 0.05 * bay

        def on_the_other() -> Any:
            return other_phone.post(f"/tasks/{task['id']}/accept", body)  # noqa: B023

        time.sleep(max(0.0, early))  # the race is about this very moment
        answers = at_once([accepting(first, task), on_the_other])
        accepted = [answer for answer in answers if isinstance(answer, dict)]
        refused = [answer for answer in answers if isinstance(answer, ApiFault)]
        assert len(accepted) <= 1, history
        assert all(fault.status == 409 and fault.problem["detail"] for fault in refused)
        live = records(
            "SELECT state FROM assignments WHERE task_id = :task AND state = 'accepted'", task=task["id"]
        )
        assert len(live) == len(accepted)
        if accepted:
            first.on(accepted[0], "outcome", outcome="gone_on_arrival")
        else:
            post(network, says(borough, bay, "free"))
        until(lambda: not first.mine())
