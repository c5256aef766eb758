"""Who changed what: every change by its person, its subject and its day."""

import pytest
from sqlalchemy import text

from enforcement.queries import Place

from ..builders import Council, square


def kinds(found: dict) -> list[str]:
    return [entry["kind"] for entry in found["items"]]


def test_what_a_supervisor_changes_says_who_whatever_it_is(council: Council):
    bay = council.bay("B1")
    council.supervisor.patch(f"/bays/{bay['id']}", {"paused_why": "No sign"})
    council.supervisor.post("/event-days", {"name": "match", "day": "2026-07-04"})
    found = council.supervisor.get("/audit")
    assert kinds(found)[:3] == ["event-day.added", "bay.changed", "sensor.mapped"]
    assert {entry["who"] for entry in found["items"] if entry["subject"] != "person"} == {"Sunita"}
    assert found["items"][1]["about"] == "Judd Street, bay B1"


def test_what_comes_of_a_supervisors_step_is_theirs_too(council: Council):
    officer = council.on_duty(council.zone())
    council.bay("B1")
    council.clock.set("11:20")
    council.reads(("B1", "occupied", "09:00"))
    council.sweep()
    assert officer.mine()
    council.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    (ended,) = council.supervisor.get("/audit?kind=assignment.ended&everything=true")["items"]
    assert ended["who"] == "Sunita"


def test_the_run_of_work_is_there_when_it_is_asked_for(council: Council):
    council.bay("B1")
    council.reads(("B1", "occupied", "09:00"))
    assert "stay.began" not in kinds(council.supervisor.get("/audit"))
    assert "stay.began" in kinds(council.supervisor.get("/audit?everything=true"))
    assert kinds(council.supervisor.get("/audit?everything=true&subject=stay")) == ["stay.began"]


def test_a_change_is_found_by_its_person_who_made_it_or_whose_work_it_was(council: Council):
    officer = council.officer(council.zone(), name="Olu")
    ada, administrator = council.person("administrator", "Ada")
    administrator.patch(f"/people/{officer.id}", {"name": "Olu B"})
    by_ada = council.supervisor.get(f"/audit?person={ada}")
    assert "person.changed" in kinds(by_ada)
    assert all(entry["who"] == "Ada" or entry["officer"] == "Ada" for entry in by_ada["items"])
    of_olu = council.supervisor.get(f"/audit?person={officer.id}")
    assert {"shift.zones", "person.signed-in"} >= set(kinds(of_olu)) > set()


def test_by_subject_kind_and_period(council: Council):
    zone = council.zone("Centre")
    council.clock.set("10:00")
    council.zone("East")
    change = {"name": "Old town", "outline": square(-0.1276, 51.5072, 0.02), "version": 1}
    council.supervisor.put(f"/zones/{zone}", change)
    get = council.supervisor.get
    assert kinds(get("/audit?subject=zone")) == ["zone.redrawn", "zone.created", "zone.created"]
    (redrawn,) = get("/audit?kind=zone.redrawn")["items"]
    assert redrawn["about"] == "Old town"
    assert kinds(get(f"/audit?subject_id={zone}")) == ["zone.redrawn", "zone.created"]
    assert len(kinds(get("/audit?subject=zone&until=2026-06-29T09:00:00%2B01:00"))) == 0
    assert len(kinds(get("/audit?subject=zone&until=2026-06-29T09:30:00%2B01:00"))) == 1
    assert len(kinds(get("/audit?subject=zone&since=2026-06-29T09:30:00%2B01:00"))) == 2


def test_page_by_page_nothing_is_told_twice_or_left_out(council: Council):
    for day in range(1, 8):  # all at the same moment
        council.supervisor.post("/event-days", {"name": "market", "day": f"2026-07-0{day}"})
    told, cursor = [], ""
    while cursor is not None:
        page = council.supervisor.get(f"/audit?subject=event-day&limit=3{cursor and '&cursor=' + cursor}")
        told += [entry["facts"]["day"] for entry in page["items"]]
        cursor = page["next"]
    assert told == [f"2026-07-0{day}" for day in range(7, 0, -1)]


def test_another_councils_people_find_nothing(council: Council, neighbour: Council):
    ada, administrator = council.person("administrator", "Ada")
    administrator.post("/event-days", {"name": "match", "day": "2026-07-04"})
    assert neighbour.supervisor.get(f"/audit?person={ada}")["items"] == []


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=1.x", "cursor=99999999999999999999999.1", "subject=A;B", "kind=%00"]
)
def test_what_can_not_be_asked_for_is_refused(council: Council, query):
    assert council.supervisor.call("GET", f"/audit?{query}").status_code == 422


def test_a_place_is_read_as_it_was_written(council: Council):
    place = Place(council.clock(), 7)
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("actor IS NOT NULL", "acted"),
        ("subject = 'zone'", "about"),
        ("officer_id = '018f0000-0000-7000-8000-000000000001'", "officer"),
    ],
)
def test_the_journal_is_searched_by_an_index(council: Council, where, index):
    asked = f"SELECT * FROM journal WHERE authority_id = '{council.id}' AND {where} ORDER BY at DESC, id DESC"
    with council.session() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_sort = off"))
        plan = " ".join(session.scalars(text(f"EXPLAIN {asked}")).all())
    assert f"_{index}" in plan
