"""Rights on the line: the bay before a task is raised, the plate at the kerb and before serving."""

from collections.abc import Iterator
from typing import Any

import pytest

from enforcement.adapters.tables import OutcomeRow
from enforcement.domain.policy import sample_policy_data

from ..adapters.rights.provider import FakeProvider
from ..builders import Officer
from .rights_scenes import ask_all, connect, import_list, questions, state_of, swept_and_asked
from .scenes import Town, accepted, arrived, rows, task_of


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


def late_car(town: Town, now: str = "11:05") -> None:
    """A car that came to B1 at nine and is over its two hours."""
    town.clock.set(now)
    town.reads(("B1", "occupied", "09:00"))


def test_without_a_provider_a_task_is_raised_at_once_and_says_so(town: Town):
    late_car(town)
    town.sweep()

    [task] = town.tasks()
    assert (task["rights"], task["rights_status"]) == ("not checked", None)
    assert questions(town) == []


def test_a_task_is_raised_when_nobody_knows_of_a_right(town: Town, provider):
    connect(town, provider)
    late_car(town)
    town.sweep()
    assert town.tasks() == []

    ask_all(town)
    town.sweep()

    [task] = town.tasks()
    assert (task["rights"], task["rights_status"]) == ("none found (Meters)", "none")
    assert task["rights_checked_at"] == "2026-06-29T10:05:00Z"
    assert "rights not checked" not in task["priority_reasons"]
    assert [query["place"] for query in provider.asked] == ["B1"]


def test_a_stay_is_asked_about_once_however_often_it_is_swept(town: Town, provider):
    connect(town, provider)
    late_car(town)
    town.sweep()
    town.sweep()
    assert len(questions(town)) == 1


def test_a_covered_car_has_no_task_until_its_right_ends_and_grace_follows(town: Town, provider):
    provider.covers(until="2026-06-29T13:20:00Z")  # 14:20 in London
    connect(town, provider)
    late_car(town)
    assert swept_and_asked(town) == []
    town.clock.set("14:19")
    assert swept_and_asked(town) == []

    town.clock.set("14:20")
    [task] = swept_and_asked(town)

    assert task["overstay_from"] == "2026-06-29T13:20:00Z"
    assert task["lawful_from"] == "2026-06-29T13:31:00Z"


def test_a_payment_that_was_extended_holds_on(town: Town, provider):
    provider.covers(until="2026-06-29T13:20:00Z")
    connect(town, provider)
    late_car(town)
    swept_and_asked(town)
    provider.covers(until="2026-06-29T15:00:00Z")
    town.clock.set("14:20")
    assert swept_and_asked(town) == []


def test_an_open_task_that_turns_out_covered_is_withdrawn(town: Town, provider):
    connect(town, provider)
    late_car(town)
    [task] = swept_and_asked(town)
    provider.covers(until="2026-06-29T13:20:00Z")
    town.clock.set("11:10")
    assert swept_and_asked(town) == []

    now = task_of(town, task)
    assert (now["state"], now["ended_why"]) == ("withdrawn", "Covered by a payment until 14:20.")


def test_once_the_officer_has_arrived_a_right_only_informs(town: Town, officer: Officer, provider):
    task = arrived(town, officer)
    connect(town, provider)
    provider.covers("AB12CDE")
    officer.step(task, "sightings", plate="AB12CDE")
    ask_all(town)
    town.sweep()

    now = task_of(town, task)
    assert (now["state"], now["rights_status"]) == ("arrived", "covered")
    assert now["rights"] == "covered by a payment until 14:20 (Meters)"


@pytest.mark.parametrize("how", ["hang", "answers"])
def test_when_nobody_answers_the_task_is_raised_in_time_and_says_so(town: Town, provider, how):
    connect(town, provider, timeout_seconds=0.2)
    late_car(town)
    town.sweep()
    town.clock.forward(seconds=5)
    town.sweep()

    [task] = town.tasks()
    assert task["rights"] == "not checked: the provider did not answer in time"
    assert "rights not checked" in task["priority_reasons"]

    provider.hang() if how == "hang" else provider.answers(503)
    ask_all(town)
    [task] = town.tasks()
    words = "did not answer" if how == "hang" else "answered with the error 503"
    assert task["rights"] == f"not checked: Meters {words}"


def test_a_late_answer_still_counts(town: Town, provider):
    connect(town, provider)
    provider.covers(until="2026-06-29T13:20:00Z")
    late_car(town)
    town.sweep()
    town.clock.forward(seconds=5)
    town.sweep()
    assert len(town.tasks()) == 1

    ask_all(town)
    town.sweep()
    assert town.tasks() == []


def permit_bay(town: Town) -> None:
    """P1, where only permit holders may stand; the council has switched code 12 on."""
    town.bay("P1", bay_class="permit", code="12", suffix="r", reason="no_permit", permitted_minutes=0)
    policy = sample_policy_data("single-sighting") | {"presence_codes": ["12"]}
    town.administrator.patch("/authority", {"policy": policy})
    town.clock.set("12:13")
    town.reads(("P1", "occupied", "12:02"))


def test_what_turns_on_a_permit_alone_is_never_raised_without_somebody_to_ask(town: Town):
    permit_bay(town)
    assert swept_and_asked(town) == []
    town.clock.set("18:00")
    assert swept_and_asked(town) == []


def test_what_turns_on_a_permit_alone_is_never_raised_on_unknown_and_asked_about_again(town: Town, provider):
    connect(town, provider)
    provider.answers(500)
    permit_bay(town)
    for _ in range(30):
        assert swept_and_asked(town) == []
        town.clock.forward(minutes=2)

    provider.works()
    [task] = swept_and_asked(town)
    assert task["code"] == "12"


def test_a_network_that_claims_an_overstay_is_asked_about_too(town: Town, provider):
    connect(town, provider)
    provider.covers()
    town.clock.set("11:05")
    town.says_over("B1", since="10:30", clock="11:05")
    assert swept_and_asked(town) == []


def test_a_car_is_asked_about_a_little_before_its_time_is_over(town: Town, provider):
    connect(town, provider)
    town.clock.set("09:01")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    town.clock.set("10:59:52")
    town.sweep()
    assert ask_all(town) == 1
    town.clock.set("11:00")
    town.sweep()
    assert [task["rights_status"] for task in town.tasks()] == ["none"]


def test_no_payment_lifts_a_suspension(town: Town, provider):
    connect(town, provider)
    provider.covers()
    town.supervisor.post(
        "/suspensions",
        {
            "bay_id": town.b1["id"],
            "starts_at": "2026-06-29T08:00:00Z",
            "ends_at": "2026-06-29T14:00:00Z",
            "why": "Water main",
        },
    )
    town.clock.set("09:30")
    town.reads(("B1", "occupied", "09:30"))
    assert [task["code"] for task in swept_and_asked(town)] == ["21"]


def check(officer: Officer, task: dict[str, Any], plate: str, status: int = 200) -> Any:
    return officer.phone.post(f"/tasks/{task['id']}/rights", {"plate": plate}, status)


def test_just_before_serving_the_phone_asks_and_the_notice_keeps_what_was_said(
    town: Town, officer: Officer, provider
):
    connect(town, provider, about_bays=False)
    task = arrived(town, officer)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12 CDE")
    provider.covers("AB12CDE")

    answer = check(officer, task, "ab12 cde")
    assert (answer["status"], answer["valid_to"]) == ("covered", "2026-06-29T13:20:00Z")

    officer.step(task, "outcome", outcome="notice_served")
    with town.session() as session:
        [outcome] = rows(session, OutcomeRow)
    assert outcome.rights["status"] == "covered"
    assert outcome.rights["provider"] == "Meters"
    assert outcome.rights["checked_at"] == "2026-06-29T10:12:00+00:00"


def test_a_notice_says_when_nobody_was_asked(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    task = arrived(town, officer)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12 CDE")
    officer.step(task, "outcome", outcome="notice_served")
    with town.session() as session:
        assert [row.rights for row in rows(session, OutcomeRow)] == [
            {"status": "unknown", "reason": "was not asked"}
        ]


def test_two_taps_ask_once_and_another_plate_is_another_question(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    task = officer.step(arrived(town, officer), "sightings", plate="AB12CDE")
    check(officer, task, "AB12CDE")
    check(officer, task, "AB12CDE")
    assert len(provider.asked) == 1
    check(officer, task, "XY99ZZZ")
    assert len(provider.asked) == 2


def test_of_a_plate_that_was_never_seen_nothing_is_kept(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    task = arrived(town, officer)
    check(officer, task, "AB12CDE")
    [answer] = town.supervisor.get(f"/tasks/{task['id']}/rights")["items"]
    assert (answer["about"], answer["plate"]) == ("plate", None)


def test_only_the_officer_who_has_the_task_may_look_a_plate_up(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    task = accepted(town, officer)
    other = town.on_duty(town.centre, name="Ngozi")
    check(other, task, "AB12CDE", status=403)
    assert provider.asked == []


def test_with_nobody_to_ask_the_phone_is_told_so(town: Town, officer: Officer):
    task = accepted(town, officer)
    assert check(officer, task, "AB12CDE")["status"] == "unknown"


def test_the_answers_of_a_case_can_be_read_by_its_supervisor(town: Town, officer: Officer, provider):
    connect(town, provider)
    late_car(town)
    [task] = swept_and_asked(town)
    [task] = officer.mine()
    task = officer.step(officer.step(task, "accept"), "arrive")
    officer.step(task, "sightings", plate="AB12CDE")
    ask_all(town)

    answers = town.supervisor.get(f"/tasks/{task['id']}/rights")["items"]

    assert [(a["about"], a["plate"], a["status"]) for a in answers] == [
        ("bay", None, "none"),
        ("plate", "AB12CDE", "none"),
    ]


def test_plates_and_providers_words_stay_out_of_the_journal(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    task = arrived(town, officer)
    provider.covers("AB12CDE")
    officer.step(task, "sightings", plate="AB12CDE")
    ask_all(town)

    entries = town.supervisor.get(f"/journal?subject_id={task['id']}")["items"]
    assert "task.rights-checked" in [entry["kind"] for entry in entries]
    assert "AB12CDE" not in str(entries)


def test_a_breaker_opens_for_all_and_closes_when_a_trial_succeeds(town: Town, officer: Officer, provider):
    connect(town, provider, about_bays=False)
    provider.answers(500)
    task = arrived(town, officer)
    for _ in range(5):
        answer = check(officer, task, "AB12CDE")
    assert len(provider.asked) == 3
    assert answer["reason"] == "does not answer at present"
    state = state_of(town)
    assert (state["state"], state["last_fault"]) == ("open", "answered with the error 500")

    provider.works()
    town.clock.forward(seconds=30)
    assert state_of(town)["state"] == "half-open"
    assert check(officer, task, "AB12CDE")["status"] == "none"
    assert state_of(town)["state"] == "closed"


def test_covered_by_any_of_several_wins(town: Town, provider):
    import_list(town, "plate,bay,right,from,to", ",B1,dispensation,2026-06-29,2026-06-29")
    connect(town, provider)
    provider.answers(500)
    late_car(town)
    assert swept_and_asked(town) == []
