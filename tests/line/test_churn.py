"""Task → assignment: an offer stands for its minute, whatever is planned meanwhile."""

from datetime import timedelta
from itertools import pairwise
from random import Random

from enforcement.adapters.tables import Assignment

from ..builders import HOME, Officer
from .scenes import Town, rows

METRE = 1 / 111_250  # degrees of latitude, near enough
STEP, STEPS = timedelta(seconds=10), 36
BAYS = 8
MINUTE = timedelta(minutes=1)
WITHOUT_THEIR_DOING = ("missed", "replaced", "taken_by_other", "frozen")


def cars_come_and_go(town: Town, random: Random, parked: set[str]) -> None:
    """The next car to be over its time, and now and then one leaves."""
    clock = (town.clock() + timedelta(hours=1)).strftime("%H:%M:%S")  # London's
    free = sorted({f"C{number}" for number in range(BAYS)} - parked)
    if free and random.random() < 0.5:
        parked.add(bay := random.choice(free))
        town.says_over(bay, clock, clock)
    elif parked and random.random() < 0.5:
        parked.remove(bay := random.choice(sorted(parked)))
        town.reads((bay, "free", clock))


def some_answer(officers: list[Officer], random: Random) -> None:
    for officer in officers:
        for task in officer.mine():
            if task["state"] == "offered" and random.random() < 0.1:
                officer.step(task, "decline", reason="busy")


def test_no_officers_offer_changes_more_than_once_a_minute_unless_its_task_is_withdrawn(town: Town):
    random, parked = Random(4), set()
    for number in range(BAYS):
        town.bay(f"C{number}", lat=HOME[1] + random.uniform(-800, 800) * METRE)
    officers = [town.on_duty(town.centre, lat=HOME[1] + n * 300 * METRE, name=f"O{n}") for n in range(3)]
    for _ in range(STEPS):
        town.clock.now += STEP
        cars_come_and_go(town, random, parked)
        some_answer(officers, random)
        for officer in officers:  # their places change what the best plan would be
            officer.stand(lon=HOME[0], lat=HOME[1] + random.uniform(-800, 800) * METRE, clock=town.clock)
        town.sweep()
    with town.session() as session:
        offers = rows(session, Assignment)
    ended = {offer.end_reason for offer in offers}
    assert {"missed", "withdrawn", "declined"} <= ended
    for officer in officers:
        theirs = sorted((o for o in offers if str(o.officer_id) == officer.id), key=lambda o: o.offered_at)
        for before, after in pairwise(theirs):
            soon = after.offered_at - before.offered_at < MINUTE
            assert not (soon and before.end_reason in WITHOUT_THEIR_DOING)
