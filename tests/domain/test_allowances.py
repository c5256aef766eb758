"""What a bay allows, in a few words."""

import pytest

from enforcement.domain.allowances import duration, in_short


def test_class_time_and_hours_are_told_in_this_order():
    assert in_short("limited-waiting", 120, "Mo-Sa 08:30-18:30") == "limited waiting, 2 h, Mo-Sa 08:30-18:30"


def test_what_holds_around_the_clock_has_no_hours_and_where_none_may_stand_no_time():
    assert in_short("disabled", 0, "24/7") == "disabled"
    assert in_short("drop-off", 5, "Mo-Su 00:00-24:00") == "drop off, 5 min"


@pytest.mark.parametrize(("minutes", "said"), [(5, "5 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "24 h")])
def test_durations_are_told_as_people_say_them(minutes, said):
    assert duration(minutes) == said
