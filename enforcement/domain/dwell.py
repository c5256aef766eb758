"""How long will it stay? What an authority's own overstays have shown, and a prior until they have.

A car that is over its time leaves at a rate that depends on how long it has been over (the longer it has, the
longer it will stay), times how much faster or slower than usual such cars leave: at this bay, on this street, in
this class of bay, at this hour, on this kind of day. Rates are constant within bands of age, so that a car
whose end was not seen (the controlled hours ended, the sensor fell silent, it is still there) counts for the
minutes in which it was seen, and every rate is a number of departures over a number of minutes. Each is
shrunk towards what is known without it, as by a gamma prior: a few cars say little, thousands say all.

The prior is lognormal with a mean of 77 and a median of 33 minutes: the shape of City of Melbourne parking
events of November 2016 (open data, CC BY 4.0). What else was tried: docs/decisions/how-long-cars-stay.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import log, prod, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.str_]
Traits = Mapping[str, str]
"""What may make a car leave sooner or later than others: a kind ("bay", "hour") and which one it is."""

MEAN_MINUTES = 77.0
MEDIAN_MINUTES = 33.0

FIRST_HOUR = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50)
LATER = (60, 75, 90, 120, 150, 180, 240, 300, 360, 480, 720, 1440, 2880, 10_080, 1e6)
BANDS = np.array((*FIRST_HOUR, *LATER))  # minutes over
IMAGINED_STAYS = 50.0
"""The curve before there is data weighs as much as so many stays."""
SHRINKAGE = {"class": 20.0, "hour": 20.0, "weekday": 20.0, "street": 20.0, "bay": 15.0}
"""By kind of trait, the departures that it takes to believe half of what they show."""
ROUNDS = 4
"""The curve, the paces, the curve again: after so many they hardly move."""
LOOK_MINUTES = 10.0
SATURDAY = 6
DECILES = 10


@dataclass(frozen=True, eq=False)
class Dwell:
    """A model of how long overstaying cars stay. Immutable, and can be pickled.

    `rates` are departures per minute, a band of `BANDS` each; `paces` say by kind of trait and by trait how
    many times faster than others such cars leave. `stays` and `departures` are what it was fitted to.
    """

    rates: tuple[float, ...]
    paces: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    stays: int = 0
    departures: int = 0

    def chances(self, minutes_over: Floats, minutes_ahead: Floats, pace: Floats | float = 1.0) -> Floats:
        """The chances, 0 to 1, that cars `minutes_over` their time are still there in `minutes_ahead`.

        Negative `minutes_over` means not yet over: such a car counts as staying until it is. `pace` is
        each car's own; a chance at a pace is the usual chance to the power of it.
        """
        over = np.asarray(minutes_over, dtype=float)
        later = over + np.maximum(minutes_ahead, 0.0)
        left: Floats = np.exp((self.leaving(over) - self.leaving(later)) * pace)
        return left

    def chance(self, minutes_over: float, minutes_ahead: float, pace: float = 1.0) -> float:
        """`chances` for one car."""
        return float(self.chances(np.array(minutes_over), np.array(minutes_ahead), pace))

    def pace(self, traits: Traits) -> float:
        """How many times faster than usual a car with these traits leaves; what is not known changes nothing."""
        return prod(self.paces.get(kind, {}).get(which, 1.0) for kind, which in traits.items())

    @property
    def curve(self) -> "Dwell":
        """The same without the paces: small enough to send to a planner with every question."""
        return Dwell(self.rates)

    def leaving(self, minutes_over: Floats) -> Floats:
        """The departures to expect of one car by this age, if another one took its place each time."""
        departures: Floats = np.interp(minutes_over, BANDS, self._expected)
        return departures

    @cached_property
    def _expected(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(np.array(self.rates) * np.diff(BANDS))])


def traits_of(
    *, bay: str, street: str, bay_class: str, permitted_minutes: int, over_from: datetime
) -> dict[str, str]:
    """The traits of a car that is over its time since `over_from`, which is in the authority's own zone."""
    return {
        "class": f"{bay_class} {permitted_minutes}",
        "hour": f"{over_from:%H}",
        "weekday": "weekend" if over_from.isoweekday() >= SATURDAY else "weekday",
        "street": street,
        "bay": bay,
    }


@dataclass(frozen=True, eq=False)
class Stays:
    """Overstays as they were seen: `minutes` over in the end, and whether the car `left` then.

    What did not end by a departure is censored: it lasted that long at least. `traits` holds for each kind
    (of `SHRINKAGE`) which one it was. All have the same length.
    """

    minutes: Floats
    left: Bools
    traits: Mapping[str, Words] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.minutes)

    def where(self, which: Bools) -> "Stays":
        """Those of them."""
        traits = {kind: every[which] for kind, every in self.traits.items()}
        return Stays(self.minutes[which], self.left[which], traits)


def fit(stays: Stays) -> Dwell:
    """The model that these stays make likely, and the prior where they say little."""
    kinds = {kind: np.unique(every, return_inverse=True) for kind, every in stays.traits.items()}
    paces = {kind: np.ones(len(names)) for kind, (names, _) in kinds.items()}
    rates = PRIOR.rates
    for _ in range(ROUNDS):
        pace = np.ones(len(stays))
        for kind, (_, which) in kinds.items():
            pace *= paces[kind][which]
        rates = _rates(stays, pace)
        expected = pace * Dwell(rates).leaving(stays.minutes)
        for kind, (_, which) in kinds.items():
            expected /= paces[kind][which]
            paces[kind] = _pace(which, stays.left, expected, SHRINKAGE[kind])
            expected *= paces[kind][which]
    told = {kind: (names.tolist(), paces[kind].tolist()) for kind, (names, _) in kinds.items()}
    named = {kind: dict(zip(*both, strict=True)) for kind, both in told.items()}
    return Dwell(rates, named, len(stays), int(stays.left.sum()))


def _rates(stays: Stays, pace: Floats) -> tuple[float, ...]:
    """Departures over minutes, band by band, those of the imagined stays among them."""
    band = np.searchsorted(BANDS, stays.minutes[stays.left], side="left") - 1
    departures = np.bincount(np.clip(band, 0, len(BANDS) - 2), minlength=len(BANDS) - 1)
    lasted = np.clip(stays.minutes[:, None] - BANDS[:-1], 0.0, np.diff(BANDS))
    imagined = -IMAGINED_STAYS * np.diff(np.exp(-PRIOR.leaving(BANDS)))
    rates = (departures + imagined) / (pace @ lasted + imagined / np.array(PRIOR.rates))
    return tuple(rates.tolist())


def _pace(which: NDArray[np.intp], left: Bools, expected: Floats, weight: float) -> Floats:
    """Departures seen over departures expected, trait by trait, shrunk towards one."""
    seen = np.bincount(which, weights=left)
    pace: Floats = (seen + weight) / (np.bincount(which, weights=expected) + weight)
    return pace


@dataclass(frozen=True, slots=True)
class Decile:
    """Of a tenth of all looks at cars: how many, and the shares still there, as predicted and as observed."""

    looks: int
    predicted: float
    observed: float


def calibration(model: Dwell, stays: Stays, minutes_ahead: float = 10.0) -> list[Decile]:
    """Is the model right about these stays (not those that it was fitted to)? From the lowest chance up.

    Each car is looked at every `LOOK_MINUTES` of its overstay. What is observed is the Kaplan-Meier estimate,
    which takes stays for censored that are. Empty if there are fewer than ten looks.
    """
    looks = np.ceil(stays.minutes / LOOK_MINUTES).astype(int)
    stay = np.repeat(np.arange(len(stays)), looks)
    if len(stay) < DECILES:
        return []
    over = LOOK_MINUTES * (np.arange(len(stay)) - np.repeat(np.cumsum(looks) - looks, looks))
    predicted = model.chances(over, np.full(len(stay), minutes_ahead), _paces(model, stays)[stay])
    more, left = stays.minutes[stay] - over, stays.left[stay]
    return [
        Decile(len(part), float(predicted[part].mean()), _outlasting(more[part], left[part], minutes_ahead))
        for part in np.array_split(np.argsort(predicted, kind="stable"), DECILES)
    ]


def _paces(model: Dwell, stays: Stays) -> Floats:
    each = zip(*stays.traits.values(), strict=True) if stays.traits else [()] * len(stays)
    return np.array([model.pace(dict(zip(stays.traits, traits, strict=True))) for traits in each])


def _outlasting(minutes: Floats, left: Bools, minutes_ahead: float) -> float:
    """The share that lasts longer than that."""
    from scipy.stats import CensoredData, ecdf  # takes half a second, and only the night's fit needs it

    seen = CensoredData(uncensored=minutes[left], right=minutes[~left])
    return float(ecdf(seen).sf.evaluate([minutes_ahead])[0])


def _lognormal() -> Dwell:
    mu, sigma = log(MEDIAN_MINUTES), sqrt(2 * log(MEAN_MINUTES / MEDIAN_MINUTES))
    expected = np.zeros(len(BANDS))
    expected[1:] = -log_ndtr((mu - np.log(BANDS[1:])) / sigma)
    return Dwell(tuple((np.diff(expected) / np.diff(BANDS)).tolist()))


PRIOR = _lognormal()
