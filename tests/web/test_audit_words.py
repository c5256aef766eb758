"""The audit log and the story of a task say everything that the journal can hold in words."""

import re

from .node import FOLDER

ROOT = FOLDER.parents[1]
RECORDED = re.compile(r'journal\.record\(\s*[\w.]+,\s*"([a-z-]+\.[a-z_-]+)"')
WORDS = [ROOT / "static" / "desk" / "parts" / name for name in ("audit-words.js", "story-words.js")]


def test_every_kind_of_change_has_a_sentence():
    code = "".join(path.read_text() for path in (ROOT / "enforcement").rglob("*.py"))
    kinds = set(RECORDED.findall(code))
    assert len(kinds) > 60
    said = "".join(path.read_text() for path in WORDS)
    assert sorted(kind for kind in kinds if f"'{kind}':" not in said) == []
