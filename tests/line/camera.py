"""An officer takes photos, and the phone sends them."""

from typing import Any
from uuid import uuid4

from enforcement.domain.photos import MOST_PIECE_BYTES

from ..builders import Caller, Officer, expect
from ..pictures import hash_of, pieces
from .scenes import Town, arrived

PLACE = ("lon", "lat", "accuracy_m")


def look(
    town: Town, officer: Officer, *photos: bytes, plate: str = "AB12CDE", **seen: Any
) -> tuple[dict[str, Any], str]:
    """The officer looks at the car at B1 and takes these photos: the task, and the sighting's id."""
    task = arrived(town, officer)
    town.clock.set("11:12")
    return take(officer, task, *photos, plate=plate, **seen)


def take(
    officer: Officer, task: dict[str, Any], *photos: bytes, plate: str = "AB12CDE", **seen: Any
) -> tuple[dict[str, Any], str]:
    """A look with photos at a task in hand: the task, and the sighting's id."""
    sighting, now = str(uuid4()), officer.phone.now().isoformat()
    place = {name: seen[name] for name in PLACE if name in seen}
    taken = [{"sha256": hash_of(photo), "taken_at": now, **place} for photo in photos]
    return officer.step(task, "sightings", id=sighting, plate=plate, photos=taken, **seen), sighting


def path_of(sighting: str, sha256: str) -> str:
    return f"/sightings/{sighting}/photos/{sha256}"


def send_piece(
    officer: Officer,
    sighting: str,
    photo: bytes,
    offset: int | str,
    content: bytes,
    status: int = 200,
    size: int | str | None = None,
) -> Any:
    """Some bytes of a photo."""
    query = f"offset={offset}&size={len(photo) if size is None else size}"
    where = path_of(sighting, hash_of(photo))
    return expect(officer.phone.call("PUT", f"{where}?{query}", data=content), status)


def send(officer: Officer, sighting: str, photo: bytes, status: int = 200) -> Any:
    """All of a photo; what the last piece was answered."""
    *others, last = pieces(photo, MOST_PIECE_BYTES)
    for piece in others:
        send_piece(officer, sighting, photo, *piece)
    return send_piece(officer, sighting, photo, *last, status=status)


def fetched(caller: Caller, sighting: str, photo: bytes) -> bytes | None:
    """The photo as it is given out; None if it is not there."""
    answer = caller.call("GET", path_of(sighting, hash_of(photo)))
    assert answer.status_code in (200, 404), answer.text
    return answer.data if answer.status_code == 200 else None
