"""How long an overstaying car stays: the longer it has, the longer it will; and what a council's own cars show."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain.dwell import (
    BANDS,
    MEDIAN_MINUTES,
    PRIOR,
    SHRINKAGE,
    Dwell,
    Stays,
    calibration,
    fit,
)

minutes = st.floats(-100, 1e7)
ALL_LEAVE_IN = 5.0  # minutes, in a town of the short stay


def of_a_town(cars: int, mean: float = ALL_LEAVE_IN, seed: int = 1, **traits: str) -> Stays:
    """Cars that stay so long on average, however long they have been there; all were seen to leave."""
    lasted = np.random.default_rng(seed).exponential(mean, cars)
    every = {kind: np.full(cars, which) for kind, which in traits.items()}
    return Stays(lasted, np.ones(cars, dtype=bool), every)


def together(*parts: Stays) -> Stays:
    traits = {kind: np.concatenate([part.traits[kind] for part in parts]) for kind in parts[0].traits}
    return Stays(
        np.concatenate([part.minutes for part in parts]),
        np.concatenate([part.left for part in parts]),
        traits,
    )


def cut_short(stays: Stays, after: float | np.ndarray) -> Stays:
    """The same cars, nobody knowing what became of those that stayed on."""
    return Stays(np.minimum(stays.minutes, after), stays.minutes <= after, stays.traits)


def halved_after(stays: Stays) -> float:
    """The chance that a car of the town of the short stay is there when half of them should have gone."""
    return fit(stays).chance(0, ALL_LEAVE_IN * np.log(2))


def test_half_of_all_overstays_outlast_the_median():
    assert PRIOR.chance(0, MEDIAN_MINUTES) == pytest.approx(0.5, abs=0.005)


def test_five_more_minutes_are_likelier_after_two_hours_than_after_ten_minutes():
    assert PRIOR.chance(10, 5) == pytest.approx(0.88, abs=0.02)
    assert PRIOR.chance(120, 5) == pytest.approx(0.96, abs=0.01)


def test_the_mean_length_is_that_of_the_source():
    # The mean of a length is the area under its survival curve.
    assert sum(PRIOR.chance(0, n + 0.5) for n in range(50_000)) == pytest.approx(77, abs=1.5)


def test_a_car_within_its_time_counts_as_there_until_it_is_over():
    assert PRIOR.chance(-30, 20) == 1
    assert PRIOR.chance(-30, 30 + MEDIAN_MINUTES) == PRIOR.chance(0, MEDIAN_MINUTES)


@given(minutes, minutes, st.floats(0.01, 100))
def test_it_is_always_a_chance(over, ahead, pace):
    assert 0 <= PRIOR.chance(over, ahead, pace) <= 1


@given(st.floats(0, 1000), st.floats(0, 500), st.floats(0, 500))
def test_a_longer_walk_never_makes_it_likelier(over, ahead, further):
    assert PRIOR.chance(over, ahead + further) <= PRIOR.chance(over, ahead)


@given(st.floats(0, 1000), st.floats(0, 500), st.floats(0, 500))
def test_two_walks_one_after_the_other_are_as_one(over, first, second):
    both = PRIOR.chance(over, first) * PRIOR.chance(over + first, second)
    assert PRIOR.chance(over, first + second) == pytest.approx(both)


def test_a_council_without_data_plans_by_the_prior():
    nobody = fit(of_a_town(0))
    assert nobody.rates == pytest.approx(PRIOR.rates)
    assert (nobody.stays, nobody.departures) == (0, 0)


def test_ten_cars_move_it_a_little_and_ten_thousand_all_the_way():
    before = halved_after(of_a_town(0))
    ten, ten_thousand = halved_after(of_a_town(10)), halved_after(of_a_town(10_000))
    assert before > 0.9
    assert before - 0.15 < ten < before - 0.01
    assert ten_thousand == pytest.approx(0.5, abs=0.02)


def test_a_stay_cut_short_is_not_a_departure():
    cars = cut_short(of_a_town(10_000), after=2.0)
    all_gone = Stays(cars.minutes, np.ones(len(cars), dtype=bool))
    true = np.exp(-2 / ALL_LEAVE_IN)
    assert fit(cars).chance(0, 2) == pytest.approx(true, abs=0.02)
    assert fit(all_gone).chance(0, 2) < true / 2


def test_a_bay_where_cars_leave_sooner_shows_it_and_a_bay_with_two_cars_hardly_does():
    town = together(
        of_a_town(3000, 20, bay="usual"),
        of_a_town(300, 5, seed=2, bay="school gate"),
        of_a_town(2, 0.1, seed=3, bay="new"),
    )
    model = fit(town)
    usual = model.pace({"bay": "usual"})
    assert model.pace({"bay": "school gate"}) / usual == pytest.approx(4, rel=0.2)
    assert 1 < model.pace({"bay": "new"}) < 1.3


def test_paces_of_bay_and_hour_multiply_and_what_is_not_known_changes_nothing():
    model = Dwell(PRIOR.rates, {"bay": {"B1": 2.0}, "hour": {"09": 0.5}})
    assert model.pace({"bay": "B1"}) == 2
    assert model.pace({"bay": "B1", "hour": "09"}) == 1
    assert model.pace({"bay": "B2", "hour": "23", "moon": "full"}) == 1


def test_two_causes_are_told_apart():
    # Cars of the morning leave twice as fast, in either bay; more of them come to B1.
    parts = [
        of_a_town(number, mean, seed=seed, bay=bay, hour=hour)
        for seed, (bay, hour, number, mean) in enumerate(
            [("B1", "09", 3000, 10), ("B1", "15", 500, 20), ("B2", "09", 500, 10), ("B2", "15", 3000, 20)]
        )
    ]
    paces = fit(together(*parts)).paces
    assert paces["bay"]["B1"] / paces["bay"]["B2"] == pytest.approx(1, abs=0.1)
    assert paces["hour"]["09"] / paces["hour"]["15"] == pytest.approx(2, abs=0.2)


def test_a_pace_of_two_is_as_if_two_had_to_stay():
    assert PRIOR.chance(10, 20, 2.0) == pytest.approx(PRIOR.chance(10, 20) ** 2)


def test_cars_that_stay_for_weeks_do_no_harm():
    stays = Stays(np.array([1e5, 5e6]), np.array([True, True]))
    assert all(0 < rate < 1 for rate in fit(stays).rates)


def test_a_model_can_be_sent_to_another_process():
    model = fit(of_a_town(100, bay="B1"))
    sent = pickle.loads(pickle.dumps(model.chances))
    ages = np.arange(50.0)
    assert (sent(ages, ages) == model.chances(ages, ages)).all()


def test_a_model_of_the_right_town_is_calibrated_and_the_prior_is_not():
    later = cut_short(of_a_town(8000, seed=9), after=np.random.default_rng(3).uniform(0, 20, 8000))
    deciles = calibration(fit(of_a_town(10_000)), later, minutes_ahead=5)
    assert len(deciles) == 10
    assert all(each.observed == pytest.approx(each.predicted, abs=0.08) for each in deciles)
    assert all(each.observed < each.predicted - 0.2 for each in calibration(PRIOR, later, minutes_ahead=5))


def test_calibration_goes_from_the_cars_likeliest_to_leave_to_those_likeliest_to_stay():
    stays = together(of_a_town(500, 5, bay="B1"), of_a_town(500, 50, seed=2, bay="B2"))
    deciles = calibration(fit(stays), stays)
    predicted = [each.predicted for each in deciles]
    assert predicted == sorted(predicted)
    assert deciles[-1].observed - deciles[0].observed > 0.3


def test_too_few_looks_say_nothing():
    assert calibration(PRIOR, of_a_town(2)) == []
    assert calibration(PRIOR, of_a_town(0)) == []


def test_bands_and_paces_are_whole():
    assert (np.diff(BANDS) > 0).all()
    assert len(PRIOR.rates) == len(BANDS) - 1
    assert min(SHRINKAGE.values()) > 0
