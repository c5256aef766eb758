"""Which state may follow which."""

from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.refusals import Conflict
from enforcement.domain.tasks import (
    FINAL_STATES,
    ON_DUTY,
    OPEN_STATES,
    AssignmentState,
    EndReason,
    NotNow,
    ShiftState,
    TaskEvent,
    TaskState,
    can_end,
    next_shift_state,
    next_state,
    records_positions,
    takes_offers,
)


def after(*events: str, state: TaskState = TaskState.WAITING) -> TaskState:
    for event in events:
        state = next_state(state, TaskEvent(event))
    return state


def attempt(state: TaskState, event: TaskEvent) -> TaskState:
    try:
        return next_state(state, event)
    except NotNow:
        return state


def test_the_plain_way_from_offer_to_outcome():
    assert after("offer", "accept", "arrive", "sight", "close") is TaskState.CLOSED


def test_a_missed_or_declined_offer_waits_for_the_next_officer():
    assert after("offer", "miss", "offer", "decline") is TaskState.WAITING
    assert after("offer", "accept", "decline") is TaskState.WAITING


def test_a_task_offered_in_vain_is_the_supervisors_to_offer_reopen_or_withdraw():
    escalated = after("offer", "miss", "escalate")
    assert escalated is TaskState.ESCALATED
    assert after("offer", state=escalated) is TaskState.OFFERED
    assert after("reopen", state=escalated) is TaskState.WAITING
    assert after("withdraw", state=escalated) is TaskState.WITHDRAWN


def test_work_is_released_when_its_officer_leaves_the_shift():
    for way in (["offer"], ["offer", "accept"], ["offer", "accept", "arrive"]):
        assert after(*way, "release") is TaskState.WAITING


def test_a_car_that_leaves_withdraws_the_task_until_the_officer_has_arrived():
    for way in ([], ["offer"], ["offer", "accept"]):
        assert after(*way, "withdraw") is TaskState.WITHDRAWN
    with pytest.raises(NotNow):
        after("offer", "accept", "arrive", "withdraw")


def test_who_sees_the_car_has_arrived_and_arriving_twice_is_no_news():
    assert after("offer", "accept", "sight", "arrive", "arrive") is TaskState.ARRIVED


def test_a_task_may_wait_for_a_second_look():
    assert after("offer", "accept", "arrive", "sight", "look_again") is TaskState.WAITING


def test_what_an_officer_raised_stays_in_their_hand_until_they_close_it_or_it_is_taken_back():
    def of_found(event: str) -> TaskState:
        return next_state(TaskState.ARRIVED, TaskEvent(event), found=True)

    assert [of_found(event) for event in ("sight", "prepare", "look_again")] == [TaskState.ARRIVED] * 3
    assert (of_found("close"), of_found("withdraw")) == (TaskState.CLOSED, TaskState.WITHDRAWN)
    for event in ("offer", "decline", "escalate", "freeze", "revive"):
        with pytest.raises(NotNow):
            of_found(event)


def test_accepted_work_is_not_taken_away_by_the_plan():
    for event in ("offer", "replace", "miss"):
        with pytest.raises(NotNow):
            after("offer", "accept", event)


def test_the_refusal_is_a_conflict_in_plain_words():
    with pytest.raises(NotNow, match=r"^This task is withdrawn; it can't be accepted now\.$") as refusal:
        next_state(TaskState.WITHDRAWN, TaskEvent.ACCEPT)
    assert isinstance(refusal.value, Conflict)
    assert (refusal.value.status, refusal.value.extra) == (409, {"state": "withdrawn"})


def test_every_refusal_is_said_in_words_of_its_own():
    refusals = set()
    for state, event in product(TaskState, TaskEvent):
        with suppress(NotNow):
            assert next_state(state, event) in TaskState
            continue
        with pytest.raises(NotNow, match=r"^This task .+; it can't be .+ now\.$") as refusal:
            next_state(state, event)
        assert refusal.value.detail not in refusals
        refusals.add(refusal.value.detail)


@settings(deadline=None)
@given(st.lists(st.sampled_from(TaskEvent)))
def test_a_closed_task_stays_closed_and_a_withdrawn_one_is_revived_or_closed_by_what_was_done_before(events):
    state = TaskState.WAITING
    for event in events:
        before, state = state, attempt(state, event)
        assert state in OPEN_STATES | FINAL_STATES
        ways = {TaskEvent.REVIVE: TaskState.WAITING, TaskEvent.CLOSE: TaskState.CLOSED}
        out = before is TaskState.WITHDRAWN and ways.get(event) is state
        assert before not in FINAL_STATES or state is before or out


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_no_task_is_stuck_and_every_state_is_used(state):
    def reachable(start: TaskState) -> set[TaskState]:
        seen, new = set(), {start}
        while new:
            seen |= new
            new = {attempt(each, event) for each in new for event in TaskEvent} - seen
        return seen

    assert reachable(state) >= FINAL_STATES
    assert state in reachable(TaskState.WAITING)


def test_accepted_work_ends_neither_as_missed_nor_as_replaced():
    assert can_end(AssignmentState.OFFERED, EndReason.MISSED)
    assert can_end(AssignmentState.ACCEPTED, EndReason.COMPLETED)
    assert not can_end(AssignmentState.ACCEPTED, EndReason.MISSED)
    assert not can_end(AssignmentState.ACCEPTED, EndReason.REPLACED)
    assert not can_end(AssignmentState.OFFERED, EndReason.COMPLETED)
    assert not any(can_end(AssignmentState.ENDED, reason) for reason in EndReason)


def test_only_an_available_officer_is_offered_anything():
    assert [state for state in ShiftState if takes_offers(state)] == [ShiftState.AVAILABLE]


def test_positions_are_recorded_on_duty_and_never_on_a_break():
    assert {state for state in ShiftState if records_positions(state)} == ON_DUTY - {ShiftState.BREAK}


def test_a_shift_begins_available_and_ends_for_good():
    assert next_shift_state(ShiftState.PLANNED, ShiftState.AVAILABLE) is ShiftState.AVAILABLE
    with pytest.raises(NotNow, match="planned"):
        next_shift_state(ShiftState.PLANNED, ShiftState.SERVING)
    for state in set(ShiftState) - {ShiftState.ENDED}:
        assert next_shift_state(state, ShiftState.ENDED) is ShiftState.ENDED
        with pytest.raises(NotNow, match="ended"):
            next_shift_state(ShiftState.ENDED, state)


@pytest.mark.parametrize("state", sorted(ON_DUTY))
def test_an_incident_can_begin_at_any_moment_on_duty(state):
    assert next_shift_state(state, ShiftState.INCIDENT) is ShiftState.INCIDENT


def test_work_after_a_break_begins_with_being_available():
    assert next_shift_state(ShiftState.BREAK, ShiftState.AVAILABLE) is ShiftState.AVAILABLE
    with pytest.raises(NotNow, match=r"“break” can't become “with public”"):
        next_shift_state(ShiftState.BREAK, ShiftState.WITH_PUBLIC)


@pytest.mark.parametrize("state", ShiftState)
def test_asking_for_the_present_state_changes_nothing(state):
    assert next_shift_state(state, state) is state
