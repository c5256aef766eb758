"""The pack of a case that rests on a suspension: what the sign said, when it went up, and how it looked."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from ..builders import Officer, at
from ..pictures import jpeg
from .scenes import Town
from .test_evidence import doubts, facts_in, pack

SIGN = jpeg(noise=True)
NOTICE = "No parking at any time.\nWater main works <until 18:00>"
WEAKNESSES = ("no photo of the sign", "went up is not on record", "suspended for a part", "No suspension")


def suspended(town: Town, **more: Any) -> dict[str, Any]:
    """The bay is closed from half past ten, by a sign that went up at eight; a car comes at half past nine."""
    made = town.supervisor.post(
        "/suspensions",
        {
            "bay_id": town.b1["id"],
            "starts_at": at("10:30").isoformat(),
            "ends_at": at("18:00").isoformat(),
            "why": "Water main",
            "notice": NOTICE,
            "sign_up_at": at("08:00").isoformat(),
        }
        | more,
    )
    town.reads(("B1", "free", "09:28"), ("B1", "occupied", "09:30"))
    return made


def raised(town: Town) -> dict[str, Any]:
    town.clock.set("10:31")
    town.sweep()
    [task] = town.tasks()
    assert task["code"] == "21"
    return task


def with_photo(town: Town, suspension: dict[str, Any]) -> None:
    town.supervisor.put(f"/suspensions/{suspension['id']}/sign", data=SIGN)


@pytest.fixture
def late_morning(town: Town) -> Town:
    town.clock.set("09:40")
    return town


def test_the_sign_is_in_the_pack_with_its_words_and_its_photo(late_morning: Town, officer: Officer):
    with_photo(late_morning, suspended(late_morning))
    file = pack(late_morning, raised(late_morning))
    [picture] = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)" alt="The sign', file.decode())
    assert b64decode(picture) == SIGN
    assert "Water main works &lt;until 18:00&gt;" in file.decode()
    [told] = facts_in(file)["suspensions"]
    assert (told["notice"], told["why"]) == (NOTICE, "Water main")
    assert (told["sign_up_at"], told["sign"]["given_at"]) == ("2026-06-29T07:00:00Z", "2026-06-29T08:40:00Z")
    assert not any(words in "\n".join(facts_in(file)["doubts"]) for words in WEAKNESSES)


def test_a_sign_that_nobody_photographed_or_timed_helps_the_motorist(late_morning: Town, officer: Officer):
    suspended(late_morning, sign_up_at=None, notice=None)
    task = raised(late_morning)
    said = doubts(late_morning, task)
    assert "When the sign of the suspension went up is not on record." in said
    assert "There is no photo of the sign of the suspension." in said
    assert "<img" not in pack(late_morning, task).decode()


def test_a_photo_of_a_sign_that_was_changed_on_the_disk_is_not_shown(late_morning: Town, officer: Officer):
    with_photo(late_morning, suspended(late_morning))
    task = raised(late_morning)
    folder: Path = late_morning.app.extensions["openpatrol"].settings.instance_folder / "photos"
    [file] = (folder / str(late_morning.id)).rglob("*.jpg")
    file.write_bytes(jpeg(7))
    assert "<img" not in pack(late_morning, task).decode()
    assert "The photo of the sign of the suspension is not what it was" in doubts(late_morning, task)
    file.unlink()
    assert "The photo of the sign of the suspension is missing." in doubts(late_morning, task)


def test_a_suspension_that_was_called_off_carries_no_case(late_morning: Town, officer: Officer):
    made = suspended(late_morning)
    task = raised(late_morning)
    late_morning.supervisor.delete(f"/suspensions/{made['id']}", 204)
    assert "No suspension that holds is on record for that time." in doubts(late_morning, task)


def test_beside_an_overstay_a_suspension_is_itself_the_doubt(late_morning: Town, officer: Officer):
    suspended(late_morning, starts_at=at("09:35").isoformat(), ends_at=at("09:39").isoformat())
    late_morning.clock.set("11:50")
    late_morning.sweep()
    task = next(each for each in late_morning.tasks() if each["code"] == "30")
    said = doubts(late_morning, task)
    assert "The bay was suspended for a part of the time." in said
    assert "photo of the sign" not in said
