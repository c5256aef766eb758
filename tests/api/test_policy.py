"""The council's policy: its bounds, its faults by name, and two who change it at once."""

import pytest

from enforcement.domain.policy import policy_bounds, policy_from, sample_policy_data
from enforcement.domain.policy_changes import changes, tag_of
from enforcement.domain.refusals import Invalid

from ..builders import Council


def test_of_two_who_save_at_once_the_second_is_told_and_nothing_is_overwritten(council: Council):
    ada, bo = council.administrator, council.person("administrator", "Bo")[1]
    seen = ada.get("/authority")
    first = seen["policy"] | {"grace_minutes": 12}
    ada.patch("/authority", {"policy": first, "policy_tag": seen["policy_tag"]}, 200)
    late = {"policy": seen["policy"] | {"look_minutes": 3}, "policy_tag": seen["policy_tag"]}
    refused = bo.patch("/authority", late, 409)
    assert refused["type"].endswith("/stale-policy")
    assert ada.get("/authority")["policy"] == first
    late["policy_tag"] = bo.get("/authority")["policy_tag"]
    bo.patch("/authority", late, 200)


def test_a_bad_value_is_named_by_its_place_and_nothing_is_saved(council: Council):
    before = council.administrator.get("/authority")["policy"]
    bad = before | {"grace_minutes": 500, "retention": {**before["retention"], "visits_days": 0}}
    refused = council.administrator.patch("/authority", {"policy": bad}, 422)
    assert {error["pointer"] for error in refused["errors"]} == {
        "/policy/grace_minutes",
        "/policy/retention/visits_days",
    }
    assert council.administrator.get("/authority")["policy"] == before


def test_the_journal_keeps_what_a_policy_was(council: Council):
    before = council.administrator.get("/authority")["policy"]
    council.administrator.patch("/authority", {"policy": before | {"grace_minutes": 12}}, 200)
    entry = council.supervisor.get("/audit?subject=authority")["items"][0]
    assert entry["facts"] == {"changed": ["policy"], "policy": {"/grace_minutes": [10, 12]}}


def test_the_form_says_the_bounds_that_are_kept(council: Council):
    form = council.supervisor.get("/policy-form")
    bounds = {each["pointer"]: each for each in form["bounds"]}
    assert bounds["/grace_minutes"] == {"pointer": "/grace_minutes", "low": 0, "high": 120, "usual": 10}
    assert bounds["/weights/harm"]["high"] == 10
    assert {sample["name"] for sample in form["samples"]} == {"devon-2021", "single-sighting"}


@pytest.mark.parametrize("pointer", sorted(policy_bounds()))
def test_a_number_beyond_its_bounds_is_refused_and_one_at_them_is_taken(pointer: str):
    low, high, _ = policy_bounds()[pointer]
    policy_from(with_number(pointer, low))
    policy_from(with_number(pointer, high))
    with pytest.raises(Invalid) as refused:
        policy_from(with_number(pointer, high + 1))
    assert [error["pointer"] for error in refused.value.extra["errors"]] == [pointer]


def with_number(pointer: str, value: float) -> dict:
    data = sample_policy_data("single-sighting")
    *parts, name = pointer[1:].split("/")
    place = data
    for part in parts:
        place = place.setdefault(part, {})
    place[name] = int(value) if value == int(value) else value
    return data


def test_changes_go_into_parts_and_tell_lists_whole():
    before = {"a": 1, "part": {"b": 1, "c": 2}, "list": [1]}
    after = {"part": {"b": 1, "c": 3}, "list": [1, 2]}
    assert changes(before, after) == {"/a": (1, None), "/list": ([1], [1, 2]), "/part/c": (2, 3)}


def test_a_tag_is_of_what_a_policy_says_and_not_of_its_order():
    assert tag_of({"a": 1, "b": {"c": 1, "d": 2}}) == tag_of({"b": {"d": 2, "c": 1}, "a": 1})
    assert tag_of({"a": 1}) != tag_of({"a": 2})
