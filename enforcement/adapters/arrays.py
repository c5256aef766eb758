"""Columns of values as PostgreSQL array literals, for statements that take many rows by `unnest`.

The driver's own lists cost it a look at every element; these cost a join. None is NULL.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Text, Uuid, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

_encode = msgspec.json.encode


def uuids(values: Iterable[UUID | None]) -> str:
    return "{" + ",".join(["NULL" if v is None else v.hex for v in values]) + "}"


def among(column: Any, ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Whether a column is one of these ids, however many: one parameter, where IN has one for each of them."""
    found: ColumnElement[bool] = column.in_(select(func.unnest(cast(literal(uuids(ids), Text), ARRAY(Uuid)))))
    return found


def times(values: Iterable[datetime | None]) -> str:
    """Aware times, to the microsecond."""
    return "{" + ",".join(["NULL" if v is None else v.isoformat() for v in values]) + "}"


def flags(values: Iterable[bool]) -> str:
    return "{" + ",".join(["t" if v else "f" for v in values]) + "}"


def texts(values: Iterable[str | None]) -> str:
    """Any text but NUL, which the edge refuses."""
    return "{" + ",".join(["NULL" if v is None else _quoted(v) for v in values]) + "}"


def documents(values: Iterable[Any]) -> str:
    """What JSON can say; times and ids as text."""
    return texts([None if v is None else _encode(v).decode() for v in values])


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
