"""What a replay posts of a recorded day, and why it leaves out the rest."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from enforcement.simulation.recorded_day import RecordedOverstay
from enforcement.simulation.replay_schedule import Hours, schedule

DAY = date(2016, 11, 8)
HOURS = Hours.of(DAY, ZoneInfo("Australia/Melbourne"), time(7), time(19))


def over(bay, vio, dep):
    return RecordedOverstay(DAY, bay, 0, vio, dep)


def at(written):
    return datetime.combine(DAY, time.fromisoformat(written), ZoneInfo("Australia/Melbourne"))


def posted(*overstays):
    return [(p.due, p.reading) for p in schedule(list(overstays), HOURS).postings(HOURS.end)]


def test_an_overstay_is_posted_when_it_begins_and_its_end_when_the_car_leaves():
    assert posted(over("A1", 600, 660)) == [
        (at("10:00"), {"sensor": "BAY-A1", "at": "2016-11-08T10:00:00+11:00", "state": "over",
                       "since": "2016-11-08T10:00:00+11:00"}),
        (at("11:00"), {"sensor": "BAY-A1", "at": "2016-11-08T11:00:00+11:00", "state": "free"}),
    ]  # fmt: skip


def test_a_car_that_is_over_its_time_before_the_start_is_posted_at_the_start_with_its_past():
    (due, reading), _ = posted(over("A1", 300, 500))
    assert due == at("07:00")
    assert reading["since"] == "2016-11-08T05:00:00+11:00"


def test_a_car_that_stays_beyond_the_end_is_never_posted_as_leaving():
    assert [reading["state"] for _, reading in posted(over("A1", 1100, 1200))] == ["over"]


def test_what_was_over_before_the_start_or_began_after_the_end_is_excluded_by_name():
    plan = schedule(
        [over("A1", 300, 420), over("B1", 300, 421), over("C1", 1139, 1200), over("D1", 1140, 1200)], HOURS
    )
    assert plan.excluded == {"left before 07:00": 1, "began after 19:00": 1}
    assert [each.bay for each in plan.posted] == ["B1", "C1"]


def test_two_records_that_overlap_in_one_bay_can_not_both_be_true():
    plan = schedule([over("A1", 600, 660), over("A1", 630, 700), over("B1", 630, 700)], HOURS)
    assert plan.excluded == {"overlaps another record of its bay": 1}
    assert len(plan.posted) + plan.excluded.total() == plan.recorded == 3


def test_a_car_that_is_over_in_the_minute_in_which_the_one_before_left_is_posted_a_second_later():
    postings = posted(over("A1", 600, 660), over("A1", 660, 700))
    assert [(due, reading["state"]) for due, reading in postings[1:3]] == [
        (at("11:00"), "free"),
        (at("11:00:01"), "over"),
    ]
    assert postings[2][1]["since"] == "2016-11-08T11:00:00+11:00"


def test_the_hours_are_those_of_the_place():
    assert HOURS.start == datetime(2016, 11, 7, 20, tzinfo=UTC)
