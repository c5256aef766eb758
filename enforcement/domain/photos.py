"""A photo on its way from a phone: which bytes come next, how many there may be, and what is said no to."""

from dataclasses import dataclass

from .refusals import Conflict, Invalid

MOST_BYTES = 3 * 1024 * 1024  # of a whole photo
MOST_PIECE_BYTES = 256 * 1024  # of it at once
MOST_PIXELS = 24_000_000


class WrongOffset(Conflict):
    """These bytes do not follow on what is here; `extra["received"]` is where to go on."""

    type, title = "wrong-offset", "Other bytes come next"


class BadPhoto(Invalid):
    """All bytes came, and they are no photo that can be kept: it begins again at `extra["received"]`, which is 0."""

    type, title = "bad-photo", "This photo can't be kept"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, received=0)


class OtherPhoto(BadPhoto):
    """Its bytes are not those that the phone hashed: something was lost on the way, or exchanged."""

    type, title = "other-photo", "This is not the photo that was recorded"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a photo from `offset` on, and how many the whole photo has (`size`)."""

    offset: int
    size: int
    content: bytes

    @property
    def end(self) -> int:
        return self.offset + len(self.content)


def is_next(piece: Piece, received: int) -> bool:
    """Does the piece go on where what was `received` ends? False if all of it is here already.

    A piece without bytes asks how many are here. Raises WrongOffset, or Invalid for more than the whole photo.
    """
    if piece.end > piece.size:
        words = f"Goes on to {piece.end}, and the whole photo has {piece.size} bytes."
        raise Invalid.at("/offset", words)
    if piece.offset == received:
        return bool(piece.content)
    if piece.end <= received:
        return False
    raise WrongOffset(f"{received} bytes are here: send those that follow.", received=received)
