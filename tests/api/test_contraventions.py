"""The list of contraventions that phones search in, with what this authority asks for each."""

from typing import Any

from enforcement.domain.codes import all_contraventions, suffix_meaning, suffixes_of

from ..builders import Council


def of(council: Council, code: str) -> dict[str, Any]:
    _, officer = council.person("officer")
    return next(each for each in officer.get("/contraventions")["items"] if each["code"] == code)


def test_every_code_is_there_with_its_words_and_what_is_asked_for(council: Council):
    _, officer = council.person("officer")
    items = officer.get("/contraventions")["items"]
    assert [each["code"] for each in items] == [each.code for each in all_contraventions()]
    assert items[0] == {
        "code": "01",
        "gist": "restricted street, in its prescribed hours",
        "level": "higher",
        "street": "on",
        "suffixes": [
            {"suffix": letter, "meaning": suffix_meaning("01", letter)} for letter in suffixes_of("01")
        ],
        "observation": items[0]["observation"],
        "by_suffix": {},
    }


def test_a_council_with_a_list_of_its_own_has_it_on_its_phones_in_its_order(council: Council):
    policy = council.supervisor.get("/authority")["policy"]
    council.administrator.patch("/authority", {"policy": policy | {"codes": ["30", "01", "62"]}})
    _, officer = council.person("officer")
    assert [each["code"] for each in officer.get("/contraventions")["items"]] == ["30", "01", "62"]


def test_a_suffix_for_which_the_policy_asks_something_else_says_so(council: Council):
    policy = council.supervisor.get("/authority")["policy"]
    asked = [
        {"code": "12", "minutes": 5, "sightings": 2, "start_rule": "on_arrival"},
        {"code": "12", "suffix": "r", "minutes": 0, "sightings": 1, "start_rule": "none"},
        {"code": "12", "suffix": "s", "minutes": 5, "sightings": 2, "start_rule": "on_arrival"},
    ]
    council.administrator.patch("/authority", {"policy": policy | {"observations": asked}})
    told = of(council, "12")
    assert told["observation"] == {"minutes": 5, "sightings": 2, "start_rule": "on_arrival"}
    assert told["by_suffix"] == {"r": {"minutes": 0, "sightings": 1, "start_rule": "none"}}


def test_where_the_list_names_no_suffixes_all_that_mean_something_are_offered(council: Council):
    assert {"suffix": "r", "meaning": "residents"} in of(council, "23")["suffixes"]


def test_a_phone_that_has_it_is_told_that_it_is_the_same_until_the_policy_changes(council: Council):
    _, officer = council.person("officer")
    tag = officer.call("GET", "/contraventions").headers["ETag"]
    again = officer.call("GET", "/contraventions", headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    policy = council.supervisor.get("/authority")["policy"]
    asked = [{"code": "01", "minutes": 3, "sightings": 2, "start_rule": "on_arrival"}]
    council.administrator.patch("/authority", {"policy": policy | {"observations": asked}})
    assert officer.call("GET", "/contraventions", headers={"If-None-Match": tag}).status_code == 200


def test_a_stranger_is_told_nothing(council: Council):
    assert council.browser().call("GET", "/contraventions").status_code == 401
