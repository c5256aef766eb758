"""Prints the path of a Firefox for the tests of its push client; installs one if the machine has none.

    .venv/bin/python tools/firefox.py

In order: what FIREFOX names, the system's own, and as root Debian's package. A candidate counts only if it starts.
"""

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tools.chromium import PACKAGE_SECONDS, run, starts, tell

NAMES = ("firefox-esr", "firefox")
APPLICATION = "/Applications/Firefox.app/Contents/MacOS/firefox"


class NoFirefox(Exception):
    """There is none and none could be installed; the text names the command to run."""


def find_or_install() -> Path:
    """The path of a Firefox that starts. Raises NoFirefox."""
    named = os.environ.get("FIREFOX")
    if named and starts(named):
        return Path(named)
    if named:
        raise NoFirefox(f"FIREFOX is {named}, and that does not start as a browser")
    found = installed() or from_package()
    if found is None:
        raise NoFirefox("There is no Firefox here: sudo apt-get install firefox-esr, or name one by FIREFOX")
    return found


def installed() -> Path | None:
    paths = (shutil.which(name) for name in (*NAMES, APPLICATION))
    return next((Path(path) for path in paths if path and starts(path)), None)


def from_package() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    tell("Installing the system's package firefox-esr ...")
    run(PACKAGE_SECONDS, "apt-get", "update")
    run(PACKAGE_SECONDS, "apt-get", "install", "--yes", "--no-install-recommends", "firefox-esr")
    return installed()


if __name__ == "__main__":
    try:
        print(find_or_install())
    except NoFirefox as fault:
        sys.exit(str(fault))
