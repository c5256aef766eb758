"""Photos as a phone's camera and canvas make them, and such as they should not."""

from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image


def jpeg(number: int = 1, *, width: int = 64, height: int = 48, noise: bool = False, **how: Any) -> bytes:
    """A picture in JPEG, another one for each number; with `noise` it is as large as a real one."""
    if noise:
        image = Image.frombytes("RGB", (width, height), Random(number).randbytes(3 * width * height))
    else:
        image = Image.new("RGB", (width, height), (number * 37 % 256, number % 256, 120))
    made = BytesIO()
    image.save(made, "JPEG", **how)
    return made.getvalue()


def with_gps() -> bytes:
    """With where it was taken in its EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return jpeg(exif=exif)


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def pieces(content: bytes, length: int) -> list[tuple[int, bytes]]:
    """Offsets and bytes."""
    return [(at, content[at : at + length]) for at in range(0, len(content), length)]
