"""Officers who walk and answer, with phones that now and then say a thing again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from threading import Event
from typing import Any

from enforcement.simulation.client import PREFIX, TIMEOUT, ApiFault, ServerAway
from enforcement.simulation.pace import Pace
from enforcement.simulation.points import Point
from enforcement.simulation.verdicts import demo_verdict
from enforcement.simulation.walkers import Habits, Walker

from ..adapters.push_service import PushService
from ..builders import PASSWORD
from .clients import Watched
from .history import History

SAID_AGAIN = 0.15  # the share of all writes
QUICK = Habits(
    walks_m_s=60.0,
    fix_every=0.7,
    answers_after=(0.1, 1.5),
    looks_for=(0.2, 1.5),
    real_poll=1.0,
    real_step=0.5,
)
SUBSCRIBES_EVERY = 15.0  # seconds: as an app does whenever it is opened


@dataclass
class Said:
    """Writes with an id: `taken` got their 2xx. Kinds are the ends of their paths."""

    taken: dict[str, str] = field(default_factory=dict)
    again: int = 0


class Phone(Watched):
    """A client that remembers what it was promised."""

    def __init__(self, base: str, random: Random, history: History, *, again: float = SAID_AGAIN) -> None:
        super().__init__(base, history)
        self.said, self._random, self._share_again = Said(), random, again

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        answer = super().post(path, body, **params)
        if isinstance(body, dict) and "id" in body:
            self.said.taken[body["id"]] = path.rpartition("/")[2]
            if self._random.random() < self._share_again:
                self._again(path, body)
        return answer

    def put_piece(self, path: str, photo: bytes, offset: int, length: int) -> Any:
        """Some bytes of a photo, from `offset` on."""
        asked = {"offset": offset, "size": len(photo)}
        return self._send("PUT", path, params=asked, data=photo[offset : offset + length])

    def picture(self, path: str) -> bytes:
        """The photo as the server gives it out."""
        return self._session.get(f"{self._base}{PREFIX}{path}", timeout=TIMEOUT).content

    def _again(self, path: str, body: Any) -> None:
        self.said.again += 1
        try:
            super().post(path, body)
        except ServerAway:
            return
        except ApiFault as fault:
            if not fault.passing:
                self.history.fault(f"what took effect was refused when it was said again: {fault}")


@dataclass
class Beat:
    """One officer at work: the person's phone, and what keeps its subscription alive."""

    email: str
    phone: Phone
    walker: Walker
    keep_subscribed: Callable[[], None]


def on_the_beat(
    base: str, email: str, service: PushService, pace: Pace, random: Random, start: Point, history: History
) -> Beat:
    """An officer, signed in on a phone that may be told."""
    phone = Phone(base, Random(random.getrandbits(64)), history)
    phone.sign_in(email, PASSWORD)
    key = phone.get("/push")["key"]
    subscription = service.subscribe(key).info
    phone.post("/devices", subscription)
    walker = Walker(
        phone, pace, Random(random.getrandbits(64)), demo_verdict(random), start, habits=QUICK, phone=Event()
    )
    other = Watched(base, history)  # the same phone, in a thread of its own
    other.sign_in(email, PASSWORD)

    def keep_subscribed() -> None:
        while pace.rest(SUBSCRIBES_EVERY):
            try:
                other.post("/devices", subscription)
            except (ServerAway, ApiFault) as fault:
                history.note("not subscribed", fault=fault)

    return Beat(email, phone, walker, keep_subscribed)
