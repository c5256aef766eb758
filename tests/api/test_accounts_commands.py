"""Councils, administrators and keys from a terminal."""

import re
from uuid import uuid4

import pytest
from click.testing import Result
from flask import Flask

from ..builders import ORIGIN


def run(terminal: Flask, *words: str) -> Result:
    return terminal.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def slug(terminal: Flask) -> str:
    """A council that was made from a terminal."""
    slug = f"t{uuid4().hex[:12]}"
    made = run(terminal, "create-authority", slug, "--name", "London Borough of Camford")
    assert made.exit_code == 0, made.output
    return slug


def sign_in(terminal: Flask, email: str, password: str) -> dict:
    body = {"email": email, "password": password}
    answer = terminal.test_client().post("/api/v1/sign-in", json=body, headers={"Origin": ORIGIN})
    return answer.get_json() | {"status": answer.status_code}


def test_a_new_administrator_can_sign_in(terminal: Flask, slug: str):
    email = f"ada@{slug}.example"
    made = run(
        terminal,
        "create-admin",
        "--authority",
        slug,
        "--email",
        email,
        "--name",
        "Ada",
        "--password",
        "first password",
    )
    assert made.exit_code == 0, made.output
    assert "first password" not in made.output
    said = sign_in(terminal, email, "first password")
    assert (said["person"]["role"], said["authority"]["slug"]) == ("administrator", slug)


def test_without_a_password_a_link_to_choose_one_is_printed(terminal: Flask, slug: str):
    email = f"ada@{slug}.example"
    made = run(terminal, "create-admin", "--authority", slug, "--email", email, "--name", "Ada")
    (token,) = re.findall(r"/password/#(\S+)", made.output)
    body = {"token": token, "password": "chosen by myself"}
    assert terminal.test_client().post("/api/v1/password", json=body).status_code == 204
    assert sign_in(terminal, email, "chosen by myself")["person"]["name"] == "Ada"


def test_a_key_is_printed_and_opens_what_it_should(terminal: Flask, slug: str):
    made = run(terminal, "create-key", "--authority", slug, "--name", "a network", "--scope", "places:read")
    headers = {"Authorization": f"Bearer {made.output.strip()}"}
    client = terminal.test_client()
    assert client.get("/api/v1/bays", headers=headers).get_json() == {"items": [], "next": None}
    assert client.post("/api/v1/readings", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["create-admin", "--authority", "atlantis", "--email", "a@b.example", "--name", "A"],
            "no authority",
        ),
        (["create-key", "--authority", "{slug}", "--name", "x", "--scope", "everything"], "everything"),
        (["create-admin", "--authority", "{slug}", "--email", "nobody", "--name", "A"], "e-mail"),
        (
            [
                "create-admin",
                "--authority",
                "{slug}",
                "--email",
                "a@b.example",
                "--name",
                "A",
                "--password",
                "short",
            ],
            "10 characters",
        ),
        (["create-authority", "{slug}", "--name", "Again"], "already"),
        (["create-authority", "x-{slug}", "--name", "X", "--time-zone", "Mars/Base"], "time zone"),
        (["create-authority", "x-{slug}", "--name", "X", "--country", "XX"], "XX"),
        (["create-authority", "x-{slug}", "--name", "X", "--policy", "none"], "none"),
    ],
)
def test_a_mistake_is_a_line_on_the_terminal_and_changes_nothing(terminal: Flask, slug: str, words, said):
    result = run(terminal, *(word.format(slug=slug) for word in words))
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
