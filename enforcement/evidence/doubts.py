"""What helps the motorist: each weakness of a case that its own record shows, in words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ..domain.overstays import SUSPENDED_CODES
from .photos import Fate

FAR_M = 50.0
CLOCKS_APART = timedelta(minutes=2)
LATE = timedelta(minutes=5)
ANSWERED = {"covered": "said that the car was covered", "unknown": "left open whether the car was covered"}
FATES = {
    Fate.AWAITED: "taken by officers never reached the server, or not yet",
    Fate.LOST: "that had come are missing now",
    Fate.CHANGED: "are not what they were when they came",
}
SIGN_FATES = {Fate.LOST: "is missing", Fate.CHANGED: "is not what it was when it was given"}

Facts = dict[str, Any]


def doubts(facts: Facts) -> list[str]:
    """Every reason in the record to look twice, in words; empty if there is none."""
    return [
        *_of_stay(facts),
        *_of_sensor(facts),
        *_of_suspensions(facts),
        *_of_rights(facts),
        *_of_sightings(facts),
        *_of_end(facts),
    ]


def _of_stay(facts: Facts) -> Iterator[str]:
    stay, task = facts["stay"], facts["task"]
    if task["far_m"]:
        yield f"The officer raised it {task['far_m']:.0f} m from the place."
    if facts["patrol"] or (task["found"] and stay is None):
        return
    if stay is None:
        yield "The stay on which the case rests is not on record."
        return
    before = stay["arrived_after"]
    if before is None:
        yield "When the car came is uncertain: the bay was not reported free before."
    elif stay["arrived_at"] - before > LATE:
        minutes = (stay["arrived_at"] - before) // timedelta(minutes=1)
        yield f"When the car came is uncertain: the bay was last reported free {minutes} min earlier."
    if stay["possible_swap"]:
        yield "The bay was free for a moment: one car may have taken another's place."
    if stay["superseded_at"]:
        yield "Later reports showed that this stay was not as first believed."
    if stay["claimed_since"]:
        yield "The time rests on the sensor network's own claim, not on our clock."


def _of_sensor(facts: Facts) -> Iterator[str]:
    if facts["sensor"]["unknown_at"]:
        yield "The sensor has fallen silent since."
    late = [each for each in facts["readings"] if each["received_at"] - each["event_at"] > LATE]
    if late:
        yield f"{len(late)} of {len(facts['readings'])} readings came more than five minutes late."
    if any(not each["folded"] for each in facts["readings"]):
        yield "Some reports of the sensor were about the device itself, or too late to be counted."
    if facts["bay"]["paused_at"]:
        yield f"The bay has been paused: {facts['bay']['paused_why'] or 'no reason given'}."
    if facts["pauses"]:
        yield "The bay was paused for a part of the time: its signs or lines may have been defective."


def _of_suspensions(facts: Facts) -> Iterator[str]:
    standing = [each for each in facts["suspensions"] if each["cancelled_at"] is None]
    if facts["task"]["code"] not in SUSPENDED_CODES.values():
        if facts["suspensions"]:
            yield "The bay was suspended for a part of the time."
        return
    if not standing:
        yield "No suspension that holds is on record for that time."
    for each in standing:
        yield from _of_sign(each)


def _of_sign(suspension: Facts) -> Iterator[str]:
    sign = suspension["sign"]
    if suspension["sign_up_at"] is None:
        yield "When the sign of the suspension went up is not on record."
    if sign is None:
        yield "There is no photo of the sign of the suspension."
    elif sign["fate"] in SIGN_FATES:
        yield f"The photo of the sign of the suspension {SIGN_FATES[sign['fate']]}."


def _of_rights(facts: Facts) -> Iterator[str]:
    task, answers = facts["task"], facts["rights_answers"]
    if task["rights_status"] != "none":
        yield f"Permits and payments, as last asked: {task['rights']}."
    for status, words in ANSWERED.items():
        if number := sum(each["status"] == status for each in answers):
            yield f"{number} of {len(answers)} answers about permits and payments {words}."
    for each in facts["outcomes"]:
        if each["rights"] and each["rights"]["status"] == "unknown":
            yield f"Before the notice was served the plate was not checked: {each['rights']['reason']}."


def _of_sightings(facts: Facts) -> Iterator[str]:
    seen = [each for each in facts["sightings"] if each["misread_at"] is None]
    if misread := len(facts["sightings"]) - len(seen):
        yield f"{misread} of {len(facts['sightings'])} sightings were marked as misread by their officer."
    for lacking in facts["missing_for_notice"]:
        yield f"The evidence that the policy asks for is not complete: {lacking}"
    if len({each["plate"] for each in seen if each["plate"]}) > 1:
        yield "The plate was read differently at different sightings."
    if len({each["officer"] for each in seen}) > 1:
        yield "More than one officer made sightings; only one officer's own count for a notice."
    for each in seen:
        if (each["metres_from_bay"] or 0.0) - (each["accuracy_m"] or 0.0) > FAR_M:
            yield f"A sighting was recorded {each['metres_from_bay']:.0f} m from the bay."
        if each["metres_from_bay"] is None:
            yield "A sighting was recorded without a position."
    if any(abs(each["received_at"] - each["recorded_at"]) > CLOCKS_APART for each in seen):
        yield "Phone and server times of a sighting differ: made without signal, or the phone's clock was wrong."
    yield from _of_photos(seen)


def _of_photos(seen: list[Facts]) -> Iterator[str]:
    if any(not each["photos"] for each in seen):
        yield "Not every sighting has photos."
    photos = [photo for each in seen for photo in each["photos"]]
    for fate, words in FATES.items():
        if number := sum(each["fate"] == fate for each in photos):
            yield f"{number} of {len(photos)} photos {words}."
    if chosen := sum(each["chosen"] for each in photos):
        yield f"{chosen} of {len(photos)} photos were chosen from a phone's pictures: where and when is not known."
    for each in photos:
        if (each["metres_from_bay"] or 0.0) - (each["accuracy_m"] or 0.0) > FAR_M:
            yield f"A photo was taken {each['metres_from_bay']:.0f} m from the bay."


def _of_end(facts: Facts) -> Iterator[str]:
    if facts["kept"]:
        yield "Officers recorded more than the case could take: it is kept apart, and listed here."
    if any(each["kind"] == "task.may-have-left" for each in facts["journal"]):
        yield "At some time the sensor reported that the car may have left."
    if any(each["kind"] == "task.retimed" for each in facts["journal"]):
        yield "The clock of the case was set anew after the task had been raised."
    if any(each["far_m"] for each in facts["outcomes"]):
        yield "The outcome was recorded far from the bay."
