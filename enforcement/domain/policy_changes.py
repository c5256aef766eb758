"""A policy beside another: what differs, and by which word to know one again."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

Change = tuple[Any, Any]


def tag_of(policy: Mapping[str, Any]) -> str:
    """The same 16 hex digits for policies that say the same, in whatever order."""
    return sha256(json.dumps(policy, sort_keys=True).encode()).hexdigest()[:16]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Change]:
    """By JSON Pointer, what each member was and is; None where it was or is left out. Parts are told member by
    member, lists whole."""
    return dict(_changes(before, after, ""))


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], pointer: str
) -> Iterator[tuple[str, Change]]:
    for name in sorted(before.keys() | after.keys()):
        was, is_ = before.get(name), after.get(name)
        if isinstance(was, dict) and isinstance(is_, dict):
            yield from _changes(was, is_, f"{pointer}/{name}")
        elif was != is_:
            yield f"{pointer}/{name}", (was, is_)
