"""Two patrols of a tiny council: everything here can be counted by hand."""

import pytest

from enforcement.simulation.whatif import words
from enforcement.simulation.whatif.figures import evenness, share_of_the_busiest
from enforcement.simulation.whatif.hours import Hours, days_of
from enforcement.simulation.whatif.patrols import rules_of_day, visits_by_street

from .towns import AN_HOUR, EARLY, EAST, HIGH, LATE, LONDON, MONDAY, WALK, WEST, figures, over


@pytest.fixture(scope="module")
def an_hour():
    """A blanket patrol walks east first, finds nothing, goes west and is late, and is back in the east in time."""
    return figures(EARLY, LATE)


def test_a_blanket_patrol_goes_round_and_comes_upon_what_is_there(an_hour):
    blanket = an_hour.blanket
    [[reached]] = blanket.reached
    assert (reached.overstay, reached.minutes * 60) == (1, 1124 + WALK - 6 * 60)
    [day] = blanket.played
    assert [stop for _, stop in day.visits][:6] == [EAST, HIGH, WEST, HIGH, EAST, HIGH]


def test_ours_goes_where_a_car_is_over(an_hour):
    [[first, second]] = an_hour.ours.reached
    assert (first.overstay, first.minutes * 60) == (0, WALK)
    assert (second.overstay, second.minutes * 60) == (1, WALK + 300 + 2 * WALK - 6 * 60)


def test_what_it_took_is_counted(an_hour):
    """The blanket patrol ends with looks along High Street, where it has to be back, half a minute each."""
    blanket, ours = an_hour.patrols
    [day] = blanket.played
    looks = 16
    assert (blanket.walks, blanket.in_vain) == (8 + looks, 7 + looks)
    assert day.walked_seconds == 2 * (4 * WALK + WALK) + looks * 30
    assert (ours.walks, ours.in_vain) == (2, 0)


def test_shares_and_times_come_from_what_was_there(an_hour):
    assert an_hour.overstays == 2
    assert (an_hour.share(an_hour.blanket), an_hour.share(an_hour.ours)) == (0.5, 1.0)
    assert an_hour.within(an_hour.blanket, 0.5) == pytest.approx((1124 + WALK - 360) / 60)
    assert an_hour.km(an_hour.blanket) == pytest.approx(an_hour.blanket.played[0].walked_seconds * 5 / 3600)


def test_going_on_along_a_street_is_one_visit_and_coming_back_another(an_hour):
    visits = visits_by_street(an_hour.blanket, an_hour.stops)
    assert dict(visits) == {"East Lane": 3, "High Street": 5, "West Lane": 2}


def test_streets_come_in_the_order_of_their_overstays(an_hour):
    assert an_hour.streets == ("East Lane", "West Lane", "High Street")
    assert an_hour.left_alone(an_hour.blanket) == ["West Lane"]
    assert an_hour.left_alone(an_hour.ours) == []


def test_a_car_that_stays_overnight_is_come_to_once():
    found = figures(over("W", "06:30", "07:30", until=MONDAY.replace(day=30)), days=2)
    for patrol in found.patrols:
        assert patrol.attended == (1, 0)
    assert found.overstays == 1


def test_a_car_that_nobody_came_to_is_there_the_next_day_and_tells_nothing_of_how_soon():
    tuesday = MONDAY.replace(day=30)
    overnight = over("W", "07:58", "07:30", until=tuesday)
    found = figures(overnight, days=2)
    assert (found.ours.attended, found.overstays) == ((0, 1), 1)
    assert found.ours.minutes == []
    assert "nothing to compare" in words.how_soon(found)
    same_night = figures(over("W", "00:10", "07:30", tuesday), days=2)
    assert same_night.ours.minutes == [pytest.approx(WALK / 60)]


def test_who_was_over_only_while_nobody_was_out_is_not_counted():
    found = figures(LATE, over("W", "05:00", "07:00"), over("W", "08:00", "09:00"))
    assert found.overstays == 1


def test_a_quick_car_is_reached_by_nobody():
    found = figures(LATE, over("W", "07:30", "07:31"))
    assert found.overstays == 2
    assert len(found.ours.minutes) == 1


def test_two_officers_share_the_work():
    found = figures(EARLY, over("E", "06:30", "07:10"), officers=2)
    assert found.ours.attended == (2,)
    assert found.km(found.ours) == pytest.approx(WALK * 2 * 5 / 3600)


def test_a_long_day_has_a_break_in_its_middle_and_a_short_one_none():
    [long], [short] = (days_of(MONDAY, MONDAY, hours, LONDON) for hours in (Hours(), AN_HOUR))
    assert (rules_of_day(long, 300).rests, rules_of_day(long, 300).rests_from) == (1800, 13 * 3600)
    assert rules_of_day(short, 300).rests == 0
    assert (rules_of_day(short, 240).service, rules_of_day(short, 240).ends_at_start) == (240, True)


def test_the_difference_is_taken_day_by_day():
    tuesday = MONDAY.replace(day=30)
    found = figures(
        EARLY, LATE, over("W", "06:30", "07:10", tuesday), over("W", "07:40", "07:50", tuesday), days=2
    )
    ours, blanket = found.ours.attended, found.blanket.attended
    assert (ours, blanket) == ((2, 2), (1, 0))
    assert (found.more.mean, found.more.error, found.days_ahead) == (1.5, 0.5, 2)
    low, high = found.most_likely
    assert (low, high) == (
        pytest.approx(1.5 - 12.706 * 0.5, abs=0.01),
        pytest.approx(1.5 + 12.706 * 0.5, abs=0.01),
    )


@pytest.mark.parametrize(
    ("visits", "even"), [([3, 3, 3, 3], 1.0), ([4, 0, 0, 0], 0.25), ([0, 0], 1.0), ([1, 3], 0.75), ([5], 1.0)]
)
def test_evenness(visits, even):
    assert evenness(visits) == pytest.approx(even)


def test_the_busiest_fifth_of_streets():
    assert share_of_the_busiest([1] * 9 + [11]) == pytest.approx(12 / 20)
    assert share_of_the_busiest([0, 0]) == 0
    assert share_of_the_busiest([2, 6]) == 0.75
