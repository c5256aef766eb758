"""Promise 8. What is down outside slows nobody down, and what was not checked says so."""

from functools import partial

from enforcement.domain.breaker import FAULTS_IN_A_ROW
from enforcement.simulation.stack import Stack

from .history import History
from .moods import STATUSES
from .saboteur import Saboteur
from .scenes import PACE, Attempts, Dead, OnDuty, Records, post, says, town, until

OFFICERS = 10
MESSAGES = 20
WORKERS = 2
TRIED_BY_ONE_WORKER = 2 * FAULTS_IN_A_ROW  # as many at once are let off, and one tries it out after each rest
SOON = 20.0  # seconds, far less than a hanging service takes up for all its messages


def test_a_push_service_that_hangs_keeps_neither_readings_nor_officers_nor_other_services_waiting(
    stack: Stack, history: History
):
    borough = town(stack, history, bays=OFFICERS + 1, offer_timeout_seconds=300)
    records, network = Records(borough), borough.network(history)
    with Attempts() as hanging, Attempts() as well:
        hanging.hang(300)
        officers = [OnDuty(borough, history, number + 1, number) for number in range(OFFICERS)]
        for officer in officers:
            officer.subscribe(hanging)
        post(network, *(says(borough, bay, "over") for bay in range(OFFICERS)))
        for officer in officers:
            assert officer.on(officer.offered(), "accept")["state"] == "accepted"
        last = OnDuty(borough, history, OFFICERS + 1, OFFICERS)
        last.subscribe(well)
        post(network, says(borough, OFFICERS, "over"))
        well.wait_for(1, SOON)
        assert hanging.received == []
        assert records.count("readings") == OFFICERS + 1


def test_a_push_service_that_is_dead_is_tried_a_few_times_and_the_others_get_their_messages(
    stack: Stack, history: History
):
    borough = town(stack, history)
    records = Records(borough)
    unlucky, lucky = OnDuty(borough, history, 1), OnDuty(borough, history, 2)
    with Dead() as dead, Attempts() as well:
        silent, heard = unlucky.subscribe(dead), lucky.subscribe(well)
        for sent in range(MESSAGES):
            unlucky.phone.post(f"/devices/{silent}/test")
            until(partial(_more_were_tried, records, sent))
        lucky.phone.post(f"/devices/{heard}/test")
        well.wait_for(1, SOON)
        assert dead.requests <= TRIED_BY_ONE_WORKER * WORKERS
        assert records.count("notifications", "detail LIKE 'not tried%'")


def _more_were_tried(records: Records, than: int) -> bool:
    return records.count("notifications", "detail <> ''") > than


def test_every_answer_of_a_push_service_leaves_the_officer_with_their_task(stack: Stack, history: History):
    borough = town(stack, history, bays=len(STATUSES) + 1)
    network, records = borough.network(history), Records(borough)
    with Attempts() as service:
        officer = OnDuty(borough, history)
        officer.subscribe(service)
        for bay, status in enumerate(STATUSES):
            service.answer(status)
            officer.subscribe(service)
            _visit(officer, network, says(borough, bay, "over"))
        service.redirect("http://127.0.0.1:1/elsewhere")
        officer.subscribe(service)
        _visit(officer, network, says(borough, len(STATUSES), "over"))
    assert records.count("tasks", "state = 'closed'") == len(STATUSES) + 1
    assert not history.faults, history


def _visit(officer: OnDuty, network, reading) -> None:
    post(network, reading)
    task = officer.on(officer.offered(), "accept")
    officer.on(task, "outcome", outcome="gone_on_arrival")


def test_a_planner_that_is_down_still_gives_work_and_says_who_planned(
    stack: Stack, saboteur: Saboteur, history: History
):
    borough = town(stack, history)
    records = Records(borough)
    officer = OnDuty(borough, history)
    for _ in range(8):
        saboteur.strike("planner frozen", PACE)
    post(borough.network(history), says(borough, 0, "over"))
    assert officer.offered()
    until(lambda: records.count("planning", "planned_by IS NOT NULL"))
    [(by, fault)] = records("SELECT planned_by, fault FROM planning WHERE authority_id = :ours")
    assert (by == "nearest-first") == (fault is not None)
