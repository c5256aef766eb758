"""`flask worker`: sweeps what is due, and does what is queued."""

import asyncio
import contextlib
import signal
import threading
import time

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext

from enforcement import jobs
from enforcement.adapters.planner import PlannerProcess
from enforcement.adapters.push import PushSender
from enforcement.adapters.queue import connector, queue
from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import require_wall

log = structlog.get_logger()

PLAN_WITHIN_SECONDS = 1.0
JOBS_AT_ONCE = 16


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do the background work; as many of these as you like may run."""
    services = current_app.extensions["openpatrol"]
    settings = services.settings
    require_wall(db.engine)
    planner = PlannerProcess(PLAN_WITHIN_SECONDS)
    planner.start()
    sender = PushSender(services.push_keys, settings.push_subject, services.push_policy)
    shop = jobs.Workshop(db.engine, settings.clock, planner, sender)
    done = threading.Event()
    sweeper = threading.Thread(target=_sweep_on, args=(shop, settings.sweep_seconds, done), name="sweeper")
    sweeper.start()
    try:
        asyncio.run(_work_on(shop, done))
    finally:
        done.set()
        sweeper.join()
        planner.close()
        sender.close()


def _sweep_on(shop: jobs.Workshop, every: float, done: threading.Event) -> None:
    while not done.is_set():
        began = time.monotonic()
        try:
            busy = jobs.sweep(shop)
        except Exception as error:
            log.error("can't sweep", fault=type(error).__name__)
            busy = False
            done.wait(1.0)
        if not busy:
            done.wait(max(0.0, every - (time.monotonic() - began)))


async def _work_on(shop: jobs.Workshop, done: threading.Event) -> None:
    """Run the queue's worker until we are told to stop, again if the database went away under it."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    while not stop.is_set():
        try:
            await _work_until(stop, shop)
        except Exception as error:
            log.error("queue stopped", fault=type(error).__name__)
            await asyncio.sleep(1.0)
    done.set()


async def _work_until(stop: asyncio.Event, shop: jobs.Workshop) -> None:
    with queue.replace_connector(connector(shop.engine)):
        async with queue.open_async():
            work = asyncio.create_task(
                queue.run_worker_async(
                    concurrency=JOBS_AT_ONCE,
                    install_signal_handlers=False,
                    additional_context={"shop": shop},
                    fetch_job_polling_interval=1.0,
                    shutdown_graceful_timeout=5.0,
                )
            )
            told = asyncio.create_task(stop.wait())
            await asyncio.wait({work, told}, return_when=asyncio.FIRST_COMPLETED)
            told.cancel()
            if stop.is_set():
                work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
