"""Tasks: what officers do about them, and what supervisors may."""

from enforcement import pipeline, queries
from enforcement.domain.outcomes import RULES
from enforcement.domain.tasks import DeclineReason
from enforcement.pipeline.rules import policy_of

from .auth import clock, current, officer, open_to, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .phones import about_task, kept_if_refused, recorded
from .schemas.base import page_of
from .schemas.shifts import Step
from .schemas.tasks import (
    AddendumIn,
    DeclineIn,
    NextOut,
    OfferIn,
    OutcomeIn,
    OutcomeList,
    SightingIn,
    TaskOut,
    TaskQuery,
    TaskStep,
    WithdrawIn,
)

blueprint = Blueprint("tasks", __name__, description="Work for officers")

reads = open_to("officer", "supervisor", "administrator", scope="tasks:read")


@blueprint.get("/tasks")
@reads
@blueprint.arguments(TaskQuery, location="query")
@blueprint.response(200, page_of(TaskOut))
def list_tasks(query):
    """Tasks, the newest first. An officer sees their own; `mine` does the same for everyone else."""
    only_mine = query.pop("mine") or current.is_a("officer")
    officer_id = current.person.id if only_mine else None
    items, following = queries.tasks(session, officer_id=officer_id, **query)
    return {"items": items, "next": following}


@blueprint.get("/tasks/<uuid:task_id>")
@reads
@blueprint.response(200, TaskOut)
def show_task(task_id):
    """One task."""
    return queries.task(session, task_id)


@blueprint.get("/next")
@officer
@blueprint.response(200, NextOut)
def show_next():
    """What most likely comes after the task in hand, so that its officer can think ahead. It may be another's yet."""
    return {"then": pipeline.ahead.next_of(session, current.person.id, clock())}


@blueprint.get("/outcomes")
@signed_in
@blueprint.response(200, OutcomeList)
def list_outcomes():
    """How a visit may end, in words, and what must be said with each."""
    items = [
        {"value": value, "words": rule.words, "needs": rule.needs, "causes": sorted(rule.causes)}
        for value, rule in RULES.items()
    ]
    return {"items": items}


@blueprint.post("/tasks/<uuid:task_id>/accept")
@officer
@blueprint.arguments(TaskStep)
@blueprint.response(200, TaskOut)
def accept(body, task_id):
    """I'm going."""
    with about_task(task_id):
        if recorded("task.accept", task_id, body):
            pipeline.visits.accept(
                session, task_id, current.person.id, body["version"], body["recorded_at"], clock()
            )
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/decline")
@officer
@blueprint.arguments(DeclineIn)
@blueprint.response(200, TaskOut)
def decline(body, task_id):
    """I can't; the next officer is asked."""
    with about_task(task_id):
        if recorded("task.decline", task_id, body):
            reason, policy, done_at = DeclineReason(body["reason"]), policy_of(session), body["recorded_at"]
            pipeline.visits.decline(
                session, task_id, current.person.id, body["version"], reason, policy, done_at, clock()
            )
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/arrive")
@officer
@blueprint.arguments(TaskStep)
@blueprint.response(200, TaskOut)
def arrive(body, task_id):
    """I'm at the bay, said by hand."""
    with about_task(task_id):
        if recorded("task.arrive", task_id, body):
            pipeline.visits.arrive(session, task_id, current.person.id, "hand", body["recorded_at"], clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/sightings")
@officer
@blueprint.arguments(SightingIn)
@blueprint.response(200, TaskOut)
def add_sighting(body, task_id):
    """What I see: the evidence. It can't be changed afterwards."""
    with kept_if_refused("sighting", task_id, body):
        if recorded("task.sighting", task_id, body):
            pipeline.looks.see(session, task_id, current.person.id, body, clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/addenda")
@officer
@blueprint.arguments(AddendumIn)
@blueprint.response(200, TaskOut)
def add_to_sighting(body, task_id, sighting_id):
    """Something to add to what I saw, also when the task is closed. What was recorded stays as it is."""
    with kept_if_refused("addendum", task_id, body | {"sighting_id": sighting_id}):
        if recorded("task.addendum", sighting_id, body):
            pipeline.looks.add(session, task_id, sighting_id, current.person.id, body, clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/misread")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, TaskOut)
def mark_misread(body, task_id, sighting_id):
    """I misread it, while the task is in my hand. It stays on record, and counts for nothing from now on."""
    with kept_if_refused("misread", task_id, body | {"sighting_id": sighting_id}):
        if recorded("task.misread", sighting_id, body):
            pipeline.misreadings.misread(session, task_id, sighting_id, current.person.id, body, clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/look-again")
@officer
@blueprint.arguments(TaskStep)
@blueprint.response(200, TaskOut)
def look_again(body, task_id):
    """I go on and come back for my second sighting when a notice could be lawful."""
    with about_task(task_id):
        if recorded("task.look-again", task_id, body):
            pipeline.looks.come_back(
                session, task_id, current.person.id, body["version"], body["recorded_at"], clock()
            )
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/preparation")
@officer
@blueprint.arguments(TaskStep)
@blueprint.response(200, TaskOut)
def begin_preparation(body, task_id):
    """I begin to prepare a notice."""
    with kept_if_refused("preparation", task_id, body):
        if recorded("task.preparation", task_id, body):
            pipeline.looks.prepare(session, task_id, current.person.id, body["recorded_at"], clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/outcome")
@officer
@blueprint.arguments(OutcomeIn)
@blueprint.response(200, TaskOut)
def record_outcome(body, task_id):
    """Close a task with what the officer found."""
    with kept_if_refused("outcome", task_id, body):
        if recorded("task.outcome", task_id, body):
            pipeline.visits.close(session, task_id, current.person.id, body["version"], body, clock())
        session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/offer")
@supervisor
@blueprint.arguments(OfferIn)
@blueprint.response(200, TaskOut)
def offer_task(body, task_id):
    """Ask one officer, whatever the plan says."""
    now = clock()
    policy = policy_of(session)
    pipeline.offers.offer_to(session, task_id, body["shift_id"], policy, current.actor, now)
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/take-back")
@supervisor
@blueprint.arguments(OfferIn)
@blueprint.response(200, TaskOut)
def take_task_back(body, task_id):
    """Take it out of this officer's hand, who is not at the car yet: it stands as before it was given."""
    policy = policy_of(session)
    pipeline.offers.take_back(session, task_id, body["shift_id"], policy, current.actor, clock())
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/withdraw")
@supervisor
@blueprint.arguments(WithdrawIn)
@blueprint.response(200, TaskOut)
def withdraw_task(body, task_id):
    """Take a task back, and say why."""
    now = clock()
    task = pipeline.tasks.lock_with_stay(session, task_id)
    take_back = pipeline.found.take_back if task.found else pipeline.tasks.withdraw
    take_back(session, task, body["why"], now, actor=current.actor)
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/put-first")
@supervisor
@blueprint.response(200, TaskOut)
def put_task_first(task_id):
    """Before all others: the next plan sends somebody there if anybody can go."""
    pipeline.putting_first.put_first(session, task_id, current.actor, clock())
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/put-back")
@supervisor
@blueprint.response(200, TaskOut)
def put_task_back(task_id):
    """No longer first: as urgent as it is."""
    pipeline.putting_first.put_back(session, task_id, current.actor, clock())
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/tasks/<uuid:task_id>/reopen")
@supervisor
@blueprint.response(200, TaskOut)
def reopen_task(task_id):
    """Put an escalated task back among those that wait for an officer.

    Where it was found unsafe, this releases the place.
    """
    pipeline.safety.reopen_by_hand(session, task_id, current.person.id, current.actor, clock())
    session.commit()
    return queries.task(session, task_id)
