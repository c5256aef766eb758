"""Words on a phone: what a push says, and nothing personal in it (no plate, no person)."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from .safety import AlertKind

DECLARATIVE = 8030  # the number that marks a declarative push message (W3C Push API)
TITLE_BYTES, BODY_BYTES = 120, 240
STREET_BYTES, BAY_BYTES = 72, 24
OFFER_LIVES = timedelta(seconds=60)  # an offer unanswered for so long goes to the next officer
NEWS_LIVES = timedelta(minutes=15)
ALARM_LIVES = timedelta(hours=4)


class Urgency(StrEnum):
    """How much of a sleeping phone's battery a message is worth (RFC 8030 §5.3)."""

    VERY_LOW = "very-low"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Change(StrEnum):
    """What else can happen to a task that an officer knows of, in the officer's words."""

    MAY_HAVE_LEFT = "The car may have left"
    WITH_ANOTHER = "Another officer has this one now"
    CALLED_OFF = "Your supervisor has called this one off"


TO_DO_NOW = frozenset({Change.CALLED_OFF})  # the others can wait, so they do not buzz


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to one phone. `ttl` is how long it is worth delivering, above zero.

    A newer notice with the same `tag` replaces the one on the screen, one with the same `topic` the
    one still waiting at the push service. `navigate` is a path of ours. `data` is for our own pages:
    ids and kinds only.
    """

    title: str
    body: str
    navigate: str
    tag: str
    topic: str
    urgency: Urgency
    ttl: timedelta
    data: dict[str, str]


def task_offered(
    task_id: UUID,
    street: str,
    bay: str,
    over_minutes: int,
    lawful_from_local: datetime | None,
    walk_metres: float | None,
    *,
    second_look: bool = False,
) -> Notice:
    """Somewhere to go now. `lawful_from_local` is in the authority's zone; None is left unsaid.

    The words stay true however late they are read: a time of day, not a countdown. At 0 minutes over
    or fewer it is a first look at a car that is still within its time. `second_look`: they have seen the car before.
    """
    said = ["Your second look at this car"] if second_look else []
    said.append(over(over_minutes))
    if lawful_from_local is not None:
        said.append(f"lawful from {lawful_from_local:%H:%M}")
    said += _walk(walk_metres)
    return _of_task(
        task_id, "offered", _place(street, bay), " · ".join(said), urgency=Urgency.HIGH, ttl=OFFER_LIVES
    )


def patrol_offered(
    task_id: UUID,
    street: str,
    place: str,
    until_local: datetime,
    walk_metres: float | None,
    *,
    spot: bool,
) -> Notice:
    """Somewhere to be seen before `until_local`, in the authority's zone. What to look for stands on the page.

    `place`: a bay's reference, or where in the street a `spot` is.
    """
    said = ["Standing patrol", f"until {until_local:%H:%M}", *_walk(walk_metres)]
    return _of_task(
        task_id,
        "offered",
        _place(street, place, spot),
        " · ".join(said),
        urgency=Urgency.HIGH,
        ttl=OFFER_LIVES,
    )


def task_withdrawn(
    task_id: UUID, street: str, bay: str, why: str = "The car has left", *, spot: bool = False
) -> Notice:
    """Whoever is on the way can stop. `why` is in words of ours, never in somebody's own."""
    body = f"{_place(street, bay, spot)}. No need to go."
    return _of_task(task_id, "withdrawn", why, body, urgency=Urgency.HIGH, ttl=NEWS_LIVES)


def task_changed(task_id: UUID, street: str, bay: str, change: Change) -> Notice:
    """Other news of a task; urgent only if there is something to do now."""
    urgency = Urgency.HIGH if change in TO_DO_NOW else Urgency.NORMAL
    return _of_task(task_id, "changed", change.value, _place(street, bay), urgency=urgency, ttl=NEWS_LIVES)


def test_message() -> Notice:
    """What an officer asks for to see whether messages arrive."""
    return Notice(
        title="Messages reach this phone",
        body="It will buzz when there is something to do now.",
        navigate="/patrol/",
        tag="test",
        topic="test",
        urgency=Urgency.HIGH,
        ttl=OFFER_LIVES,
        data={"kind": "test"},
    )


ALERTS: Mapping[AlertKind, str] = MappingProxyType(
    {
        AlertKind.SOS: "SOS from an officer",
        AlertKind.CHECK_IN: "No sign of life from an officer",
        AlertKind.UNSAFE: "An officer found a place unsafe",
        AlertKind.ESCALATED: "Nobody took these",
        AlertKind.OUT_OF_ZONES: "An officer has left their zones",
        AlertKind.OVERRUN: "A shift is past its end",
        AlertKind.PREVENTED: "An officer was prevented from serving",
        AlertKind.SIGNS_DEFECTIVE: "Signs or lines are defective",
        AlertKind.WELFARE_CONCERN: "An officer is worried about someone",
        AlertKind.INCIDENT: "An incident",
        AlertKind.NOT_REACHED: "Nobody was at a standing patrol",
        AlertKind.NETWORK_QUIET: "A sensor network has gone quiet",
        AlertKind.PUSH_TROUBLE: "Messages to phones fail or come late",
        AlertKind.PLANNER_TROUBLE: "The planner is in trouble",
        AlertKind.JOBS_STAND: "Background jobs stand still",
    }
)


def alert_raised(alert_id: UUID, kind: AlertKind, how_many: int) -> Notice:
    """A supervisor has to know. Who and where is on the desk, not in the message."""
    many = how_many and kind is AlertKind.ESCALATED
    body = f"{how_many} tasks need you." if many else "Open the desk to see who and where."
    return _of_alert(alert_id, kind, ALERTS[kind], body, navigate="/desk/", ttl=ALARM_LIVES)


def alert_seen(alert_id: UUID, kind: AlertKind, *, over: bool) -> Notice:
    """It takes the place of the alert on the screens of the other supervisors, quietly: they need not come."""
    said = "It is over" if over else "Somebody is on it"
    notice = _of_alert(alert_id, kind, said, ALERTS[kind], navigate="/desk/", ttl=ALARM_LIVES)
    return replace(notice, urgency=Urgency.NORMAL, data={"kind": "alert.seen", "alert": str(alert_id)})


def sos_taken_back(alert_id: UUID) -> Notice:
    """For the supervisors who were alarmed."""
    words = "The officer has taken the SOS back"
    return _of_alert(
        alert_id, AlertKind.SOS, words, "Ask them, to be sure.", navigate="/desk/", ttl=ALARM_LIVES
    )


def sos_seen(alert_id: UUID) -> Notice:
    """For the officer who raised it, wherever they are."""
    words = "Your SOS has been seen"
    return _of_alert(
        alert_id, AlertKind.SOS, words, "Your supervisor is on it.", navigate="/patrol/", ttl=ALARM_LIVES
    )


def keep_away(alert_id: UUID, street: str) -> Notice:
    """For officers near a place that was found unsafe: the place, nothing personal."""
    title = f"Unsafe near {shortened(street, STREET_BYTES)}: keep away"
    body = "Nobody is sent there until your supervisor says so."
    return _of_alert(alert_id, AlertKind.UNSAFE, title, body, navigate="/patrol/", ttl=NEWS_LIVES)


def check_in_due(shift_id: UUID, ttl: timedelta) -> Notice:
    """Asks for a sign of life before its absence is an alarm."""
    title = "Are you all right? Check in now"
    body = "Your supervisor is alarmed if nothing is heard from you."
    return _of_alert(shift_id, AlertKind.CHECK_IN, title, body, navigate="/patrol/", ttl=ttl)


def desk_message(message_id: UUID) -> Notice:
    """There are words from the desk. What they say is read in the app: nothing of it is in the push."""
    return Notice(
        title="A message from your supervisor",
        body="Open OpenPatrol to read it.",
        navigate="/patrol/",
        tag=f"message-{message_id}",
        topic=_topic(message_id),
        urgency=Urgency.HIGH,
        ttl=NEWS_LIVES,
        data={"kind": "message", "message": str(message_id)},
    )


def _of_alert(id_: UUID, kind: AlertKind, title: str, body: str, *, navigate: str, ttl: timedelta) -> Notice:
    return Notice(
        title=title,
        body=body,
        navigate=navigate,
        tag=f"alert-{id_}",
        topic=_topic(id_),
        urgency=Urgency.HIGH,
        ttl=ttl,
        data={"kind": f"alert.{kind.value}", "alert": str(id_)},
    )


def over(minutes: int) -> str:
    """How long a car is over its time, as people say it."""
    hours, rest = divmod(minutes, 60)
    if minutes <= 0:
        return "A first look: still within its time"
    if hours == 0:
        return f"{minutes} min over"
    return f"{hours} h {rest} min over" if rest else f"{hours} h over"


def payload(notice: Notice, badge: int, origin: str = "") -> dict[str, Any]:
    """The one JSON for service workers and for Safari's declarative push; under 2 KB, however written.

    `badge` is the number of things that wait on the officer's screen. `origin` ("https://patrol.example")
    makes the address whole, for Safari opens it without our service worker's help.
    """
    return {
        "web_push": DECLARATIVE,
        "notification": {
            "title": shortened(notice.title, TITLE_BYTES),
            "body": shortened(notice.body, BODY_BYTES),
            "navigate": origin + notice.navigate,
            "tag": notice.tag,
            "data": notice.data,
        },
        "app_badge": str(max(badge, 0)),
        "mutable": True,
    }


def shortened(text: str, most: int) -> str:
    """The text on one line, without invisible characters, in at most so many bytes of UTF-8."""
    line = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if len(line.encode()) <= most:
        return line
    kept = line.encode()[: most - len("…".encode())].decode(errors="ignore")
    return kept.rstrip(" ,.") + "…"


def _of_task(task_id: UUID, kind: str, title: str, body: str, *, urgency: Urgency, ttl: timedelta) -> Notice:
    return Notice(
        title=title,
        body=body,
        navigate=f"/patrol/?task={task_id}",
        tag=f"task-{task_id}",
        topic=_topic(task_id),
        urgency=urgency,
        ttl=ttl,
        data={"kind": f"task.{kind}", "task": str(task_id)},
    )


def _topic(id_: UUID) -> str:
    return urlsafe_b64encode(id_.bytes).rstrip(b"=").decode()


def _place(street: str, bay: str, spot: bool = False) -> str:
    called = shortened(bay, STREET_BYTES if spot else BAY_BYTES)
    return f"{shortened(street, STREET_BYTES)}, {called if spot else f'bay {called}'}"


def _walk(metres: float | None) -> list[str]:
    return [] if metres is None else [f"{max(round(metres, -1), 10):.0f} m walk"]
