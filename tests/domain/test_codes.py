"""Contravention codes: what the list says, and how councils write them."""

import pytest

from enforcement.domain.codes import (
    SUFFIXES,
    all_contraventions,
    check_suffix,
    contravention,
    split_code,
    suffix_meaning,
    suffixes_of,
)
from enforcement.domain.refusals import Invalid

TRIGGERS = {"overstay", "payment", "permit", "presence", "suspension", "weak", "none"}


def test_code_30_is_the_core_code_a_sensor_can_trigger():
    thirty = contravention("30")
    assert (thirty.level, thirty.street, thirty.trigger) == ("lower", "on", "overstay")
    assert "u" in thirty.suffixes


def test_the_off_street_twin_of_30_is_80():
    assert (contravention("80").street, contravention("80").trigger) == ("off", "overstay")


def test_every_code_is_complete_and_listed_once():
    every = all_contraventions()
    assert len({each.code for each in every}) == len(every) == 66
    for each in every:
        assert each.level in {"higher", "lower", "n/a"}
        assert each.street in {"on", "off"}
        assert each.trigger in TRIGGERS
        assert each.gist
        assert set(each.suffixes or ()) <= SUFFIXES.keys() | {"z"}  # z means something with permits alone


def test_a_level_is_stated_for_the_off_street_list_from_70_to_96():
    assert {each.code for each in all_contraventions() if each.street == "off"} >= {"70", "78", "82", "96"}
    assert all(70 <= int(each.code) <= 96 for each in all_contraventions() if each.street == "off")


def test_suspended_bays_have_many_suffixes_that_nobody_agrees_on():
    assert contravention("21").suffixes is None
    assert contravention("20").suffixes == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [("33", "moving traffic"), ("17", "reserved"), ("98", "not a known"), ("30u", "not a known")],
)
def test_what_is_not_a_parking_code_is_refused_with_the_reason(code, words):
    with pytest.raises(Invalid, match=words):
        contravention(code)


@pytest.mark.parametrize(
    ("written", "parts"),
    [("12R", ("12", "r")), ("30", ("30", "")), ("62c2", ("62", "c2")), ("05U1", ("05", "u1"))],
)
def test_a_code_is_split_however_a_council_writes_it(written, parts):
    assert split_code(written) == parts


@pytest.mark.parametrize("written", ["", "1", "R12", "12-r", "12 r", "12r\n", "١٢", "12é"])
def test_what_does_not_look_like_a_code_is_refused(written):
    with pytest.raises(Invalid):
        split_code(written)


def test_a_suffix_may_mean_something_else_with_one_code():
    assert suffix_meaning("30", "w") == "e-scooter"
    assert suffix_meaning("12", "w") == "wrong zone"
    assert suffix_meaning("30", "?") is None


def test_a_suffix_goes_with_a_code_if_the_list_names_it_or_it_means_something():
    check_suffix("01", "z")  # named, with no meaning told
    check_suffix("30", "d")  # not advised, but every council knows what it is
    check_suffix("62", "4c")
    check_suffix("30", "")
    with pytest.raises(Invalid, match="no suffix of code 30"):
        check_suffix("30", "uz")


def test_where_the_list_names_no_suffixes_all_are_offered():
    assert suffixes_of("21") == dict(SUFFIXES)
    assert suffixes_of("20") == {}
    assert suffixes_of("62")["4"] == "all wheels"
