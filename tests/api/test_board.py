"""The wall screen: what a display key reads, and what it never learns."""

import json

from routes import pages

from ..builders import Council

BOARD = {"/board", "/map", "/map/states"}


def overstays(council: Council, *bays: str) -> None:
    """Cars that stand in these bays since nine, two hours allowed, at 11:20."""
    council.clock.set("11:20")
    council.reads(*((bay, "occupied", "09:00") for bay in bays))
    council.sweep()


def test_todays_figures_are_those_of_the_street(council: Council):
    zone = council.zone()
    for bay in ("B1", "B2", "B3"):
        council.bay(bay)
    officer = council.on_duty(zone)
    overstays(council, "B1", "B2", "B3")
    (task,) = officer.mine()
    officer.step(task, "accept")
    said = council.with_key("board:read").get("/board")
    assert said["figures"] == {
        "lawful_now": 3, "over": 0, "waiting": 2, "in_hand": 1, "overstays_today": 3, "attended_today": 0,
    }  # fmt: skip
    (spot,) = said["hot_spots"]
    assert (spot["street"], spot["overstays"], spot["lawful_now"]) == ("Judd Street", 3, 3)
    officer.step(officer.mine()[0], "arrive")
    officer.step(officer.mine()[0], "outcome", outcome="gone_on_arrival")
    figures = council.supervisor.get("/board")["figures"]
    assert (figures["attended_today"], figures["lawful_now"]) == (1, 2)


def test_today_begins_at_the_councils_own_midnight(council: Council):
    council.zone()
    council.bay("B1")
    council.on_duty(council.zone("East"))
    overstays(council, "B1")
    council.clock.set("00:30", day="2026-06-30")  # half past eleven of the day before, in UTC
    assert council.supervisor.get("/board")["figures"]["overstays_today"] == 0
    council.clock.set("23:59")
    assert council.supervisor.get("/board")["figures"]["overstays_today"] == 1


def test_alarms_have_no_names_and_say_whether_somebody_is_on_them(council: Council):
    officer = council.on_duty(council.zone())
    officer.phone.post(
        "/sos", {"id": "018f0000-0000-7000-8000-000000000001", "lon": 0.1, "lat": 51.0, "accuracy_m": 5}
    )
    wall = council.with_key("board:read")
    said = wall.get("/board")
    (alarm,) = said["alarms"]
    assert (alarm["kind"], alarm["number"], alarm["seen"]) == ("sos", 1, 0)
    told = json.dumps([said, wall.get("/map"), wall.get("/map/states")])
    assert officer.id not in told
    assert "Olu" not in told
    alert = council.supervisor.get("/alerts")["items"][0]["id"]
    council.supervisor.post(f"/alerts/{alert}/acknowledge")
    assert wall.get("/board")["alarms"][0]["seen"] == 1
    council.supervisor.post(f"/alerts/{alert}/resolve")
    assert wall.get("/board")["alarms"] == []


def test_a_display_key_reads_the_board_and_nothing_else(council: Council, app):
    wall = council.with_key("board:read")
    opened = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule.removeprefix("/api/v1")
        if path == rule.rule or rule.arguments or "GET" not in (rule.methods or ()):
            continue
        if not app.view_functions[rule.endpoint].guard["roles"]:
            continue
        answer = wall.call("GET", path)
        assert answer.status_code in (200, 403), path
        opened |= {path} if answer.status_code == 200 else set()
    assert opened == BOARD


def test_the_boards_version_is_another_when_its_page_is(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "STATIC", tmp_path)
    (tmp_path / "board").mkdir()
    page = tmp_path / "board" / "index.html"
    page.write_text("one")
    before = pages.version_of("board")
    assert pages.version_of("board") == before
    page.write_text("another")
    assert pages.version_of("board") != before
