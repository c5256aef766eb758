"""Promise 2. The same event a hundred times at once: one stay, one task, one message."""

from enforcement.simulation.stack import Stack

from .history import History
from .scenes import Attempts, OnDuty, Records, at_once, says, town, until

A_HUNDRED, CALLERS = 100, 20


def test_the_same_event_a_hundred_times_at_once_is_one_stay_one_task_and_one_message(
    stack: Stack, history: History
):
    borough = town(stack, history)
    records = Records(borough)
    with Attempts() as service:
        officer = OnDuty(borough, history)
        officer.subscribe(service)
        event = says(borough, 0, "over")

        def send() -> list[int]:
            api = borough.network(history)
            answers = [api.post("/readings", {"readings": [event]}) for _ in range(A_HUNDRED // CALLERS)]
            return [answer["taken"] for answer in answers]

        answers = at_once([send] * CALLERS)
        until(lambda: service.received)
    assert sum(sum(taken) for taken in answers if isinstance(taken, list)) == 1
    assert [
        records.count(table) for table in ("readings", "stays", "tasks", "assignments", "notifications")
    ] == [1] * 5
    assert not history.faults, history
