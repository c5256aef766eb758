"""Rights: does a permit, payment or dispensation cover a car, as far as anybody could say?

Shaped after the assigned rights of the Alliance for Parking Data Standards (ISO/TS 5206-1), which the
National Parking Platform is built on. What nobody could say is `unknown`, never `none`. Times are aware UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .overstays import Overstay
from .policy import PRESENCE_ONLY, EnforcementPolicy, Reason

ANSWER_GOOD_FOR = timedelta(seconds=60)  # to raise a task by; a payment may have been made since
PLATE_ANSWER_GOOD_FOR = timedelta(seconds=20)  # at the kerb
WAIT_FOR_ANSWER = timedelta(seconds=5)  # then the line goes on without it
ASK_AHEAD = timedelta(seconds=8)  # so that the answer is there when the car's time is over
ASK_AGAIN = timedelta(minutes=5)  # where nobody could say, and while a task is open
OPEN_END_GOOD_FOR = timedelta(days=1)  # a right without an end is looked up again after so long

PAYMENT, PERMIT = "oneTimeUseParking", "permitParking"  # APDS RightType
TYPE_WORDS = {
    PAYMENT: "a payment",
    PERMIT: "a permit",
    "accessPermission": "a dispensation",
    "loadingUnloading": "a loading permit",
    "setdownPickup": "a permit to set down",
    "waiting": "a waiting permit",
}


class Status(StrEnum):
    """What is known of a right."""

    COVERED = "covered"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider, or all of them together, said at `checked_at`.

    `valid_from` and `valid_to` bound the right that covers; None is no bound. `reason` says in words of ours
    why it is unknown.
    """

    status: Status
    provider: str
    checked_at: datetime
    right_type: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    reason: str = ""

    def covers(self, at: datetime) -> bool:
        """Does it cover at that time? A right without an end is taken on trust for a day."""
        begun = self.valid_from is None or self.valid_from <= at
        return self.status is Status.COVERED and begun and at < self.until

    @property
    def until(self) -> datetime:
        """When a covering answer ends."""
        return self.valid_to or self.checked_at + OPEN_END_GOOD_FOR


def unknown(provider: str, reason: str, at: datetime) -> Answer:
    """Nobody could say, and why: "did not answer"."""
    return Answer(Status.UNKNOWN, provider, at, reason=reason)


def combined(answers: Sequence[Answer]) -> Answer:
    """What several providers say together (one at least): covered by any wins, else any unknown; none is
    said only if all say so."""
    covered = [each for each in answers if each.status is Status.COVERED]
    if covered:
        return max(covered, key=lambda each: each.until)
    unknowns = [each for each in answers if each.status is Status.UNKNOWN]
    said = unknowns or list(answers)
    names = ", ".join(dict.fromkeys(each.provider for each in said))
    return replace(said[0], provider=names, checked_at=min(each.checked_at for each in said))


def in_words(answer: Answer | None, zone: ZoneInfo) -> str:
    """What an officer reads after the word "rights"; times as clocks in `zone` show them."""
    if answer is None:
        return "not checked"
    if answer.status is Status.COVERED:
        return f"{cover_in_words(answer, zone)} ({answer.provider})"
    if answer.status is Status.NONE:
        return f"none found ({answer.provider})"
    return f"not checked: {answer.provider} {answer.reason}"


def cover_in_words(answer: Answer, zone: ZoneInfo) -> str:
    """ "covered by a payment until 14:20"."""
    what = TYPE_WORDS.get(answer.right_type or "", "a right")
    if answer.valid_to is None:
        return f"covered by {what}"
    ends, seen = answer.valid_to.astimezone(zone), answer.checked_at.astimezone(zone)
    day = "" if ends.date() == seen.date() else f"{ends.day} {ends:%B %Y}, "
    return f"covered by {what} until {day}{ends:%H:%M}"


def turns_on_a_right(code: str, reason: Reason) -> bool:
    """Is it only a contravention if there is no right? Then it is never raised while that is unknown."""
    return code in PRESENCE_ONLY or reason in (Reason.NO_PERMIT, Reason.NO_PAYMENT)


def after_cover(overstay: Overstay, covered_until: datetime, policy: EnforcementPolicy) -> Overstay:
    """The overstay of a car that a right covered until then: it begins when the right has ended at the
    earliest, and grace follows, for a paid period is a permitted one (SI 2022/71 reg 5).

    Where that leaves no lawful moment it begins where the overstay ends: the next one counts.
    """
    margin = policy.grace_period + policy.exceeded
    begin = max(overstay.overstay_from, covered_until)
    lawful_from = max(overstay.lawful_from, covered_until + margin)
    if overstay.lawful_until and lawful_from >= overstay.lawful_until:
        begin = lawful_from = overstay.lawful_until
    return replace(overstay, overstay_from=begin, lawful_from=lawful_from)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the bay of a stay: by `due_at` an answer is waited for no more."""

    asked_at: datetime
    due_at: datetime
    answer: Answer | None = None

    def known(self, now: datetime) -> Answer | None:
        """The answer; unknown once its time is over; None while it may still come."""
        if self.answer is not None or now < self.due_at:
            return self.answer
        return unknown("the provider", "did not answer in time", self.due_at)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about an overstay: raise its task now, and say `answer` with it; or `ask`; or look again at
    `look_at`."""

    raise_now: bool = False
    ask: bool = False
    look_at: datetime | None = None
    answer: Answer | None = None


def verdict(asked: Asked | None, needs_right: bool, now: datetime) -> Verdict:
    """Before a task is raised, of a bay that can be asked about. `needs_right`: see `turns_on_a_right`.

    Who covers the car is asked first; silence holds up what turns on a right alone, and nothing else.
    """
    if asked is None:
        return Verdict(ask=True, look_at=now + WAIT_FOR_ANSWER)
    answer = asked.known(now)
    if answer is None:
        return Verdict(look_at=asked.due_at)
    if answer.covers(now):
        return Verdict(look_at=answer.until, answer=answer)
    if answer.status is Status.COVERED:  # it ran out: has it been extended since?
        return Verdict(ask=True, look_at=now + WAIT_FOR_ANSWER)
    waits = needs_right and answer.status is not Status.NONE
    if now >= answer.checked_at + (ASK_AGAIN if waits else ANSWER_GOOD_FOR):
        return Verdict(ask=True, look_at=now + WAIT_FOR_ANSWER)
    if waits:
        return Verdict(look_at=answer.checked_at + ASK_AGAIN, answer=answer)
    return Verdict(raise_now=True, answer=answer)
