"""The days of a shift, and the sum of what was told."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from enforcement.domain.briefing import day_of, digest

from ..builders import at

LONDON = ZoneInfo("Europe/London")


def test_a_day_shift_is_of_one_day_and_a_night_shift_of_two():
    day = day_of(at("09:00"), at("17:00"), LONDON)
    assert day.dates == [date(2026, 6, 29)]
    assert (day.begins, day.ends) == (at("00:00"), at("00:00", "2026-06-30"))
    night = day_of(at("22:00"), at("06:00", "2026-06-30"), LONDON)
    assert night.dates == [date(2026, 6, 29), date(2026, 6, 30)]
    assert night.ends == at("00:00", "2026-07-01")


def test_what_ends_at_midnight_is_not_of_the_next_day():
    assert day_of(at("16:00"), at("00:00", "2026-06-30"), LONDON).dates == [date(2026, 6, 29)]


def test_on_the_night_when_clocks_change_a_day_is_as_long_as_it_is():
    begins, ends = datetime(2026, 10, 25, 8, tzinfo=UTC), datetime(2026, 10, 25, 16, tzinfo=UTC)
    day = day_of(begins, ends, LONDON)
    assert (day.ends - day.begins).total_seconds() == 25 * 3600


def test_the_same_words_have_the_same_sum_and_others_another():
    told = {"notes": [{"id": UUID(int=1), "text": "Ice"}], "since": at("09:00")}
    same = {"since": at("09:00"), "notes": [{"text": "Ice", "id": UUID(int=1)}]}
    assert digest(told) == digest(same)
    assert digest(told) != digest({**told, "since": at("09:01")})
    assert len(digest({})) == 64
