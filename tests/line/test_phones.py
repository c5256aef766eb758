"""Phones that are shared, lost and found: where somebody is signed in, and what is locked up for them."""

from base64 import urlsafe_b64decode
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from enforcement.adapters.secret_box import SecretBox
from enforcement.adapters.tables import Person, SightingRow
from enforcement.people import vaults

from ..builders import PASSWORD, Caller, Council, Officer
from .scenes import Town, accepted, count, overstay, rows
from .test_evidence import facts_in, pack

NOT_LOST = {"lost": False}


def sign_in(town: Town, officer: Officer, phone_id: str | None = None) -> Caller:
    """The officer signs in on another phone, or on one that has an id."""
    email = officer.phone.get("/me")["person"]["email"]
    browser = town.browser()
    browser.post("/sign-in", {"email": email, "password": PASSWORD, "phone_id": phone_id})
    return browser


def sign_ins(town: Town, officer: Officer) -> list[dict[str, Any]]:
    return town.supervisor.get(f"/people/{officer.id}/sign-ins")["items"]


def lose(town: Town, officer: Officer, phone_id: str) -> None:
    """The officer's phone with this id is signed out as lost; they go on with another."""
    old = officer.phone
    officer.phone = sign_in(town, officer, phone_id)
    newest = sign_ins(town, officer)[0]
    town.supervisor.post(f"/sign-ins/{newest['id']}/sign-out", {"lost": True}, 204)
    officer.phone = old


def kept(town: Town, **query: Any) -> list[dict[str, Any]]:
    return town.supervisor.get("/kept-records", query_string=query)["items"]


def test_a_supervisor_sees_where_an_officer_is_signed_in(town: Town, officer: Officer):
    sign_in(town, officer, str(uuid4()))
    spare, first = sign_ins(town, officer)
    assert spare["created_at"] >= first["created_at"]
    assert [each["push"] for each in (spare, first)] == [None, None]
    assert not any(each["current"] or each["lost"] for each in (spare, first))
    assert [each["current"] for each in officer.phone.get("/me/sign-ins")["items"]] == [False, True]


def test_the_state_of_a_phones_push_stands_beside_it(town: Town, phone: Officer):
    assert [each["push"] for each in sign_ins(town, phone)] == ["active"]


def test_a_phone_that_is_signed_out_from_afar_opens_nothing_and_hears_nothing(town: Town, officer: Officer):
    [only] = sign_ins(town, officer)
    town.supervisor.post(f"/sign-ins/{only['id']}/sign-out", NOT_LOST, 204)
    assert officer.phone.call("GET", "/me").status_code == 401
    assert sign_ins(town, officer) == []
    assert town.journal(officer.id)[-1] == "person.signed-out"
    town.supervisor.post(f"/sign-ins/{only['id']}/sign-out", NOT_LOST, 404)


def test_an_officer_ends_their_own_sign_ins_and_nobody_elses(town: Town, officer: Officer):
    other = town.on_duty(town.centre, name="Ann")
    spare = sign_in(town, officer)
    [theirs] = sign_ins(town, other)
    officer.phone.post(f"/sign-ins/{theirs['id']}/sign-out", NOT_LOST, 404)
    newest = officer.phone.get("/me/sign-ins")["items"][0]
    officer.phone.post(f"/sign-ins/{newest['id']}/sign-out", NOT_LOST, 204)
    assert spare.call("GET", "/me").status_code == 401
    other.phone.get("/me")


def test_a_supervisor_looks_after_officers_and_an_administrator_after_everybody(town: Town):
    supervisor_id, browser = town.person("supervisor", "Sid")
    assert town.supervisor.call("GET", f"/people/{supervisor_id}/sign-ins").status_code == 403
    [theirs] = browser.get("/me/sign-ins")["items"]
    town.supervisor.post(f"/sign-ins/{theirs['id']}/sign-out", NOT_LOST, 403)
    town.administrator.post(f"/sign-ins/{theirs['id']}/sign-out", NOT_LOST, 204)


def test_what_a_lost_phone_sends_is_kept_apart_until_it_was_found(town: Town, officer: Officer):
    task, phone_id = accepted(town, officer), str(uuid4())
    lose(town, officer, phone_id)
    officer.phone = sign_in(town, officer, phone_id)
    assert officer.phone.get("/me")["phone_lost"]
    seen = {"id": str(uuid4()), "plate": "AB12CDE"}
    answer = officer.step(task, "sightings", 409, **seen)
    assert (answer["type"].rpartition("/")[2], answer["kept"]) == ("lost-phone", True)
    assert [record["why"] for record in kept(town)] == ["lost-phone"]
    officer.step(task, "arrive", 409)
    with town.session() as session:
        assert count(session, SightingRow) == 0

    [lost] = town.supervisor.get("/lost-phones")["items"]
    assert (lost["id"], lost["officer"]["id"]) == (phone_id, officer.id)
    town.supervisor.delete(f"/lost-phones/{phone_id}", 204)
    assert not officer.phone.get("/me")["phone_lost"]
    officer.step(task, "sightings", **seen)
    assert kept(town) == []
    assert town.supervisor.get("/lost-phones")["items"] == []
    assert town.journal(phone_id) == ["phone.found"]


def test_another_phone_of_the_same_officer_works_on(town: Town, officer: Officer):
    task = accepted(town, officer)
    lose(town, officer, str(uuid4()))
    officer.step(task, "sightings", plate="AB12CDE")
    officer.phone = sign_in(town, officer, str(uuid4()))
    assert not officer.phone.get("/me")["phone_lost"]
    officer.step(task, "preparation")


def test_a_call_for_help_is_taken_from_a_lost_phone_too(town: Town, officer: Officer):
    phone_id = str(uuid4())
    lose(town, officer, phone_id)
    sign_in(town, officer, phone_id).post("/sos", {"id": str(uuid4())}, 200)


def test_a_phone_that_does_not_say_which_it_is_can_be_signed_out_as_lost(town: Town, officer: Officer):
    [only] = sign_ins(town, officer)
    town.supervisor.post(f"/sign-ins/{only['id']}/sign-out", {"lost": True}, 204)
    assert town.supervisor.get("/lost-phones")["items"] == []


def test_a_phone_is_lost_once_however_often_it_is_said(town: Town, officer: Officer):
    phone_id = str(uuid4())
    lose(town, officer, phone_id)
    lose(town, officer, phone_id)
    assert len(town.supervisor.get("/lost-phones")["items"]) == 1


@pytest.mark.parametrize("what", ["sightings", "outcome"])
def test_a_record_that_was_refused_and_is_sent_again_is_taken_and_kept_apart_no_longer(
    town: Town, officer: Officer, what: str
):
    task = accepted(town, officer)
    said = {"plate": "AB12CDE"} if what == "sightings" else {"outcome": "prevented"}
    said["id"] = str(uuid4())
    ahead = town.clock().replace(hour=20).isoformat()
    officer.step(task, what, 422, recorded_at=ahead, **said)
    [record] = kept(town)
    assert record["taken_at"] is None
    officer.step(task, what, **said)
    assert kept(town) == []
    [record] = kept(town, taken=True)
    assert record["taken_at"]
    assert town.journal(record["id"]) == ["record.kept", "record.taken"]


def test_the_evidence_tells_a_record_once_when_it_was_taken_after_all(town: Town, officer: Officer):
    task, said = accepted(town, officer), {"id": str(uuid4()), "plate": "AB12CDE"}
    officer.step(task, "sightings", 422, recorded_at=town.clock().replace(hour=20).isoformat(), **said)
    officer.step(task, "sightings", **said)
    facts = facts_in(pack(town, task))
    assert (len(facts["sightings"]), facts["kept"]) == (1, [])


def test_a_persons_key_is_the_same_on_all_their_phones_and_nobody_elses(town: Town, officer: Officer):
    key = officer.phone.get("/vault")["key"]
    assert len(urlsafe_b64decode(key + "=")) == 32
    assert sign_in(town, officer).get("/vault")["key"] == key
    assert town.on_duty(town.centre, name="Ann").phone.get("/vault")["key"] != key


def test_the_key_is_kept_encrypted_and_is_not_to_be_kept_on_the_way(town: Town, officer: Officer):
    answer = officer.phone.call("GET", "/vault")
    assert answer.headers["Cache-Control"] == "no-store"
    with town.session() as session:
        [person] = rows(session, Person, Person.id == officer.id)
    assert person.vault
    assert answer.get_json()["key"] not in person.vault


def test_a_key_that_cannot_be_opened_is_never_replaced(town: Town, officer: Officer):
    officer.phone.get("/vault")
    with town.session() as session:
        [person] = rows(session, Person, Person.id == officer.id)
        before = person.vault
        with pytest.raises(vaults.VaultClosed):
            vaults.key_of(session, person, SecretBox([Fernet.generate_key().decode()]), town.clock())
        assert person.vault == before


def test_who_may_come_in_no_more_has_no_key_any_more(town: Town, officer: Officer):
    officer.phone.get("/vault")
    town.administrator.patch(f"/people/{officer.id}", {"disabled": True})
    with town.session() as session:
        assert rows(session, Person, Person.id == officer.id)[0].vault is None


def test_a_phone_that_was_loaded_anew_knows_of_its_open_call_for_help(town: Town, officer: Officer):
    assert officer.phone.get("/me")["sos"] is None
    call = officer.phone.post("/sos", {"id": str(uuid4())})
    assert officer.phone.get("/me")["sos"] == call
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/sos/{call['id']}/cancel", step)
    assert officer.phone.get("/me")["sos"] is None


def test_the_control_rooms_numbers_come_from_the_policy(council: Council):
    _, phone = council.person("officer")
    assert phone.get("/me")["contact"] == {"phone": None, "sms": None}
    numbers = {"control_room_phone": "+44 1632 960001", "control_room_sms": "07700900123"}
    policy = council.administrator.get("/authority")["policy"]
    council.administrator.patch("/authority", {"policy": policy | numbers})
    assert phone.get("/me")["contact"] == {"phone": "+44 1632 960001", "sms": "07700900123"}


def test_whether_a_phone_asks_for_a_pin_is_the_councils_to_say(council: Council):
    _, phone = council.person("officer")
    assert phone.get("/me")["phone_pin"] is False
    policy = council.administrator.get("/authority")["policy"] | {"phone_pin": True}
    council.administrator.patch("/authority", {"policy": policy})
    assert phone.get("/me")["phone_pin"] is True


@pytest.mark.parametrize("number", ["", "call me", "+", "1", "+44 1632 960001 960001", "tel:999", "١٢٣٤"])
def test_what_nobody_can_dial_is_refused(council: Council, number: str):
    policy = council.administrator.get("/authority")["policy"] | {"control_room_phone": number}
    answer = council.administrator.patch("/authority", {"policy": policy}, 422)
    assert answer["errors"][0]["pointer"] == "/policy/control_room_phone"


def test_a_person_chooses_what_they_read(town: Town, officer: Officer):
    assert officer.phone.get("/me")["language"] is None
    assert officer.phone.patch("/me", {"language": "cy"}, 200)["language"] == "cy"
    assert sign_in(town, officer).get("/me")["language"] == "cy"
    assert officer.phone.patch("/me", {"language": None}, 200)["language"] is None
    officer.phone.patch("/me", {"language": "tlh"}, 422)


def test_the_same_person_is_offered_work_on_every_phone_they_are_signed_in_on(town: Town, officer: Officer):
    overstay(town)
    spare = sign_in(town, officer, str(uuid4()))
    assert [task["id"] for task in spare.get("/tasks?state=open")["items"]] == [
        task["id"] for task in officer.mine()
    ]
