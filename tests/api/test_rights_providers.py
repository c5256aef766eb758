"""Who is asked: set up by administrators; their access tokens are seen by nobody again."""

import logging

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from enforcement.adapters.secret_box import CantOpen, SecretBox, kept_at

from ..adapters.rights.provider import TOKEN, FakeProvider
from ..builders import Council
from ..line.rights_scenes import connect, state_of


@pytest.fixture
def provider():
    with FakeProvider() as running:
        yield running


def refused(council: Council, status: int = 422, **more) -> str:
    body = {"kind": "apds", "name": "Meters", "base_url": "https://rights.example.org", "token": TOKEN} | more
    return council.administrator.post("/rights/providers", body, status)["errors"][0]["pointer"]


def test_a_token_is_never_shown_and_stands_encrypted_in_the_database(council: Council, provider):
    shown = connect(council, provider)
    assert TOKEN not in str([shown, state_of(council)])
    assert shown["has_token"]
    with council.session() as session:
        row = str(session.execute(text("SELECT * FROM rights_providers")).all())
    assert TOKEN not in row


def test_a_token_is_never_logged(council: Council, provider, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    there = connect(council, provider)
    provider.answers(500)
    council.administrator.post(f"/rights/providers/{there['id']}/test", {"plate": "AB12CDE"})
    said = caplog.text + "".join(capfd.readouterr())
    assert "/rights/providers" in said
    assert TOKEN not in said
    assert "AB12CDE" not in said


def test_a_provider_can_be_tried_out_and_says_what_is_wrong(council: Council, provider):
    there = connect(council, provider, token="another")
    trial = f"/rights/providers/{there['id']}/test"
    assert council.administrator.post(trial, {})["reason"] == "refused our access token"

    council.administrator.patch(f"/rights/providers/{there['id']}", {"token": TOKEN})
    provider.covers("AB12CDE")
    assert council.administrator.post(trial, {"plate": "AB12CDE", "place": "805430"})["status"] in (
        "covered",
        "none",
    )
    assert provider.asked[-1]["place"] == "805430"


def test_a_new_address_needs_the_token_again(council: Council, provider):
    there = connect(council, provider)
    with FakeProvider() as other:
        path = f"/rights/providers/{there['id']}"
        council.administrator.patch(path, {"base_url": other.url}, 422)
        council.administrator.patch(path, {"base_url": other.url, "token": TOKEN})


def test_what_can_not_be_right_is_refused_and_pointed_at(council: Council):
    assert refused(council, base_url="https://10.0.0.8/v1") == "/base_url"
    assert refused(council, base_url="http://rights.example.org") == "/base_url"
    assert refused(council, base_url=None) == "/base_url"
    assert refused(council, token=None) == "/base_url"
    assert refused(council, about_bays=True, place_by="zone") == "/about_bays"
    assert refused(council, kind="list") == "/base_url"


def test_a_name_is_given_once_and_free_again_when_its_provider_is_retired(council: Council, provider):
    there = connect(council, provider)
    council.administrator.post("/rights/providers", {"kind": "list", "name": "Meters"}, 409)
    council.administrator.delete(f"/rights/providers/{there['id']}", 204)
    council.administrator.post("/rights/providers", {"kind": "list", "name": "Meters"}, 201)


def test_a_box_opens_what_any_of_its_keys_has_closed(tmp_path):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    closed = SecretBox([old]).close("secret")
    assert SecretBox([new, old]).open(closed) == "secret"
    with pytest.raises(CantOpen):
        SecretBox([new]).open(closed)

    kept = kept_at(tmp_path / "secrets.key").close("secret")
    assert kept_at(tmp_path / "secrets.key").open(kept) == "secret"
