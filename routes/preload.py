"""The app's page names all that its first screen is made of, so that a browser asks for it at once, and not file by
file as it finds each named in another."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

PAGE = "/patrol/"
APP = "/patrol/app.js"
SCREEN = "/patrol/screens/task-screen.js"  # the first that an officer sees
WORDS = "/shared/words/en.ftl"  # English helps out in every language
IMPORT = re.compile(r"""^(?:import|export)\b[^'"();]*['"]([^'"]+)['"]""", re.MULTILINE)
NAMED = re.compile(r'(?:href|src)="(/[^"#]+)"')
BEFORE = '  <script type="module"'


def with_preloads(page: str, files: Mapping[str, Path]) -> str:
    """The page, with a link to its words and to each module that the app needs before it runs; behind them, in no
    hurry, those of the first screen."""
    needed = reached(APP, files)
    soon = [address for address in reached(SCREEN, files) if address not in needed]
    words = f'  <link rel="preload" href="{WORDS}" as="fetch" crossorigin>\n'
    modules = [f'  <link rel="modulepreload" href="{address}">\n' for address in needed]
    screen = [f'  <link rel="modulepreload" href="{address}" fetchpriority="low">\n' for address in soon]
    return page.replace(BEFORE, words + "".join(modules + screen) + BEFORE, 1)


def opened_with(page: str, files: Mapping[str, Path]) -> set[str]:
    """What the app opens with, up to the task in hand: the page, what it names, and the first screen."""
    named = {address for address in NAMED.findall(page) if address in files}
    return {PAGE, *named, *reached(APP, files), *reached(SCREEN, files)}


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
