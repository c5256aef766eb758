"""Files that are still there after a power cut."""

import os
from pathlib import Path


def write(descriptor: int, content: bytes) -> None:
    """Write all of it to an open file, which is closed when it is on the disk."""
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make the names in a folder themselves survive."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
