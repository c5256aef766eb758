"""The web app's files on their way: in few bytes, and not again to who has them."""

import gzip

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from routes.pages import STATIC

WORDS = "/shared/words/en.ftl"
CONTENT = (STATIC / "shared" / "words" / "en.ftl").read_bytes()


def asked(app: Flask, path: str, **headers: str) -> TestResponse:
    with app.test_client().get(path, headers=headers) as answer:
        return answer


@pytest.mark.parametrize(
    ("reads", "how", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_a_file_comes_in_the_fewest_bytes_that_the_browser_can_read(app, reads, how, unpack):
    answer = asked(app, WORDS, **{"Accept-Encoding": reads})
    assert answer.headers.get("Content-Encoding") == how
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert unpack(answer.data) == CONTENT
    assert how is None or len(answer.data) < len(CONTENT) / 2


@pytest.mark.parametrize("path", [WORDS, "/patrol/", "/patrol/icon-192.png", "/shared/bytes.js", "/desk/"])
@pytest.mark.parametrize("reads", ["br", "gzip", "identity"])
def test_who_has_it_is_told_so_and_gets_nothing_again(app, path, reads):
    first = asked(app, path, **{"Accept-Encoding": reads})
    again = asked(app, path, **{"Accept-Encoding": reads, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    assert (again.status_code, again.data) == (304, b"")


def test_a_picture_comes_as_it_is(app):
    answer = asked(app, "/patrol/icon-192.png", **{"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == (STATIC / "patrol" / "icon-192.png").read_bytes()


@pytest.mark.parametrize(
    "path", ["/patrol/nothing.js", "/shared/..%2f..%2fwsgi.py", "/patrol/map", "/vendor/idb/../../wsgi.py"]
)
def test_what_is_no_file_of_ours_is_not_found(app, path):
    assert asked(app, path).status_code == 404
