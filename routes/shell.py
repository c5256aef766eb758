"""The phone's shell: every file that the app needs where there is no network, named by its content."""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from .preload import opened_with, with_preloads

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
VENDOR = ROOT / "node_modules"

PAGE = "/patrol/"
FOLDERS = ("patrol", "shared")
LIBRARY_FILES = (
    "@fluent/bundle/esm/*.js",
    "idb/build/index.js",
    "leaflet/dist/leaflet.css",
    "leaflet/dist/leaflet.js",
)
NEVER = {"sw.js", "pictures"}  # the worker asks for itself; pictures are for who installs the app
DIGITS = 16  # enough to tell versions apart


@dataclass(frozen=True, slots=True)
class Shell:
    """Files by address, with the beginning of the SHA-256 of what is there (16 hex digits). `version` changes with
    each, and with the worker.

    `first`: what the app opens with, up to the task in hand. `rest`: its other screens, the map, other languages;
    a phone keeps them once somebody has signed in. `page` is the app's page as it is served.
    """

    version: str
    first: dict[str, str]
    rest: dict[str, str]
    page: bytes


def shell() -> Shell:
    """The shell as the files are now; read anew only when one of them has changed."""
    found = tuple(sorted(_files().items()))
    marks = tuple((address, path, path.stat().st_mtime_ns) for address, path in found)
    return _read(marks, WORKER.stat().st_mtime_ns)


def contents() -> dict[str, bytes]:
    """The bytes of each file, by its address; the page as it is served."""
    files = _files()
    own = {address: path.read_bytes() for address, path in files.items()}
    return own | {PAGE: with_preloads(own[PAGE].decode(), files).encode()}


def worker() -> str:
    """The service worker's source, with the shell that it keeps in front. It changes when the shell does."""
    now = shell()
    told = json.dumps(
        {"version": now.version, "page": PAGE, "first": now.first, "rest": now.rest}, sort_keys=True
    )
    return f"const SHELL = {told};\n{WORKER.read_text(encoding='utf-8')}"


WORKER = STATIC / "patrol" / "sw.js"


def _files() -> dict[str, Path]:
    own = {
        f"/{folder}/{path.relative_to(STATIC / folder).as_posix()}": path
        for folder in FOLDERS
        for path in (STATIC / folder).rglob("*")
        if path.is_file() and NEVER.isdisjoint(path.parts)
    }
    libraries = {
        f"/vendor/{path.relative_to(VENDOR).as_posix()}": path
        for pattern in LIBRARY_FILES
        for path in VENDOR.glob(pattern)
    }
    page = own.pop(f"{PAGE}index.html")
    return own | libraries | {PAGE: page}


@lru_cache(maxsize=1)
def _read(marks: tuple[tuple[str, Path, int], ...], worker_mark: int) -> Shell:
    all_of_it = contents()
    files = {address: sha256(content).hexdigest()[:DIGITS] for address, content in all_of_it.items()}
    whole = sha256(json.dumps(files, sort_keys=True).encode() + WORKER.read_bytes())
    opens = opened_with(all_of_it[PAGE].decode(), _files())
    first = {address: sum_ for address, sum_ in files.items() if address in opens}
    rest = {address: sum_ for address, sum_ in files.items() if address not in opens}
    return Shell(whole.hexdigest()[:DIGITS], first, rest, all_of_it[PAGE])
