"""Who is asking, and may they? The guard is a route's outermost decorator: a stranger learns nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from flask import current_app, g, request
from werkzeug.datastructures import Headers
from werkzeug.local import LocalProxy

from enforcement import journal, people
from enforcement.adapters.tables import Person, SignIn
from enforcement.domain.refusals import Forbidden
from enforcement.people import KeyInHand, NotSignedIn

from .database import session
from .limits import limits

COOKIE = "openpatrol"
SPEAKER = "OpenPatrol-Person"  # for whom a page speaks
SAFE = ("GET", "HEAD", "OPTIONS")
ONLY_IN_THE_APP = "This is shown in the app, and is not opened as a page of its own."

View = Callable[..., Any]


class Caller:
    """Who is asking: a person by their sign-in, or a machine by its key."""

    def __init__(
        self, *, person: Person | None = None, sign_in: SignIn | None = None, key: KeyInHand | None = None
    ):
        self._person, self._sign_in, self.key = person, sign_in, key

    @property
    def person(self) -> Person:
        if self._person is None:
            raise Forbidden("This is for people, not for keys.")
        return self._person

    @property
    def sign_in(self) -> SignIn:
        if self._sign_in is None:
            raise Forbidden("This is for people, not for keys.")
        return self._sign_in

    @property
    def key_id(self) -> UUID:
        if self.key is None:
            raise Forbidden("This is for keys, not for people.")
        return self.key.id

    @property
    def authority_id(self) -> UUID:
        return self.key.authority_id if self.key else self.person.authority_id

    @property
    def actor(self) -> str:
        """For the journal."""
        return f"key:{self.key.id}" if self.key else f"person:{self.person.id}"

    def is_a(self, *roles: str) -> bool:
        return self._person is not None and self._person.role in roles


current: Caller = LocalProxy(lambda: g.caller)  # type: ignore[assignment]


def clock() -> datetime:
    """The time by which this installation goes."""
    now: datetime = current_app.extensions["openpatrol"].clock()
    return now


def open_to(
    *roles: str, scope: str | None = None, limited: bool = True, remembered: bool = False
) -> Callable[[View], View]:
    """A guard that lets in people with one of these roles, and keys with this scope.

    Each writes so often a minute, unless the route is not `limited`. A key may be `remembered` where the
    route asks for itself whether it still stands (see `people.remembered_key`).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            g.caller = _caller(roles, scope, remembered)
            session.info[journal.BY] = None if remembered or g.caller.is_a("officer") else g.caller.actor
            structlog.contextvars.bind_contextvars(
                caller=g.caller.actor, authority_id=str(g.caller.authority_id)
            )
            if limited and request.method not in SAFE:
                limits().writes.take(g.caller.actor)
            return view(*args, **kwargs)

        guarded.guard = {"roles": roles, "scope": scope}  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_all(view: View) -> View:
    """No guard, on purpose: what it answers is for everyone."""
    view.guard = {"roles": None, "scope": None}  # type: ignore[attr-defined]
    return view


officer = open_to("officer")
supervisor = open_to("supervisor", "administrator")
administrator = open_to("administrator")
signed_in = open_to("officer", "supervisor", "administrator")
reads_places = open_to("officer", "supervisor", "administrator", scope="places:read")
writes_places = open_to("supervisor", "administrator", scope="places:write")


def _caller(roles: tuple[str, ...], scope: str | None, remembered: bool) -> Caller:
    now = clock()
    if bearer := bearer_in(request.headers):
        key = (people.remembered_key if remembered else people.key_of)(session, bearer, now)
        if scope is None or scope not in key.scopes:
            raise Forbidden(lacks(scope) if scope else "This is for people, not for keys.")
        return Caller(key=key)
    token = request.cookies.get(COOKIE)
    if not token:
        raise NotSignedIn("Sign in to go on.")
    person, sign_in = people.signed_in(session, token, now)
    check_speaker(request.headers.get(SPEAKER), person.id)
    check_origin()
    if person.role == "officer" and is_opened(request.headers):
        raise Forbidden(ONLY_IN_THE_APP)
    if person.role not in roles:
        raise Forbidden(_not_for(person.role, roles))
    return Caller(person=person, sign_in=sign_in)


def lacks(scope: str) -> str:
    return f"This key lacks the scope {scope}."


def bearer_in(headers: Headers | Mapping[str, str]) -> str | None:
    """The key that a request names."""
    kind, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else None


def _not_for(role: str, roles: tuple[str, ...]) -> str:
    return f"This is for {' and '.join(f'{r}s' for r in roles) or 'machines'}; you are signed in as {role}."


def check_speaker(named: str | None, person_id: UUID) -> None:
    """A page that is one person's is not heard as another: all pages of a browser share its sign-in."""
    if named is not None and named != str(person_id):
        raise NotSignedIn("Somebody else has signed in here. Sign in to go on.")


def check_origin() -> None:
    """A write that a browser sends must come from one of our own pages."""
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site") not in ("same-origin", "none"):
            _not_ours("This request doesn't say from which page it comes.")
    elif origin not in (_origin(request.host_url), _origin(current_app.extensions["openpatrol"].public_url)):
        _not_ours("This request comes from another site.")


def is_opened(headers: Headers | Mapping[str, str]) -> bool:
    """Does a browser open this as a page, or try it in the API's documents, and none of our apps fetch it?

    A phone that is locked by a PIN keeps its cookie: in another tab of the same browser its officer's work would lie
    open. Browsers without `Sec-Fetch-Mode` say by `Accept` that they open a page. Source: W3C Fetch Metadata.
    """
    mode = headers.get("Sec-Fetch-Mode")
    opens = mode == "navigate" or (mode is None and "text/html" in headers.get("Accept", ""))
    _, _, place = headers.get("Referer", "").partition("://")
    return opens or place.partition("/")[2].startswith("api/")


def _not_ours(words: str) -> NoReturn:
    raise Forbidden(words)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
