"""The push key pair: made once, never replaced, the same for every process."""

import multiprocessing
import stat
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from py_vapid import Vapid02

from enforcement.adapters.key_files import UnusableKey
from enforcement.adapters.push_keys import PushKeys, from_pem, load_or_make

TRADITIONAL, PKCS8 = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8


def pem_of(key: ec.EllipticCurvePrivateKey, form=PKCS8, cover=None) -> str:
    return key.private_bytes(Encoding.PEM, form, cover or NoEncryption()).decode()


def public_made_at(path: str) -> str:
    return load_or_make(Path(path)).public


def test_a_first_start_makes_the_key_and_later_starts_keep_it(tmp_path):
    path = tmp_path / "instance" / "push.pem"
    first = load_or_make(path)
    assert load_or_make(path).public == first.public


def test_only_its_owner_can_read_the_key_and_nothing_is_left_beside_it(tmp_path):
    load_or_make(tmp_path / "push.pem")
    assert stat.S_IMODE((tmp_path / "push.pem").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["push.pem"]


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    path = str(tmp_path / "push.pem")
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(public_made_at, [path] * 16, chunksize=1)
    assert set(keys) == {load_or_make(Path(path)).public}


def test_the_process_that_comes_second_takes_the_key_of_the_first(tmp_path, monkeypatch):
    path = tmp_path / "push.pem"
    first = load_or_make(path)
    monkeypatch.setattr(Path, "exists", lambda _: False)  # it looked before the first had finished
    assert load_or_make(path).public == first.public
    assert [p.name for p in tmp_path.iterdir()] == ["push.pem"]


def test_the_public_half_is_an_application_server_key(tmp_path):
    public = load_or_make(tmp_path / "push.pem").public
    point = urlsafe_b64decode(public + "=")
    assert len(point) == 65
    assert point[0] == 4
    assert "=" not in public
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def test_the_private_half_signs_with_py_vapid(tmp_path):
    keys = load_or_make(tmp_path / "push.pem")
    claims = {"sub": "mailto:push@example.org", "aud": "https://push.example.org"}
    header = Vapid02(private_key=keys.private).sign(claims)["Authorization"]
    assert Vapid02.verify(header)
    assert header.endswith(f"k={keys.public}")


@pytest.mark.parametrize("form", [PKCS8, TRADITIONAL])
def test_a_key_from_the_environment_may_have_its_line_ends_written_out(form):
    key = ec.generate_private_key(ec.SECP256R1())
    text = pem_of(key, form)
    assert from_pem(text).public == from_pem(text.replace("\n", "\\n")).public == PushKeys(key).public


WRONG = {
    "empty": "",
    "not a key": "hello",
    "half a key": pem_of(ec.generate_private_key(ec.SECP256R1()))[:90],
    "another curve": pem_of(ec.generate_private_key(ec.SECP384R1())),
    "a public key": ec.generate_private_key(ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode(),
    "a password": pem_of(ec.generate_private_key(ec.SECP256R1()), cover=BestAvailableEncryption(b"secret")),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_named_and_never_overwritten(tmp_path, text):
    path = tmp_path / "push.pem"
    path.write_text(text)
    with pytest.raises(UnusableKey, match=str(path)):
        load_or_make(path)
    assert path.read_text() == text


def test_bytes_that_are_no_text_are_named_too(tmp_path):
    path = tmp_path / "push.pem"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnusableKey, match=str(path)):
        load_or_make(path)


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(UnusableKey, match=f"{tmp_path}.*directory"):
        load_or_make(tmp_path)


def test_a_place_where_nothing_can_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableKey, match=r"file/push\.pem"):
        load_or_make(tmp_path / "file" / "push.pem")


def test_a_wrong_key_from_the_environment_is_refused_without_showing_it():
    with pytest.raises(UnusableKey) as refusal:
        from_pem("sesame")
    assert "environment" in str(refusal.value)
    assert "sesame" not in str(refusal.value)


def test_the_private_half_does_not_show_when_printed():
    assert repr(PushKeys(ec.generate_private_key(ec.SECP256R1()))) == "PushKeys()"
