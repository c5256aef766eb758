"""Promise 4, for photos: whatever is killed on the way, what was answered as complete is there, whole and once."""

from functools import partial
from threading import Thread
from typing import Any

from enforcement.simulation.client import ApiFault
from enforcement.simulation.patience import insist
from enforcement.simulation.stack import Stack

from ..pictures import hash_of, jpeg
from .history import History
from .phones import Phone
from .saboteur import Saboteur
from .scenes import PACE, OnDuty, Records, post, says, town

PHOTO = jpeg(noise=True, width=700, height=500)
PIECE = 2 * 1024
STRIKES = ("web killed", "database killed", "web killed", "database restarted")


def sent(phone: Phone, path: str) -> Any:
    """What the server says in the end to a phone that goes on until all of it is there."""
    offset, complete = 0, False
    while not complete:
        said = insist(PACE, partial(put, phone, path, offset), longest=1.0)
        offset, complete = said["received"], said.get("complete", False)
    return said


def put(phone: Phone, path: str, offset: int) -> Any:
    """A piece; if others come next, the refusal that says which."""
    try:
        return phone.put_piece(path, PHOTO, offset, PIECE)
    except ApiFault as fault:
        if fault.status != 409:
            raise
        return fault.problem


def test_a_photo_that_three_connections_send_across_kills_is_there_once_and_whole(
    stack: Stack, saboteur: Saboteur, history: History
):
    borough = town(stack, history)
    officer, records = OnDuty(borough, history), Records(borough)
    post(borough.network(history), says(borough, 0, "over"))
    task = officer.on(officer.on(officer.offered(), "accept"), "arrive")
    taken = {"sha256": hash_of(PHOTO), "taken_at": task["raised_at"]}
    officer.on(task, "sightings", plate="AB12CDE", photos=[taken])
    [sighting] = officer.phone.get(f"/tasks/{task['id']}/sightings")["items"]
    path = f"/sightings/{sighting['id']}/photos/{taken['sha256']}"
    answers: list[Any] = []
    senders = [
        Thread(target=lambda phone: answers.append(sent(phone, path)), args=(officer.signed_in(history),))
        for _ in range(3)
    ]
    for sender in senders:
        sender.start()
    for what in STRIKES:
        saboteur.strike(what, PACE)
        saboteur.recover()
    for sender in senders:
        sender.join()
    assert answers == [{"received": len(PHOTO), "size": len(PHOTO), "complete": True}] * 3, history
    assert officer.phone.picture(path) == PHOTO
    assert records.count("photo_files") == records.count("journal", "kind = 'photo.received'") == 1
    assert not history.faults, history
