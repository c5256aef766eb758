"""The log of a shift: what was done, signed by its officer, and never changed."""

from uuid import uuid4

import pytest

from enforcement.adapters.signing import NotGenuine, opened

from ..builders import Officer, at
from .scenes import Town, arrived, overstay


def end(town: Town, officer: Officer) -> None:
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)


def log(caller, officer: Officer) -> dict:
    return caller.get(f"/shifts/{officer.shift['id']}/log")


def sign(town: Town, officer: Officer, status: int | None = None, **more) -> dict:
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "name": "Olu Ade", **more}
    body.setdefault("sha256", log(officer.phone, officer)["sha256"])
    return officer.phone.post(f"/shifts/{officer.shift['id']}/log/sign", body, status)


@pytest.fixture
def worked(town: Town, officer: Officer) -> Officer:
    """An officer who went to a car, advised its driver, had an SOS, and went home."""
    task = arrived(town, officer)
    officer.step(task, "outcome", outcome="advised_and_moved")
    officer.phone.post("/sos", {"id": str(uuid4())})
    town.clock.set("17:00")
    end(town, officer)
    return officer


def key(town: Town):
    return town.app.extensions["openpatrol"].signing_key.public


def test_a_log_tells_what_was_done_in_words_and_local_time(town: Town, worked: Officer):
    lines = log(worked.phone, worked)["document"].splitlines()
    assert lines[0] == "Daily log"
    assert "2026-06-29 11:05:00 +0100 Accepted · Judd Street, bay B1" in lines
    assert "2026-06-29 11:05:00 +0100 Closed: Advised and moved · Judd Street, bay B1" in lines
    assert "2026-06-29 11:05:00 +0100 Alert: SOS from an officer" in lines
    assert lines[-1] == "2026-06-29 17:00:00 +0100 Shift ended"


def test_a_log_begins_with_the_shift_in_numbers(town: Town, worked: Officer):
    told = log(worked.phone, worked)
    assert told["counts"] == {
        "attended": 1, "notices": 0, "called_off": 0, "raised": 0, "breaks": 0, "break_minutes": 0,
    }  # fmt: skip
    numbers = "In numbers: attended 1, notices 0, called off 0, raised 0, breaks 0 (0 min)"
    assert numbers in told["document"].splitlines()
    signed = sign(town, worked)
    assert signed["counts"] is None
    assert numbers in signed["document"].splitlines()


def test_a_log_names_the_notice_that_was_served(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE")
    officer.step(task, "outcome", outcome="notice_served", details={"notice_number": "CF 1234"})
    told = log(officer.phone, officer)
    assert "Closed: Notice served, number CF 1234 · Judd Street, bay B1" in told["document"]
    assert told["counts"]["notices"] == 1


def test_an_offer_that_was_missed_is_not_in_it(town: Town, officer: Officer):
    overstay(town)
    town.clock.forward(seconds=60)
    town.sweep()
    document = log(officer.phone, officer)["document"]
    assert "Now: available" in document
    assert "B1" not in document


def test_signed_it_is_a_file_that_anyone_can_check(town: Town, worked: Officer):
    signed = sign(town, worked)
    seal = opened(signed["document"].encode(), key(town))
    assert seal.by == f"Borough of {town.slug}"
    assert "“Olu Ade”" in signed["document"]
    assert signed["sha256"] in signed["document"]
    forged = signed["document"].replace("Advised and moved", "Notice served")
    with pytest.raises(NotGenuine):
        opened(forged.encode(), key(town))


def test_once_signed_it_stays_as_it_was(town: Town, worked: Officer):
    signed = sign(town, worked)
    town.clock.forward(hours=1)
    assert sign(town, worked, sha256=signed["sha256"], name="Somebody") == signed
    town.administrator.patch(f"/people/{worked.id}", {"name": "Olu Brown"})
    assert log(town.supervisor, worked) == signed
    assert town.journal(worked.shift["id"])[-1] == "shift.signed"


def test_the_desk_is_told_what_came_after_the_log_was_signed(town: Town, worked: Officer):
    assert log(town.supervisor, worked)["differs"] is False
    sign(town, worked)
    assert log(town.supervisor, worked)["differs"] is False
    town.clock.forward(minutes=1)
    rest = {"id": str(uuid4()), "recorded_at": at("12:00").isoformat(), "state": "break"}
    worked.phone.post(f"/shifts/{worked.shift['id']}/state", rest)
    told = log(town.supervisor, worked)
    assert (told["differs"], "Now: break" in told["document"]) == (True, False)


def test_the_days_shifts_say_which_logs_are_signed(town: Town, worked: Officer):
    def signed() -> list[str | None]:
        return [shift["log_signed_at"] for shift in town.supervisor.get("/shifts?day=2026-06-29")["items"]]

    assert signed() == [None]
    sign(town, worked)
    assert signed() == ["2026-06-29T16:00:00Z"]


def test_what_was_not_seen_is_not_signed(town: Town, worked: Officer):
    sign(town, worked, 409, sha256="0" * 64)
    assert log(worked.phone, worked)["signed_at"] is None


def test_a_shift_that_goes_on_is_not_signed(town: Town, officer: Officer):
    sign(town, officer, 409)


def test_a_shift_that_has_not_begun_has_no_log(town: Town):
    officer = town.officer(town.centre)
    assert officer.phone.call("GET", f"/shifts/{officer.shift['id']}/log").status_code == 409


def test_a_log_is_its_officers_and_the_supervisors(town: Town, worked: Officer):
    other = town.on_duty(town.centre)
    assert other.phone.call("GET", f"/shifts/{worked.shift['id']}/log").status_code == 403
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "name": "x", "sha256": "0" * 64}
    other.phone.post(f"/shifts/{worked.shift['id']}/log/sign", body, 403)
    assert log(town.supervisor, worked)["signed_at"] is None


def test_the_next_days_work_is_not_in_it(town: Town, worked: Officer):
    before = log(worked.phone, worked)["document"]
    worked.phone.post("/sos", {"id": str(uuid4())})
    assert log(worked.phone, worked)["document"] == before
