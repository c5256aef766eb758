"""Contravention codes: what a car is thought to have done, and whether a sensor can tell.

The data are a restatement of London Councils' PCN Codes v7.0 with shortened gists, never the
official wording that a penalty charge notice must carry.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .refusals import Invalid

_DATA: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "contraventions-v7.json").read_text(encoding="utf-8")
)
_WRITTEN = re.compile(r"(?P<code>[0-9]{2})(?P<suffix>[a-z0-9]*)", re.IGNORECASE)

SUFFIXES: MappingProxyType[str, str] = MappingProxyType(_DATA["suffixes"])
"""What a suffix letter usually means; `suffix_meaning` knows the codes where it means something else."""


@dataclass(frozen=True, slots=True)
class Contravention:
    """One code of the list.

    `level` is "higher", "lower" or "n/a" and decides the charge; `suffixes` are advice (None: too many
    to list); `street` is "on" or "off"; `trigger` says what a sensor can give cause to look for:
    "overstay", "payment", "permit", "presence", "suspension", "weak" or "none".
    """

    code: str
    level: str
    suffixes: tuple[str, ...] | None
    gist: str
    street: str
    trigger: str


def all_contraventions() -> tuple[Contravention, ...]:
    """The parking codes, on-street ones first, in the order of the list."""
    return tuple(_by_code().values())


def contravention(code: str) -> Contravention:
    """The contravention of a two-digit code without suffix; Invalid if there is none."""
    try:
        return _by_code()[code]
    except KeyError:
        raise Invalid(f"{code!r} {_why_not(code)}.") from None


def split_code(written: str) -> tuple[str, str]:
    """A code as councils write it, in two parts: `12R` is ("12", "r"). Raises Invalid."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise Invalid(f"{written!r} is not a contravention code: two digits, then letters or digits.")
    return match["code"], match["suffix"].lower()


def suffix_meaning(code: str, letter: str) -> str | None:
    """What one suffix letter means with this code; None if the list doesn't say."""
    own: dict[str, str] = _DATA["suffixes_by_code"].get(code, {})
    return own.get(letter) or SUFFIXES.get(letter)


def suffixes_of(code: str) -> dict[str, str | None]:
    """The suffixes that go with a code, by letter, and what each means as far as the list says. Raises Invalid."""
    advised = contravention(code).suffixes
    return {letter: suffix_meaning(code, letter) for letter in (SUFFIXES if advised is None else advised)}


def check_suffix(code: str, suffix: str) -> None:
    """Raise Invalid for a letter that means nothing with this code. What the list advises is no limit."""
    known = suffixes_of(code)
    unknown = [letter for letter in suffix if letter not in known and not suffix_meaning(code, letter)]
    if unknown:
        raise Invalid(f"{', '.join(unknown)!r} is no suffix of code {code}.")


@cache
def _by_code() -> dict[str, Contravention]:
    return {row["code"]: _contravention(row) for row in _DATA["contraventions"]}


def _contravention(row: dict[str, Any]) -> Contravention:
    suffixes = row["suffixes"]
    return Contravention(**{**row, "suffixes": None if suffixes is None else tuple(suffixes)})


def _why_not(code: str) -> str:
    if code in _DATA["not_parking"]:
        return "is a moving traffic contravention, not a parking one"
    if code in _DATA["reserved"]:
        return "is reserved and has no meaning"
    return "is not a known contravention code"
