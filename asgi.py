"""One port: the live feed, and everything else handed to the web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from a2wsgi import WSGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import require_wall
from routes.headers import always
from routes.live import METHODS, Feed, live
from wsgi import app as wsgi_app
from wsgi import settings

THREADS = 32


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """The feed's reader runs as long as the process."""
    with wsgi_app.app_context():
        require_wall(db.engine)
        feed = Feed(db.engine, settings.clock)
    app.state.feed, app.state.headers = feed, always(settings.public_url)
    await feed.start()
    yield
    await feed.stop()


class Coroutines:
    """granian hands out awaitables; a2wsgi sends them to another thread, which takes coroutines only."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def read() -> Message:
            return await receive()

        async def write(message: Message) -> None:
            await send(message)

        await self.inner(scope, read, write)


app = Starlette(
    routes=[
        Route("/api/v1/live", live, methods=METHODS),
        Mount("/", Coroutines(WSGIMiddleware(wsgi_app, workers=THREADS))),  # type: ignore[arg-type]
    ],
    lifespan=lifespan,
)
