"""The live feed: the journal as server-sent events. One reader a process, bounded queues, no session a stream."""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from enforcement import journal, people
from enforcement.adapters.tables import act_for
from enforcement.config import Clock
from enforcement.domain.refusals import Forbidden
from enforcement.journal import Cursor
from enforcement.people import NotSignedIn

from .auth import COOKIE, ONLY_IN_THE_APP, SPEAKER, bearer_in, check_speaker, is_opened, lacks
from .headers import DATA
from .journal import item

log = structlog.get_logger()

LOOK_SECONDS = 0.5  # how often the journal is read without the bell
PING_SECONDS = 5.0  # a client that hears nothing for two of them asks by itself, within 15 s
CHECK_SECONDS = 30.0  # how often a stream's sign-in is checked again
QUEUE = 1000  # entries that a slow client may lag behind
FROM_THE_PAST = 5000  # entries that a returning client is sent; one farther behind loads afresh
Asking = Callable[[], tuple[UUID, UUID, str]]  # who a client is: authority, id, role
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]  # all but GET are refused here
SEES_ALL = ("supervisor", "administrator")
BOARD = "board:read"
ON_A_BOARD = ("task", "stay", "bay", "alert", "freeze", "zone", "suspension")  # what a wall screen draws


@dataclass(eq=False)
class Stream:
    """One client of the feed."""

    authority_id: UUID
    officer_id: UUID | None  # None: sees everything
    board: bool = False  # a wall screen: it hears that something changed, and not what
    queue: asyncio.Queue = field(default_factory=lambda: asyncio.Queue(QUEUE))
    overrun: bool = False

    def concerns(self, row: Any) -> bool:
        if self.board:
            return row.subject in ON_A_BOARD
        return self.officer_id is None or row.officer_id == self.officer_id

    def told(self, cursor: Cursor, row: Any) -> dict[str, Any]:
        """An entry of the journal, as this client may read it."""
        said = {**item(cursor, row), "at": row.at.isoformat()}
        return {name: said[name] for name in ("cursor", "at", "subject")} if self.board else said

    def put(self, cursor: Cursor, row: Any) -> None:
        if not self.concerns(row):
            return
        try:
            self.queue.put_nowait((cursor, row))
        except asyncio.QueueFull:
            self.overrun = True


class Feed:
    """Reads the journal once for all streams of this process, authority by authority."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine, self.clock = engine, clock
        self.streams: dict[UUID, set[Stream]] = defaultdict(set)
        self.cursors: dict[UUID, Cursor] = {}
        self.bell = asyncio.Event()
        self.work: list[asyncio.Task] = []

    async def start(self) -> None:
        self.work = [asyncio.create_task(self._read_on()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        for task in self.work:
            task.cancel()
        await asyncio.gather(*self.work, return_exceptions=True)

    async def join(self, stream: Stream) -> None:
        """From now on the stream is fed; what was before is its own to catch up on."""
        self.streams[stream.authority_id].add(stream)
        if stream.authority_id not in self.cursors:
            head = await asyncio.to_thread(self.head, stream.authority_id)
            self.cursors.setdefault(stream.authority_id, head)  # another stream may have been faster

    def leave(self, stream: Stream) -> None:
        self.streams[stream.authority_id].discard(stream)
        if not self.streams[stream.authority_id]:
            del self.streams[stream.authority_id]
            self.cursors.pop(stream.authority_id, None)

    def head(self, authority_id: UUID) -> Cursor:
        with self._session(authority_id) as session:
            return journal.head(session)

    def read(self, authority_id: UUID, cursor: Cursor, limit: int = 500) -> tuple[Cursor, list[Any]]:
        """The entries after a cursor; the head's epoch tells whether the database was restored."""
        with self._session(authority_id) as session:
            epoch = journal.head(session).epoch
            rows = journal.read(session, cursor, limit) if epoch == cursor.epoch else []
        return Cursor(epoch, *((rows[-1].xid, rows[-1].id) if rows else (cursor.xid, cursor.id))), rows

    @contextlib.contextmanager
    def _session(self, authority_id: UUID) -> Any:
        with Session(self.engine) as session:
            act_for(session, authority_id)
            yield session

    async def _read_on(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.bell.wait(), LOOK_SECONDS)
            self.bell.clear()
            for authority_id in list(self.cursors):
                try:
                    await self._feed(authority_id)
                except Exception as error:
                    log.warning("feed can't read", fault=type(error).__name__)

    async def _feed(self, authority_id: UUID) -> None:
        before = self.cursors[authority_id]
        after, rows = await asyncio.to_thread(self.read, authority_id, before)
        if authority_id not in self.cursors:
            return
        self.cursors[authority_id] = after
        for stream in list(self.streams.get(authority_id, ())):
            stream.overrun |= after.epoch != before.epoch
            for row in rows:
                stream.put(Cursor(after.epoch, row.xid, row.id), row)
        if len(rows) >= 500:
            self.bell.set()

    async def _listen(self) -> None:
        """Hear the bell. Without it the feed is half a second slower, no more."""
        url = self.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {journal.DOORBELL}")
                    async for _ in connection.notifies():
                        self.bell.set()
            await asyncio.sleep(2)


def who(feed: Feed, token: str) -> tuple[UUID, UUID, str]:
    """Authority, person and role of a sign-in. Raises NotSignedIn."""
    with Session(feed.engine) as session:
        person, _ = people.signed_in(session, token, feed.clock())
        return person.authority_id, person.id, person.role


def whose_key(feed: Feed, token: str) -> tuple[UUID, UUID, str]:
    """Authority and id of a display key. Raises NotSignedIn, Forbidden."""
    with Session(feed.engine) as session:
        key = people.key_of(session, token, feed.clock())
    if BOARD not in key.scopes:
        raise Forbidden(lacks(BOARD))
    return key.authority_id, key.id, BOARD


def _sees(caller: tuple[UUID, UUID, str]) -> UUID | None:
    """Whose entries this caller is sent: their own, or (None) everybody's."""
    _, person_id, role = caller
    return None if role in (*SEES_ALL, BOARD) else person_id


def _asking(feed: Feed, request: Request) -> Asking:
    """A way to ask who this is, now and again."""
    if bearer := bearer_in(request.headers):
        return partial(whose_key, feed, bearer)
    return partial(who, feed, request.cookies.get(COOKIE, ""))


async def live(request: Request) -> Response:
    """`GET /api/v1/live?cursor=`: the feed for a signed-in person."""
    answer = await _answer(request)
    answer.headers.update(request.app.state.headers)
    answer.headers.update({"Content-Security-Policy": DATA, "Cache-Control": "no-store"})
    return answer


async def _answer(request: Request) -> Response:
    if request.method != "GET":
        words = "The feed is read by GET."
        return _refused(405, "method-not-allowed", "Method Not Allowed", words, {"Allow": "GET"})
    feed: Feed = request.app.state.feed
    ask = _asking(feed, request)
    try:
        caller = await asyncio.to_thread(ask)
        check_speaker(request.headers.get(SPEAKER), caller[1])
    except NotSignedIn as refusal:
        headers = {"WWW-Authenticate": "Bearer"}
        return _refused(401, "not-signed-in", refusal.title, refusal.detail, headers)
    except Forbidden as refusal:
        return _refused(403, refusal.type, refusal.title, refusal.detail, {})
    except Exception:
        title, headers = "The database can't be reached", {"Retry-After": "5"}
        return _refused(503, "database-away", title, "Try again in a moment.", headers)
    stream = Stream(caller[0], _sees(caller), caller[2] == BOARD)
    if stream.officer_id and is_opened(request.headers):
        return _refused(403, Forbidden.type, Forbidden.title, ONLY_IN_THE_APP, {})
    wanted = request.headers.get("Last-Event-ID") or request.query_params.get("cursor") or ""
    body = _events(feed, stream, Cursor.parse(wanted), ask)
    return StreamingResponse(body, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _refused(status: int, type_: str, title: str, detail: str, headers: dict[str, str]) -> Response:
    body = {
        "type": f"https://openpatrol.org/problems/{type_}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    return Response(json.dumps(body), status, headers, media_type="application/problem+json")


async def _events(feed: Feed, stream: Stream, since: Cursor | None, ask: Asking) -> AsyncIterator[str]:
    try:
        await feed.join(stream)
        at = feed.cursors[stream.authority_id]
        yield _event("hello", {"cursor": str(at), "now": feed.clock().isoformat()}, at)
        if since is not None:
            async for text, reached in _past(feed, stream, since):
                yield text
                if reached is None:
                    return
                at = reached
        async for text in _present(feed, stream, at, ask):
            yield text
    finally:
        feed.leave(stream)


async def _past(feed: Feed, stream: Stream, since: Cursor) -> AsyncIterator[tuple[str, Cursor | None]]:
    """What a returning client missed; a reload if that is too much, or of another epoch."""
    sent = 0
    while True:
        after, rows = await asyncio.to_thread(feed.read, stream.authority_id, since)
        sent += len(rows)
        if after.epoch != since.epoch or sent > FROM_THE_PAST:
            yield _event("reload", {}), None
            return
        for row in rows:
            cursor = Cursor(after.epoch, row.xid, row.id)
            if stream.concerns(row):
                yield _event("change", stream.told(cursor, row), cursor), cursor
        since = after
        if len(rows) < 500:
            return


async def _present(feed: Feed, stream: Stream, at: Cursor, ask: Asking) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    check_at = loop.time() + CHECK_SECONDS
    while True:
        try:
            cursor, row = await asyncio.wait_for(stream.queue.get(), PING_SECONDS)
            if cursor > at:
                at = cursor
                yield _event("change", stream.told(cursor, row), cursor)
        except TimeoutError:
            yield ": still here\n\n"
        if stream.overrun:
            yield _event("reload", {})
            return
        if loop.time() >= check_at:
            check_at = loop.time() + CHECK_SECONDS
            try:
                if _sees(await asyncio.to_thread(ask)) != stream.officer_id:
                    yield _event("reload", {})
                    return
            except NotSignedIn:
                yield _event("signed-out", {})
                return
            except Exception as error:  # the database is away: the next check will tell
                log.warning("feed can't check", fault=type(error).__name__)


def _event(name: str, data: dict[str, Any], cursor: Cursor | None = None) -> str:
    id_ = f"id: {cursor}\n" if cursor else ""
    return f"{id_}event: {name}\ndata: {json.dumps(data, default=str)}\n\n"
