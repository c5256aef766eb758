"""Tables as spreadsheets take them, in which no cell is a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

HEADINGS = {
    "week": "Week that begins on",
    "whole": "Whole week",
    "share": "Share",
    "zone_id": "Zone's id",
    "name": "Zone",
    "up_to_minutes": "Up to minutes",
    "became": "Kind",
    "words": "What became of it",
    "bay_id": "Bay's id",
    "reference": "Bay",
    "lon": "Longitude",
    "lat": "Latitude",
}


def sheet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """CSV (RFC 4180) with a line of headings; without rows nothing but the byte order mark by which spreadsheets
    know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        writer.writerow(HEADINGS.get(name, name.replace("_", " ").capitalize()) for name in rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is led by an apostrophe. Source: OWASP, CSV injection."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return round(value, 4) if isinstance(value, float) else value
