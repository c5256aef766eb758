"""Our sentences in the language of whoever reads them, from the catalogues that the pages use too.

The line speaks English. Where a sentence goes to a person who chose another language, it is found among the English
catalogue's `said-…` patterns, and said by the same name in theirs; what no catalogue knows stays English.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast, parse

FOLDER = Path(__file__).parents[2] / "static" / "shared" / "words"
ENGLISH = "en"
PREFIX = "said-"
PARTS = " · "


@cache
def languages() -> tuple[str, ...]:
    """Those that there is a catalogue for: "cy", "en"."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.ftl")))


def said(text: str, language: str | None) -> str:
    """The sentence in that language; None is as it stands."""
    if language == ENGLISH or language not in languages():
        return text
    return PARTS.join(_said(part, language) for part in text.split(PARTS))


def recognise(text: str) -> tuple[str, dict[str, str]] | None:
    """The name of a sentence of ours, and what stands in its gaps; None if no pattern has it."""
    for name, pattern in _patterns():
        if match := pattern.fullmatch(text):
            return name, match.groupdict()
    return None


def _said(text: str, language: str) -> str:
    name, gaps = recognise(text) or ("", {})
    bundle = _bundle(language)
    pattern = bundle.get_message(name).value if bundle.has_message(name) else None
    if pattern is None:
        return text
    spoken, faults = bundle.format_pattern(pattern, _values(gaps, language))
    return text if faults else str(spoken)


def _values(gaps: dict[str, str], language: str) -> dict[str, Any]:
    """A number as a number, so that plurals follow it; a sentence of ours inside ours in its own words."""
    return {name: int(gap) if gap.isdecimal() else _said(gap, language) for name, gap in gaps.items()}


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([f"{language}-GB"], use_isolating=False)
    bundle.add_resource(FluentResource(_text(language)))
    return bundle


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    messages = [entry for entry in parse(_text(ENGLISH)).body if isinstance(entry, ast.Message)]
    ours = {
        entry.id.name: entry.value for entry in messages if entry.id.name.startswith(PREFIX) and entry.value
    }
    return tuple((name, re.compile("".join(map(_part, value.elements)))) for name, value in ours.items())


def _part(element: Any) -> str:
    """Of a pattern: its text as it stands, a gap as a group of its name."""
    if isinstance(element, ast.TextElement):
        return re.escape(element.value)
    return f"(?P<{element.expression.id.name}>.+?)"


def _text(language: str) -> str:
    return (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
