"""Readings → stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.domain.readings import Assertion, State
from enforcement.domain.stays import NOTHING_YET, Hold, Recorded, Stay, fold, reconcile

DEBOUNCE = timedelta(seconds=30)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-06-29T{clock}+00:00")


def says(clock: str, state: str, since: str | None = None) -> Assertion:
    return Assertion(at(clock), State(state), at(since) if since else None)


def stays_of(*assertions: Assertion) -> list[Stay]:
    return fold(assertions, DEBOUNCE)[0]


def test_a_car_arrives_and_leaves():
    (stay,) = stays_of(says("09:00", "free"), says("09:10", "occupied"), says("10:00", "free"))
    assert (stay.arrived_at, stay.departed_at) == (at("09:10"), at("10:00"))
    assert stay.arrived_after == at("09:00")


def test_heartbeats_repeat_the_state_and_change_nothing():
    once = stays_of(says("09:10", "occupied"), says("10:00", "free"))
    again = stays_of(
        says("09:10", "occupied"), says("09:40", "occupied"), says("10:00", "free"), says("10:30", "free")
    )
    assert once == again


def test_a_heartbeat_repairs_a_lost_departure():
    first, second = stays_of(
        says("09:10", "occupied"), says("10:00", "free"), says("12:00", "free"), says("13:00", "occupied")
    )
    assert first.departed_at == at("10:00")
    assert second.arrived_after == at("12:00")


def test_at_one_moment_free_wins():
    assert stays_of(says("09:10", "occupied"), says("09:10", "free")) == []


def test_free_and_taken_again_within_the_debounce_time_is_one_stay_whose_clock_restarts():
    (stay,) = stays_of(says("09:00", "occupied"), says("10:00", "free"), says("10:00:30", "occupied"))
    assert stay.possible_swap
    assert stay.arrived_at == at("09:00")
    assert stay.counted_from == at("10:00:30")


def test_free_for_longer_than_the_debounce_time_is_another_car():
    stays = stays_of(says("09:00", "occupied"), says("10:00", "free"), says("10:00:31", "occupied"))
    assert len(stays) == 2
    assert not any(stay.possible_swap for stay in stays)


def test_a_networks_claim_starts_a_stay_that_no_one_reported():
    (stay,) = stays_of(says("11:10", "over", since="11:02"))
    assert (stay.arrived_at, stay.claimed_since) == (at("11:02"), at("11:02"))


def test_a_claim_from_before_the_bay_was_seen_free_is_not_believed():
    (stay,) = stays_of(says("11:05", "free"), says("11:10", "over", since="11:02"))
    assert stay.claimed_since is None
    assert stay.arrived_at == at("11:10")


def test_of_two_claims_the_later_counts_in_the_motorists_favour():
    (stay,) = stays_of(says("11:10", "over", since="11:02"), says("11:20", "over", since="11:06"))
    assert stay.claimed_since == at("11:06")


def test_a_claim_made_before_a_possible_swap_is_dropped():
    (stay,) = stays_of(
        says("11:10", "over", since="11:02"), says("11:20", "free"), says("11:20:10", "occupied")
    )
    assert stay.claimed_since is None


def test_what_a_sensor_says_of_itself_moves_nothing():
    assert stays_of(says("09:00", "device")) == []


@st.composite
def reports(draw: st.DrawFn) -> list[Assertion]:
    """A bay's day: moments that are often close together or equal, and claims that may contradict them."""
    result = []
    for second in draw(st.lists(st.integers(0, 200), max_size=14)):
        when = at("09:00") + timedelta(seconds=10 * second)
        state = draw(st.sampled_from(State))
        since = when - timedelta(seconds=draw(st.integers(0, 600))) if state is State.OVER else None
        result.append(Assertion(when, state, since))
    return result


@given(reports(), st.randoms(), st.data())
def test_order_and_repetition_make_no_difference(day: list[Assertion], random: Random, data: st.DataObject):
    again = day + (data.draw(st.lists(st.sampled_from(day), max_size=6)) if day else [])
    random.shuffle(again)
    assert fold(again, DEBOUNCE) == fold(day, DEBOUNCE)


@given(reports(), st.integers(0, 200))
def test_a_fold_goes_on_where_it_stood(day: list[Assertion], cut: int):
    noon = at("09:00") + timedelta(seconds=10 * cut)
    before, tail = fold([a for a in day if a.at <= noon], DEBOUNCE, NOTHING_YET)
    after, end = fold([a for a in day if a.at > noon], DEBOUNCE, tail)
    assert (before[:-1] + after, end) == fold(day, DEBOUNCE)


@given(reports())
def test_stays_of_a_bay_never_overlap(day: list[Assertion]):
    stays, _ = fold(day, DEBOUNCE)
    for earlier, later in pairwise(stays):
        assert earlier.departed_at is not None
        assert earlier.departed_at <= later.arrived_at
    for stay in stays:
        assert stay.arrived_at <= stay.counted_from
        assert stay.departed_at is None or stay.counted_from <= stay.departed_at


def stay(arrived: str, departed: str | None = None) -> Stay:
    return Stay(at(arrived), None, at(arrived), departed_at=at(departed) if departed else None)


def recorded(
    number: int, car: Stay, hold: Hold = Hold.NONE, there: str | None = None, **more: bool
) -> Recorded:
    return Recorded(UUID(int=number), car, hold, at(there) if there else None, **more)


def test_a_late_departure_splits_a_stay_and_the_task_that_nobody_has_looked_at_is_about_the_car_that_is_there():
    case = recorded(1, stay("09:00"), Hold.OPEN)
    pairs, superseded = reconcile([case], [stay("09:00", "09:20"), stay("09:30")])
    assert [known for known, _ in pairs] == [None, case.id]
    assert superseded == []


def test_a_late_departure_splits_a_stay_and_the_sighting_stays_with_the_car_that_was_seen():
    case = recorded(1, stay("09:00"), Hold.SEEN, there="11:15")
    pairs, _ = reconcile([case], [stay("09:00", "11:30"), stay("11:40")])
    assert [known for known, _ in pairs] == [case.id, None]


def test_a_stay_on_which_nothing_hangs_goes_on_as_the_car_that_came_then():
    old = recorded(1, stay("09:00"), there="09:00")
    pairs, _ = reconcile([old], [stay("09:00", "09:20"), stay("09:30")])
    assert [known for known, _ in pairs] == [old.id, None]


def test_a_late_report_joins_two_stays_and_the_one_with_a_case_stays():
    empty = recorded(1, stay("09:00", "10:00"), there="09:00")
    case = recorded(2, stay("10:10"), Hold.OPEN)
    pairs, superseded = reconcile([empty, case], [stay("09:00")])
    assert [known for known, _ in pairs] == [case.id]
    assert superseded == [empty.id]


def test_of_two_cases_that_turn_out_to_be_one_cars_the_one_that_an_officer_saw_stays():
    left = recorded(1, stay("09:00", "10:00"), Hold.ENDED, there="09:30")
    seen = recorded(2, stay("10:10"), Hold.SEEN, there="11:00")
    pairs, superseded = reconcile([left, seen], [stay("09:00")])
    assert ([known for known, _ in pairs], superseded) == ([seen.id], [left.id])


def test_a_case_that_lost_its_car_takes_none_from_the_case_that_was_seen_there():
    lost = recorded(1, stay("09:00"), Hold.SEEN, there="09:30")
    seen = recorded(2, stay("10:10"), Hold.SEEN, there="11:00")
    pairs, superseded = reconcile([lost, seen], [stay("09:50")])
    assert ([known for known, _ in pairs], superseded) == ([seen.id], [lost.id])


def test_the_moment_of_a_sighting_is_enough_where_reports_come_to_bear_it_out():
    case = recorded(1, stay("09:00", "09:30"), Hold.SEEN, there="10:00")
    pairs, _ = reconcile([case], [stay("09:00", "09:30"), stay("09:50")])
    assert [known for known, _ in pairs] == [None, case.id]


def test_a_case_that_was_superseded_carries_on_when_its_car_was_there_after_all():
    one = recorded(1, stay("09:00", "10:00"), Hold.SEEN, there="09:30")
    other = recorded(2, stay("10:10"), Hold.ENDED, there="12:10", standing=False)
    pairs, superseded = reconcile([one, other], [stay("09:00", "10:00"), stay("10:10")])
    assert ([known for known, _ in pairs], superseded) == ([one.id, other.id], [])


def test_a_stay_that_no_report_supports_any_more_is_superseded():
    ghost = recorded(1, stay("09:00", "09:05"), there="09:00")
    assert reconcile([ghost], []) == ([], [ghost.id])


class Bay:
    """What is recorded of a bay while its reports come in: stays, standing or not, and the cases on some of them."""

    def __init__(self) -> None:
        self.heard: list[Assertion] = []
        self.recorded: dict[UUID, Recorded] = {}
        self.numbers = count(1)

    def takes(self, batch: list[Assertion]) -> None:
        self.heard += batch
        known = [each for each in self.recorded.values() if each.standing or each.hold]
        pairs, superseded = reconcile(known, fold(self.heard, DEBOUNCE)[0])
        for id_ in superseded:
            self.recorded[id_] = replace(self.recorded[id_], standing=False)
        named = [(id_ or UUID(int=next(self.numbers)), stay) for id_, stay in pairs]
        assert len({id_ for id_, _ in named}) == len(named)
        for id_, car in named:
            before = self.recorded.get(id_, Recorded(id_, car))
            there = before.there_at if before.hold else car.arrived_at
            self.recorded[id_] = replace(before, stay=car, there_at=there, standing=True)

    def sees(self, id_: UUID, moment: datetime) -> None:
        """An officer saw the car of this stay at that moment."""
        self.recorded[id_] = replace(self.recorded[id_], hold=Hold.SEEN, there_at=moment)

    @property
    def standing(self) -> dict[UUID, Stay]:
        return {id_: each.stay for id_, each in self.recorded.items() if each.standing}


def holds(car: Stay, moment: datetime) -> bool:
    return car.arrived_at <= moment < (car.departed_at or datetime.max.replace(tzinfo=UTC))


@settings(deadline=None)
@given(reports(), st.integers(0, 9999).map(Random))
def test_however_reports_come_the_same_stays_stand_and_each_case_is_with_the_car_that_was_seen(
    day: list[Assertion], random: Random
):
    left, bay = day + random.sample(day, k=len(day) // 2), Bay()
    random.shuffle(left)
    while left:
        size = random.randint(1, 4)
        batch, left = left[:size], left[size:]
        bay.takes(batch)
        unseen = [id_ for id_ in bay.standing if not bay.recorded[id_].hold]
        if unseen and random.random() < 0.5:
            chosen = random.choice(unseen)
            car = bay.standing[chosen]
            ends = car.departed_at or car.arrived_at + timedelta(minutes=20)
            bay.sees(chosen, car.arrived_at + random.random() * (ends - car.arrived_at))
    assert sorted(bay.standing.values(), key=lambda car: car.arrived_at) == fold(day, DEBOUNCE)[0]
    for id_, car in bay.standing.items():
        seen_there = {case.id for case in bay.recorded.values() if case.hold and holds(car, case.there_at)}
        assert not seen_there or id_ in seen_there
