"""How long a measurement will take still."""

from enforcement.simulation.dispatch.time_left import TimeLeft, in_words


def test_it_is_known_once_each_policy_has_walked_a_day():
    left = TimeLeft()
    left.took(("nearest", 1), 2)
    assert left.seconds([(("nearest", 1), 3), (("greedy", 1), 1)]) is None
    left.took(("greedy", 1), 5)
    assert left.seconds([(("nearest", 1), 3), (("greedy", 1), 1)]) == 11


def test_a_policy_that_is_done_needs_no_time():
    assert TimeLeft().seconds([(("nearest", 1), 0)]) == 0


def test_more_officers_take_so_many_times_longer_until_they_were_seen():
    left = TimeLeft()
    left.took(("nearest", 1), 2)
    assert left.seconds([(("nearest", 4), 1)]) == 8
    left.took(("nearest", 2), 3)
    assert left.seconds([(("nearest", 4), 1)]) == 6
    left.took(("nearest", 4), 20)
    assert left.seconds([(("nearest", 4), 2)]) == 40


def test_it_is_told_in_whole_seconds_or_minutes():
    assert [in_words(seconds) for seconds in (None, 0, 89, 150)] == [
        "",
        ", about 1 s left",
        ", about 89 s left",
        ", about 2 min left",
    ]
