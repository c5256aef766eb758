"""What tests of the line do again and again."""

import asyncio
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from enforcement.adapters.push import PushSender
from enforcement.adapters.queue import connector, queue
from enforcement.adapters.tables import db

from ..adapters.push_service import PushService
from ..builders import Council, Officer, workshop


class Town(Council):
    """A council with one zone, and in it a two-hour bay called B1."""

    def __init__(self, council: Council) -> None:
        super().__init__(council.app, council.clock, council.id, council.slug)
        self.centre, self.b1 = self.zone(), self.bay("B1")


def rows(session: Session, table: Any, *where: Any) -> list[Any]:
    """This council's rows of a table, in the order in which they were made."""
    ours = select(table).where(table.authority_id == session.info["authority_id"], *where)
    order = table.id if hasattr(table, "id") else table.reference
    return list(session.scalars(ours.order_by(order)))


def count(session: Session, table: Any, *where: Any) -> int:
    ours = table.authority_id == session.info["authority_id"]
    return session.scalar(select(func.count()).select_from(table).where(ours, *where)) or 0


def at_once(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """Make the calls in threads that start together; what each gave, or the exception that it raised."""
    together, results = Barrier(len(calls)), [None] * len(calls)

    def run(place: int) -> None:
        with app.app_context():
            together.wait()
            try:
                results[place] = calls[place]()
            except Exception as fault:
                results[place] = fault

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def overstay(town: Council, bay: str = "B1", now: str = "11:05") -> dict[str, Any]:
    """A car that came at nine and is over its two hours; its task, swept and offered if there is an officer."""
    town.clock.set(now)
    town.reads((bay, "occupied", "09:00"))
    town.sweep()
    return next(task for task in town.tasks() if task["bay"]["reference"] == bay)


def accepted(town: Council, officer: Officer) -> dict[str, Any]:
    """The officer is on the way to the car at B1."""
    overstay(town)
    [task] = officer.mine()
    return officer.step(task, "accept")


def arrived(town: Council, officer: Officer) -> dict[str, Any]:
    """The officer stands at the car at B1."""
    return officer.step(accepted(town, officer), "arrive")


def task_of(town: Council, task: dict[str, Any]) -> dict[str, Any]:
    """The task as it is now."""
    return town.supervisor.get(f"/tasks/{task['id']}")


def subscribe(officer: Officer, service: PushService, key: str | None = None) -> Officer:
    """This phone agreed to be told, with the server's key or another."""
    key = key or officer.phone.get("/push")["key"]
    officer.device = officer.phone.post("/devices", service.subscribe(key).info)
    return officer


def work(town: Town) -> None:
    """A worker does what is queued and may be done now."""
    services = town.app.extensions["openpatrol"]
    sender = PushSender(services.push_keys, services.settings.push_subject, services.push_policy)
    shop = workshop(town.clock, sender=sender)

    async def run() -> None:
        with queue.replace_connector(connector(db.engine)):
            async with queue.open_async():
                await queue.run_worker_async(
                    wait=False,
                    install_signal_handlers=False,
                    additional_context={"shop": shop, "lines": services.lines},
                    concurrency=4,
                )

    asyncio.run(run())
    sender.close()
