"""What every answer says to browsers, whatever kind of answer it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import ProgrammingError
from werkzeug.test import TestResponse

from enforcement.adapters.tables import db
from enforcement.config import Settings
from routes import create_app
from routes.pages import FOLDERS, STATIC

from ..builders import ORIGIN, Caller
from .walk import PREFIX, Route, Town, body_for

PAGES = ("/patrol/", "/desk/", "/password/", "/api/docs")
FILES = ("/sw.js", "/patrol/app.js", "/shared/base.css", "/patrol/manifest.webmanifest", "/api/docs.js")
VENDORED = "/vendor/swagger-ui-dist/swagger-ui-bundle.js"


def get(app: Flask, path: str, **kwargs: Any) -> TestResponse:
    with app.test_client().get(path, **kwargs) as answer:
        return answer


def rules_of(answer: TestResponse) -> dict[str, set[str]]:
    """The answer's Content-Security-Policy, by directive."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def assert_hardened(answer: TestResponse) -> None:
    what, headers = f"{answer.request.method} {answer.request.path} {answer.status}", answer.headers
    rules = rules_of(answer)
    assert rules["frame-ancestors"] == {"'none'"}, what
    assert rules["default-src"] in ({"'self'"}, {"'none'"}), what
    assert rules.get("script-src", rules["default-src"]) <= {"'self'", "'none'"}, what
    assert rules["base-uri"] == {"'none'"}, what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Referrer-Policy"] == "same-origin", what
    assert headers["Permissions-Policy"] == "camera=(self), geolocation=(self), microphone=()", what
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", what
    assert headers["Cache-Control"], what
    assert "Server" not in headers, what
    assert "Access-Control-Allow-Origin" not in headers, what
    assert answer.mimetype, what


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle of a request."""

    def fail() -> None:
        raise ProgrammingError("SELECT plate", {"plate": "AB12CDE"}, Exception("broken"))

    monkeypatch.setitem(app.view_functions, "ops.healthz", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@pytest.fixture
def with_tiles(settings: Settings) -> Iterator[Flask]:
    """An installation with somebody's tiles under its map."""
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png?key=x"
    app = create_app(replace(settings, map_tiles=tiles, map_tiles_credit="© Camford"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def on_https(settings: Settings) -> Iterator[Flask]:
    """An installation where people come by https."""
    app = create_app(replace(settings, public_url="https://patrol.example.org"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", [*PAGES, *FILES, VENDORED, "/", "/healthz", "/metrics", "/api/openapi.json"])
def test_pages_files_and_descriptions_are_hardened(app: Flask, path: str):
    answer = get(app, path)
    assert answer.status_code < 400
    assert_hardened(answer)


def test_every_answer_of_the_api_is_hardened_and_never_kept(town: Town, routes: list[Route]):
    stranger = town.council.browser()
    for route in routes:
        if route.endpoint == "people.sign_out":
            continue
        for caller in (stranger, *town.allowed(route).values()):
            answer = caller.call(route.method, route.path({}), body_for(route, town))
            assert_hardened(answer)
            assert rules_of(answer)["default-src"] == {"'none'"}, route
            assert answer.headers["Cache-Control"] == "no-store", route


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "TRACE", "PROPFIND", "get"])
def test_odd_methods_are_hardened_too(app: Flask, method: str):
    for path in (f"{PREFIX}/bays", "/patrol/", "/nowhere", "/api/nowhere"):
        with app.test_client().open(path, method=method) as answer:
            assert answer.status_code < 500
            assert_hardened(answer)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        (f"{PREFIX}/nowhere", 404),
        ("/vendor/other/x.js", 404),
        ("/patrol/../config.py", 404),
    ],
)
def test_what_is_not_there_is_hardened(app: Flask, path: str, status: int):
    answer = get(app, path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert_hardened(answer)


def test_what_is_too_large_is_hardened(town: Town):
    body = b"[" + b" " * (2 * 1024 * 1024) + b"]"
    answer = town.callers["supervisor"].call("POST", "/zones", data=body, content_type="application/json")
    assert answer.status_code == 413
    assert_hardened(answer)


def test_a_fault_of_ours_is_hardened_and_tells_nothing(app: Flask, broken: None):
    answer = get(app, "/healthz")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert_hardened(answer)
    assert "AB12CDE" not in answer.text
    assert "SELECT" not in answer.text


def test_only_our_own_scripts_run_on_a_page(app: Flask):
    for path in PAGES:
        answer = get(app, path)
        assert rules_of(answer)["default-src"] == {"'self'"}, path
        assert rules_of(answer).get("style-src", {"'self'"}) == (
            {"'self'", "'unsafe-inline'"} if path == "/api/docs" else {"'self'"}
        )


def test_images_come_from_us_and_from_the_tile_service_only_where_there_is_one(app: Flask, with_tiles: Flask):
    assert rules_of(get(app, "/patrol/"))["img-src"] == {"'self'", "data:"}
    tiles = "https://tiles.example.org"
    assert rules_of(get(with_tiles, "/patrol/"))["img-src"] == {"'self'", "data:", tiles}
    elsewhere = {**rules_of(get(with_tiles, "/patrol/")), "img-src": set()}
    assert elsewhere == {**rules_of(get(app, "/patrol/")), "img-src": set()}
    assert tiles not in get(with_tiles, f"{PREFIX}/me").headers["Content-Security-Policy"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_page_has_a_script_or_a_style_in_it(folder: str):
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", re.IGNORECASE)
    for page in (STATIC / folder).rglob("*.html"):
        assert not inline.search(page.read_text()), page


def test_browsers_are_told_to_come_by_https_where_people_do(app: Flask, on_https: Flask):
    for path in ("/patrol/", f"{PREFIX}/me", "/nowhere"):
        assert get(on_https, path).headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Strict-Transport-Security" not in get(app, path).headers


def test_no_other_site_may_read_an_answer(town: Town):
    asking = Caller(town.callers["supervisor"].client)
    asking.headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for method in ("GET", "OPTIONS"):
        answer = asking.call(method, "/bays")
        assert not [name for name in answer.headers if name[0].lower().startswith("access-control")]


def test_a_page_may_be_kept_only_to_be_asked_for_again(app: Flask):
    assert get(app, "/patrol/").headers["Cache-Control"] == "no-cache"
    assert get(app, VENDORED).headers["Cache-Control"] == "public, max-age=86400"
    assert get(app, "/api/openapi.json", headers={"Origin": ORIGIN}).headers["Cache-Control"] == "no-store"
