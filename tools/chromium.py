"""Prints the path of a Chromium for the browser tests; installs one if the machine has none.

    .venv/bin/python tools/chromium.py

In order: what CHROMIUM names, the system's own, Playwright's download, a fresh download, and as root Debian's
package. A candidate counts only if it starts: a download may lack libraries, and Ubuntu's command of that
name may only point to a package that is not there.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
APPLICATIONS = (MAC.format("Chromium"), MAC.format("Google Chrome"))
DOWNLOAD_SECONDS = 300
PACKAGE_SECONDS = 600


class NoChromium(Exception):
    """There is none and none could be installed; the text names the command to run."""


def find_or_install() -> Path:
    """The path of a Chromium that starts. Raises NoChromium."""
    named = os.environ.get("CHROMIUM")
    if named:
        if starts(named):
            return Path(named)
        raise NoChromium(f"CHROMIUM is {named}, and that does not start as a browser")
    found = next((path for path in candidates() if starts(path)), None)
    if found is None:
        raise NoChromium(
            "The browser tests need Chromium, and there is none on this machine. Install it with one of\n"
            "  .venv/bin/python -m playwright install --with-deps chromium\n"
            "  sudo apt-get install chromium\n"
            "or name one: make test CHROMIUM=/path/to/chromium"
        )
    return Path(found)


def candidates() -> Iterator[str]:
    """Where one may be, from what costs nothing to what installs something."""
    yield from installed()
    playwrights = playwrights_own()
    yield playwrights
    tell("No Chromium found; downloading Playwright's ...")
    if run(DOWNLOAD_SECONDS, sys.executable, "-m", "playwright", "install", "chromium"):
        yield playwrights
    if os.geteuid() == 0 and shutil.which("apt-get"):
        tell("Installing the system's package chromium ...")
        run(PACKAGE_SECONDS, "apt-get", "update")
        run(PACKAGE_SECONDS, "apt-get", "install", "--yes", "--no-install-recommends", "chromium")
        yield from installed()


def installed() -> Iterator[str]:
    for name in (*NAMES, *APPLICATIONS):
        path = shutil.which(name)
        if path:
            yield path


def playwrights_own() -> str:
    """Where Playwright keeps the Chromium of its version, whether it is there or not."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def starts(path: str) -> bool:
    return run(30, path, "--version")


def run(seconds: float, *command: str) -> bool:
    """Did it end well in time? What it prints stays unseen; nothing can ask it questions."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(find_or_install())
    except NoChromium as reason:
        tell(f"\n{reason}")
        sys.exit(1)
