"""An authority's enforcement policy: grace, observation, sightings and the planner's settings.

No law sets observation periods; each council has its own table. A policy is read from a JSON mapping
(`policy_from`); two samples lie beside the code in `data/policies/`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from .codes import Contravention, all_contraventions, contravention, split_code
from .networks import Patience
from .policy_reading import Faults, Reader
from .priority import WEIGHT_BOUNDS, Weights
from .refusals import Invalid, NotFound
from .retention import Retention, retention_from

_SAMPLES = Path(__file__).parent / "data" / "policies"

TELEPHONE = re.compile(r"\+?[0-9][0-9 ]*")
PRESENCE_ONLY = frozenset({"06", "11", "12", "16", "25", "40", "70", "73", "83", "85", "87"})
"""Codes that turn on a permit, payment, badge or activity alone, on-street and their off-street twins."""

EQUIPMENT = ("Body-worn camera, charged", "Radio", "Handheld and printer, with paper", "Phone, charged")
MOST_EQUIPMENT, LONGEST_ITEM = 30, 80


class Reason(StrEnum):
    """Why a car may not stay; grace follows from it, not from the code."""

    PERIOD_ENDED = "period_ended"  # the permitted period, paid or free, has ended in a designated place
    SUSPENDED = "suspended"
    NO_PERMIT = "no_permit"
    NO_PAYMENT = "no_payment"
    WRONG_CLASS = "wrong_class"
    OTHER = "other"


class StartRule(StrEnum):
    """When an officer's observation may begin. The last sighting is never before `lawful_from`."""

    NONE = "none"  # there is nothing to observe: one look once it is lawful
    ON_ARRIVAL = "on_arrival"  # as soon as the officer is there, even while the car is within its time
    AFTER_GRACE = "after_grace"  # at `lawful_from` at the earliest


@dataclass(frozen=True, slots=True)
class Observation:
    """What must be seen before a notice: `minutes` of watching between the first and last of `sightings`."""

    minutes: int = 0
    sightings: int = 1
    start_rule: StartRule = StartRule.NONE


@dataclass(frozen=True, slots=True)
class EnforcementPolicy:
    """How an authority enforces. `observations` is keyed by code and suffix; suffix None is any.

    `look` and `attendance` are what a first of two sightings and a visit usually take: the planner's estimates.
    `network_patience`: when a sensor network counts as quiet.
    `street_seen_within`: every street shall be seen so often; None is no such floor. `control_room_phone`, `_sms`:
    the numbers that an officer in need calls or writes to when there is no network but the telephone's.
    `phone_pin`: a phone asks its officer to choose a PIN before anything else.
    `equipment`: what an officer looks over before going out. `codes`: what officers may raise themselves, in
    the order in which a phone shows them; None is all of the national list.
    """

    name: str
    grace_period: timedelta = timedelta(minutes=10)
    exceeded: timedelta = timedelta(minutes=1)
    debounce: timedelta = timedelta(seconds=30)
    time_to_pay: timedelta = timedelta(minutes=10)
    first_look_period: timedelta = timedelta(minutes=15)
    look: timedelta = timedelta(minutes=1)
    attendance: timedelta = timedelta(minutes=5)
    offer_timeout: timedelta = timedelta(seconds=60)
    offers_before_escalation: int = 3
    escalation_batch: timedelta = timedelta(seconds=60)
    freeze_radius_m: float = 150.0
    freeze_period: timedelta = timedelta(minutes=60)
    shift_overrun: timedelta = timedelta(minutes=30)
    network_patience: Patience = field(default_factory=Patience)
    street_seen_within: timedelta | None = None
    control_room_phone: str | None = None
    control_room_sms: str | None = None
    phone_pin: bool = False
    equipment: tuple[str, ...] = EQUIPMENT
    codes: tuple[str, ...] | None = None
    presence_codes: frozenset[str] = frozenset()
    default_observation: Observation = Observation()
    observations: Mapping[tuple[str, str | None], Observation] = field(default_factory=dict, hash=False)
    weights: Weights = field(default_factory=Weights)
    retention: Retention = field(default_factory=Retention)

    def grace(self, reason: Reason) -> timedelta:
        """The grace that a reason carries: none but for the end of a permitted period.

        Source: SI 2022/71 reg 5 (England).
        """
        return self.grace_period if reason is Reason.PERIOD_ENDED else timedelta()

    def until_lawful(self, reason: Reason) -> timedelta:
        """From the start of an overstay to the first lawful moment: grace is exceeded, not reached."""
        grace = self.grace(reason)
        return grace + self.exceeded if grace else grace

    def observation(self, code: str, suffix: str = "") -> Observation:
        """What must be seen for a code: by its suffix, else for any suffix, else the default."""
        by_code = self.observations.get((code, None), self.default_observation)
        return self.observations.get((code, suffix), by_code)

    def first_look(self, code: str, suffix: str = "") -> timedelta:
        """How long before the end of the permitted period an officer is asked to make the first of two sightings.

        None at all where one is enough, or where watching may not begin on arrival.
        """
        asked = self.observation(code, suffix)
        early = asked.sightings > 1 and asked.start_rule is StartRule.ON_ARRIVAL
        return self.first_look_period if early else timedelta()

    def at_the_car(self, watching_minutes: int, *, first_of_two: bool) -> timedelta:
        """How long an officer is usually busy there: `look`, or to watch the car and then an `attendance`."""
        return self.look if first_of_two else timedelta(minutes=watching_minutes) + self.attendance

    def contraventions(self) -> tuple[Contravention, ...]:
        """What officers look for here, as the authority puts it in order."""
        return all_contraventions() if self.codes is None else tuple(map(contravention, self.codes))

    def check_raised(self, code: str) -> None:
        """Raise Invalid for a code that officers may not raise themselves here."""
        if contravention(code) not in self.contraventions():
            raise Invalid(f"Your council does not enforce code {code}: choose another from its list.")

    def enabled(self, code: str, reason: Reason) -> bool:
        """May this be raised at all? What turns on presence alone must be switched on by code."""
        return not presence_only(code, reason) or code in self.presence_codes


def presence_only(code: str, reason: Reason) -> bool:
    """Does it turn on a permit, payment, badge or class alone, and not on time or a suspension?"""
    return code in PRESENCE_ONLY or reason not in (Reason.PERIOD_ENDED, Reason.SUSPENDED)


def policy_from(mapping: object) -> EnforcementPolicy:
    """A policy from its JSON form. Raises Invalid; its extra `errors` name each fault and its place."""
    faults = Faults()
    policy = _policy(Reader(mapping, faults))
    if faults.found:
        raise Invalid("The policy has faults.", errors=faults.found)
    return policy


@cache
def policy_bounds() -> Mapping[str, tuple[float, float, float]]:
    """By JSON Pointer, the lowest and highest number that may stand there, and the usual one."""
    faults = Faults()
    _policy(Reader({"name": "any", "street_seen_days": 1}, faults))
    return faults.bounds


def sample_names() -> tuple[str, ...]:
    """The policies that come with the product."""
    return tuple(sorted(_samples()))


def sample_policy(name: str) -> EnforcementPolicy:
    """A policy that comes with the product: `single-sighting` or `devon-2021`."""
    return policy_from(sample_policy_data(name))


def sample_policy_data(name: str) -> dict[str, Any]:
    """The JSON form of a sample policy; NotFound if there is none of that name."""
    text = _samples().get(name)
    if text is None:
        raise NotFound(f"There is no sample policy {name!r}; there are {', '.join(sorted(_samples()))}.")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def _samples() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in _SAMPLES.glob("*.json")}


def _policy(read: Reader) -> EnforcementPolicy:
    policy = EnforcementPolicy(
        name=read.text("name", ""),
        grace_period=timedelta(minutes=read.number("grace_minutes", 10, 0, 120)),
        exceeded=timedelta(minutes=read.number("exceeded_minutes", 1, 0, 10)),
        debounce=timedelta(seconds=read.number("debounce_seconds", 30, 0, 600)),
        time_to_pay=timedelta(minutes=read.number("time_to_pay_minutes", 10, 0, 120)),
        first_look_period=timedelta(minutes=read.number("first_look_minutes", 15, 0, 240)),
        look=timedelta(minutes=read.number("look_minutes", 1, 0, 60)),
        attendance=timedelta(minutes=read.number("attendance_minutes", 5, 0, 60)),
        offer_timeout=timedelta(seconds=read.number("offer_timeout_seconds", 60, 5, 3600)),
        offers_before_escalation=read.whole("offers_before_escalation", 3, 1, 100),
        escalation_batch=timedelta(seconds=read.number("escalation_batch_seconds", 60, 0, 3600)),
        freeze_radius_m=read.number("freeze_radius_m", 150, 50, 1000),
        freeze_period=timedelta(minutes=read.number("freeze_minutes", 60, 60, 1440)),
        shift_overrun=timedelta(minutes=read.number("shift_overrun_minutes", 30, 5, 240)),
        network_patience=Patience(
            intervals=read.number("network_quiet_intervals", 3, 1, 20),
            at_least=timedelta(minutes=read.number("network_quiet_minutes", 15, 5, 1440)),
        ),
        street_seen_within=_days(read.maybe_whole("street_seen_days", 1, 365)),
        control_room_phone=read.text("control_room_phone", None, _telephone),
        control_room_sms=read.text("control_room_sms", None, _telephone),
        phone_pin=read.flag("phone_pin", False),
        equipment=_equipment(read),
        codes=_codes(read),
        presence_codes=frozenset(read.texts("presence_codes", _presence_code)),
        default_observation=_observation(read.part("default_observation")),
        observations=dict(_observed(each) for each in read.parts("observations")),
        weights=_weights(read.part("weights")),
        retention=retention_from(read.part("retention")),
    )
    read.nothing_else({"about"})
    return policy


def _days(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(days=number)


def _equipment(read: Reader) -> tuple[str, ...]:
    items = tuple(read.texts("equipment", _item, EQUIPMENT))
    if len(items) > MOST_EQUIPMENT:
        read.fault("equipment", f"must be {MOST_EQUIPMENT} items at most")
    if len(set(items)) < len(items):
        read.fault("equipment", "names an item more than once")
    return items


def _codes(read: Reader) -> tuple[str, ...] | None:
    codes = read.maybe_texts("codes", _known_code)
    if codes is None:
        return None
    if not codes:
        read.fault("codes", "must name a code, or be null for all of the national list")
    if len(set(codes)) < len(codes):
        read.fault("codes", "names a code more than once")
    return tuple(codes)


def _item(written: str) -> str:
    item = written.strip()
    if not 1 <= len(item) <= LONGEST_ITEM or not item.isprintable():
        raise Invalid(f"must have 1 to {LONGEST_ITEM} characters, all of them printable")
    return item


def _observed(read: Reader) -> tuple[tuple[str, str | None], Observation]:
    code, suffix = read.text("code", "", _known_code), read.text("suffix", None)
    observation = _observation(read)
    return (code, suffix and suffix.lower()), observation


def _observation(read: Reader) -> Observation:
    observation = Observation(
        minutes=read.whole("minutes", 0, 0, 60),
        sightings=read.whole("sightings", 1, 1, 5),
        start_rule=StartRule(read.choice("start_rule", StartRule.NONE, [*StartRule])),
    )
    read.nothing_else()
    return observation


def _weights(read: Reader) -> Weights:
    usual = Weights()
    taken = {name: read.number(name, getattr(usual, name), *bounds) for name, bounds in WEIGHT_BOUNDS.items()}
    read.nothing_else()
    return Weights(**taken)


def _telephone(written: str) -> str:
    """As one dials it: digits, perhaps with a + before and spaces between (ITU-T E.164: at most 15 digits)."""
    if not TELEPHONE.fullmatch(written) or not 3 <= sum(map(str.isdigit, written)) <= 15:
        raise Invalid("must be a telephone number, such as +44 1632 960001")
    return written


def _known_code(written: str) -> str:
    code, suffix = split_code(written)
    if suffix:
        raise Invalid(f"{written!r} has a suffix; it belongs in a member of its own.")
    return contravention(code).code


def _presence_code(written: str) -> str:
    code = _known_code(written)
    if contravention(code).trigger == "none":
        raise Invalid(f"No sensor can give cause to look for code {code}.")
    return code
