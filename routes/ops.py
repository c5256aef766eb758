"""Is it alive, is it ready, how is it doing?"""

import time
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from enforcement import queries
from enforcement.adapters.database_health import health
from enforcement.adapters.push import Kind
from enforcement.domain.tasks import EndReason
from enforcement.jobs import SWEPT

from .auth import clock, open_to_all
from .database import session

blueprint = Blueprint("ops", __name__)

LATE_SECONDS = 60.0  # due work older than this means that no worker does it

REQUESTS = Counter("openpatrol_requests_total", "Requests", ["method", "route", "status"])
SECONDS = Histogram("openpatrol_request_seconds", "Time to answer", ["method", "route"])
DUE = Gauge("openpatrol_due_seconds", "Age of the oldest due work, by kind", ["work"])
PROVIDERS = Gauge(
    "openpatrol_rights_providers", "Providers of rights, by the state of their breaker", ["state"]
)
JOBS = Gauge("openpatrol_queue_jobs", "Jobs on the queue, by state", ["status"])
OLDEST = Gauge("openpatrol_queue_oldest_seconds", "How long the oldest job has waited")
AHEAD = Gauge("openpatrol_partitions_ahead_days", "Days for which there are partitions")
DEFAULT = Gauge("openpatrol_default_partition_rows", "Rows that found no partition, estimated", ["table"])
BYTES = Gauge("openpatrol_database_bytes", "Size of the database")
STATES = ("todo", "doing", "failed")
LATELY = timedelta(minutes=5)
OFFERS = Gauge("openpatrol_offers", "What became of offers in the last 5 minutes", ["became"])
MESSAGES = Gauge(
    "openpatrol_messages", "What push services said to messages in the last 5 minutes", ["result"]
)
PLANS = Gauge("openpatrol_plans_nearest_first", "Plans of the last 5 minutes that the planner did not make")
WALKS = Gauge(
    "openpatrol_walks_estimated", "Authorities whose last plan, in the last 5 minutes, had to estimate walks"
)
PLAN_SECONDS = Gauge("openpatrol_plan_seconds", "The longest that an authority's last plan took")


@blueprint.get("/healthz")
@open_to_all
def healthz() -> Response:
    """This process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@open_to_all
def readyz() -> tuple[Response, int]:
    """It can work: the database answers, nobody is behind, the planner plans."""
    try:
        due = queries.due_work(session, clock())
    except SQLAlchemyError:
        session.rollback()
        return jsonify(status="no", database="away"), 503
    behind = {work: round(age, 1) for work, age in due.items() if age > LATE_SECONDS}
    answer = {
        "status": "behind" if behind else "ok",
        "database": "ok",
        "oldest_due_seconds": round(max(due.values(), default=0.0), 1),
        "planner": "behind" if "plan" in behind else "ok",
        "behind": behind,
    }
    return jsonify(answer), 503 if behind else 200


@blueprint.get("/metrics")
@open_to_all
def metrics() -> Response:
    """For Prometheus. No names, no ids; still, keep it inside: see the deployment page."""
    due = queries.due_work(session, clock())
    for work in SWEPT:
        DUE.labels(work).set(due.get(work, 0.0))
    states = queries.rights_providers(session, clock())
    for state in ("closed", "open", "half-open"):
        PROVIDERS.labels(state).set(states.get(state, 0))
    _ask_the_database()
    _ask_the_journal()
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _ask_the_database() -> None:
    found = {(measure, of): value for measure, of, value in health(session)}
    for status in STATES:
        JOBS.labels(status).set(found.get(("jobs", status), 0.0))
    OLDEST.set(found["oldest_job", ""])
    AHEAD.set(found["partitions_ahead", ""])
    BYTES.set(found["bytes", ""])
    for (measure, of), value in found.items():
        if measure == "default_rows":
            DEFAULT.labels(of).set(value)


def _ask_the_journal() -> None:
    found = queries.lately(session, clock() - LATELY)
    for became in ("offered", "accepted", *EndReason):
        OFFERS.labels(became).set(found.get(("offers", became), 0.0))
    for result in Kind:
        MESSAGES.labels(result).set(found.get(("messages", result), 0.0))
    PLANS.set(found.get(("plans", "nearest-first"), 0.0))
    WALKS.set(found["walks_estimated", ""])
    PLAN_SECONDS.set(found["plan_seconds", ""])


def measure(app: Flask) -> None:
    """Count and time every request, by route."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route: Any = request.url_rule.rule if request.url_rule else "(none)"
        REQUESTS.labels(request.method, route, response.status_code).inc()
        SECONDS.labels(request.method, route).observe(
            time.perf_counter() - g.get("began", time.perf_counter())
        )
        return response
