"""CSV files: their heading and their rows, whatever they are of."""

import csv
import io
from typing import Any

from .imports import Unreadable

Row = dict[Any, Any]  # a cell by its heading; those beyond the heading by None


def read_csv(body: bytes) -> tuple[list[str], list[Row]]:
    """The heading, and the rows under it. Raises Unreadable."""
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"It is not a CSV in UTF-8: {error}") from None
    return list(reader.fieldnames or ()), rows
