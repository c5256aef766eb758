"""Shifts and positions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from enforcement import pipeline, queries
from enforcement.adapters.tables import Authority, Shift
from enforcement.domain.fences import Fix
from enforcement.domain.tasks import ShiftState

from .auth import clock, current, officer, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas.shifts import OfficerPlaces, PositionsIn, ShiftList, ShiftOut, ShiftQuery, StateStep, Step
from .schemas.tasks import PositionsOut

blueprint = Blueprint("shifts", __name__, description="Officers on duty")


@blueprint.get("/shifts")
@signed_in
@blueprint.arguments(ShiftQuery, location="query")
@blueprint.response(200, ShiftList)
def list_shifts(query):
    """Shifts of today, of one day, of one officer, or those on duty now. An officer sees their own."""
    rows = queries.shift_query(session)
    officer_id = current.person.id if current.is_a("officer") else query["officer"]
    if officer_id:
        rows = rows.where(Shift.officer_id == officer_id)
    if query["on"]:
        rows = rows.where(Shift.started_at.is_not(None), Shift.ended_at.is_(None))
    else:
        begins, ends = _day(query["day"])
        rows = rows.where(Shift.planned_to > begins, Shift.planned_from < ends)
    return {"items": queries.shifts(session, rows)}


def _day(day) -> tuple[datetime, datetime]:
    zone = ZoneInfo(session.get_one(Authority, current.authority_id).time_zone)
    day = day or clock().astimezone(zone).date()
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    after = day + timedelta(days=1)
    return begins, datetime(after.year, after.month, after.day, tzinfo=zone)


@blueprint.post("/shifts/<uuid:shift_id>/release")
@supervisor
@blueprint.response(200, ShiftOut)
def release_officer(shift_id):
    """A supervisor ends a shift; work in hand goes to others."""
    pipeline.shifts.end(session, shift_id, None, clock(), actor=current.actor)
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.post("/shifts/<uuid:shift_id>/start")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, ShiftOut)
def start_shift(body, shift_id):
    """Go on duty in the zones that the supervisor assigned."""
    if recorded("shift.start", shift_id, body):
        pipeline.shifts.start(session, shift_id, current.person.id, clock(), body["recorded_at"])
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.post("/shifts/<uuid:shift_id>/state")
@officer
@blueprint.arguments(StateStep)
@blueprint.response(200, ShiftOut)
def change_state(body, shift_id):
    """What I am doing: nothing buzzes unless I am available."""
    if recorded("shift.state", shift_id, body):
        wanted = ShiftState(body["state"])
        pipeline.shifts.change_state(
            session, shift_id, current.person.id, wanted, clock(), body["recorded_at"], body["minutes"]
        )
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.post("/shifts/<uuid:shift_id>/end")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, ShiftOut)
def end_shift(body, shift_id):
    """Go home; work in hand goes to others."""
    if recorded("shift.end", shift_id, body):
        pipeline.shifts.end(session, shift_id, current.person.id, clock(), body["recorded_at"])
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.get("/positions")
@supervisor
@blueprint.response(200, OfficerPlaces)
def list_positions():
    """Where those on shift were seen last, and when; nobody who is on a break."""
    return {"items": queries.positions(session)}


@blueprint.post("/positions")
@officer
@blueprint.arguments(PositionsIn)
@blueprint.response(200, PositionsOut)
def record_positions(body):
    """Where the phone was, on shift and not on a break. Near the bay, this is also how one arrives."""
    if not recorded("positions", current.person.id, body):
        return {"kept": 0, "arrived_task": None}
    fixes = [Fix(fix["lon"], fix["lat"], fix["accuracy_m"], fix["at"]) for fix in body["fixes"]]
    kept, arrived = pipeline.shifts.record_positions(session, current.person.id, fixes, clock())
    session.commit()
    return {"kept": kept, "arrived_task": queries.task(session, arrived.id) if arrived else None}
