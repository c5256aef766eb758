"""Files of permits and payments: what is taken, what is refused and why, and what a list can't tell."""

import pytest
from sqlalchemy import select

from enforcement.adapters.tables import ListedRight, RightsProvider
from enforcement.places import rights_lists

from ..builders import Council, Officer
from ..line.rights_scenes import import_list
from ..line.scenes import Town, accepted

HEADING = "plate,bay,zone,place,right,from,to"


@pytest.fixture
def town(council: Council) -> Town:
    return Town(council)


@pytest.fixture
def officer(town: Town) -> Officer:
    return town.on_duty(town.centre)


def asks(town: Town, officer: Officer, plate: str) -> dict:
    """What the phone is told about a plate at B1, at five past eleven."""
    task = accepted(town, officer)
    return officer.phone.post(f"/tasks/{task['id']}/rights", {"plate": plate})


def listed(town: Council) -> list[ListedRight]:
    with town.session() as session:
        ours = ListedRight.authority_id == town.id
        return list(session.scalars(select(ListedRight).where(ours).order_by(ListedRight.id)))


def with_list(town: Town, *rows: str, heading: str = HEADING) -> None:
    """The list, asked about plates only, so that tasks are raised at once."""
    import_list(town, heading, *rows)
    provider = town.supervisor.get("/rights/providers")["items"][0]
    town.administrator.patch(f"/rights/providers/{provider['id']}", {"about_bays": False})


ROWS = {
    "its plate, however it is written": ("ab12 cde,,,,permit,,", "covered"),
    "a day, to its end": ("AB12CDE,,,,permit,2026-06-29,2026-06-29", "covered"),
    "a payment of now, by the clock on the wall": (
        "AB12CDE,,,,payment,2026-06-29T10:30,2026-06-29T14:20",
        "covered",
    ),
    "this bay": ("AB12CDE,B1,,,permit,,", "covered"),
    "this zone": ("AB12CDE,,Centre,,permit,,", "covered"),
    "this place": ("AB12CDE,,,B1,permit,,", "covered"),
    "whatever stands in this bay": (",B1,,,dispensation,,", "covered"),
    "another plate": ("XY99ZZZ,,,,permit,,", "none"),
    "another bay": ("AB12CDE,B9,,,permit,,", "none"),
    "another zone": ("AB12CDE,,North,,permit,,", "none"),
    "a time that is over": ("AB12CDE,,,,payment,2026-06-29T08:00,2026-06-29T11:05", "none"),
    "a time to come": ("AB12CDE,,,,permit,2026-06-30,", "none"),
    "a time that can't be read": ("AB12CDE,,,,permit,soon,", "unknown"),
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_covers_what_it_names(town: Town, officer: Officer, row):
    line, status = ROWS[row]
    with_list(town, line)
    assert asks(town, officer, "AB12CDE")["status"] == status


def test_a_list_that_is_out_of_date_can_no_longer_say_none(town: Town, officer: Officer):
    town.clock.set("09:00", day="2026-06-27")
    with_list(town, "AB12CDE,,,,permit,,")
    assert asks(town, officer, "AB12CDE")["status"] == "covered"

    [task] = officer.mine()
    answer = officer.phone.post(f"/tasks/{task['id']}/rights", {"plate": "XY99ZZZ"})
    assert (answer["status"], answer["reason"]) == ("unknown", "is out of date")


def test_a_list_without_a_file_says_nothing(town: Town, officer: Officer):
    town.administrator.post("/rights/providers", {"kind": "list", "name": "permits"}, 201)
    assert asks(town, officer, "AB12CDE")["reason"] == "has not been imported yet"


REFUSED = {
    "a time that is none": ("AB12CDE,,,,permit,soon,", "from must be a day or a time"),
    "an end before the beginning": ("AB12CDE,,,,permit,2026-06-29,2026-06-01", "to is not after from"),
    "another right": ("AB12CDE,,,,wish,,", "right must be payment, permit, dispensation"),
    "a payment without an end": ("AB12CDE,,,,payment,,", "to is missing"),
    "no plate": ("!,,,,permit,,", "A plate has 2 to 10 letters and digits."),
    "nobody named": (",,Centre,,permit,,", "Give a plate, a bay, or both"),
    "too many cells": ("AB12CDE,,,,permit,,,,", "more cells"),
}


@pytest.mark.parametrize("row", REFUSED)
def test_a_faulty_row_is_refused_with_its_place_and_reason_and_the_rest_is_taken(town: Town, row):
    line, reason = REFUSED[row]
    result = import_list(town, HEADING, "XY99ZZZ,,,,permit,,", line)
    assert result["taken"] == 1
    [fault] = result["refused"]
    assert fault["index"] == 1
    assert reason in fault["detail"]
    assert "AB12CDE" not in str(result)


def test_all_or_nothing_takes_nothing(town: Town):
    result = import_list(town, HEADING, "XY99ZZZ,,,,permit,,", "AB12CDE,,,,wish,,", strict=True)
    assert result["status"] == 422
    assert listed(town) == []


@pytest.mark.parametrize("body", ["", "plate,colour", "plate,plate,right", '"'])
def test_what_is_no_such_file_is_refused_whole(town: Town, body):
    assert import_list(town, body)["status"] == 400


def test_a_new_file_replaces_the_old_one_whole(town: Town, monkeypatch):
    monkeypatch.setattr(rights_lists, "CHUNK", 2)
    import_list(town, HEADING, *(f"OLD{n},,,,permit,," for n in range(5)))
    import_list(town, HEADING, *(f"NEW{n},,,,permit,," for n in range(3)))

    assert [row.plate for row in listed(town)] == ["NEW0", "NEW1", "NEW2"]
    with town.session() as session:
        [provider] = session.scalars(select(RightsProvider)).all()
    assert {row.list_id for row in listed(town)} == {provider.list_id}


def test_two_lists_stand_side_by_side(town: Town):
    import_list(town, HEADING, "AB12CDE,,,,permit,,", name="permits")
    import_list(town, HEADING, "AB12CDE,,,,permit,,", name="sessions")
    assert len(listed(town)) == 2
