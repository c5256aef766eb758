"""The desk loads all of its style sheets at once: what one says of a bare class holds on every page."""

import re
from collections import defaultdict

from .node import FOLDER

DESK = FOLDER.parents[1] / "static" / "desk"
COMMENTS = re.compile(r"/\*.*?\*/|@media print \{.*?\n\}", re.DOTALL)
SELECTORS = re.compile(r"([^{}]+)\{")
BARE = re.compile(r"\.([\w-]+)")


def bare_classes(text: str) -> set[str]:
    """The classes by which a rule begins, so that it holds wherever they stand."""
    rules = SELECTORS.findall(COMMENTS.sub("", text))
    begun = (BARE.match(selector.strip()) for rule in rules for selector in rule.split(","))
    return {found[1] for found in begun if found}


def test_no_two_style_sheets_have_their_own_idea_of_a_class():
    where = defaultdict(set)
    for sheet in DESK.glob("*.css"):
        for name in bare_classes(sheet.read_text()):
            where[name].add(sheet.name)
    assert {name: sheets for name, sheets in where.items() if len(sheets) > 1} == {}
