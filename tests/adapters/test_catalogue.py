"""Every sentence of the server that an officer reads stands in the catalogue, word for word."""

import ast
import inspect
import re
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Junk, Message
from fluent.syntax.serializer import FluentSerializer
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters import catalogue
from enforcement.adapters.catalogue import recognise, said
from enforcement.domain import dispatch, notices, outcomes, priority, rights
from enforcement.domain.notices import Change
from enforcement.pipeline import overstays, patrols

ID = UUID(int=1)
GAP, SERIALIZER = re.compile(r"\$([a-z-]+)"), FluentSerializer()
SAME = re.compile(r"\{ ([a-z][a-z0-9-]*) \}")
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def assert_known(text: str) -> None:
    for part in text.split(catalogue.PARTS):
        assert recognise(part) is not None, part


@settings(deadline=None)  # the first one reads the catalogue
@given(
    st.builds(
        priority.Facts,
        bay_class=st.sampled_from([*priority.HARM, "other"]),
        minutes_over=st.floats(0, 500),
        minutes_waiting=st.floats(0, 100),
        minutes_to_lawful=st.floats(0, 30),
        chance_still_there=st.floats(0, 1),
        repeats_at_bay=st.integers(0, 9),
        rights_checked=st.booleans(),
    )
)
def test_the_reasons_of_every_priority(facts: priority.Facts):
    for reason in priority.priority(facts, priority.Weights()).reasons:
        assert_known(reason)


@pytest.mark.parametrize("nearer", range(12))
@pytest.mark.parametrize("count", [1, 2, 10, 40])
def test_why_this_officer(nearer: int, count: int):
    assert_known(f"{dispatch._nth(nearer)} of {dispatch._number(count)}")
    assert_known(f"{dispatch._number(count)} more on from there")


@pytest.mark.parametrize("chance", [0.9, 0.5, 0.1])
def test_whether_the_car_is_still_there(chance: float):
    assert_known(dispatch._likelihood(chance))


@pytest.mark.parametrize("rule", outcomes.RULES.values(), ids=lambda rule: rule.words)
def test_how_a_visit_ended(rule: outcomes.OutcomeRule):
    assert_known(rule.words)


def _sentences(module: ModuleType) -> set[str]:
    """What a module says: its texts that end with a full stop, without those that explain its code."""
    tree = ast.parse(inspect.getsource(module))
    explaining = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = {
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    return {node.value for node in texts - explaining - parts if re.fullmatch(r"[A-Z].* .*\.", node.value)}


@pytest.mark.parametrize("words", sorted(_sentences(overstays) | _sentences(patrols)))
def test_why_a_task_ended(words: str):
    assert_known(words)


@pytest.mark.parametrize("right_type", [*rights.TYPE_WORDS, None])
@pytest.mark.parametrize("ends", [None, NOON + timedelta(hours=2)])
def test_what_is_known_of_a_right(right_type: str | None, ends: datetime | None):
    covered = rights.Answer(rights.Status.COVERED, "PermitCo", NOON, right_type=right_type, valid_to=ends)
    assert_known(rights.cover_in_words(covered, LONDON))
    assert_known(rights.in_words(covered, LONDON))


@pytest.mark.parametrize(
    "answer",
    [
        None,
        rights.Answer(rights.Status.NONE, "PermitCo", NOON),
        rights.unknown("PermitCo", "did not answer", NOON),
    ],
)
def test_what_is_not_known_of_a_right(answer: rights.Answer | None):
    assert_known(rights.in_words(answer, LONDON))


@pytest.mark.parametrize("minutes", [-3, 0, 25, 60, 125])
@pytest.mark.parametrize("second", [True, False])
def test_an_offer(minutes: int, second: bool):
    notice = notices.task_offered(ID, "Judd Street", "14", minutes, NOON, 240.0, second_look=second)
    assert_known(notice.title)
    assert_known(notice.body)


@pytest.mark.parametrize(
    "notice",
    [
        notices.task_withdrawn(ID, "Judd Street", "14"),
        notices.patrol_offered(ID, "Elm Road", "14", NOON, 240.0, spot=False),
        *(notices.task_changed(ID, "Judd Street", "14", change) for change in Change),
        notices.test_message(),
        notices.sos_seen(ID),
        notices.keep_away(ID, "Judd Street"),
        notices.check_in_due(ID, timedelta(minutes=1)),
    ],
    ids=lambda notice: notice.title,
)
def test_every_message_to_an_officer(notice: notices.Notice):
    assert_known(notice.title)
    assert_known(notice.body)


def test_what_no_catalogue_knows_stays_as_it_is():
    assert said("Watch the corner by the bakery", "cy") == "Watch the corner by the bakery"
    assert said("Notice served", None) == "Notice served"
    assert said("Notice served", "tlh") == "Notice served"


def test_a_message_is_said_in_welsh_with_its_times_and_distances():
    notice = notices.task_offered(ID, "Judd Street", "14", 65, NOON, 240.0)
    assert said(notice.title, "cy") == "Judd Street, bae 14"
    assert said(notice.body, "cy") == "1 awr 5 mun dros amser · cyfreithlon o 12:00 · 240 m ar droed"


def test_a_sentence_inside_a_sentence_is_said_in_its_own_words():
    assert said("Over a 2 h limit", "cy") == "Dros derfyn o 2 awr"
    assert said("second nearest of four", "cy") == "ail agosaf o blith pedwar"


@pytest.mark.parametrize("language", catalogue.languages())
def test_a_translation_has_no_sentence_and_no_gap_that_english_lacks(language: str):
    english, theirs = gaps_of(catalogue.ENGLISH), gaps_of(language)
    assert theirs.keys() <= english.keys()
    assert {name: gaps - english[name] for name, gaps in theirs.items() if gaps - english[name]} == {}


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_sentence_is_translated_with_every_gap_in_the_order_of_english(language: str):
    english, theirs = gaps_of(catalogue.ENGLISH), gaps_of(language)
    assert [*theirs] == [*english]
    assert {name: gaps - theirs[name] for name, gaps in english.items() if gaps - theirs[name]} == {}


def gaps_of(language: str) -> dict[str, set[str]]:
    """The names of the gaps of each sentence, and of the one that it repeats."""
    text = (catalogue.FOLDER / f"{language}.ftl").read_text(encoding="utf-8")
    resource = parse(text)
    assert not [entry for entry in resource.body if isinstance(entry, Junk)]
    messages = [entry for entry in resource.body if isinstance(entry, Message)]
    texts = {entry.id.name: SERIALIZER.serialize_entry(entry) for entry in messages}
    whole = {
        name: text + "".join(texts[other] for other in SAME.findall(text)) for name, text in texts.items()
    }
    return {name: set(GAP.findall(text)) for name, text in whole.items()}
