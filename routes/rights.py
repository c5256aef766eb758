"""Rights: who is asked, what they answered, and files of permits and payments."""

from flask import current_app, request

from enforcement import pipeline, queries
from enforcement.adapters.rights.addresses import check_base_url
from enforcement.adapters.rights.lines import Lines
from enforcement.domain.refusals import Forbidden, about
from enforcement.domain.rights import unknown
from enforcement.domain.sightings import normal_plate
from enforcement.pipeline import providers
from enforcement.places import rights_lists

from .auth import administrator, clock, current, officer, open_to, supervisor
from .bodies import Blueprint
from .database import session
from .schemas import rights as schemas
from .schemas.places import ImportedOut

blueprint = Blueprint("rights", __name__, description="Permits and payments")

TRIAL_SECONDS = 5.0
KERB_SECONDS = 2.5  # an officer waits for it

imports = open_to("administrator", scope="rights:write")


def lines() -> Lines:
    """What this process asks by."""
    found: Lines = current_app.extensions["openpatrol"].lines
    return found


@blueprint.get("/rights/providers")
@supervisor
@blueprint.response(200, schemas.ProviderList)
def list_providers():
    """Who is asked, and how they are doing: an open breaker means that they are left in peace."""
    now = clock()
    return {"items": [providers.told(provider, now) for provider in providers.providers(session)]}


@blueprint.post("/rights/providers")
@administrator
@blueprint.arguments(schemas.ProviderIn)
@blueprint.response(201, schemas.ProviderOut)
def add_provider(body):
    """Somebody to ask; the access token is encrypted and never shown again."""
    provider = providers.add(session, _fit(body), current.actor, clock())
    session.commit()
    return providers.told(provider, clock())


@blueprint.patch("/rights/providers/<uuid:provider_id>")
@administrator
@blueprint.arguments(schemas.ProviderChange)
@blueprint.response(200, schemas.ProviderOut)
def change_provider(body, provider_id):
    """Another address, token or table of places. A new address needs the token again: it was given for the old."""
    provider = providers.find(session, provider_id, lock=True)
    providers.change(session, provider, _fit(body), current.actor, clock())
    session.commit()
    return providers.told(provider, clock())


def _fit(body: dict) -> dict:
    """What was sent, its address vetted and its token encrypted."""
    fit = dict(body)
    if fit.get("base_url"):
        with about("/base_url"):
            fit["base_url"] = check_base_url(fit["base_url"], lines().addresses)
    if fit.get("token"):
        fit["token"] = lines().box.close(fit["token"])
    return fit


@blueprint.delete("/rights/providers/<uuid:provider_id>")
@administrator
@blueprint.response(204)
def retire_provider(provider_id):
    """Ask it no more. What it answered stays."""
    providers.retire(session, providers.find(session, provider_id, lock=True), current.actor, clock())
    session.commit()


@blueprint.post("/rights/providers/<uuid:provider_id>/test")
@administrator
@blueprint.arguments(schemas.TrialIn)
@blueprint.response(200, schemas.AnswerOut)
def try_provider(body, provider_id):
    """Ask it something, now: its answer, or why there is none. Nothing is kept."""
    provider = providers.find(session, provider_id)
    plate = normal_plate(body["plate"]) if body["plate"] else None
    call = providers.trial(provider, body["place"], plate, clock())
    session.rollback()  # nothing is held while it is asked
    [reply] = lines().ask([call], TRIAL_SECONDS)
    return reply.answer


@blueprint.post("/import/rights")
@imports
@blueprint.arguments(schemas.ListQuery, location="query")
@blueprint.response(200, ImportedOut)
def import_rights(query):
    """A CSV of permits and payments; the body is the file, and replaces the list of that name."""
    return rights_lists.replace(
        session, query["name"], request.get_data(), current.actor, clock(), strict=query["strict"]
    )


@blueprint.get("/tasks/<uuid:task_id>/rights")
@supervisor
@blueprint.response(200, schemas.KeptAnswerList)
def list_answers(task_id):
    """What was asked about a task's bay and plates, and answered, in that order."""
    return {"items": queries.rights_answers(session, task_id)}


@blueprint.post("/tasks/<uuid:task_id>/rights")
@officer
@blueprint.arguments(schemas.PlateIn)
@blueprint.response(200, schemas.AnswerOut)
def ask_at_the_kerb(body, task_id):
    """Is this plate covered? Asked now, just before serving; the officer waits 2.5 s at most, and decides.

    In the body, not in the address: addresses are logged on the way.
    """
    plate = normal_plate(body["plate"])
    task = pipeline.tasks.lock(session, task_id)
    assignment = pipeline.tasks.live_assignment(session, task_id)
    if assignment is None or assignment.officer_id != current.person.id:
        raise Forbidden("This task is not yours.")
    if known := pipeline.rights.just_checked(session, task, plate, clock()):
        return known
    enquiry = pipeline.rights.open_plate(session, task_id, plate, clock())
    session.commit()  # nothing is held while they are asked
    replies = lines().ask(enquiry.calls, KERB_SECONDS)
    answer = pipeline.rights.settle_plate(session, enquiry, replies, clock())
    session.commit()
    return answer or unknown("nobody", "can be asked", clock())
