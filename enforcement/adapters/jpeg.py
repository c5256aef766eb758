"""JPEG files, looked at before they are kept: what stands in them beside the picture, how large, is it whole?

Segments as in ITU-T T.81, annex B: a marker, and for most of them a length and that many bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
BARE = {0x01, *range(0xD0, 0xD8)}  # without a length
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
APPLICATION = range(0xE0, 0xF0)
# What belongs to the picture: its density, its colours, how they are mixed.
HARMLESS = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
KNOWN = (
    (0xE1, b"Exif\0", "EXIF data"),
    (0xE1, b"http://ns.adobe.com/", "XMP data"),
    (0xED, b"Photoshop", "IPTC data"),
)


class BadJpeg(Exception):
    """It is no JPEG that can be kept; the text says why."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker's second byte, and what stands behind its length."""

    marker: int
    content: bytes


def check(content: bytes, most_pixels: int) -> None:
    """Raises BadJpeg unless it is one whole picture of at most so many pixels, and nothing is told beside it."""
    frames = 0
    for segment in segments(content):
        _refuse_what_is_told(segment)
        if segment.marker in FRAMES:
            frames += 1
            _refuse_what_is_huge(segment, most_pixels)
    if frames != 1:
        raise BadJpeg("It is no JPEG with one picture in it.")
    _decode(content)


def segments(content: bytes) -> Iterator[Segment]:
    """Every segment up to the end of the picture. Raises BadJpeg if they don't follow each other to the last byte."""
    if content[:2] != bytes((0xFF, START)):
        raise BadJpeg("It is no JPEG.")
    at = 2
    while True:
        marker, at = _marker(content, at)
        if marker == END:
            if at != len(content):
                raise BadJpeg("Something follows after the picture.")
            return
        if marker in BARE:
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):
            raise BadJpeg("It is no whole JPEG.")
        yield Segment(marker, content[at + 2 : at + length])
        at += length
        if marker == SCAN:
            at = _after_scan(content, at)


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker that stands here, and where what follows it begins."""
    if content[at : at + 1] != b"\xff":
        raise BadJpeg("It is no whole JPEG.")
    while content[at : at + 1] == b"\xff":  # any number of them may stand before a marker
        at += 1
    if at >= len(content):
        raise BadJpeg("It is no whole JPEG.")
    return content[at], at + 1


def _after_scan(content: bytes, at: int) -> int:
    """Where the picture's own bytes end: at a marker that is neither a stuffed 0xFF nor a restart."""
    while (at := content.find(b"\xff", at)) >= 0:
        following = content[at + 1 : at + 2]
        if following not in (b"\0", b"\xff") and not b"\xd0" <= following <= b"\xd7":
            return at
        at += 1 if following == b"\xff" else 2
    raise BadJpeg("It is no whole JPEG.")


def _refuse_what_is_told(segment: Segment) -> None:
    if segment.marker == COMMENT:
        raise BadJpeg("It has a comment in it: send the picture alone.")
    if segment.marker not in APPLICATION:
        return
    if any(segment.marker == marker and segment.content.startswith(name) for marker, name in HARMLESS):
        return
    what = [
        words
        for marker, name, words in KNOWN
        if segment.marker == marker and segment.content.startswith(name)
    ]
    told = what[0] if what else f"data of an application (APP{segment.marker - APPLICATION.start})"
    raise BadJpeg(f"It has {told} in it: send the picture alone.")


def _refuse_what_is_huge(frame: Segment, most_pixels: int) -> None:
    height, width = (int.from_bytes(frame.content[at : at + 2], "big") for at in (1, 3))
    if not 0 < height * width <= most_pixels:
        raise BadJpeg(f"It has {width} × {height} pixels; {most_pixels} are taken.")


def _decode(content: bytes) -> None:
    """Every byte is read, at an eighth of the size: what matters is that it can be."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG"]) as image:
            image.draft("L", (max(image.width // 8, 1), max(image.height // 8, 1)))
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as fault:
        raise BadJpeg("It can't be read as a picture.") from fault
