"""A headless Firefox, driven by its own WebDriver BiDi; it speaks with nobody but this machine.

with Firefox(path, push="ws://127.0.0.1:1234/") as browser:
    browser.go("http://localhost:8000/patrol/")
    browser.run("document.title")
"""

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect

START_SECONDS = 60
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
PREFERENCES: dict[str, Any] = {
    "permissions.default.desktop-notification": 1,
    "permissions.default.geo": 1,
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.connection.enabled": True,
    "alerts.useSystemBackend": False,
    # Nothing of the browser's own goes out, and no page of its own stands in the way.
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.region.network.url": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "geo.provider.network.url": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
}


class Fault(Exception):
    """The browser could not do it; the text says why."""


class Firefox:
    """`push` is the address of the push service that its push client listens to."""

    def __init__(self, path: str, push: str) -> None:
        self._path, self._push = path, push
        self._ids = itertools.count(1)
        self._log: list[str] = []
        self._held = ExitStack()

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="openpatrol-firefox-"))
        self._set_up()
        command = [self._path, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"]
        self._process = subprocess.Popen(
            [*command, str(self._folder)],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "HOME": str(self._folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
            start_new_session=True,
        )
        try:
            address = f"{self._listening()}/session"
            self._line = self._held.enter_context(connect(address, max_size=None))
            self._say("session.new", {"capabilities": {}})
            self._page = self._say("browsingContext.getTree", {})["contexts"][0]["context"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def go(self, url: str) -> None:
        self._say("browsingContext.navigate", {"context": self._page, "url": url, "wait": "complete"})

    def run(self, expression: str) -> Any:
        """What the expression comes to in the page, once it is settled: texts, numbers, true, false, None."""
        said = {"expression": expression, "target": {"context": self._page}, "awaitPromise": True}
        answer = self._say("script.evaluate", said)
        if answer["type"] == "exception":
            raise Fault(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def wait_until(self, expression: str, seconds: float = 30) -> Any:
        """As `run`, again and again until it comes to something."""
        until = time.monotonic() + seconds
        while not (found := self.run(expression)):
            if time.monotonic() > until:
                raise TimeoutError(
                    f"{expression} was never true; the page says: {self.run('document.body.innerText')}"
                )
            time.sleep(0.1)
        return found

    def _set_up(self) -> None:
        wanted = PREFERENCES | {"dom.push.serverURL": self._push}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted.items()]
        (self._folder / "user.js").write_text("\n".join(lines))

    def _listening(self) -> str:
        """Where it is driven from, as it says itself; what else it says is kept for a fault."""
        found = threading.Event()
        address: list[str] = []

        def read() -> None:
            assert self._process.stderr
            with self._process.stderr as said:
                for text in said:
                    self._log.append(text)
                    if match := LISTENING.search(text):
                        address.append(match[1])
                        found.set()

        self._reader = threading.Thread(target=read, daemon=True)
        self._reader.start()
        if not found.wait(START_SECONDS):
            raise Fault(f"Firefox did not start: {''.join(self._log[-20:])}")
        return address[0]

    def _say(self, method: str, params: dict[str, Any]) -> Any:
        id_ = next(self._ids)
        self._line.send(json.dumps({"id": id_, "method": method, "params": params}))
        while True:
            answer = json.loads(self._line.recv(timeout=60))
            if answer.get("id") != id_:
                continue
            if answer["type"] == "error":
                raise Fault(f"{method}: {answer['error']}: {answer['message']}")
            return answer["result"]
