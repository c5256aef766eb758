"""Background work, of two kinds.

What the state implies is swept: nothing was sent, so nothing can be lost. What must be done once per
thing is a job on the queue, put there by the transaction that calls for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from . import journal, pipeline
from .adapters import partitions
from .adapters.photos import PhotoFolder
from .adapters.planner import PlannerProcess, PlanResult
from .adapters.push import PushResult, PushSender
from .adapters.queue import RIGHTS, queue
from .adapters.rights.lines import Lines
from .adapters.tables import act_for
from .adapters.travel import StraightLine
from .config import Clock
from .domain.dispatch import Travel
from .pipeline.messages import Outgoing
from .pipeline.rules import Rules, policy_of, rules_of

log = structlog.get_logger()

PARTITIONS_AHEAD = timedelta(days=8)
PARTITIONS_BEHIND = timedelta(days=2)
PARTITIONS_KEPT = timedelta(days=7)  # empty or not
PLAN = "plan"
NOTHING_TO_DO = PlanResult([], "assignment", 0.0)
DEAD_AFTER_SECONDS = 30.0
DONE_KEPT_HOURS = 24
# A job that fell over, with the database say, is taken up again; what it is about says when to give up. What
# comes round by itself within the hour needs no second try.
AGAIN = procrastinate.RetryStrategy(max_attempts=20, wait=2)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What background work needs: the database, the time, a planner, a sender of messages, and how to walk."""

    engine: Engine
    clock: Clock
    planner: PlannerProcess
    sender: PushSender
    travel: Callable[[], Travel] = StraightLine

    @contextmanager
    def session(self, authority_id: UUID) -> Iterator[Session]:
        """A session that acts for one authority; commits at the end, then rings the bell."""
        with Session(self.engine, expire_on_commit=False) as session:
            act_for(session, authority_id)
            yield session
            session.commit()

    def ring(self) -> None:
        with self.engine.connect() as connection:
            journal.ring(connection)
            connection.commit()


Due = tuple[UUID, str]  # an authority, and which of its work


def sweep(shop: Workshop) -> bool:
    """Do what is due anywhere; whether to come back at once, for there is more of it than one look takes.

    The plan that a step called for follows within the same sweep.
    """
    done = _do(shop, _due(shop))
    if any(done):
        done += _do(shop, [(authority_id, work) for authority_id, work in _due(shop) if work == PLAN])
        shop.ring()
    return max(done, default=0) >= pipeline.overstays.BATCH


def _due(shop: Workshop) -> list[Due]:
    with shop.engine.connect() as connection:
        found = connection.execute(
            text("SELECT authority_id, work FROM openpatrol_due(:at)"), {"at": shop.clock()}
        )
        return [(authority_id, work) for authority_id, work in found]


def _do(shop: Workshop, due: Iterable[Due]) -> list[int]:
    """How much of each was done. One authority's trouble is not another's."""
    done = []
    for authority_id, work in due:
        try:
            done.append(SWEPT[work](shop, authority_id))
        except Exception:
            log.exception("sweep failed", authority_id=str(authority_id), work=work)
    return done


def _in_rules(step: Callable[[Session, Rules, Any], int]) -> Callable[[Workshop, UUID], int]:
    """A step of the pipeline, under the authority's own rules, in a transaction of its own."""

    def run(shop: Workshop, authority_id: UUID) -> int:
        now = shop.clock()
        with shop.session(authority_id) as session:
            return step(session, rules_of(session, now), now)

    return run


def _in_turn(step: Callable[[Session, Any], int]) -> Callable[[Workshop, UUID], int]:
    """A step of the pipeline that needs no rules of the road, in a transaction of its own."""

    def run(shop: Workshop, authority_id: UUID) -> int:
        with shop.session(authority_id) as session:
            return step(session, shop.clock())

    return run


def make_plan(shop: Workshop, authority_id: UUID) -> int:
    """Ask the planner, holding no transaction meanwhile, and offer what still holds; how many offers."""
    with shop.session(authority_id) as session:
        now = shop.clock()
        policy = policy_of(session)
        problem = pipeline.planning.load_problem(session, now)
    result = NOTHING_TO_DO
    if problem.asks:
        result = shop.planner.plan(problem.officers, problem.tasks, shop.travel(), now, problem.chance)
    if result.fault:
        log.warning("nearest first", authority_id=str(authority_id), fault=result.fault)
    if result.walks_fault:
        log.warning("walks in a straight line", authority_id=str(authority_id), fault=result.walks_fault)
    with shop.session(authority_id) as session:
        return pipeline.planning.apply_plan(session, problem, result, policy, shop.clock())


SWEPT: dict[str, Callable[[Workshop, UUID], int]] = {
    "stays": _in_rules(pipeline.overstays.check_due),
    "silence": _in_rules(pipeline.overstays.mark_silent),
    "patrols": _in_rules(pipeline.patrols.look),
    "ends": _in_rules(pipeline.overstays.end_outlived),
    "offers": _in_rules(
        lambda session, rules, now: pipeline.offers.miss_unanswered(session, rules.policy, now)
    ),
    "escalations": _in_turn(pipeline.alerts.tell_escalated),
    "freezes": _in_turn(pipeline.safety.look),
    "check-ins": _in_turn(pipeline.check_ins.look),
    "busy": _in_turn(pipeline.day.end_busy),
    "overruns": _in_turn(pipeline.day.end_overrun),
    "watch": _in_rules(pipeline.troubles.look),
    PLAN: make_plan,
}


def _shop(context: procrastinate.JobContext) -> Workshop:
    shop: Workshop = context.additional_context["shop"]
    return shop


@queue.task(name=pipeline.messages.DELIVER, pass_context=True, retry=AGAIN)
def deliver(context: procrastinate.JobContext, authority_id: str, notification_id: str) -> None:
    """Send a few messages (their ids by commas), holding no transaction meanwhile. Each is settled soon after
    its push service answered: one that hangs holds up none of the others."""
    shop, ours = _shop(context), UUID(authority_id)
    ids = [UUID(each) for each in notification_id.split(",")]
    with shop.session(ours) as session:
        going = pipeline.messages.outgoing(session, ids, shop.clock())
    for results in _sent(shop.sender, going):
        with shop.session(ours) as session:
            pipeline.messages.settle(session, results, shop.clock())


SETTLE_EVERY = 0.2  # seconds, while some of them have no answer yet
Results = dict[UUID, PushResult]


def _sent(sender: PushSender, going: Sequence[Outgoing]) -> Iterator[Results]:
    """What became of them, in the waves in which their push services answer."""

    def send(each: Outgoing) -> PushResult:
        return sender.send(each.subscription, each.message, Clock()())

    if len(going) == 1:
        yield {going[0].notification_id: send(going[0])}
    elif going:
        with ThreadPoolExecutor(len(going)) as threads:
            waiting = {threads.submit(send, each): each.notification_id for each in going}
            while waiting:
                answered = wait(waiting, timeout=SETTLE_EVERY).done
                if answered:
                    yield {waiting.pop(each): each.result() for each in answered}


ASK_SECONDS = 4.0  # for all providers together; the line waits a little longer, and then goes on


@queue.task(name=pipeline.rights.ASK_BAY, queue=RIGHTS, pass_context=True, retry=AGAIN)
def ask_about_bay(context: procrastinate.JobContext, authority_id: str, stay_id: str) -> None:
    """Does a right cover the bay of a stay?"""
    ask(_shop(context), _lines(context), UUID(authority_id), stay_id=UUID(stay_id))


@queue.task(name=pipeline.rights.ASK_PLATE, queue=RIGHTS, pass_context=True, retry=AGAIN)
def ask_about_plate(
    context: procrastinate.JobContext, authority_id: str, task_id: str, sighting_id: str
) -> None:
    """Does a right cover the plate that an officer saw?"""
    sighting = (UUID(task_id), UUID(sighting_id))
    ask(_shop(context), _lines(context), UUID(authority_id), sighting=sighting)


def ask(
    shop: Workshop,
    lines: Lines,
    authority_id: UUID,
    *,
    stay_id: UUID | None = None,
    sighting: tuple[UUID, UUID] | None = None,
) -> None:
    """Ask about the bay of a stay, or the plate of a (task, sighting), holding no transaction meanwhile."""
    with shop.session(authority_id) as session:
        if stay_id:
            enquiry = pipeline.rights.open_bay(session, stay_id, shop.clock())
        elif sighting:
            enquiry = pipeline.rights.open_sighting(session, *sighting, shop.clock())
    if enquiry is None:
        return
    replies = lines.ask(enquiry.calls, ASK_SECONDS)
    with shop.session(authority_id) as session:
        settle = pipeline.rights.settle_bay if stay_id else pipeline.rights.settle_plate
        settle(session, enquiry, replies, shop.clock())
    shop.ring()


def _lines(context: procrastinate.JobContext) -> Lines:
    lines: Lines = context.additional_context["lines"]
    return lines


def _photos(context: procrastinate.JobContext) -> PhotoFolder:
    photos: PhotoFolder = context.additional_context["photos"]
    return photos


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="upkeep.partitions", pass_context=True)
def make_partitions(context: procrastinate.JobContext, timestamp: int) -> None:
    """Partitions for the days to come, so that rows never land in the default one."""
    shop = _shop(context)
    today = shop.clock().date()
    partitions.make(shop.engine, today - PARTITIONS_BEHIND, today + PARTITIONS_AHEAD)


@queue.periodic(cron="40 2 * * *")
@queue.task(name="upkeep.retention", pass_context=True, retry=AGAIN)
def forget_outlived(context: procrastinate.JobContext, timestamp: int) -> None:
    """What has outlived its period is erased, council by council; then the partitions that are left empty."""
    shop, photos = _shop(context), _photos(context)
    for authority_id in _authorities(shop):
        try:
            sessions = partial(shop.session, authority_id)
            erased = pipeline.retention.forget_outlived(sessions, photos, shop.clock())
            log.info("forgot", authority_id=str(authority_id), rows=sum(erased.values()))
        except Exception:
            log.exception("can't forget", authority_id=str(authority_id))
    partitions.drop(shop.engine, shop.clock().date() - PARTITIONS_KEPT)


@queue.periodic(cron="10 3 * * *")
@queue.task(name="upkeep.dwell", pass_context=True, retry=AGAIN)
def learn_how_long_cars_stay(context: procrastinate.JobContext, timestamp: int) -> None:
    """Each council's model is fitted to its own stays; where that fails, yesterday's stands."""
    shop = _shop(context)
    for authority_id in _authorities(shop):
        try:
            model = pipeline.dwelling.refit(partial(shop.session, authority_id), shop.clock())
            log.info("learned", authority_id=str(authority_id), stays=model.stays)
        except Exception:
            log.exception("can't learn how long cars stay", authority_id=str(authority_id))


def _authorities(shop: Workshop) -> Sequence[UUID]:
    with shop.engine.connect() as connection:
        return connection.execute(text("SELECT id FROM openpatrol_authorities()")).scalars().all()


@queue.periodic(cron="* * * * * */20")
@queue.task(name="upkeep.rescue", pass_context=True)
async def rescue(context: procrastinate.JobContext, timestamp: int) -> None:
    """Jobs that a dead worker had in hand go back to the queue; its own library does not do that."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        log.warning("job of a dead worker", job=job.id, task=job.task_name)
        await jobs.retry_job(job)


@queue.periodic(cron="17 * * * *")
@queue.task(name="upkeep.queue", pass_context=True)
async def forget_done(context: procrastinate.JobContext, timestamp: int) -> None:
    """Jobs that were done are forgotten after a day."""
    await context.app.job_manager.delete_old_jobs(nb_hours=DONE_KEPT_HOURS)
