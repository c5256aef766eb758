"""What can be reached by one who knows the day: found by search, walked under the same rules as by all others."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from enforcement.simulation.dispatch.clairvoyant import Clairvoyant
from enforcement.simulation.dispatch.foresight import Foresight, Route, Wish
from enforcement.simulation.dispatch.rules import LMU, UK
from enforcement.simulation.dispatch.streets import Streets

from .towns import MORNING, Orders, area, car, numbered, play


@pytest.fixture(scope="module")
def streets():
    """A square with a way both round and back."""
    there = [(node, (node + 1) % 4, 100) for node in range(4)]
    back = [(v, u, 100) for u, v, _ in there]
    return Streets(area([*there, *back], {str(kerb): kerb for kerb in range(8)}))


def some_cars(seed, number, until):
    random = Random(seed)
    begins = [(random.randrange(8), random.randrange(0, until, 60)) for _ in range(number)]
    return numbered(*(car(kerb, over, over + random.randrange(120, 600, 60)) for kerb, over in begins))


@pytest.mark.parametrize("seed", range(3))
def test_on_a_short_day_no_order_of_walks_finds_more(streets, seed):
    rules, cars = replace(LMU, ends=MORNING + 480), some_cars(seed, 14, 480)
    best = max(
        len(play(streets, cars, Orders(list(walks)), rules).attended_at)
        for walks in product(range(8), repeat=4)
    )
    found = play(streets, cars, Clairvoyant(streets, cars, rules), rules)
    assert len(found.attended_at) >= best > 3


@pytest.mark.parametrize("rules", [LMU, UK])
def test_what_was_foreseen_is_reached(streets, rules):
    """Breaks, service and the way home are foreseen as they will be."""
    cars = some_cars(1, 150, 12 * 3600)
    foreseen = Foresight(streets, cars, rules).best(Route(0, rules.starts, 0), Wish(60, rules.ends))
    reached = play(streets, cars, Clairvoyant(streets, cars, rules), rules)
    assert len(reached.attended_at) >= foreseen.cars.bit_count() > 50


def test_a_car_that_an_earlier_route_met_later_can_wait_for_one_that_will_leave(streets):
    cars = numbered(car(1, 0, 5000), car(4, 0, 180))
    search = Foresight(streets, cars, LMU)
    start, ends = Route(0, LMU.starts, 0), LMU.starts + 600
    later = [1 << next(each.number for each in cars if each.kerb == 1)] * search.minutes
    assert search.best(start, Wish(1, ends)).cars.bit_count() == 1
    assert search.best(start, Wish(1, ends, later)).cars.bit_count() == 2


def test_two_who_know_the_day_share_it(streets):
    """In a morning so busy that neither can see to all."""
    rules, cars = replace(LMU, ends=MORNING + 3 * 3600), some_cars(2, 400, 3 * 3600)
    alone, together = (
        len(play(streets, cars, Clairvoyant(streets, cars, rules), rules, officers=officers).attended_at)
        for officers in (1, 2)
    )
    assert together > 1.35 * alone


def test_nobody_sets_out_for_a_kerb_to_which_a_colleague_walks(streets):
    cars = numbered(car(2, 0, 900))
    search = Foresight(streets, cars, LMU)
    start, ends = Route(0, LMU.starts, 0), LMU.starts + 600
    taken = [(2, LMU.starts, LMU.starts + 200)]
    first = search.best(start, Wish(10, ends, taken=taken)).legs()[0]
    assert first.waited
