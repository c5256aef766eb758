"""The app's page names what its first screen needs."""

import re
from hashlib import sha256
from pathlib import Path

from routes import shell
from routes.preload import reached


def written(folder: Path, **files: str) -> dict[str, Path]:
    """Modules by their addresses."""
    paths = {f"/{name}.js": folder / f"{name}.js" for name in files}
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text)
    return paths


def test_what_is_imported_is_reached_once_and_what_is_loaded_when_wanted_is_not(tmp_path: Path):
    files = written(
        tmp_path,
        app="import './b.js';\nimport {\n  c,\n} from './c.js';\nconst later = () => import('./d.js');\n",
        b='export { c } from "./c.js";\n',
        c="import '/app.js';\n",
        d="",
    )
    assert reached("/app.js", files) == ["/app.js", "/b.js", "/c.js"]


def test_the_page_names_modules_that_are_there_and_the_worker_keeps_it_as_it_is_served():
    now = shell.shell()
    named = re.findall(r'rel="modulepreload" href="([^"]+)"', now.page.decode())
    assert named[0] == "/patrol/app.js"
    assert "/patrol/hand.js" in named
    assert "/shared/api.js" in named
    assert [address for address in named if "/screens/" in address] == [
        "/patrol/screens/task-screen.js",
        "/patrol/screens/screen.js",
    ]
    assert set(named) <= now.first.keys()
    assert sha256(now.page).hexdigest().startswith(now.first[shell.PAGE])


def test_the_map_other_screens_and_other_languages_come_once_somebody_has_signed_in():
    now = shell.shell()
    assert {"/patrol/screens/task-screen.js", "/shared/words/en.ftl", "/patrol/early.js"} <= now.first.keys()
    assert {
        "/patrol/screens/map-screen.js",
        "/shared/words/cy.ftl",
        "/vendor/leaflet/dist/leaflet.js",
    } <= now.rest.keys()
    assert not now.first.keys() & now.rest.keys()
