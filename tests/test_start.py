"""`make run` as a newcomer meets it: a borough, a task on the phone within a minute, and nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from enforcement.simulation.client import ApiClient, ApiFault, ServerAway
from enforcement.simulation.stack import free_port, without_settings

ROOT = Path(__file__).parents[1]


@contextmanager
def running(instance: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`flask start` in a terminal of its own; ended by Ctrl-C."""
    env = without_settings(os.environ) | {
        "OPENPATROL_ENV": "development",
        "INSTANCE_FOLDER": str(instance),
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "flask", "start"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(30)
        finally:
            assert process.returncode == 0, log.read_text()[-2000:]


def officer(instance: Path, port: int) -> ApiClient:
    """The demo's officer that you can be, signed in once the server is there."""
    until = time.monotonic() + 90
    while True:
        try:
            passwords = json.loads((instance / "demo.json").read_text())["passwords"]
            api = ApiClient(f"http://localhost:{port}")
            api.sign_in("officer@camford.example", passwords["officer"])
            return api
        except (FileNotFoundError, ServerAway, ApiFault):
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.5)


def first_task(api: ApiClient) -> dict[str, Any]:
    until = time.monotonic() + 60
    while not (tasks := api.get("/tasks", state="open")["items"]):
        assert time.monotonic() < until, "no task came within a minute"
        time.sleep(0.5)
    task: dict[str, Any] = tasks[0]
    return task


def ours(instance: Path) -> list[str]:
    """The processes that run for this instance, by any of their traces."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            told = [*(process.info["cmdline"] or ()), *process.environ().values()]
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if any(str(instance) in each for each in told):
            found.append(" ".join(process.info["cmdline"] or ()))
    return found


def test_a_newcomer_has_a_task_within_a_minute_and_ctrl_c_leaves_nothing_behind(tmp_path: Path):
    instance, port, log = tmp_path / "instance", free_port(), tmp_path / "log"
    with running(instance, port, log):
        api = officer(instance, port)
        shift = api.get("/me")["shift"]
        step = {"id": str(uuid4()), "recorded_at": datetime.now(UTC).isoformat()}
        api.post(f"/shifts/{shift['id']}/start", step)
        task = first_task(api)
        assert task["state"] == "offered"
    assert ours(instance) == []
    with running(instance, port, log):
        again = officer(instance, port)
        assert again.get(f"/tasks/{task['id']}")["raised_at"] == task["raised_at"]
        assert again.get("/me")["shift"]["id"] == shift["id"]
    assert ours(instance) == []


def test_a_port_in_use_is_said_in_words(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = without_settings(os.environ) | {
            "OPENPATROL_ENV": "development",
            "INSTANCE_FOLDER": str(tmp_path),
            "PORT": str(port),
        }
        done = subprocess.run(
            [sys.executable, "-m", "flask", "start"], cwd=ROOT, env=env, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert f"Port {port} can't be used" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
