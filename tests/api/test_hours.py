"""What written hours come to in the weeks ahead."""

from ..builders import Council


def days(council: Council, hours: str, **more: int) -> dict[str, dict]:
    query = {"hours": hours, **more}
    return {day["day"]: day for day in council.supervisor.get("/hours", query_string=query)["items"]}


def test_two_weeks_from_today_by_the_clock_on_the_wall(council: Council):
    found = days(council, "Mo-Sa 08:30-18:30")
    assert [min(found), max(found), len(found)] == ["2026-06-29", "2026-07-12", 14]
    assert found["2026-06-29"]["spans"] == [{"from": "08:30", "until": "18:30"}]
    assert found["2026-07-05"]["spans"] == []


def test_holidays_and_event_days_are_named_and_count(council: Council):
    council.clock.set("09:00", day="2026-08-30")
    council.supervisor.post("/event-days", {"name": "match", "day": "2026-09-05"})
    found = days(council, "Mo-Fr 08:30-18:30; PH off; EV:match 10:00-22:00")
    assert "Bank Holiday" in found["2026-08-31"]["holiday"]
    assert found["2026-08-31"]["spans"] == []
    assert found["2026-09-05"]["events"] == ["match"]
    assert found["2026-09-05"]["spans"] == [{"from": "10:00", "until": "22:00"}]


def test_all_day_and_through_the_night(council: Council):
    assert days(council, "24/7", days=1)["2026-06-29"]["spans"] == [{"from": "00:00", "until": "24:00"}]
    night = days(council, "Mo-Su 22:00-02:00", days=2)["2026-06-30"]["spans"]
    assert night == [{"from": "00:00", "until": "02:00"}, {"from": "22:00", "until": "24:00"}]


def test_the_nights_in_which_clocks_change_are_told_by_the_wall(council: Council):
    council.clock.set("09:00", day="2026-10-24")
    found = days(council, "Mo-Su 00:30-03:30", days=2)["2026-10-25"]["spans"]
    assert (found[0]["from"], found[-1]["until"]) == ("00:30", "03:30")


def test_hours_that_can_not_be_read_are_refused_in_words(council: Council):
    for wrong in ("Mo-Fr 08:3O-18:30", "SH 08:00-10:00", "EV:nothing 08:00-10:00", " "):
        answer = council.supervisor.call("GET", "/hours", query_string={"hours": wrong})
        assert answer.status_code == 422, wrong
        assert answer.get_json()["errors"][0]["pointer"] == "/hours"
