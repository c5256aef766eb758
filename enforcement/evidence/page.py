"""The pack as a page: for people to read and print, with the same facts inside for machines. No script runs in it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .photos import Fate, Pictures

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
OF_THE_PHONE = ("id", "version", "recorded_at", "photos")  # told elsewhere, or of no interest to people
REASONS = {
    "period_ended": "the permitted period had ended",
    "suspended": "the bay was suspended",
    "no_permit": "no permit",
    "no_payment": "no payment",
    "wrong_class": "a vehicle of another class",
    "other": "another reason",
}
FATES = {
    Fate.AWAITED.value: "It has not reached the server yet.",
    Fate.LOST.value: "It had reached the server, and its file is missing.",
    Fate.CHANGED.value: "Its file is not what it was when it came: it is not shown.",
    Fate.LEFT_OUT.value: "It is left out, or this file would be too large; the authority has it.",
}


def drawn(facts: Mapping[str, Any], pictures: Pictures, zone: ZoneInfo) -> bytes:
    """The page with its pictures, in UTF-8, ending in a line end. Times are shown in the zone, and kept in UTC."""

    def when(at: datetime | None) -> str:
        if at is None:
            return "–"
        local = at.astimezone(zone)
        return f"{local:%a} {local.day} {local:%b %Y, %H:%M:%S}"

    def told(said: Mapping[str, Any]) -> str:
        """What was said, name by name, with times as people read them."""
        return " ".join(
            f"{plain(name)}: {_value(name, value)}."
            for name, value in said.items()
            if value is not None and name not in OF_THE_PHONE
        )

    def _value(name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return told(value).rstrip(".")
        try:
            return when(datetime.fromisoformat(value)) if name.endswith("_at") else value
        except (TypeError, ValueError):  # kept as it was sent, and it was no time
            return value

    template = PAGES.get_template("pack.html")
    page = template.render(
        facts=facts,
        pictures=pictures,
        fates=FATES,
        when=when,
        plain=plain,
        told=told,
        reasons=REASONS,
        embedded=embedded(facts),
        late=lambda reading: reading["received_at"] - reading["event_at"] > timedelta(minutes=5),
    )
    return (page.rstrip() + "\n").encode()


def plain(name: str) -> str:
    """A word of ours as people read it: `drove_away` is "drove away"."""
    return name.replace("_", " ").replace("-", " ")


def embedded(facts: Mapping[str, Any]) -> Markup:
    """The facts as JSON that no text in them can break out of."""
    text = json.dumps(facts, default=_as_json, ensure_ascii=False, sort_keys=True, indent=1)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{value!r} has no place in a pack")
