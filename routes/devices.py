"""Phones that agreed to be told."""

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from enforcement import pipeline
from enforcement.adapters.push_endpoints import Subscription, check_endpoint, check_subscription
from enforcement.adapters.tables import Device
from enforcement.domain.refusals import NotFound, about

from .auth import clock, current, signed_in
from .bodies import Blueprint
from .database import session
from .schemas.line import DeviceIn, DeviceOut, PushKey

DEAD = ("gone", "renew", "quarantined")

blueprint = Blueprint("devices", __name__, description="Messages to phones")


@blueprint.get("/push")
@signed_in
@blueprint.response(200, PushKey)
def push_key():
    """The key that a browser subscribes with."""
    return {"key": current_app.extensions["openpatrol"].push_key}


@blueprint.post("/devices")
@signed_in
@blueprint.arguments(DeviceIn)
@blueprint.response(201, DeviceOut)
def add_device(body):
    """A browser's push subscription; posted again at every start, because they expire silently.

    One that its push service has refused stays as it is (`state` is not `active`): the browser subscribes anew.
    """
    subscription = Subscription(body["endpoint"], body["keys"]["p256dh"], body["keys"]["auth"])
    policy = current_app.extensions["openpatrol"].push_policy
    with about("/endpoint"):
        check_endpoint(subscription.endpoint, policy)
    with about("/keys"):
        check_subscription(subscription, policy)
    dead = _dead(subscription.endpoint)
    if dead:
        return dead
    now = clock()
    row = {
        "authority_id": current.authority_id,
        "id": uuid7(),
        "person_id": current.person.id,
        "sign_in_id": current.sign_in.id,
        "endpoint": subscription.endpoint,
        "p256dh": subscription.p256dh,
        "auth": subscription.auth,
        "state": "active",
        "created_at": now,
        "last_seen_at": now,
    }
    renewed = {
        name: row[name] for name in row if name not in ("authority_id", "id", "endpoint", "created_at")
    }
    device_id = session.scalar(
        insert(Device)
        .values(row)
        .on_conflict_do_update(index_elements=["authority_id", "endpoint"], set_={**renewed, "why": None})
        .returning(Device.id)
    )
    session.commit()
    return {"id": device_id, "state": "active"}


def _dead(endpoint: str) -> Device | None:
    """A subscription that its push service no longer takes messages for: the browser does not know, and must make
    another one."""
    return session.scalars(
        select(Device).where(
            Device.authority_id == current.authority_id,
            Device.endpoint == endpoint,
            Device.state.in_(DEAD),
        )
    ).first()


def _mine(device_id) -> Device:
    device = session.scalars(
        select(Device).where(
            Device.authority_id == current.authority_id,
            Device.id == device_id,
            Device.person_id == current.person.id,
        )
    ).first()
    if device is None:
        raise NotFound(f"There is no device {device_id}.")
    return device


@blueprint.delete("/devices/<uuid:device_id>")
@signed_in
@blueprint.response(204)
def remove_device(device_id):
    """Tell this phone nothing more."""
    _mine(device_id).state = "signed-out"
    session.commit()


@blueprint.post("/devices/<uuid:device_id>/test")
@signed_in
@blueprint.response(202)
def test_device(device_id):
    """Send a message to see that messages arrive."""
    pipeline.messages.send_test(session, _mine(device_id), clock())
    session.commit()


@blueprint.post("/notifications/<uuid:notification_id>/receipt")
@signed_in
@blueprint.response(204)
def receipt(notification_id):
    """The phone showed it: the only proof of delivery."""
    if not pipeline.messages.receipt(session, notification_id, current.person.id, clock()):
        raise NotFound(f"There is no message {notification_id} of yours.")
    session.commit()
