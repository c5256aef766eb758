"""The samples in deploy/ can be read by what they are for, and all that they name exists."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import crossplane
import pytest
import yaml
from flask import Flask
from flask_migrate import upgrade

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.postgres_programs import programs
from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import require_wall
from enforcement.config import Settings
from enforcement.domain.photos import MOST_PIECE_BYTES
from routes import create_app
from routes.pages import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SETTINGS = {each.metadata["name"] for each in fields(Settings)}
PORT = "8000"
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")


def must_be_ours(words: list[str], terminal: Flask) -> None:
    """A command of ours, with arguments that it takes."""
    program, *arguments = words
    program = Path(program).name
    if program == "granian":
        assert (
            arguments
            == PROCFILE["web"]
            .replace('"${HOST:-127.0.0.1}"', arguments[3])
            .replace('"${PORT:-8000}"', PORT)
            .split()[2:]
        ), "not as the Procfile starts it"
        return
    assert program == "flask", words
    known = [each for each in arguments if not each.startswith(("-", "/"))]
    options = [each for each in arguments if each.startswith("--")]
    told = terminal.test_cli_runner().invoke(args=[*known, "--help"])
    assert told.exit_code == 0, told.output
    assert all(option in told.output for option in options), told.output


def test_the_dockerfile_pleases_its_linter():
    linter = shutil.which("hadolint") or str(Path(sys.executable).parent / "hadolint")
    done = subprocess.run([linter, "--no-color", DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == ""


def test_the_image_is_made_of_what_there_is_and_of_pinned_bases(dockerfile: str, terminal: Flask):
    stages = re.findall(r"^FROM (\S+)(?: AS (\w+))?", dockerfile, re.M)
    for base, _ in stages:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+-[a-z-]+", base), f"{base} is not pinned"
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.M):
        for source in copied.split():
            assert (ROOT / source).exists(), f"{source} is not there"
    last = dockerfile.split("FROM ")[-1]
    assert re.search(r"^USER \d+$", last, re.M), "it would run as root"
    assert not re.search(r"\b(apt-get|pip|npm) ", last), "tools for building in the final image"
    (command,) = re.findall(r"^CMD (\[.+\])$", last, re.M)
    must_be_ours(yaml.safe_load(command), terminal)
    named = set(re.findall(r"(?:^ENV | )([A-Z_]+)=", last)) - {
        "PATH",
        "PYTHONUNBUFFERED",
        "PYTHONDONTWRITEBYTECODE",
    }
    assert named <= SETTINGS


def test_nothing_that_the_server_imports_is_left_out_of_the_image(dockerfile: str):
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.M):
        for source in copied.split():
            assert any(source.startswith(line[1:]) for line in allowed if line.startswith("!")), source
    for needed in ("asgi.py", "wsgi.py", "enforcement", "routes", "migrations", "static"):
        assert re.search(rf"^COPY .*\b{re.escape(needed)}\b", dockerfile, re.M)


def test_compose_starts_everything_in_order(compose: dict[str, Any], terminal: Flask):
    services = compose["services"]
    assert set(services) == {"database", "migrate", "web", "worker", "proxy"}
    assert services["worker"]["deploy"]["replicas"] == 2
    waits = {name: each.get("depends_on", {}) for name, each in services.items()}
    assert waits["migrate"]["database"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        assert waits[name]["migrate"]["condition"] == "service_completed_successfully"
    assert waits["proxy"]["web"]["condition"] == "service_healthy"
    for name in ("migrate", "worker"):
        must_be_ours(services[name]["command"], terminal)


def test_compose_names_only_files_secrets_and_settings_that_there_are(compose: dict[str, Any]):
    for service in compose["services"].values():
        assert re.search(r":\d+\.\d+|^openpatrol$", service["image"]), "not pinned"
        for secret in service.get("secrets", []):
            assert secret in compose["secrets"]
            assert secret in SETTINGS or secret.islower()
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./") and source != "./tls":
                assert (DEPLOY / source).exists(), source
            elif not source.startswith("./"):
                assert source in compose["volumes"]
        assert set(service.get("networks", [])) <= set(compose["networks"])
    sample = (DEPLOY / "settings.env.sample").read_text()
    assert {line.split("=")[0] for line in sample.splitlines() if "=" in line} <= SETTINGS


def test_photos_have_a_volume_of_their_own_that_the_images_user_may_write_to(
    compose: dict[str, Any], dockerfile: str
):
    folder = re.findall(r"INSTANCE_FOLDER=(\S+)", dockerfile)[-1] + "/photos"
    for name in ("web", "worker"):
        assert f"photos:{folder}" in compose["services"][name]["volumes"]
    assert f"install --directory --owner=openpatrol --mode=0700 {folder}" in dockerfile


def test_no_secret_is_in_the_tree():
    ignored = (ROOT / ".gitignore").read_text()
    assert all(f"/deploy/{name}" in ignored for name in ("secrets/", "tls/", "settings.env"))
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert not re.search(
                r"(?i)password\s*[=:]\s*['\"]?[a-z0-9]{6}|BEGIN [A-Z ]*KEY", path.read_text()
            )


def test_nginx_can_read_its_sample(tmp_path: Path):
    (tmp_path / "nginx.conf").write_text(f"events {{}}\nhttp {{ include {DEPLOY}/nginx/openpatrol.conf; }}\n")
    read = crossplane.parse(str(tmp_path / "nginx.conf"), check_ctx=True, check_args=True)
    assert read["status"] == "ok", read["errors"]


def test_nginx_lets_the_feed_flow_keeps_the_inside_in_and_adds_no_header_twice(app: Flask):
    text = (DEPLOY / "nginx" / "openpatrol.conf").read_text()
    blocks = dict(re.findall(r"location (?:= )?(\S+) \{(.*?)\}", text, re.S))
    assert "proxy_buffering off" in blocks["/api/v1/live"]
    for inside in ("/metrics", "/readyz"):
        assert "return 404" in blocks[inside]
        assert any(rule.rule == inside for rule in app.url_map.iter_rules())
    assert any(rule.rule.startswith("/api/v1/import/") for rule in app.url_map.iter_rules())
    assert "client_max_body_size 32m" in blocks["/api/v1/import/"]
    assert any(rule.rule.startswith("/api/v1/sightings/") for rule in app.url_map.iter_rules())
    assert f"client_max_body_size {MOST_PIECE_BYTES >> 10}k" in blocks["/api/v1/sightings/"]
    assert "add_header" not in text
    assert "X-Forwarded-For $remote_addr" in text
    assert f"server web:{PORT};" in text


def test_every_unit_starts_what_there_is_and_is_fenced_in(terminal: Flask):
    for unit in UNITS:
        text = unit.read_text()
        for line in re.findall(r"^ExecStart=(.+)$", text, re.M):
            inner = re.search(r"exec (.+)'$", line)
            command = inner[1] if inner else line
            if not command.startswith("/usr/bin/find"):
                must_be_ours(re.sub(r"/var/\S+", "", command).split(), terminal)
        assert set(re.findall(r"^Environment=(\w+)=", text, re.M)) <= SETTINGS
        for fence in (
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "CapabilityBoundingSet=",
        ):
            assert fence in text, f"{unit.name} lacks {fence}"
        owns = "owner.env" in text
        assert f"\nUser=openpatrol{'-owner' if owns else ''}\n" in text


def test_who_serves_can_read_neither_backups_nor_the_owners_password():
    for unit in UNITS:
        text = unit.read_text()
        folder = "openpatrol-owner" if "\nUser=openpatrol-owner\n" in text else "openpatrol"
        assert set(re.findall(r"/var/lib/([\w-]+)", text)) == {folder}
        assert set(re.findall(r"[\w-]+", "".join(re.findall(r"^StateDirectory=(.+)$", text, re.M)))) <= {
            folder,
            "backups",
        }
        assert "\nStateDirectoryMode=0700\n" in text


def test_systemd_can_read_the_units(tmp_path: Path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine: the units are not verified here")
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text().replace("/opt/openpatrol/.venv/bin/flask", "/bin/true")
        text = text.replace("/opt/openpatrol/.venv/bin/granian", "/bin/true")
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text)
    names = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "openpatrol" in line]
    assert not complaints, done.stderr


def test_secrets_in_files_become_settings_unless_they_are_given(tmp_path: Path):
    (tmp_path / "DATABASE_URL").write_text("from a 'file' with $igns\n")
    (tmp_path / "LOG_LEVEL").write_text("DEBUG")
    entry = ["/bin/sh", DEPLOY / "container" / "entrypoint.sh", "/usr/bin/env"]
    env = {"PATH": os.environ["PATH"], "SECRETS_FOLDER": str(tmp_path), "LOG_LEVEL": "INFO"}
    told = subprocess.run(entry, env=env, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "DATABASE_URL=from a 'file' with $igns" in told
    assert "LOG_LEVEL=INFO" in told


def test_a_secret_that_can_not_be_read_ends_the_container(tmp_path: Path):
    (tmp_path / "DATABASE_URL").write_text("x")
    (tmp_path / "cat").write_text("#!/bin/sh\nexit 1\n")  # a test may run as root, who can read anything
    (tmp_path / "cat").chmod(0o755)
    entry = ["/bin/sh", DEPLOY / "container" / "entrypoint.sh", "/usr/bin/env"]
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SECRETS_FOLDER": str(tmp_path)}
    assert subprocess.run(entry, env=env, capture_output=True).returncode


def test_the_roles_that_compose_makes_are_enough_and_bound_by_the_wall(tmp_path: Path):
    for name in ("owner_password", "app_password"):
        (tmp_path / name).write_text(f"it's a {name}")
    with EmbeddedPostgres(tmp_path / "postgres", durable=False) as server:
        env = {
            "PATH": f"{programs()}:{os.environ['PATH']}",
            "SECRETS_FOLDER": str(tmp_path),
            **{f"PG{key.upper()}": value for key, value in host_of(server).items()},
        }
        subprocess.run(
            ["/bin/sh", DEPLOY / "postgres" / "roles.sh"], env=env, check=True, capture_output=True
        )
        made = Settings.from_environment(
            {
                "OPENPATROL_ENV": "development",
                "DATABASE_URL": server.app_url("openpatrol"),
                "DATABASE_OWNER_URL": server.owner_url("openpatrol"),
                "INSTANCE_FOLDER": str(tmp_path / "instance"),
            }
        )
        with create_app(made).app_context():
            upgrade()
            require_wall(db.engine)
            db.engine.dispose()


def host_of(server: EmbeddedPostgres) -> dict[str, str]:
    words = dict(word.split("=", 1) for word in server.superuser_conninfo().split())
    return {"host": words["host"], "port": words["port"]}
