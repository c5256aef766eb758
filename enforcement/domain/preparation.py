"""When an officer began to prepare a notice: the law turns on it when a car drives off.

A notice may go by post if the vehicle was driven away after an officer had begun to prepare one; having
merely observed it is not enough. Source: SI 2022/71 reg 10 (England).
"""

from datetime import datetime

from .outcomes import Outcome
from .refusals import Invalid


def settled(
    outcome: Outcome, on_record: datetime | None, said: datetime | None, ended_at: datetime
) -> datetime | None:
    """When preparation began, as the record and the outcome together tell it; None where it never did.

    `on_record` is the step that the officer took then, `said` what they say with the outcome, `ended_at` when the
    outcome was recorded. Raises Invalid where the three can't all be true.
    """
    began = on_record or said
    if on_record and said and said != on_record:
        raise _invalid("The preparation is on record with another time; it can't be changed afterwards.")
    if said and said > ended_at:
        raise _invalid("The preparation can't have begun after the visit ended.")
    if outcome is Outcome.DROVE_AWAY_BEFORE_PREPARATION and began is not None:
        raise _invalid("You had begun to prepare a notice: it drove away after that.", "/outcome")
    return began


def _invalid(words: str, pointer: str = "/details/preparation_began_at") -> Invalid:
    return Invalid.at(pointer, words)
