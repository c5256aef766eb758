"""What the clock of the law says of some stays now, and what follows: a task raised, retimed or withdrawn."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Bay, BayState, StayRow, Task
from ..domain.hours import HORIZON
from ..domain.overstays import Overstay, overstay_of
from ..domain.tasks import FINAL_STATES, TaskState
from . import beside_sensors, found, kerb_clock, observed, tasks
from .raising import in_words, judge, raise_task
from .rights import RightsOfStays
from .rules import Rules, restrictions_at, suspensions_of

HOURS_ENDED = "The controlled hours have ended."
# Where no overstay is in sight: before the clock's horizon is reached.
LOOK_AFTER = HORIZON - timedelta(days=1)

ByStay = dict[UUID, list[Task]]


class StayCheck:
    """One look at some stays, with what is known of their bays loaded once."""

    def __init__(self, session: Session, rules: Rules, stays: Sequence[StayRow], now: datetime) -> None:
        self.session, self.rules, self.now = session, rules, now
        bays = {stay.bay_id for stay in stays}
        ours = rules.authority_id
        places = session.execute(
            select(
                Bay,
                BayState.unknown_at.is_not(None) | (BayState.silent_at <= now),
                beside_sensors.OF_NO_STAY_HERE,
            )
            .join(BayState, (BayState.authority_id == Bay.authority_id) & (BayState.bay_id == Bay.id))
            .where(Bay.authority_id == ours, Bay.id.in_(bays))
        ).all()
        self.bays = {bay.id: bay for bay, *_ in places}
        self.unknown = {bay.id for bay, unknown, _ in places if unknown}
        self.raised_at = {bay.id for bay, _, raised in places if raised}
        # Of the stays of one bay, only the one that is not over needs a rule.
        here = {s.bay_id: s.counted_from for s in stays if s.departed_at is None and s.superseded_at is None}
        self.restrictions = restrictions_at(session, here)
        self.suspensions = suspensions_of(session, bays, min(stay.counted_from for stay in stays))
        self.tasks, self.found = self._tasks_of(stays)
        self.rights = RightsOfStays(session, rules, stays, now)

    def _tasks_of(self, stays: Sequence[StayRow]) -> tuple[ByStay, ByStay]:
        """By stay, the tasks that it brought about, and those that officers raised at the same car."""
        by_stay = self._held(Task.stay_id.in_([stay.id for stay in stays]))
        of_no_stay = (
            self._held(Task.bay_id.in_(self.raised_at), beside_sensors.OF_NO_STAY) if self.raised_at else ()
        )
        beside_sensors.link(of_no_stay, stays)
        own: ByStay = {}
        raised: ByStay = {}
        for task in (*by_stay, *of_no_stay):
            if task.stay_id:
                (raised if task.found else own).setdefault(task.stay_id, []).append(task)
        return own, raised

    def _held(self, *which: ColumnElement[bool]) -> Sequence[Task]:
        ours = Task.authority_id == self.rules.authority_id
        return self.session.scalars(
            select(Task).where(ours, *which).order_by(Task.id).with_for_update()
        ).all()

    def stay(self, stay: StayRow) -> None:
        """Set the clock of one stay, raise or withdraw its task, and say when to look again."""
        stay.check_at = None
        if stay.superseded_at:
            self._withdraw(stay, "A late report showed that this car was not there.")
            for task in self._raised_here(stay):
                task.stay_id = None
                kerb_clock.own_clock(self.session, task, self.now)
        elif stay.departed_at:
            self._departed(stay, stay.departed_at)
        else:
            self._present(stay)

    def _open_task(self, stay: StayRow) -> Task | None:
        open_ones = [t for t in self.tasks.get(stay.id, ()) if TaskState(t.state) not in FINAL_STATES]
        return open_ones[0] if open_ones else None

    def _raised_here(self, stay: StayRow) -> list[Task]:
        """What officers have raised at this car themselves and not closed yet."""
        return [t for t in self.found.get(stay.id, ()) if TaskState(t.state) not in FINAL_STATES]

    def _withdraw(self, stay: StayRow, why: str) -> None:
        """Once the officer has arrived, it only informs: the visit is theirs to close."""
        task = self._open_task(stay)
        if task and task.state != TaskState.ARRIVED:
            tasks.withdraw(self.session, task, why, self.now)

    def _departed(self, stay: StayRow, departed_at: datetime) -> None:
        open_ones = [*filter(None, [self._open_task(stay)]), *self._raised_here(stay)]
        if not open_ones:
            return
        for task in open_ones:
            if task.may_have_left_at is None:
                self._may_have_left(task, departed_at)
        gone_at = departed_at + self.rules.policy.debounce
        if self.now >= gone_at:
            self._withdraw(stay, "The car has left.")
        else:
            stay.check_at = gone_at

    def _may_have_left(self, task: Task, at: datetime | None) -> None:
        task.may_have_left_at = at
        kind = "task.may-have-left" if at else "task.still-there"
        journal.record(
            self.session, kind, task.id, at=self.now, officer_id=task.officer_id, bay_id=task.bay_id
        )
        tasks.want_plan(self.session, self.now)

    def _present(self, stay: StayRow) -> None:
        raised = self._raised_here(stay)
        if raised:
            self._withdraw(stay, found.TAKEN_OVER)
        task = self._open_task(stay)
        for each in (*filter(None, [task]), *raised):
            if each.may_have_left_at:
                self._may_have_left(each, None)
        overstay = self._overstay(stay)
        self._note_clock(stay, overstay)
        for each in raised:
            if overstay and each.code == overstay.code:
                kerb_clock.retime(self.session, each, overstay, self.now)
        look_from = self._look_from(overstay) if overstay else self.now + LOOK_AFTER
        if overstay is None or self.now < look_from:
            self._withdraw(stay, self._why_not_over(stay, task))
            stay.check_at = min(look_from, self.rights.look_at(stay, overstay)) if overstay else look_from
            if overstay and task and task.state == TaskState.ARRIVED:
                self._retime(task, overstay)
        else:
            self._over(stay, overstay, task)

    def _look_from(self, overstay: Overstay) -> datetime:
        """From when somebody is sent: where two sightings are asked for, while the car is still within its time."""
        return overstay.overstay_from - self.rules.policy.first_look(overstay.code, overstay.suffix)

    def _why_not_over(self, stay: StayRow, task: Task | None) -> str:
        if task and task.lawful_until and task.lawful_until <= self.now:
            return HOURS_ENDED
        if task and stay.possible_swap and stay.counted_from >= min(task.overstay_from, task.raised_at):
            return "The bay was free for a moment: the clock has started again."
        if covered := self.rights.cover_in_words(stay):
            return covered
        return "The car is within its time after all."

    def _overstay(self, stay: StayRow) -> Overstay | None:
        restriction = self.restrictions.get(stay.bay_id)
        if restriction is None or self._covered(stay):
            return None
        return self.rights.overstay(
            stay,
            lambda after: overstay_of(
                stay.counted_from,
                self.rules.restriction(restriction),
                self.rules.policy,
                self.suspensions.get(stay.bay_id, ()),
                since=stay.claimed_since,
                after=after,
                came_at=min(stay.arrived_at, stay.counted_from),
            ),
        )

    def _covered(self, stay: StayRow) -> bool:
        """An officer has settled it for this car; another one may have come since."""
        ended = [task.ended_at for task in self._all_of(stay) if task.outcome == stay.covered_by]
        return stay.covered_by is not None and not any(at and at < stay.counted_from for at in ended)

    def _all_of(self, stay: StayRow) -> list[Task]:
        return [*self.tasks.get(stay.id, ()), *self.found.get(stay.id, ())]

    def _note_clock(self, stay: StayRow, overstay: Overstay | None) -> None:
        clock = (
            (overstay.overstay_from, overstay.lawful_from, overstay.lawful_until) if overstay else (None,) * 3
        )
        stay.overstay_from, stay.lawful_from, stay.lawful_until = clock

    def _over(self, stay: StayRow, overstay: Overstay, task: Task | None) -> None:
        bay = self.bays[stay.bay_id]
        early = self.now < overstay.overstay_from
        stay.check_at = overstay.overstay_from if early else overstay.lawful_until
        if task:
            self._retime(task, overstay)
        elif (
            bay.retired_at
            or bay.paused_at
            or bay.id in self.unknown
            or self._raised_here(stay)  # its officer is there
            or self._dealt_with(stay, overstay)
            or not (rights := self.rights.before_raising(stay, overstay)).raise_now
        ):
            return
        elif task := self._withdrawn(stay, overstay):
            tasks.revive(self.session, task, self.now)
            self._retime(task, overstay)
        else:
            task = raise_task(
                self.session,
                self.rules,
                stay,
                overstay,
                bay,
                self.restrictions[bay.id],
                rights.answer,
                self.now,
            )
            self.tasks.setdefault(stay.id, []).append(task)
        if task:
            self.rights.keep_asking(stay, task, overstay)

    def _dealt_with(self, stay: StayRow, overstay: Overstay) -> bool:
        """An officer has closed this very overstay already, or a person took the task back."""
        own, raised = self.tasks.get(stay.id, ()), self.found.get(stay.id, ())
        settled = [
            *(task for task in own if task.outcome or task.ended_by),
            *(task for task in raised if beside_sensors.settles(task)),
        ]
        return any(
            task.overstay_from == overstay.overstay_from
            or (task.ended_at is not None and task.ended_at >= overstay.overstay_from)
            for task in settled
        )

    def _withdrawn(self, stay: StayRow, overstay: Overstay) -> Task | None:
        """The task of this very overstay, if one was withdrawn because it seemed to be none."""
        same = (t for t in self.tasks.get(stay.id, ()) if t.overstay_from == overstay.overstay_from)
        return next(same, None)

    def _retime(self, task: Task, overstay: Overstay) -> None:
        """The clock of a task moved, or its time ran out: same task, new times and perhaps code and urgency."""
        bay, restriction = self.bays[task.bay_id], self.restrictions[task.bay_id]
        names = ("overstay_from", "lawful_from", "lawful_until", "code", "suffix")
        new = {name: getattr(overstay, name) for name in names}
        new["why"] = in_words(restriction, overstay, self.now)
        others = [each for each in self.tasks[task.stay_id] if each is not task] if task.stay_id else []
        if new == {name: getattr(task, name) for name in new} or any(
            each.overstay_from == overstay.overstay_from for each in others
        ):
            return
        if task.only_for_id and task.not_before == task.lawful_from:
            task.not_before = overstay.lawful_from
        for name, value in new.items():
            setattr(task, name, value)
        observed.ask(task, self.rules.policy)
        judge(self.session, self.rules, task, overstay, bay, restriction, self.now)
        journal.record(
            self.session, "task.retimed", task.id, at=self.now, officer_id=task.officer_id, bay_id=task.bay_id,
            overstay_from=task.overstay_from, lawful_from=task.lawful_from, code=task.code,
        )  # fmt: skip
