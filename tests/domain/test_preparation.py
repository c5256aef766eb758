"""When an officer began to prepare a notice, and which outcomes can be true with it."""

from datetime import UTC, datetime, timedelta

import pytest

from enforcement.domain.outcomes import Outcome
from enforcement.domain.preparation import settled
from enforcement.domain.refusals import Invalid

ENDED = datetime(2026, 6, 29, 11, 20, tzinfo=UTC)
BEGAN = ENDED - timedelta(minutes=3)
AFTER, BEFORE = Outcome.DROVE_AWAY_AFTER_PREPARATION, Outcome.DROVE_AWAY_BEFORE_PREPARATION


@pytest.mark.parametrize("outcome", [AFTER, Outcome.PREVENTED, Outcome.NOTICE_SERVED])
def test_the_time_on_record_is_kept_with_the_outcome(outcome):
    assert settled(outcome, BEGAN, None, ENDED) == BEGAN
    assert settled(outcome, BEGAN, BEGAN, ENDED) == BEGAN


def test_without_a_step_the_officers_word_counts():
    assert settled(AFTER, None, BEGAN, ENDED) == BEGAN
    assert settled(Outcome.PREVENTED, None, None, ENDED) is None


@pytest.mark.parametrize(
    ("outcome", "on_record", "said", "words"),
    [
        (AFTER, BEGAN, BEGAN - timedelta(minutes=1), "on record with another time"),
        (AFTER, None, ENDED + timedelta(seconds=1), "after the visit ended"),
        (BEFORE, BEGAN, None, "drove away after that"),
        (BEFORE, None, BEGAN, "drove away after that"),
    ],
)
def test_what_can_not_all_be_true_is_refused(outcome, on_record, said, words):
    with pytest.raises(Invalid, match=words):
        settled(outcome, on_record, said, ENDED)
