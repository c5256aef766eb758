"""A provider that speaks as APDS 4 says: `GET /rights/assigned`, with a token in a header.

    GET {base}/rights/assigned?credential_type=licensePlate&credential_id=AB12CDE&place=805430
        &start_before=1645432598&end_after=1645432598&expand=all
    {"meta": {"offset": 0, "pageSize": 100, "total": 1, …}, "data": [{"id": …, "rightHolder": …, …}]}

Times without an offset are UTC. What is not of this shape is no answer: it never counts as none.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
import requests
from urllib3.exceptions import HTTPError

from ...domain.refusals import Invalid
from ...domain.rights import PAYMENT, Answer, Status
from ...domain.sightings import normal_plate
from ..push import retry_after
from ..vetted_session import VettedSession
from .addresses import ProviderAddresses
from .questions import Question, Unanswered

TOKEN_HEADER = "X-MCC-Access-Token"
PLATE = "licensePlate"
LARGEST_ANSWER = 256 * 1024  # bytes
MOST_PAGES = 5
WRONG_SHAPE = "answered in a shape that is not APDS"
STATUS_WORDS = {401: "refused our access token", 403: "refused our access token", 429: "asked us to wait"}

Count = Annotated[int, msgspec.Meta(ge=0)]


class Identifier(msgspec.Struct):
    id: str


class Credential(msgspec.Struct):
    type: str | None = None
    identifier: Identifier | None = None
    id: str | None = None

    @property
    def plate(self) -> str | None:
        """The plate that it names, if it is one."""
        written = self.identifier.id if self.identifier else self.id
        if self.type not in (None, PLATE) or written is None:
            return None
        try:
            return normal_plate(written)
        except Invalid:
            return None


class RightHolder(msgspec.Struct):
    credentials: list[Credential] = []


class RightSpecification(msgspec.Struct):
    id: str
    type: str | None = None


class PlannedUse(msgspec.Struct, rename="camel"):
    start_time: str | None = None
    end_time: str | None = None
    expiry_time: str | None = None


class AssignedRight(msgspec.Struct, rename="camel"):
    id: str
    right_holder: RightHolder
    right_specification: RightSpecification
    issuance_time: str | None = None
    expiry: str | None = None
    planned_uses: list[PlannedUse] = []

    @property
    def plates(self) -> set[str | None]:
        return {credential.plate for credential in self.right_holder.credentials} - {None}

    def spans(self) -> Iterator[tuple[datetime | None, datetime | None]]:
        """When it may be used: as planned, else from its issue until it expires."""
        for use in self.planned_uses:
            yield _time(use.start_time), _time(use.end_time or use.expiry_time or self.expiry)
        if not self.planned_uses:
            yield _time(self.issuance_time), _time(self.expiry)

    def is_about(self, question: Question) -> bool:
        """Is it this plate's? Of the place itself: one without a plate, or a payment for this very place."""
        if question.plate:
            return question.plate in self.plates
        return not self.plates or self.right_specification.type == PAYMENT


class Meta(msgspec.Struct, rename="camel"):
    offset: Count
    page_size: Count
    total: Count


class Page(msgspec.Struct):
    meta: Meta
    data: list[AssignedRight]


class ResponseStatus(msgspec.Struct):
    status: str


pages, statuses = msgspec.json.Decoder(Page), msgspec.json.Decoder(ResponseStatus)


class ApdsProvider:
    """One council's line to a provider; made for a question and thrown away after it.

    `timeout` in seconds is that for connecting and between bytes; the whole is timed by who asks.
    """

    def __init__(
        self, name: str, base_url: str, token: str, addresses: ProviderAddresses, timeout: float
    ) -> None:
        self.name = name
        self._url, self._timeout = f"{base_url}/rights/assigned", timeout
        self._session = VettedSession(addresses, threads=1)
        self._session.headers.update({TOKEN_HEADER: token, "Accept": "application/json"})

    def ask(self, question: Question) -> Answer:
        """Covered or none. Raises Unanswered."""
        try:
            with self._session:
                return self._answer(question)
        except Invalid:
            raise Unanswered("has an address that must not be called") from None
        except (requests.RequestException, HTTPError, OSError):  # their texts show the whole URL
            raise Unanswered("did not answer") from None

    def hang_up(self) -> None:
        self._session.hang_up()

    def _answer(self, question: Question) -> Answer:
        for place in question.places or (None,):
            for right in self._rights(question, place):
                if not right.is_about(question):
                    continue
                for begins, ends in right.spans():
                    answer = Answer(
                        Status.COVERED, self.name, question.at, right.right_specification.type, begins, ends
                    )
                    if answer.covers(question.at):
                        return answer
        return Answer(Status.NONE, self.name, question.at)

    def _rights(self, question: Question, place: str | None) -> Iterator[AssignedRight]:
        """All rights of all pages that the provider finds."""
        seen = 0
        for _ in range(MOST_PAGES):
            page = self._page(_asked(question, place, seen))
            yield from page.data
            seen += len(page.data)
            if seen >= page.meta.total:
                return
            if not page.data:
                raise Unanswered(WRONG_SHAPE)
        raise Unanswered("found more than can be looked through")

    def _page(self, query: dict[str, str | int]) -> Page:
        answer = self._session.get(
            self._url, params=query, timeout=self._timeout, stream=True, allow_redirects=False
        )
        _check_status(answer)
        return _decoded(_body(answer))


def _asked(question: Question, place: str | None, offset: int) -> dict[str, str | int]:
    at = int(question.at.timestamp())
    query: dict[str, str | int] = {"start_before": at, "end_after": at, "expand": "all"}
    if question.plate:
        query |= {"credential_type": PLATE, "credential_id": question.plate}
    if place:
        query["place"] = place
    return query | ({"offset": offset} if offset else {})


def _check_status(answer: requests.Response) -> None:
    status = answer.status_code
    if status == 200:
        return
    if 300 <= status < 400:
        raise Unanswered("sent us elsewhere, which we do not follow")
    wait = retry_after(answer.headers.get("Retry-After"), datetime.now(UTC)) if status in (429, 503) else None
    raise Unanswered(STATUS_WORDS.get(status, f"answered with the error {status}"), wait)


def _body(answer: requests.Response) -> bytes:
    body = bytes(answer.raw.read(LARGEST_ANSWER + 1, decode_content=False))
    if len(body) > LARGEST_ANSWER:
        raise Unanswered("answered with too much")
    return body


def _decoded(body: bytes) -> Page:
    try:
        page = pages.decode(body)
        for right in page.data:
            list(right.spans())  # times that can't be read make the whole of it unusable
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise Unanswered("answered with an error" if _is_error(body) else WRONG_SHAPE) from None
    return page


def _is_error(body: bytes) -> bool:
    """Is it APDS's `ResponseStatus`?"""
    try:
        return statuses.decode(body).status == "error"
    except (msgspec.DecodeError, RecursionError):
        return False


def _time(text: str | None) -> datetime | None:
    """A time as APDS and its users write it. Raises ValueError."""
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
