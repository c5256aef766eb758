"""The photos of a case, and of the signs that closed its bay: hashed once more while they are packed, and said where
one is not there."""

from base64 import b64encode
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from itertools import chain
from typing import Any
from uuid import UUID

from ..adapters.photos import PhotoFolder, PhotoName

MOST_BYTES = 24 * 1024 * 1024  # of photos in one pack, which is a third larger for it

Facts = dict[str, Any]
Pictures = dict[tuple[UUID, str], str]  # by sighting or suspension, and hash, as `data:` URLs


class Fate(StrEnum):
    """What became of a photo on its way into the pack."""

    PACKED = "packed"
    AWAITED = "awaited"
    LOST = "lost"
    CHANGED = "changed"
    LEFT_OUT = "left_out"


def packed(facts: Facts, authority_id: UUID, folder: PhotoFolder) -> Pictures:
    """The pictures; each photo's facts say its `fate`. Beyond so many bytes the later ones are left out."""
    pictures: Pictures = {}
    room = MOST_BYTES
    for of, photo in chain(_signs(facts), _photos(facts)):
        fate, content = _fetched(PhotoName(authority_id, of, photo["sha256"]), photo, folder)
        if len(content) > room:
            fate = Fate.LEFT_OUT
        photo["fate"] = fate.value
        if fate is Fate.PACKED:
            room -= len(content)
            pictures[of, photo["sha256"]] = f"data:image/jpeg;base64,{b64encode(content).decode()}"
    return pictures


def _signs(facts: Facts) -> Iterator[tuple[UUID, Facts]]:
    return ((each["id"], each["sign"]) for each in facts["suspensions"] if each["sign"])


def _photos(facts: Facts) -> Iterator[tuple[UUID, Facts]]:
    of = [(each["id"], each) for each in facts["sightings"]]
    of += [(each["record_id"], each) for each in facts["kept"]]
    for sighting_id, recorded in of:
        for photo in recorded["photos"]:
            yield sighting_id, photo


def _fetched(name: PhotoName, photo: Facts, folder: PhotoFolder) -> tuple[Fate, bytes]:
    if "received_at" in photo and photo["received_at"] is None:
        return Fate.AWAITED, b""
    content = folder.read(name)
    if content is None:
        return Fate.LOST, b""
    if sha256(content).hexdigest() != name.sha256:
        return Fate.CHANGED, b""
    return Fate.PACKED, content
