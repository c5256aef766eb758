"""Which state may follow which: of a task, of an assignment, of a shift."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from .refusals import Conflict


class NotNow(Conflict):
    """A step that the present state doesn't allow."""

    type, title = "not-now", "That can't be done now"


class TaskState(StrEnum):
    """Where a task stands."""

    WAITING = "waiting"  # raised, no offer out
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ARRIVED = "arrived"
    ESCALATED = "escalated"  # offered in vain: the supervisor's
    CLOSED = "closed"  # has an outcome
    WITHDRAWN = "withdrawn"  # the car left, is covered after all, the bay is suspended, the stay superseded


class TaskEvent(StrEnum):
    """What happens to a task."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    MISS = "miss"  # the offer went unanswered
    REPLACE = "replace"  # the plan takes the offer back before it was answered
    TAKE_BACK = "take_back"  # a supervisor takes it out of its officer's hand
    RELEASE = "release"  # its officer left the shift
    FREEZE = "freeze"  # the place became unsafe while its officer was on the way
    ARRIVE = "arrive"  # by fence or by hand; a second time is no news
    SIGHT = "sight"  # who sees the car is there, whatever the fence says
    MISREAD = "misread"  # its officer marks a look of theirs as misread: nothing else changes
    PREPARE = "prepare"  # its officer begins to prepare a notice
    LOOK_AGAIN = "look_again"  # a later look is due: the second sighting, or the end of loading
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ESCALATE = "escalate"
    REOPEN = "reopen"  # the supervisor puts it back among the waiting
    REVIVE = "revive"  # what took the reason to go there away was wrong: the very same overstay stands again


FINAL_STATES = frozenset({TaskState.CLOSED, TaskState.WITHDRAWN})
OPEN_STATES = frozenset(TaskState) - FINAL_STATES
SOMEBODY_GOES = frozenset({TaskState.ACCEPTED, TaskState.ARRIVED})
NOBODY_GOES = OPEN_STATES - SOMEBODY_GOES

_S, _E = TaskState, TaskEvent


def _done_before(state: TaskState) -> Mapping[TaskEvent, TaskState]:
    """What its officer did before the task came into this state, and what came in only now: it counts."""
    facts = (_E.ARRIVE, _E.SIGHT, _E.MISREAD, _E.PREPARE)
    return {**dict.fromkeys(facts, state), _E.CLOSE: _S.CLOSED}


_NEXT: Mapping[TaskState, Mapping[TaskEvent, TaskState]] = MappingProxyType(
    {
        _S.WAITING: {
            _E.OFFER: _S.OFFERED,
            _E.WITHDRAW: _S.WITHDRAWN,
            _E.ESCALATE: _S.ESCALATED,
            **_done_before(_S.WAITING),
        },
        _S.OFFERED: {
            _E.ACCEPT: _S.ACCEPTED,
            _E.DECLINE: _S.WAITING,
            _E.MISS: _S.WAITING,
            _E.REPLACE: _S.WAITING,
            _E.TAKE_BACK: _S.WAITING,
            _E.RELEASE: _S.WAITING,
            _E.FREEZE: _S.WAITING,
            _E.WITHDRAW: _S.WITHDRAWN,
            _E.ESCALATE: _S.ESCALATED,
        },
        _S.ACCEPTED: {
            _E.DECLINE: _S.WAITING,
            _E.TAKE_BACK: _S.WAITING,
            _E.RELEASE: _S.WAITING,
            _E.FREEZE: _S.WAITING,
            _E.ARRIVE: _S.ARRIVED,
            _E.SIGHT: _S.ARRIVED,
            _E.MISREAD: _S.ACCEPTED,
            _E.PREPARE: _S.ARRIVED,
            _E.CLOSE: _S.CLOSED,
            _E.WITHDRAW: _S.WITHDRAWN,
            _E.ESCALATE: _S.ESCALATED,
        },
        # No withdrawal: the visit is the officer's to close, a car that leaves only informs.
        _S.ARRIVED: {
            _E.ARRIVE: _S.ARRIVED,
            _E.SIGHT: _S.ARRIVED,
            _E.MISREAD: _S.ARRIVED,
            _E.PREPARE: _S.ARRIVED,
            _E.LOOK_AGAIN: _S.WAITING,
            _E.RELEASE: _S.WAITING,
            _E.CLOSE: _S.CLOSED,
        },
        _S.ESCALATED: {
            _E.OFFER: _S.OFFERED,
            _E.REOPEN: _S.WAITING,
            _E.WITHDRAW: _S.WITHDRAWN,
            **_done_before(_S.ESCALATED),
        },
        _S.CLOSED: {},
        _S.WITHDRAWN: {_E.REVIVE: _S.WAITING, **_done_before(_S.WITHDRAWN)},
    }
)

# What an officer raised themselves stays in their hand until they close it: nobody else is ever sent there.
_NEXT_OF_FOUND: Mapping[TaskEvent, TaskState] = MappingProxyType(
    {_E.LOOK_AGAIN: _S.ARRIVED, _E.WITHDRAW: _S.WITHDRAWN}
)

_STATE_WORDS = MappingProxyType(
    {
        _S.WAITING: "is waiting for an officer",
        _S.OFFERED: "is on offer to an officer",
        _S.ACCEPTED: "is accepted",
        _S.ARRIVED: "has its officer at the car",
        _S.ESCALATED: "is with the supervisor",
        _S.CLOSED: "is closed",
        _S.WITHDRAWN: "is withdrawn",
    }
)
_EVENT_WORDS = MappingProxyType(
    {
        _E.OFFER: "offered",
        _E.ACCEPT: "accepted",
        _E.DECLINE: "declined",
        _E.MISS: "counted as missed",
        _E.REPLACE: "offered to somebody else",
        _E.TAKE_BACK: "taken back",
        _E.RELEASE: "released",
        _E.FREEZE: "frozen",
        _E.ARRIVE: "arrived at",
        _E.SIGHT: "given a sighting",
        _E.MISREAD: "given a sighting less",
        _E.PREPARE: "given the start of a notice",
        _E.LOOK_AGAIN: "put off to a later look",
        _E.CLOSE: "closed",
        _E.WITHDRAW: "withdrawn",
        _E.ESCALATE: "handed to the supervisor",
        _E.REOPEN: "reopened",
        _E.REVIVE: "revived",
    }
)


def next_state(state: TaskState, event: TaskEvent, *, found: bool = False) -> TaskState:
    """The state after the event; raises NotNow if it can't happen in this state. `found`: its officer raised it."""
    following = _NEXT[state].get(event)
    if found and state is TaskState.ARRIVED:
        following = _NEXT_OF_FOUND.get(event, following)
    if following is None:
        raise NotNow(
            f"This task {_STATE_WORDS[state]}; it can't be {_EVENT_WORDS[event]} now.", state=state.value
        )
    return following


class AssignmentState(StrEnum):
    """Where one officer's part in a task stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why an assignment ended."""

    DECLINED = "declined"
    MISSED = "missed"  # unanswered; never held against anyone
    WITHDRAWN = "withdrawn"
    SHIFT_ENDED = "shift_ended"
    COMPLETED = "completed"
    REPLACED = "replaced"
    TAKEN_BY_OTHER = "taken_by_other"
    UNSAFE = "unsafe"  # so found by this officer
    FROZEN = "frozen"  # so found by another, while this one was on the way


class DeclineReason(StrEnum):
    """Why an officer says no."""

    TOO_FAR = "too_far"
    BUSY = "busy"
    BREAK_DUE = "break_due"
    UNSAFE = "unsafe"
    OTHER = "other"


_ENDS = MappingProxyType(
    {
        AssignmentState.OFFERED: frozenset(EndReason) - {EndReason.COMPLETED},
        AssignmentState.ACCEPTED: frozenset(EndReason) - {EndReason.MISSED, EndReason.REPLACED},
        AssignmentState.ENDED: frozenset[EndReason](),
    }
)


def can_end(state: AssignmentState, reason: EndReason) -> bool:
    """Whether an assignment in this state can end so. Accepted work is never replaced nor missed."""
    return reason in _ENDS[state]


class ShiftState(StrEnum):
    """What an officer is doing."""

    PLANNED = "planned"
    AVAILABLE = "available"
    OBSERVING = "observing"
    SERVING = "serving"
    WITH_PUBLIC = "with_public"
    INCIDENT = "incident"
    BREAK = "break"
    ENDED = "ended"


ON_DUTY = frozenset(ShiftState) - {ShiftState.PLANNED, ShiftState.ENDED}

_SHIFT_NEXT: Mapping[ShiftState, frozenset[ShiftState]] = MappingProxyType(
    {
        ShiftState.PLANNED: frozenset({ShiftState.AVAILABLE, ShiftState.ENDED}),
        **dict.fromkeys(ON_DUTY, ON_DUTY | {ShiftState.ENDED}),
        ShiftState.BREAK: frozenset({ShiftState.AVAILABLE, ShiftState.INCIDENT, ShiftState.ENDED}),
        ShiftState.ENDED: frozenset(),
    }
)


def next_shift_state(state: ShiftState, wanted: ShiftState) -> ShiftState:
    """The wanted state, or NotNow. Asking for the state that it is in already changes nothing."""
    if wanted is not state and wanted not in _SHIFT_NEXT[state]:
        words = f"A shift that is “{_plain(state)}” can't become “{_plain(wanted)}”."
        raise NotNow(words, state=state.value)
    return wanted


def takes_offers(state: ShiftState) -> bool:
    """Nothing buzzes while an officer observes, serves, speaks with someone, handles an incident or rests."""
    return state is ShiftState.AVAILABLE


BUSY = frozenset({ShiftState.OBSERVING, ShiftState.SERVING, ShiftState.WITH_PUBLIC})
"""States that may be taken on for so many minutes. A break and an incident end by the officer's own word."""


def records_positions(state: ShiftState) -> bool:
    """Positions are taken on shift only, and never on a break."""
    return state in ON_DUTY and state is not ShiftState.BREAK


def _plain(state: ShiftState) -> str:
    return state.value.replace("_", " ")
