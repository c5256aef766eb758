"""Who fails is left in peace for a while."""

from datetime import timedelta

from enforcement.domain.breaker import FAULTS_IN_A_ROW, LONGEST_REST, REST, Breaker

from ..builders import at

NOW = at("10:00")


def broken() -> Breaker:
    breaker = Breaker()
    for _ in range(FAULTS_IN_A_ROW):
        breaker = breaker.failed(NOW)
    return breaker


def test_it_opens_after_some_faults_in_a_row_and_not_before():
    breaker = Breaker()
    for _ in range(FAULTS_IN_A_ROW - 1):
        breaker = breaker.failed(NOW)
        assert breaker.lets_through(NOW)
    assert not breaker.failed(NOW).lets_through(NOW)


def test_an_answer_in_between_starts_the_count_again():
    assert Breaker(faults=FAULTS_IN_A_ROW - 1).answered().failed(NOW).lets_through(NOW)


def test_after_a_rest_one_call_goes_through_and_no_second_one():
    breaker, later = broken(), NOW + REST

    assert breaker.state(NOW) == "open"
    assert breaker.state(later) == "half-open"
    assert not breaker.tried(later).lets_through(later)


def test_a_trial_that_fails_rests_again_and_remembers_since_when():
    later = NOW + REST
    again = broken().tried(later).failed(later)

    assert again.open_since == NOW
    assert not again.lets_through(later + REST / 2)


def test_a_trial_that_succeeds_closes_it():
    assert broken().tried(NOW + REST).answered().state(NOW + REST) == "closed"


def test_who_asks_to_be_left_in_peace_is_so_at_once_and_not_for_ever():
    breaker = Breaker().failed(NOW, timedelta(minutes=2))
    assert not breaker.lets_through(NOW + timedelta(minutes=1))
    assert breaker.lets_through(NOW + timedelta(minutes=2))

    assert Breaker().failed(NOW, timedelta(days=1)).lets_through(NOW + LONGEST_REST)
