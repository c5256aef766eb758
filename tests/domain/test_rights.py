"""What an answer about a right means for a stay. Unknown is never none."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from enforcement.domain.overstays import Overstay
from enforcement.domain.policy import Reason, sample_policy
from enforcement.domain.rights import (
    ANSWER_GOOD_FOR,
    ASK_AGAIN,
    PAYMENT,
    WAIT_FOR_ANSWER,
    Answer,
    Asked,
    Status,
    after_cover,
    combined,
    in_words,
    turns_on_a_right,
    unknown,
    verdict,
)

from ..builders import at

NOW = at("11:05")
LONDON = ZoneInfo("Europe/London")
POLICY = sample_policy("single-sighting")
COVERED = Answer(Status.COVERED, "Meters", NOW, PAYMENT, at("10:00"), at("14:20"))
NONE = Answer(Status.NONE, "Permits", NOW)
UNKNOWN = unknown("Badges", "did not answer", NOW)


def asked(answer: Answer | None) -> Asked:
    return Asked(NOW, NOW + WAIT_FOR_ANSWER, answer)


@pytest.mark.parametrize("answers", list(permutations([COVERED, NONE, UNKNOWN])))
def test_covered_by_any_wins(answers):
    assert combined(answers) == COVERED


@pytest.mark.parametrize("answers", list(permutations([NONE, UNKNOWN, NONE])))
def test_one_that_could_not_say_makes_it_unknown(answers):
    assert combined(answers).status is Status.UNKNOWN


def test_none_is_said_only_if_all_say_so():
    together = combined([NONE, replace(NONE, provider="Meters", checked_at=at("11:04"))])

    assert (together.status, together.provider) == (Status.NONE, "Permits, Meters")
    assert together.checked_at == at("11:04")


def test_of_two_rights_the_one_that_reaches_farther_counts():
    assert combined([COVERED, replace(COVERED, valid_to=at("15:00"))]).valid_to == at("15:00")


def test_a_right_covers_from_its_beginning_until_its_end():
    assert COVERED.covers(at("10:00"))
    assert not COVERED.covers(at("09:59"))
    assert not COVERED.covers(at("14:20"))


def test_a_right_without_an_end_is_looked_up_again_after_a_day():
    endless = replace(COVERED, valid_to=None)
    assert endless.covers(NOW + timedelta(hours=23))
    assert not endless.covers(NOW + timedelta(hours=24))


def test_in_words():
    assert in_words(COVERED, LONDON) == "covered by a payment until 14:20 (Meters)"
    assert in_words(replace(COVERED, valid_to=at("09:00", "2026-07-02")), LONDON).startswith(
        "covered by a payment until 2 July 2026, 09:00"
    )
    assert in_words(NONE, LONDON) == "none found (Permits)"
    assert in_words(UNKNOWN, LONDON) == "not checked: Badges did not answer"
    assert in_words(None, LONDON) == "not checked"


def test_before_a_task_is_raised_the_bay_is_asked_about():
    assert verdict(None, False, NOW).ask


def test_an_answer_is_waited_for_and_not_for_ever():
    waiting = verdict(asked(None), False, NOW)
    assert (waiting.raise_now, waiting.look_at) == (False, NOW + WAIT_FOR_ANSWER)

    late = verdict(asked(None), False, NOW + WAIT_FOR_ANSWER)
    assert late.raise_now
    assert late.answer is not None
    assert late.answer.status is Status.UNKNOWN


def test_a_covered_car_is_looked_at_again_when_its_right_ends():
    covered = verdict(asked(COVERED), False, NOW)
    assert (covered.raise_now, covered.look_at) == (False, at("14:20"))


def test_overstays_are_raised_on_unknown_and_what_turns_on_a_right_alone_is_not():
    assert verdict(asked(UNKNOWN), False, NOW).raise_now

    held = verdict(asked(UNKNOWN), True, NOW)
    assert (held.raise_now, held.ask, held.look_at) == (False, False, NOW + ASK_AGAIN)
    assert verdict(asked(UNKNOWN), True, NOW + ASK_AGAIN).ask


def test_silence_never_raises_what_turns_on_a_right_alone():
    for seconds in range(0, 1200, 5):
        assert not verdict(asked(None), True, NOW + timedelta(seconds=seconds)).raise_now


def test_none_raises_either():
    assert verdict(asked(NONE), False, NOW).raise_now
    assert verdict(asked(NONE), True, NOW).raise_now


def test_an_old_answer_is_asked_for_again():
    assert verdict(asked(NONE), False, NOW + ANSWER_GOOD_FOR).ask
    assert verdict(asked(COVERED), False, at("14:20")).ask


def test_what_turns_on_a_right():
    for code in ("06", "11", "12", "16", "25", "40"):
        assert turns_on_a_right(code, Reason.OTHER)
    assert turns_on_a_right("30", Reason.NO_PAYMENT)
    assert not turns_on_a_right("30", Reason.PERIOD_ENDED)
    assert not turns_on_a_right("21", Reason.SUSPENDED)


OVERSTAY = Overstay(at("11:00"), at("11:11"), at("18:30"), "05", "", Reason.PERIOD_ENDED)


def test_a_payment_that_ran_out_gives_grace_from_its_end():
    after = after_cover(OVERSTAY, at("14:20"), POLICY)
    assert (after.overstay_from, after.lawful_from) == (at("14:20"), at("14:31"))


def test_a_payment_that_ran_out_before_the_permitted_period_moves_nothing():
    assert after_cover(OVERSTAY, at("10:00"), POLICY) == OVERSTAY


def test_a_payment_to_the_end_of_the_hours_leaves_no_overstay_in_them():
    after = after_cover(OVERSTAY, at("18:25"), POLICY)
    assert after.overstay_from == after.lawful_from == at("18:30")
