"""`flask simulate`: the demo's sensors and officers, who use the server as real ones would."""

import os
import signal
from collections.abc import Callable
from functools import partial
from random import Random
from threading import Thread

import click

from enforcement.config import Settings
from enforcement.simulation.borough import Borough, borough
from enforcement.simulation.client import ApiClient
from enforcement.simulation.pace import Pace
from enforcement.simulation.patience import Stopped, insist
from enforcement.simulation.sensor_network import SensorNetwork
from enforcement.simulation.verdicts import demo_verdict
from enforcement.simulation.walkers import Walker


@click.group("simulate")
def simulate() -> None:
    """Sensors and officers that are not there, for the demo borough."""


url = click.option("--url", help="The server's address; else PUBLIC_URL, else http://localhost and PORT.")
seed = click.option(
    "--seed", type=int, default=1, show_default=True, help="That the demo borough was made with."
)


@simulate.command("sensors")
@click.option(
    "--key", envvar="OPENPATROL_SIMULATION_KEY", required=True, help="readings:write and places:read."
)
@url
@seed
def sensors(key: str, url: str | None, seed: int) -> None:
    """Report cars that come and go, until stopped."""
    settings = Settings.from_environment(os.environ)
    pace = _until_told(Pace(settings.clock))
    api = ApiClient(url or settings.public_url, key=key)
    SensorNetwork(api, borough(seed), pace, Random()).run()


@simulate.command("officers")
@click.option(
    "--sign-in",
    "sign_ins",
    envvar="OPENPATROL_SIMULATION_OFFICERS",
    multiple=True,
    required=True,
    metavar="EMAIL:PASSWORD",
    help="Once for each officer; the variable takes several with spaces between.",
)
@url
@seed
def officers(sign_ins: tuple[str, ...], url: str | None, seed: int) -> None:
    """Walk, answer offers and close visits on planned shifts, until stopped."""
    settings = Settings.from_environment(os.environ)
    pace = _until_told(Pace(settings.clock))
    camford = borough(seed)
    here = url or settings.public_url
    _together([partial(_walk, here, *_parted(sign_in), pace, camford) for sign_in in sign_ins])


def _parted(sign_in: str) -> tuple[str, str]:
    email, colon, password = sign_in.partition(":")
    if not (email and colon and password):
        raise click.BadParameter("write it as EMAIL:PASSWORD", param_hint="--sign-in")
    return email, password


def _walk(url: str, email: str, password: str, pace: Pace, camford: Borough) -> None:
    """Stroll in the zones of the shift that is planned, and work."""
    random = Random()
    api = ApiClient(url)
    try:
        shift = insist(pace, lambda: api.sign_in(email, password))["shift"]
    except Stopped:
        return
    zones = [zone["name"] for zone in shift["zones"]] if shift else []
    beat = [bay.at for bay in camford.bays_in(zones) or camford.bays]
    Walker(api, pace, random, demo_verdict(random), random.choice(beat), beat=beat).run()


def _together(works: list[Callable[[], None]]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _until_told(pace: Pace) -> Pace:
    """SIGTERM and Ctrl-C end the simulation quietly."""
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: pace.stop.set())
    return pace
