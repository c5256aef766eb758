"""Signed files: what was signed can be checked by anyone, and one changed byte is found."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from enforcement.adapters import signing
from enforcement.adapters.key_files import UnusableKey
from enforcement.adapters.signing import NotGenuine, SigningKey, opened, sealed

AT = datetime(2026, 6, 29, 10, 15, tzinfo=UTC)
CONTENT = b"<!doctype html>\n<p>All that was seen.\n"
ED25519 = SigningKey(signing.Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = SigningKey(signing.Ed25519PrivateKey.from_private_bytes(bytes(32)))
SEALED = {
    html: sealed(CONTENT, ED25519, "London Borough of Camford", AT, html=html) for html in (True, False)
}


def test_a_sealed_file_says_who_signed_it_and_when():
    for file in SEALED.values():
        seal = opened(file, ED25519.public)
        assert (seal.by, seal.at, seal.key) == ("London Borough of Camford", AT, ED25519.public.name)


def test_the_seal_of_a_page_is_a_comment_and_of_lines_a_line_of_json():
    assert SEALED[True].startswith(CONTENT + b'<!-- {"at":')
    assert SEALED[False].startswith(CONTENT + b'{"at":')


@pytest.mark.parametrize("html", [True, False])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found(html: bool, data: st.DataObject):
    file = bytearray(SEALED[html])
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotGenuine):
        opened(bytes(file), ED25519.public)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file.replace(b"All", b"Not all"), "above the signature line was changed"),
        (lambda file: file.replace(b"Camford", b"Cambridge"), "signature line was changed"),
        (lambda file: CONTENT, "no signature line"),
        (lambda file: b"", "no signature line"),
        (lambda file: b"\xff" + file[-1:], "no signature line"),
        (lambda file: file + b"\n", "no signature line"),
        (lambda file: file.removesuffix(b"\n"), "no signature line"),
        (lambda file: file.replace(b'","by', b'", "by'), "signature line was changed"),
    ],
)
def test_what_is_wrong_is_said(change, words: str):
    with pytest.raises(NotGenuine, match=words):
        opened(change(SEALED[True]), ED25519.public)


def test_a_file_signed_with_another_key_names_both():
    with pytest.raises(NotGenuine, match=f"{ED25519.public.name}.*{OTHER.public.name}"):
        opened(SEALED[True], OTHER.public)


def test_another_key_that_takes_our_name_is_found():
    forged = SEALED[False].replace(ED25519.public.name.encode(), OTHER.public.name.encode())
    with pytest.raises(NotGenuine, match="not made by this key"):
        opened(forged, OTHER.public)


def test_no_name_of_a_council_ends_the_comment():
    file = sealed(CONTENT, ED25519, "--><script>", AT, html=True)
    assert file.count(b">") == CONTENT.count(b">") + 1
    assert opened(file, ED25519.public).by == "--><script>"


def test_the_published_key_is_enough_to_check_with():
    public = signing.public_from_pem(ED25519.public.pem.encode())
    assert opened(SEALED[True], public).key == public.name


def test_the_pair_is_made_once_and_kept(tmp_path: Path):
    first = signing.load_or_make(tmp_path / "signing-key.pem")
    assert signing.load_or_make(tmp_path / "signing-key.pem").public.pem == first.public.pem
    assert repr(first) == "SigningKey()"


def test_a_key_of_another_kind_is_refused():
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(UnusableKey, match="Ed25519"):
        signing.from_pem(pem)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(UnusableKey, match="Ed25519"):
        signing.public_from_pem(public)
    with pytest.raises(UnusableKey, match="public key in PEM"):
        signing.public_from_pem(b"sesame")
