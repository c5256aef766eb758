"""The figures of a period: each of them equals a count by hand, and none of them speaks of a person."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from enforcement.domain.reports import MEANS
from routes.schemas.reports import TABLES
from routes.spreadsheets import sheet

from ..builders import Council, new_council, standing_clock
from .record import Record, four_weeks, on

JUNE = "from=2026-06-01&to=2026-06-28"
ROUTES = ("weeks", "overstays", "waits", "walks", "bays", "streets", "workload")


@pytest.fixture(scope="module")
def record(app: Flask) -> Iterator[Record]:
    """Four weeks of June, looked at on the Monday after."""
    with app.app_context(), standing_clock(app) as clock:
        yield four_weeks(new_council(app, clock))


def report(record: Record, name: str, query: str = JUNE) -> Any:
    return record.council.supervisor.get(f"/reports/{name}?{query}")


def west(record: Record) -> str:
    return f"{JUNE}&zone_id={record.zones['West']}"


def test_overstays_per_stay_by_weeks(record: Record):
    told = report(record, "weeks")
    weeks = [(week["week"], week["stays"], week["overstays"]) for week in told["weeks"]]
    assert weeks == [("2026-06-01", 4, 2), ("2026-06-08", 2, 1), ("2026-06-15", 0, 0), ("2026-06-22", 5, 3)]
    assert [week["share"] for week in told["weeks"]] == [0.5, 0.5, None, 0.6]
    assert told["total"] == {"stays": 11, "overstays": 6, "share": pytest.approx(6 / 11)}
    before = {"from": "2026-05-04", "to": "2026-05-31", "stays": 2, "overstays": 1, "share": 0.5}
    assert told["before"] == before


def test_a_week_that_is_cut_off_by_the_period_says_so(record: Record):
    told = report(record, "weeks", "from=2026-06-03&to=2026-06-14")
    assert [(week["week"], week["whole"]) for week in told["weeks"]] == [
        ("2026-06-01", False),
        ("2026-06-08", True),
    ]


def test_overstays_by_hour_and_the_share_attended(record: Record):
    told = report(record, "overstays")
    hours = {each["hour"]: (each["overstays"], each["attended"], each["share"]) for each in told["hours"]}
    assert len(hours) == 24
    busy = {hour: counted for hour, counted in hours.items() if counted[0]}
    assert busy == {1: (2, 0, 0.0), 10: (2, 1, 0.5), 11: (1, 0, 0.0), 12: (1, 1, 1.0)}
    assert hours[0] == (0, 0, None)
    assert told["total"] == {"overstays": 6, "attended": 2, "share": pytest.approx(1 / 3)}


def test_overstays_by_zone_and_by_code(record: Record):
    told = report(record, "overstays")
    zones = [(each["name"], each["overstays"], each["attended"]) for each in told["zones"]]
    assert zones == [("East", 1, 1), ("West", 4, 1), (None, 1, 0)]
    [code] = told["codes"]
    assert (code["code"], code["overstays"], code["attended"]) == ("30", 6, 2)
    assert "longer" in code["gist"]


def test_the_time_from_an_overstay_to_an_officer(record: Record):
    """Seven minutes at one; at the other an officer was there before it began."""
    told = report(record, "waits")
    assert (told["attended"], told["half"], told["nine_in_ten"]) == (2, 0, 7)
    bands = [(band["up_to_minutes"], band["overstays"]) for band in told["bands"]]
    assert bands == [(5, 1), (10, 1), (15, 0), (30, 0), (60, 0), (None, 0)]


def test_wasted_walks(record: Record):
    """Gone on arrival and called off, of six; what an officer raised themselves is no walk."""
    told = report(record, "walks")
    ways = {way["became"]: way["walks"] for way in told["ways"] if way["walks"]}
    assert ways == {"came": 3, "gone_on_arrival": 1, "called_off": 1, "given_up": 1}
    assert (told["walks"], told["wasted"], told["share"]) == (6, 2, pytest.approx(1 / 3))


def test_repeat_bays(record: Record):
    told = report(record, "bays")
    bays = [(bay["reference"], bay["street"], bay["overstays"], bay["attended"]) for bay in told["bays"]]
    assert bays == [("H1", "High Street", 2, 1), ("H2", "High Street", 2, 0)]


def test_visits_by_street_and_their_spread(record: Record):
    told = report(record, "streets")
    visits = [(each["street"], each["bays"], each["visits"]) for each in told["streets"]]
    assert visits == [
        ("High Street", 2, 2),
        ("Station Road", 1, 2),
        ("Mill Lane", 1, 1),
        ("Quiet Close", 1, 0),
    ]
    spread = {"streets": 4, "visits": 5, "none": 1, "top": 1, "top_share": 0.4, "gini": pytest.approx(0.35)}
    assert told["spread"] == spread


def test_the_spread_of_work_over_officers(record: Record):
    told = report(record, "workload")
    assert told["officers"] == 5
    assert told["ranges"] == [
        {"figure": "Hours on shift", "least": 2, "middle": 6, "most": 8},
        {"figure": "Visits an hour", "least": 0, "middle": 0.25, "most": 0.5},
    ]


def test_of_few_officers_nothing_is_told(record: Record):
    told = report(record, "workload", "from=2026-06-03&to=2026-06-03")
    assert (told["officers"], told["ranges"]) == (None, [])


def test_one_zone_alone(record: Record):
    assert report(record, "weeks", west(record))["total"]["stays"] == 6
    assert report(record, "overstays", west(record))["total"] == {
        "overstays": 4,
        "attended": 1,
        "share": 0.25,
    }
    assert [each["name"] for each in report(record, "overstays", west(record))["zones"]] == ["West"]
    assert report(record, "walks", west(record))["walks"] == 3
    assert report(record, "waits", west(record))["half"] == 7
    assert [each["street"] for each in report(record, "streets", west(record))["streets"]] == ["High Street"]


def test_a_car_that_is_still_there_counts_as_far_as_it_has_been_seen(council: Council):
    record = Record(council)
    record.bay("B1", "Judd Street", 0.0)
    record.stay("B1", on("06:50", "06-29"), None)
    assert report(record, "weeks", "")["total"] == {"stays": 1, "overstays": 1, "share": 1}
    council.clock.set("08:40")
    assert report(record, "weeks", "")["total"]["overstays"] == 0


def test_what_the_line_makes_of_a_day(council: Council):
    """A real overstay: read, raised, accepted, arrived at."""
    officer, _ = council.on_duty(council.zone()), council.bay("B1")
    council.clock.set("11:05")
    council.reads(("B1", "occupied", "09:00"))
    council.sweep()
    task = officer.step(officer.mine()[0], "accept")
    council.clock.set("11:09")
    officer.step(task, "arrive")
    told = council.supervisor.get("/reports/overstays")
    assert told["total"] == {"overstays": 1, "attended": 1, "share": 1}
    assert [each["hour"] for each in told["hours"] if each["overstays"]] == [11]
    assert council.supervisor.get("/reports/waits")["half"] == 4
    walks = council.supervisor.get("/reports/walks")
    assert (walks["walks"], walks["wasted"]) == (1, 0)
    [street] = council.supervisor.get("/reports/streets")["streets"]
    assert street["visits"] == 1


def test_without_days_it_is_the_last_four_weeks(record: Record):
    told = report(record, "weeks", "")
    assert (told["from"], told["to"]) == ("2026-06-02", "2026-06-29")


@pytest.mark.parametrize("name", ROUTES)
def test_over_no_data_there_is_nothing_and_no_fault(council: Council, name: str):
    told = council.supervisor.get(f"/reports/{name}")
    assert told["means"].items() <= MEANS.items()
    for table in TABLES:
        answer = council.supervisor.call("GET", f"/reports/file?table={table}")
        assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "pointer", "words"),
    [
        ("from=2026-06-10&to=2026-06-09", "/to", "The last day is before the first."),
        ("from=2026-07-01", "/from", "That day is still to come."),
        ("from=2024-06-01&to=2026-06-01", "/from", "A report covers 400 days at most."),
        ("from=yesterday", "/from", "Not a valid date."),
        ("to=1066-10-14", "/to", "Not a year from 1970 to 2199."),
        ("to=9999-12-31", "/to", "Not a year from 1970 to 2199."),
        ("zone_id=West", "/zone_id", "Not a valid UUID."),
    ],
)
@pytest.mark.parametrize("name", [*ROUTES, "file"])
def test_a_bad_period_is_refused_where_it_is_wrong(
    record: Record, name: str, query: str, pointer: str, words: str
):
    answer = record.council.supervisor.call("GET", f"/reports/{name}?{query}")
    assert answer.status_code == 422
    [error] = answer.get_json()["errors"]
    assert error["pointer"] == pointer
    assert error["detail"].startswith(words)


def test_a_zone_that_is_not_there(record: Record, council: Council):
    for zone in (uuid4(), council.zone()):
        assert record.council.supervisor.call("GET", f"/reports/weeks?zone_id={zone}").status_code == 404


@pytest.mark.parametrize("name", [*ROUTES, "file"])
def test_no_report_is_for_officers(record: Record, name: str):
    _, officer = record.council.person("officer")
    assert officer.call("GET", f"/reports/{name}").status_code == 403


def file(record: Record, table: str) -> list[list[str]]:
    answer = record.council.supervisor.call("GET", f"/reports/file?table={table}&{JUNE}")
    assert answer.mimetype == "text/csv"
    name = f'attachment; filename="{table}-2026-06-01-2026-06-28.csv"'
    assert answer.headers["Content-Disposition"] == name
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_every_table_as_a_file(record: Record):
    assert file(record, "weeks")[:2] == [
        ["Week that begins on", "Whole week", "Stays", "Overstays", "Share"],
        ["2026-06-01", "yes", "4", "2", "0.5"],
    ]
    assert file(record, "streets")[1:] == [
        ["High Street", "2", "2"], ["Station Road", "1", "2"], ["Mill Lane", "1", "1"], ["Quiet Close", "1", "0"],
    ]  # fmt: skip
    for table in TABLES:
        heading, *rows = file(record, table)
        assert all(len(row) == len(heading) for row in rows)
        assert rows


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(text: str):
    [_, [cell, number]] = csv.reader(
        io.StringIO(sheet([{"street": text, "n": -2}]).decode("utf-8-sig"), newline="")
    )
    assert (cell, number) == (f"'{text}", "-2")


def test_no_report_names_a_person(record: Record):
    with record.council.session():
        people = [str(shift.officer_id) for shift in record.shifts.values()]
    for name in ROUTES:
        told = record.council.supervisor.call("GET", f"/reports/{name}?{JUNE}").text
        assert not [each for each in people if each in told]
        assert "officer_id" not in told
