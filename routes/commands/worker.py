"""`flask worker`: sweeps what is due, and does what is queued."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext

from enforcement import jobs
from enforcement.adapters.planner import PlannerProcess
from enforcement.adapters.push import PushSender
from enforcement.adapters.queue import RIGHTS, USUAL, connector, queue
from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import require_wall
from enforcement.adapters.travel.graph import WalkingGraph
from enforcement.adapters.travel.graph_files import BadGraph
from enforcement.adapters.travel.walks import prepare, travel_of
from enforcement.config import TravelSetting
from enforcement.domain.dispatch import Travel

log = structlog.get_logger()

PLAN_WITHIN_SECONDS = 1.0
LANES = {USUAL: 16, RIGHTS: 4}  # jobs at once: a provider that is slow to answer holds up no message
LOOK_SECONDS = 0.1  # a bell that rings while the queue is being read goes unheard


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do the background work; as many of these as you like may run."""
    services = current_app.extensions["openpatrol"]
    settings = services.settings
    require_wall(db.engine)
    travel = _travel(settings.travel)
    planner = PlannerProcess(PLAN_WITHIN_SECONDS, partial(prepare, travel))
    planner.start()
    sender = PushSender(services.push_keys, settings.push_subject, services.push_policy, threads=LANES[USUAL])
    shop = jobs.Workshop(db.engine, settings.clock, planner, sender, travel)
    done = threading.Event()
    sweeper = threading.Thread(target=_sweep_on, args=(shop, settings.sweep_seconds, done), name="sweeper")
    sweeper.start()
    try:
        asyncio.run(_work_on({"shop": shop, "lines": services.lines, "photos": services.photos}, done))
    finally:
        done.set()
        sweeper.join()
        planner.close()
        sender.close()


def _travel(setting: TravelSetting) -> Callable[[], Travel]:
    """How to walk; a graph that can't be used is told before any work begins."""
    if setting.kind == "graph":
        try:
            graph = WalkingGraph.read(Path(setting.where))
        except BadGraph as fault:
            raise click.ClickException(f"TRAVEL: {fault}") from fault
        log.info("walking graph", nodes=sum(graph.pieces), pieces=len(graph.pieces), largest=graph.pieces[0])
    return travel_of(setting)


def _sweep_on(shop: jobs.Workshop, every: float, done: threading.Event) -> None:
    while not done.is_set():
        began = time.monotonic()
        try:
            more = jobs.sweep(shop)
        except Exception as error:
            log.error("can't sweep", fault=type(error).__name__)
            more = False
            done.wait(1.0)
        if not more:
            done.wait(max(0.0, every - (time.monotonic() - began)))


async def _work_on(context: dict[str, Any], done: threading.Event) -> None:
    """Run the queue's workers until we are told to stop, again if the database went away under them."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(LANES.values())))  # a thread for each job at once
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    while not stop.is_set():
        try:
            await _work_until(stop, context)
        except Exception as error:
            log.error("queue stopped", fault=type(error).__name__)
            await asyncio.sleep(1.0)
    done.set()


async def _work_until(stop: asyncio.Event, context: dict[str, Any]) -> None:
    with queue.replace_connector(connector(context["shop"].engine)):
        async with queue.open_async():
            lanes = [asyncio.create_task(_work_in(lane, at_once, context)) for lane, at_once in LANES.items()]
            told = asyncio.create_task(stop.wait())
            await asyncio.wait({*lanes, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            ended = [lane for lane in lanes if lane.done()]
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
            for lane in ended:
                lane.result()


def _work_in(lane: str, at_once: int, context: dict[str, Any]) -> Coroutine[Any, Any, None]:
    return queue.run_worker_async(
        queues=[lane],
        concurrency=at_once,
        install_signal_handlers=False,
        additional_context=context,
        fetch_job_polling_interval=LOOK_SECONDS,
        shutdown_graceful_timeout=5.0,
    )
