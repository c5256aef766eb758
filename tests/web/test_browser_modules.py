"""The browser's modules, under Node's own test runner."""

import subprocess

from .node import FOLDER, node


def test_the_modules_of_the_pages_keep_their_promises():
    files = sorted(str(file) for file in FOLDER.glob("*.test.mjs"))
    command = [node(), "--import", str(FOLDER / "setup.mjs"), "--test", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
