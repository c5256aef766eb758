"""The app's page names all that its first screen is made of, so that a browser asks for it at once, and not file by
file as it finds each named in another."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

APP = "/patrol/app.js"
WORDS = "/shared/words/en.ftl"  # English helps out in every language
IMPORT = re.compile(r"""^(?:import|export)\b[^'"();]*['"]([^'"]+)['"]""", re.MULTILINE)
BEFORE = '  <script type="module"'


def with_preloads(page: str, files: Mapping[str, Path]) -> str:
    """The page, with a link to each module that the app needs before it runs, and one to its words."""
    modules = [f'  <link rel="modulepreload" href="{address}">\n' for address in reached(APP, files)]
    words = f'  <link rel="preload" href="{WORDS}" as="fetch" crossorigin>\n'
    return page.replace(BEFORE, words + "".join(modules) + BEFORE, 1)


def reached(start: str, files: Mapping[str, Path]) -> list[str]:
    """The modules that this one needs before it runs, itself first; not those that it loads when they are wanted."""
    found = dict.fromkeys([start])
    waiting = [start]
    while waiting:
        address = waiting.pop(0)
        named = IMPORT.findall(files[address].read_text(encoding="utf-8"))
        fresh = [
            each for each in (urljoin(address, name) for name in named) if each in files and each not in found
        ]
        found.update(dict.fromkeys(fresh))
        waiting += dict.fromkeys(fresh)
    return list(found)
