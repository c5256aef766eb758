"""What a period came to: figures for supervisors, without plates and without names."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from enforcement.adapters.tables import Authority, Zone
from enforcement.domain import reports as figures
from enforcement.domain.refusals import NotFound
from enforcement.queries import reports
from enforcement.queries.reports import Asked

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session
from .schemas import reports as schemas
from .spreadsheets import sheet

blueprint = Blueprint("reports", __name__, description="What a period came to, in numbers")

REPORTS = {
    "weeks": (reports.weeks, "weeks"),
    "hours": (reports.overstays, "hours"),
    "zones": (reports.overstays, "zones"),
    "codes": (reports.overstays, "codes"),
    "waits": (reports.waits, "bands"),
    "walks": (reports.walks, "ways"),
    "bays": (reports.repeats, "bays"),
    "streets": (reports.streets, "streets"),
    "workload": (reports.workload, "ranges"),
}
assert tuple(REPORTS) == schemas.TABLES


def _asked(query: dict[str, Any]) -> Asked:
    now, zone_id = clock(), query["zone_id"]
    ours = session.get_one(Authority, current.authority_id)
    if zone_id and session.get(Zone, (ours.id, zone_id)) is None:
        raise NotFound(f"There is no zone {zone_id}.")
    return Asked(figures.period(query["first"], query["last"], ZoneInfo(ours.time_zone), now), zone_id, now)


@blueprint.get("/reports/weeks")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.WeeksOut)
def weeks(query):
    """Compliance: overstays per stay, week by week, and in as many days before."""
    return reports.weeks(session, _asked(query))


@blueprint.get("/reports/overstays")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.OverstaysOut)
def overstays(query):
    """Overstays and the share attended, by hour of the day, by zone and by code."""
    return reports.overstays(session, _asked(query))


@blueprint.get("/reports/waits")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.WaitsOut)
def waits(query):
    """The time from an overstay to an officer's arrival."""
    return reports.waits(session, _asked(query))


@blueprint.get("/reports/walks")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.WalksOut)
def walks(query):
    """What became of officers' walks to overstays, and how many were wasted."""
    return reports.walks(session, _asked(query))


@blueprint.get("/reports/bays")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.RepeatsOut)
def repeat_bays(query):
    """The bays with overstays again and again, those with most of them first."""
    return reports.repeats(session, _asked(query))


@blueprint.get("/reports/streets")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.StreetsOut)
def streets(query):
    """Visits by street, and how evenly they are spread over the streets."""
    return reports.streets(session, _asked(query))


@blueprint.get("/reports/workload")
@supervisor
@blueprint.arguments(schemas.ReportQuery, location="query")
@blueprint.response(200, schemas.WorkloadOut)
def workload(query):
    """How evenly work is spread over officers: least, middle and most, never whose."""
    return reports.workload(session, _asked(query))


@blueprint.get("/reports/file")
@supervisor
@blueprint.arguments(schemas.FileQuery, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def file(query):
    """One of the tables as CSV (RFC 4180, UTF-8 with a byte order mark), for a spreadsheet."""
    asked, table = _asked(query), query["table"]
    report, rows = REPORTS[table]
    answer = Response(sheet(report(session, asked)[rows]), content_type="text/csv; charset=utf-8")
    name = f"{table}-{asked.period.first}-{asked.period.last}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
