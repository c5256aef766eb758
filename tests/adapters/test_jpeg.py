"""What is kept as a photo is one whole JPEG, and tells nothing but the picture."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from enforcement.adapters.jpeg import BadJpeg, check

from ..pictures import jpeg, with_gps

MOST = 1_000_000
COLOURS = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SEGMENT = b"\xff%c\x00\x0eabcdefghijkl"


def of_another_kind(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 8)).save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(noise=True),
        jpeg(progressive=True, noise=True),
        jpeg(restart_marker_rows=1, noise=True),
        jpeg(icc_profile=COLOURS),
    ],
    ids=["plain", "busy", "progressive", "with restarts", "with colours"],
)
def test_a_picture_alone_is_taken(content: bytes):
    check(content, MOST)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_gps(), "EXIF"),
        (jpeg(xmp=b"<x:xmpmeta/>"), "XMP"),
        (jpeg(comment=b"beside the hedge"), "comment"),
        (jpeg()[:2] + SEGMENT % 0xE4 + jpeg()[2:], "APP4"),
        (jpeg()[:2] + b"\xff\xed\x00\x0ePhotoshop 3." + jpeg()[2:], "IPTC"),
        (jpeg() + b"and a film", "follows"),
        (jpeg() + jpeg(), "follows"),
        (of_another_kind("PNG"), "no JPEG"),
        (of_another_kind("GIF"), "no JPEG"),
        (b"<html>", "no JPEG"),
        (b"", "no JPEG"),
        (jpeg()[:-2], "no whole JPEG"),
        (jpeg(noise=True)[:900], "no whole JPEG"),
        (jpeg().replace(b"\xff\xdb", b"\xff\xf0"), "can't be read"),  # without its tables
        (b"\xff\xd8\xff\xd9", "one picture"),
    ],
)
def test_what_is_more_or_less_than_a_picture_is_refused_in_words(content: bytes, words: str):
    with pytest.raises(BadJpeg, match=words):
        check(content, MOST)


def test_what_is_told_after_the_first_scan_is_found_too():
    content = jpeg(progressive=True, noise=True)
    second = content.index(b"\xff\xda", content.index(b"\xff\xda") + 2)
    with pytest.raises(BadJpeg, match="comment"):
        check(content[:second] + SEGMENT % 0xFE + content[second:], MOST)


def test_a_bomb_is_not_even_opened():
    content = jpeg(width=1000, height=1001)
    with pytest.raises(BadJpeg, match="1000 × 1001"):
        check(content, MOST)
    frame = content.index(b"\xff\xc0")
    claims = content[: frame + 5] + b"\xff\xff\xff\xff" + content[frame + 9 :]
    with pytest.raises(BadJpeg, match="65535 × 65535"):
        check(claims, MOST)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_comes_is_taken_or_refused_and_nothing_else(data: st.DataObject):
    content = bytearray(jpeg(noise=True, width=16, height=16, restart_marker_rows=1))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for tried in (bytes(content), bytes(content[:cut])):
        with suppress(BadJpeg):
            check(tried, MOST)
