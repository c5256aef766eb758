"""Anyone can check a signed file with the published key, from a terminal."""

from pathlib import Path

import pytest
from flask import Flask

from enforcement.adapters.signing import sealed

from ..builders import Council, at


@pytest.fixture
def signed(app: Flask, tmp_path: Path) -> Path:
    file = tmp_path / "day.txt"
    key = app.extensions["openpatrol"].signing_key
    file.write_bytes(sealed(b"A day.\n", key, "Camford", at("11:15")))
    return file


def verify(terminal: Flask, *words: object) -> tuple[int, str]:
    result = terminal.test_cli_runner().invoke(args=["verify", *map(str, words)])
    return result.exit_code, result.output


def test_a_terminal_says_who_signed_and_when(terminal: Flask, signed: Path):
    code, said = verify(terminal, signed)
    assert code == 0
    assert "Genuine: signed by Camford at 2026-06-29T10:15:00+00:00" in said


def test_a_terminal_says_what_is_wrong(terminal: Flask, signed: Path):
    signed.write_bytes(signed.read_bytes().replace(b"A day", b"B day"))
    code, said = verify(terminal, signed)
    assert code == 1
    assert "NOT GENUINE: What stands above the signature line was changed" in said


def test_the_published_key_checks_files_anywhere(
    council: Council, terminal: Flask, signed: Path, tmp_path: Path
):
    published = council.browser().get("/signing-key")
    (tmp_path / "key.pem").write_text(published["pem"])
    code, said = verify(terminal, signed, "--key", tmp_path / "key.pem")
    assert code == 0
    assert published["key"] in said
    (tmp_path / "key.pem").write_text("sesame")
    assert verify(terminal, signed, "--key", tmp_path / "key.pem")[0] == 1
