"""Web push: what to send, and sending it, with every fault of the outside turned into a value."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from pywebpush import WebPusher, WebPushException

from ..domain.notices import Urgency, shortened
from ..domain.refusals import Invalid
from .push_endpoints import EndpointPolicy, Subscription, check_form, check_keys
from .push_keys import PushKeys, Tokens
from .push_patience import NO_ANSWER, NotAnswering, Patience
from .push_session import PushSession

LARGEST_PAYLOAD = 3993  # bytes that fit one 4,096-byte record (RFC 8291 §4)
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Message:
    """What to send: `ttl` in seconds above 0; `topic` at most 32 characters of base64url."""

    payload: bytes | dict[str, Any]
    ttl: int
    urgency: Urgency
    topic: str

    def __post_init__(self) -> None:
        if self.ttl <= 0:
            raise ValueError("a message needs a time to live above 0: some push services refuse 0")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", self.topic):
            raise ValueError("a topic is 1 to 32 characters of base64url")
        if not self.payload:
            raise ValueError("a message without content shows nothing, which costs a subscription on iOS")

    @property
    def content(self) -> bytes:
        if isinstance(self.payload, bytes):
            return self.payload
        text = json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


class Kind(StrEnum):
    """What became of a message, by what is to be done next."""

    ACCEPTED = "accepted"  # by the push service; only the phone's own receipt proves delivery
    GONE = "gone"  # delete the subscription
    MISCONFIGURED = "misconfigured"  # our header or setting is wrong: alert, delete nothing
    RENEW = "renew"  # made with another key of ours: the phone must subscribe again
    QUARANTINE = "quarantine"  # this one may be dead: rest it until the phone posts it again
    TOO_LARGE = "too_large"  # send it `shrunk`
    RETRY = "retry"  # later, not before `retry_after`, until the message's time to live is over
    REFUSED_ENDPOINT = "refused_endpoint"  # not sent: it fails our own checks


@dataclass(frozen=True, slots=True)
class PushResult:
    """`status` is None where no answer came. `detail` is for the log and holds no endpoint."""

    kind: Kind
    status: int | None = None
    retry_after: timedelta | None = None
    detail: str = ""


def shrunk(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The least that still shows something and opens its task: title, address, and the tag with the id."""
    full = payload["notification"]
    least = {"title": shortened(full["title"], 60), "navigate": full["navigate"], "tag": full["tag"]}
    return {"web_push": payload["web_push"], "notification": least}


class PushSender:
    """Sends messages; one for a process, shared by its threads (a pooled connection for each).

    `subject` is how a push service's people reach us: a mailto: or https: address (RFC 8292 §2.1).
    Apple answers 403 to one whose host can't be real, so such a one is refused here, in development
    excepted. `timeout` is (to connect, between bytes) in seconds. A service that does not answer keeps at
    most half of the `threads` waiting.
    """

    def __init__(
        self,
        keys: PushKeys,
        subject: str,
        policy: EndpointPolicy,
        *,
        threads: int = 64,
        timeout: tuple[float, float] = (5.0, 10.0),
    ) -> None:
        _check_subject(subject, policy)
        self.session = PushSession(policy, threads)
        self._tokens, self._policy, self._timeout = Tokens(keys, subject), policy, timeout
        self._patience = Patience(max(1, threads // 2))

    def send(self, subscription: Subscription, message: Message, now: datetime) -> PushResult:
        """Encrypt and send one message; never raises for what others got wrong.

        `now` is the real time, also in a simulation: push services compare our token with their clocks.
        """
        if len(message.content) > LARGEST_PAYLOAD:
            return PushResult(Kind.TOO_LARGE, detail=f"more than {LARGEST_PAYLOAD} bytes")
        try:
            check_form(subscription.endpoint, self._policy)
            check_keys(subscription)
            with self._patience.sending(_origin(subscription.endpoint), now):
                answer = self._post(subscription, message, now)
        except NotAnswering:
            return PushResult(Kind.RETRY, detail="not tried: this push service does not answer at present")
        except Invalid as refusal:
            return PushResult(Kind.REFUSED_ENDPOINT, detail=refusal.detail)
        except (WebPushException, ValueError, IndexError) as fault:  # what pywebpush stumbles over
            return PushResult(Kind.REFUSED_ENDPOINT, detail=f"can't be sent to: {type(fault).__name__}")
        except NO_ANSWER as fault:  # their texts show the endpoint
            return PushResult(Kind.RETRY, detail=f"no answer: {type(fault).__name__}")
        return judged(subscription.endpoint, answer, now)

    def close(self) -> None:
        self.session.close()

    def _post(self, subscription: Subscription, message: Message, now: datetime) -> requests.Response:
        headers = {
            "Authorization": self._tokens.header(_origin(subscription.endpoint), now),
            "Urgency": message.urgency.value,
            "Topic": message.topic,
        }
        pusher = WebPusher(subscription.info, requests_session=self.session)
        answer: requests.Response = pusher.send(
            message.content, headers, ttl=message.ttl, timeout=self._timeout
        )
        return answer


def _check_subject(subject: str, policy: EndpointPolicy) -> None:
    if not (match := re.fullmatch(r"mailto:[^@\s]+@([^@\s]+)|https://([^/\s]+)(/\S*)?", subject)):
        raise ValueError("the push subject must be mailto:someone@example.org or an https address")
    host = match[1] or match[2]
    if not policy.allow_loopback and re.search(r"^[^.]*$|\.(local|localhost|invalid|test|example)$", host):
        raise ValueError(f"the push subject's host {host} can't be reached; Apple refuses such a subject")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    default = {"https": ":443", "http": ":80"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(default)}"


KEY_MISMATCH = re.compile(  # Mozilla's words, Apple's, Google's of today and of before
    r"VAPID public key mismatch|VapidPkHashMismatch|credentials used to create the subscription"
    r"|does not correspond to the sender ID|UnauthorizedRegistration",
    re.IGNORECASE,
)


def judged(endpoint: str, answer: requests.Response, now: datetime) -> PushResult:
    """What a push service's answer means for the message and its subscription."""
    status, body = answer.status_code, answer.text
    kind = _kind(status, body, apple=(urlsplit(endpoint).hostname or "").endswith(".push.apple.com"))
    wait = retry_after(answer.headers.get("Retry-After"), now)
    return PushResult(kind, status, wait, detail=shortened(body, 300))


def _kind(status: int, body: str, *, apple: bool) -> Kind:
    if 200 <= status < 300:
        return Kind.ACCEPTED
    if status in (404, 410):
        return Kind.GONE
    if status == 413:
        return Kind.TOO_LARGE
    if status in (406, 408, 425, 429) or status >= 500:  # 406: how Windows says "too many"
        return Kind.RETRY
    if status in (400, 401, 403) and KEY_MISMATCH.search(body):
        return Kind.RENEW
    return Kind.QUARANTINE if apple and status == 403 else Kind.MISCONFIGURED


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """How long a Retry-After (seconds or an HTTP date) asks us to wait: at most a day, None if odd."""
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text) - now
    except (ValueError, TypeError, OverflowError):  # TypeError: a date that doesn't say its zone
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)
